/** A token, which is no string: `sha-256`. RFC 9651, 3.3.4. @public */
export class Token {
  constructor(readonly name: string) {
    if (!TOKEN.test(name)) throw new SyntaxError(`"${name}" is not a token.`);
  }
}
/** A number with up to three digits after its point, which is no integer even where they are zero: `1.0`. RFC 9651, 3.3.2. @public */
export class Decimal { constructor(readonly value: number) {} }
/** Words in any script: `%"%c5%b5y"`. RFC 9651, 3.3.8. @public */
export class DisplayString { constructor(readonly text: string) {} }
/** What stands by itself: integers are whole numbers, bytes are bytes, dates are whole seconds. RFC 9651, 3.3. @public */
export type BareItem = number | string | boolean | Date | Decimal | DisplayString | Token | Uint8Array;
/** In the order in which they stand. @public */
export type Parameters = ReadonlyMap<string, BareItem>;
/** @public */
export interface Item { readonly value: BareItem; readonly parameters: Parameters }
/** @public */
export interface InnerList { readonly items: readonly Item[]; readonly parameters: Parameters }
/** @public */
export type List = readonly (Item | InnerList)[];
/** In the order in which they stand. @public */
export type Dictionary = ReadonlyMap<string, Item | InnerList>;

const TOKEN = /^[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*$/;
const KEY = /^[a-z*][a-z0-9_.*-]*$/;
const MOST_OF_AN_INTEGER = 999_999_999_999_999;
const MOST_BEFORE_A_POINT = 999_999_999_999;

/**
 * Reads a dictionary of structured fields (RFC 9651, 4.2.2), strictly: what follows the standard in all but one character is refused.
 * @public
 * @throws SyntaxError
 * @example parseDictionary('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:').get('sha-256')
 */
export function parseDictionary(text: string): Dictionary {
  const reader = new Reader(text);
  const dictionary = new Map<string, Item | InnerList>();
  reader.members(() => {
    const key = reader.take(/[a-z*][a-z0-9_.*-]*/y, 'a key');
    // The last of a key counts, in the place of the first.
    dictionary.set(key, reader.takes(/=/y) ? reader.itemOrInnerList() : { value: true, parameters: reader.parameters() });
  });
  return dictionary;
}

/** RFC 9651, 4.2.1. @public @throws SyntaxError */
export function parseList(text: string): List {
  const reader = new Reader(text);
  const list: (Item | InnerList)[] = [];
  reader.members(() => list.push(reader.itemOrInnerList()));
  return list;
}

/** RFC 9651, 4.2.3. @public @throws SyntaxError */
export function parseItem(text: string): Item {
  const reader = new Reader(text);
  reader.takes(/ */y);
  const item = reader.item();
  reader.takes(/ */y);
  if (!reader.isAtEnd) throw new SyntaxError('Something stands behind an item.');
  return item;
}

/** @public @throws SyntaxError */
export function serializeDictionary(dictionary: Dictionary): string {
  return [...dictionary].map(([key, member]) => {
    if (!KEY.test(key)) throw new SyntaxError(`"${key}" is not a key.`);
    if ('items' in member) return `${key}=${serializeInnerList(member)}`;
    return member.value === true ? `${key}${serializeParameters(member.parameters)}` : `${key}=${serializeItem(member)}`;
  }).join(', ');
}

/** @public @throws SyntaxError */
export function serializeList(list: List): string {
  return list.map((member) => ('items' in member ? serializeInnerList(member) : serializeItem(member))).join(', ');
}

/** @public @throws SyntaxError */
export function serializeInnerList({ items, parameters }: InnerList): string {
  return `(${items.map(serializeItem).join(' ')})${serializeParameters(parameters)}`;
}

/** @public @throws SyntaxError */
export function serializeItem({ value, parameters }: Item): string {
  return `${bare(value)}${serializeParameters(parameters)}`;
}

function serializeParameters(parameters: Parameters): string {
  return [...parameters].map(([key, value]) => {
    if (!KEY.test(key)) throw new SyntaxError(`"${key}" is not a key.`);
    return value === true ? `;${key}` : `;${key}=${bare(value)}`;
  }).join('');
}

function bare(value: BareItem): string {
  if (value instanceof Token) return value.name;
  if (value instanceof Uint8Array) return `:${Buffer.from(value).toString('base64')}:`;
  if (typeof value === 'boolean') return value ? '?1' : '?0';
  if (typeof value === 'number') return whole(value);
  if (value instanceof Date) return `@${whole(value.getTime() / 1000)}`;
  if (value instanceof Decimal) return decimal(value.value);
  if (value instanceof DisplayString) return `%"${[...Buffer.from(value.text)].map((byte) => (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x25 ? `%${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte))).join('')}"`;
  if (!/^[\x20-\x7e]*$/.test(value)) throw new SyntaxError('A string has a character that is not printable ASCII.');
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function whole(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) > MOST_OF_AN_INTEGER) throw new SyntaxError(`${value} is not an integer of at most 15 digits.`);
  return String(value);
}

/** To three digits after the point, and from the middle to the even one (RFC 9651, 4.1.5). */
function decimal(value: number): string {
  const size = Math.abs(value);
  // By its digits: a product would not be the number that was meant.
  const scaled = size < 1e-6 ? 0 : Number(`${size}e3`);
  const [below, rest] = [Math.floor(scaled), scaled % 1];
  const thousandths = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  const before = Math.floor(thousandths / 1000);
  if (!(before <= MOST_BEFORE_A_POINT)) throw new SyntaxError(`${value} has more than 12 digits before its point.`);
  return `${value < 0 ? '-' : ''}${before}.${String(thousandths % 1000).padStart(3, '0').replace(/0{1,2}$/, '')}`;
}

/** Reads from left to right. */
class Reader {
  #at = 0;
  constructor(private readonly text: string) {}

  get isAtEnd(): boolean { return this.#at >= this.text.length; }

  take(what: RegExp, name: string): string {
    what.lastIndex = this.#at;
    const [found] = what.exec(this.text) ?? [];
    if (found === undefined) throw new SyntaxError(`${name} is missing at character ${this.#at + 1}.`);
    this.#at += found.length;
    return found;
  }

  /** Goes past what is there of it, and says whether there was anything. */
  takes(what: RegExp): boolean {
    what.lastIndex = this.#at;
    const [found = ''] = what.exec(this.text) ?? [];
    this.#at += found.length;
    return found.length > 0;
  }

  /** The members of a list or a dictionary, with commas between them. */
  members(member: () => void): void {
    for (this.takes(/ */y); !this.isAtEnd; ) {
      member();
      this.takes(/[ \t]*/y);
      if (this.isAtEnd) break;
      this.take(/,/y, 'a comma');
      this.takes(/[ \t]*/y);
      if (this.isAtEnd) throw new SyntaxError('A list ends with a comma.');
    }
  }

  itemOrInnerList(): Item | InnerList {
    if (!this.takes(/\(/y)) return this.item();
    const items: Item[] = [];
    for (this.takes(/ */y); !this.takes(/\)/y); ) {
      items.push(this.item());
      if (this.text[this.#at] !== ')') this.take(/ +/y, 'a space or the end of the list');
    }
    return { items, parameters: this.parameters() };
  }

  item(): Item {
    return { value: this.bareItem(), parameters: this.parameters() };
  }

  parameters(): Parameters {
    const parameters = new Map<string, BareItem>();
    while (this.takes(/; */y)) {
      const key = this.take(/[a-z*][a-z0-9_.*-]*/y, 'the name of a parameter');
      parameters.set(key, this.takes(/=/y) ? this.bareItem() : true);
    }
    return parameters;
  }

  bareItem(): BareItem {
    const first = this.text[this.#at] ?? '';
    if (first === '"') return this.take(/"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y, 'a string').slice(1, -1).replace(/\\(["\\])/g, '$1');
    if (first === '?') return this.take(/\?[01]/y, 'a boolean') === '?1';
    if (first === ':') return bytesIn(this.take(/:[A-Za-z0-9+/]*={0,2}:/y, 'bytes').slice(1, -1));
    if (first === '%') return new DisplayString(wordsIn(this.take(/%"(?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*"/y, 'words').slice(2, -1)));
    if (first === '@') return instantIn(this.take(/@-?[0-9]{1,15}(?![0-9.])/y, 'seconds').slice(1));
    if (/[-0-9]/.test(first)) {
      const digits = this.take(/-?(?:[0-9]{1,12}\.[0-9]{1,3}|[0-9]{1,15})(?![0-9.])/y, 'a number of at most 15 digits');
      return digits.includes('.') ? new Decimal(Number(digits)) : Number(digits);
    }
    return new Token(this.take(/[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*/y, 'a value'));
  }
}

/** Base64 has several ways to write the same bytes: one counts, padded (RFC 4648, 3.5). */
function bytesIn(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new SyntaxError('Bytes are not in base64.');
  return new Uint8Array(bytes);
}

/** Of the years that a clock here can tell, which are more than the standard asks for. */
function instantIn(seconds: string): Date {
  const instant = new Date(Number(seconds) * 1000);
  if (Number.isNaN(instant.getTime())) throw new SyntaxError(`${seconds} seconds are beyond any date.`);
  return instant;
}

function wordsIn(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text.replace(/%([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1'));
  } catch {
    throw new SyntaxError('Words are not in UTF-8.');
  }
}
