import type { KeyObject } from 'node:crypto';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { signEd25519, verifyEd25519 } from './ed25519';
import { STRUCTURED_FIELDS } from './known-fields';
import { parseDictionary, parseItem, parseList, serializeDictionary, serializeInnerList, serializeItem, serializeList, type BareItem, type InnerList, type Item } from './structured-fields';

/** Header fields by name, whatever its case; of several lines of a name each. @public */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;
/** A request, as far as its signature covers it. @public */
export interface HttpRequest {
  readonly method: string;
  /** The whole address that was asked for: `https://share.county-a.example/exchange?full=yes`. */
  readonly targetUri: string;
  /** As it stood in the first line, where that was not the path and the query of the address: the whole of it to a proxy, `www.example.com:80` to connect, or `*`. */
  readonly requestTarget?: string;
  readonly fields: Fields;
  /** What came behind the content. */
  readonly trailers?: Fields;
}
/** An answer, and the request that it answers. @public */
export interface HttpResponse { readonly status: number; readonly fields: Fields; readonly trailers?: Fields; readonly request?: HttpRequest }
/** @public */
export type HttpMessage = HttpRequest | HttpResponse;

/**
 * A part of a message that is signed: `component('@method')`, `component('signature', { req: true, key: 'guildhall' })`.
 * @public
 */
export function component(name: string, parameters: Readonly<Record<string, string | true>> = {}): Item {
  return { value: name, parameters: new Map(Object.entries(parameters)) };
}

/**
 * What is signed of a message (RFC 9421, 2.5).
 * @public
 * @throws SyntaxError when the message has no such part, or a part is named that cannot be read: then there is nothing that could be verified
 */
export function signatureBase(message: HttpMessage, input: InnerList): string {
  const lines = input.items.map((item) => `${serializeItem(item)}: ${valueOf(message, item)}`);
  if (new Set(input.items.map(serializeItem)).size < lines.length) throw new SyntaxError('A part of the message is named twice.');
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

/** What a signature says of itself. Unix times are in seconds. @public */
export interface SignatureParameters { readonly created?: number; readonly expires?: number; readonly nonce?: string; readonly keyid?: string; readonly tag?: string }
/** @public */
export interface Signing extends SignatureParameters { readonly label: string; readonly components: readonly Item[]; readonly key: KeyObject }

const PARAMETERS = ['created', 'expires', 'nonce', 'alg', 'keyid', 'tag'] as const;

/**
 * The two fields that sign a message by Ed25519 (RFC 9421, 3.1 and 3.3.6).
 * @public
 * @throws SyntaxError when the message lacks one of the parts
 */
export function signMessage(message: HttpMessage, { label, components, key, ...given }: Signing): { readonly 'signature-input': string; readonly signature: string } {
  const parameters = new Map<string, BareItem>(PARAMETERS.flatMap((name) => (name !== 'alg' && given[name] !== undefined ? [[name, given[name]] as const] : [])));
  const input: InnerList = { items: components, parameters };
  const signature = signEd25519(new Uint8Array(Buffer.from(signatureBase(message, input))), key);
  return { 'signature-input': serializeDictionary(new Map([[label, input]])), signature: serializeDictionary(new Map([[label, { value: signature, parameters: new Map() }]])) };
}

/** What is expected of a signature. @public */
export interface Verifying {
  /** For what it must have been made: a signature for one thing is none for another. */
  readonly tag: string;
  /** Parts that it must cover; it may cover more. */
  readonly components: readonly Item[];
  readonly keyFor: (keyid: string) => KeyObject | undefined;
  readonly now: Date;
  /** 300 unless told. */
  readonly mostAgeInSeconds?: number;
  /** By how much clocks may differ; 30 unless told. */
  readonly skewInSeconds?: number;
}
/** A signature that holds. Whether its nonce was seen before is for whoever keeps them to say. @public */
export interface VerifiedSignature { readonly label: string; readonly keyid: string; readonly created: Date; readonly nonce?: string; readonly components: readonly Item[] }
/** `clock`: it is from the future; `old`: from too long ago. @public */
export type SignatureRefusal = Refusal<'malformed' | 'not-signed' | 'not-covered' | 'unknown-key' | 'clock' | 'old' | 'wrong-signature'>;

/**
 * Whether a message is signed as expected (RFC 9421, 3.2).
 * @public
 */
export function verifyMessage(message: HttpMessage, { tag, components, keyFor, now, mostAgeInSeconds = 300, skewInSeconds = 30 }: Verifying): Outcome<VerifiedSignature, SignatureRefusal> {
  try {
    const inputs = [...dictionaryIn(message.fields, 'signature-input')].filter(([, member]) => 'items' in member && member.parameters.get('tag') === tag);
    const [found] = inputs;
    if (!found) return refused('not-signed', `There is no signature for ${tag}.`);
    if (inputs.length > 1) return refused('malformed', `There are several signatures for ${tag}: nobody could say which counts.`);
    const [label, input] = found as [string, InnerList];
    const { alg, created, expires, keyid, nonce } = readParameters(input);
    const member = dictionaryIn(message.fields, 'signature').get(label);
    if (!member || 'items' in member || !(member.value instanceof Uint8Array)) return refused('malformed', `The signature ${label} is not there.`);
    if (alg !== undefined && alg !== 'ed25519') return refused('malformed', `Signatures by ${alg} are not taken.`);
    if (keyid === undefined || created === undefined) return refused('malformed', 'The signature does not say by which key and when it was made.');
    const covered = new Set(input.items.map(serializeItem));
    const missing = components.map(serializeItem).filter((each) => !covered.has(each));
    if (missing.length > 0) return refused('not-covered', `The signature does not cover ${missing.join(', ')}.`);
    const seconds = now.getTime() / 1000;
    if (created > seconds + skewInSeconds) return refused('clock', `The signature is from the future: the clocks differ by ${Math.round(created - seconds)} seconds.`);
    if (seconds - created > mostAgeInSeconds + skewInSeconds || (expires !== undefined && seconds > expires + skewInSeconds)) return refused('old', `The signature was made ${Math.round(seconds - created)} seconds ago.`);
    const key = keyFor(keyid);
    if (!key) return refused('unknown-key', `The key ${keyid} is not known.`);
    if (!verifyEd25519(new Uint8Array(Buffer.from(signatureBase(message, input))), member.value, key)) return refused('wrong-signature', `The signature is not by the key ${keyid}, or not of this message.`);
    return done({ label, keyid, created: new Date(created * 1000), ...(nonce !== undefined && { nonce }), components: input.items });
  } catch (error) {
    if (error instanceof SyntaxError) return refused('malformed', error.message);
    throw error;
  }
}

function readParameters({ parameters }: InnerList): SignatureParameters & { readonly alg?: string } {
  const number = (name: string): number | undefined => {
    const value = parameters.get(name);
    if (value === undefined || typeof value === 'number') return value;
    throw new SyntaxError(`The signature's "${name}" is not a number.`);
  };
  const text = (name: string): string | undefined => {
    const value = parameters.get(name);
    if (value === undefined || typeof value === 'string') return value;
    throw new SyntaxError(`The signature's "${name}" is not a string.`);
  };
  return { created: number('created'), expires: number('expires'), nonce: text('nonce'), alg: text('alg'), keyid: text('keyid'), tag: text('tag') };
}

function valueOf(message: HttpMessage, item: Item): string {
  const { value: name, parameters } = item;
  if (typeof name !== 'string' || name !== name.toLowerCase()) throw new SyntaxError('A part of a message is named by a string in lower case.');
  const { req, ...wanted } = Object.fromEntries(parameters);
  let of = message;
  if (req !== undefined) {
    if (req !== true || !('status' in message) || !message.request) throw new SyntaxError(`There is no request to take ${name} from.`);
    of = message.request;
  }
  return asLine(name, name.startsWith('@') ? derived(of, name, wanted) : field(of, name, wanted));
}

/** A line is one line, and in ASCII: what is signed could be read in two ways otherwise (RFC 9421, 2.1 and 2.5). */
function asLine(name: string, value: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(value)) throw new SyntaxError(`${name} has a character that cannot be signed.`);
  return value;
}

/** RFC 9421, 2.2. */
function derived(message: HttpMessage, name: string, { name: parameter, ...others }: Readonly<Record<string, BareItem>>): string {
  if (Object.keys(others).length > 0 || (parameter !== undefined && name !== '@query-param')) throw new SyntaxError(`${name} is wanted in a way that is not known.`);
  if ('status' in message) {
    if (name === '@status') return String(message.status);
    throw new SyntaxError(`An answer has no ${name}.`);
  }
  if (name === '@method') return message.method;
  if (name === '@target-uri') return message.targetUri;
  if (name === '@request-target' && message.requestTarget !== undefined) return message.requestTarget;
  if (!URL.canParse(message.targetUri)) throw new SyntaxError(`${message.targetUri} is not an address.`);
  const url = new URL(message.targetUri);
  switch (name) {
    case '@authority': return url.host;
    case '@scheme': return url.protocol.slice(0, -1);
    case '@request-target': return `${url.pathname}${url.search}`;
    case '@path': return url.pathname;
    case '@query': return url.search || '?';
    case '@query-param': return queryParameter(url, parameter);
    default: throw new SyntaxError(`A request has no ${name}.`);
  }
}

/** RFC 9421, 2.2.8: read as a form's field, and written in percent-encoding. */
function queryParameter(url: URL, name: BareItem | undefined): string {
  // What is no percent-encoding names nothing, instead of throwing.
  const [decoded] = typeof name === 'string' ? new URLSearchParams(`${name}=`).keys() : [];
  const values = decoded === undefined ? [] : url.searchParams.getAll(decoded);
  const [value] = values;
  if (value === undefined || values.length > 1) throw new SyntaxError(`The parameter ${String(name)} is not there once.`);
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** RFC 9421, 2.1. A trailer is no header of the same name (`tr`); a field by its own structure (`sf`) is one whose structure is known. */
function field({ fields, trailers = {} }: HttpMessage, name: string, { key, bs, sf, tr, ...others }: Readonly<Record<string, BareItem>>): string {
  const isFlag = [bs, sf, tr].every((flag) => flag === undefined || flag === true);
  if (Object.keys(others).length > 0 || !isFlag || (bs !== undefined && (key !== undefined || sf !== undefined))) throw new SyntaxError(`${name} is wanted in a way that is not known.`);
  const lines = linesOf(tr ? trailers : fields, name);
  if (lines.length === 0) throw new SyntaxError(`There is no ${name}.`);
  if (bs) return lines.map((line) => serializeItem({ value: new Uint8Array(Buffer.from(line, 'latin1')), parameters: new Map() })).join(', ');
  const value = lines.join(', ');
  if (key === undefined) return sf ? byStructure(name, value) : value;
  const member = typeof key === 'string' ? parseDictionary(value).get(key) : undefined;
  if (!member) throw new SyntaxError(`${name} has no ${String(key)}.`);
  return 'items' in member ? serializeInnerList(member) : serializeItem(member);
}

/** RFC 9421, 2.1.1: written anew, as strictly as there is only one way to. */
function byStructure(name: string, value: string): string {
  switch (STRUCTURED_FIELDS.get(name)) {
    case 'dictionary': return serializeDictionary(parseDictionary(value));
    case 'list': return serializeList(parseList(value));
    case 'item': return serializeItem(parseItem(value));
    case undefined: throw new SyntaxError(`Nobody knows how ${name} is built.`);
  }
}

function linesOf(fields: Fields, name: string): readonly string[] {
  return Object.keys(fields).filter((each) => each === name || each.toLowerCase() === name).flatMap((each) => fields[each] ?? []).map((line) => line.replace(/[ \t]*\r\n[ \t]+/g, ' ').replace(/^[ \t]+|[ \t]+$/g, ''));
}

function dictionaryIn(fields: Fields, name: string): ReadonlyMap<string, Item | InnerList> {
  return parseDictionary(linesOf(fields, name).join(', '));
}
