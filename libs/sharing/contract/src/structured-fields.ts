/** A token, which is no string: `sha-256`. RFC 9651, 3.3.4. @public */
export class Token {
  constructor(readonly name: string) {
    if (!TOKEN.test(name)) throw new SyntaxError(`"${name}" is not a token.`);
  }
}
/** What stands by itself: integers are whole numbers, bytes are bytes. Decimals and dates, which the standards here do not use, are refused. RFC 9651, 3.3. @public */
export type BareItem = number | string | boolean | Token | Uint8Array;
/** In the order in which they stand. @public */
export type Parameters = ReadonlyMap<string, BareItem>;
/** @public */
export interface Item { readonly value: BareItem; readonly parameters: Parameters }
/** @public */
export interface InnerList { readonly items: readonly Item[]; readonly parameters: Parameters }
/** In the order in which they stand. @public */
export type Dictionary = ReadonlyMap<string, Item | InnerList>;

const TOKEN = /^[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*$/;
const KEY = /^[a-z*][a-z0-9_.*-]*$/;
const MOST_OF_AN_INTEGER = 999_999_999_999_999;

/**
 * Reads a dictionary of structured fields (RFC 9651, 4.2.2), strictly: what follows the standard in all but one character is refused.
 * @public
 * @throws SyntaxError
 * @example parseDictionary('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:').get('sha-256')
 */
export function parseDictionary(text: string): Dictionary {
  const reader = new Reader(text);
  const dictionary = new Map<string, Item | InnerList>();
  reader.takes(/ */y);
  while (!reader.isAtEnd) {
    const key = reader.take(/[a-z*][a-z0-9_.*-]*/y, 'a key');
    // The last of a key counts, in its own place.
    dictionary.delete(key);
    dictionary.set(key, reader.takes(/=/y) ? reader.itemOrInnerList() : { value: true, parameters: reader.parameters() });
    reader.takes(/[ \t]*/y);
    if (reader.isAtEnd) break;
    reader.take(/,/y, 'a comma');
    reader.takes(/[ \t]*/y);
    if (reader.isAtEnd) throw new SyntaxError('A list ends with a comma.');
  }
  return dictionary;
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
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || Math.abs(value) > MOST_OF_AN_INTEGER) throw new SyntaxError(`${value} is not an integer of at most 15 digits.`);
    return String(value);
  }
  if (!/^[\x20-\x7e]*$/.test(value)) throw new SyntaxError('A string has a character that is not printable ASCII.');
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
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
      parameters.delete(key);
      parameters.set(key, this.takes(/=/y) ? this.bareItem() : true);
    }
    return parameters;
  }

  bareItem(): BareItem {
    const first = this.text[this.#at] ?? '';
    if (first === '"') return this.take(/"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y, 'a string').slice(1, -1).replace(/\\(["\\])/g, '$1');
    if (first === '?') return this.take(/\?[01]/y, 'a boolean') === '?1';
    if (first === ':') return bytesIn(this.take(/:[A-Za-z0-9+/]*={0,2}:/y, 'bytes').slice(1, -1));
    if (/[-0-9]/.test(first)) {
      const digits = this.take(/-?[0-9]{1,15}(?![0-9.])/y, 'an integer of at most 15 digits');
      return Number(digits);
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
