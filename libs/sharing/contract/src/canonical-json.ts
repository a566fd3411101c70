/**
 * A value as the one text that everybody writes for it, so that a digest or a signature over it holds wherever it is made: JSON Canonicalization Scheme (RFC 8785). Members are in the order of their
 * names' UTF-16 units, numbers as ECMAScript writes them, nothing between.
 * @public
 * @throws TypeError when it is not JSON that everybody reads alike (I-JSON, RFC 7493): no number, half of a surrogate pair, a function, something that contains itself
 * @example canonicalize({ b: 1, a: 'é' }) // '{"a":"é","b":1}'
 */
export function canonicalize(value: unknown): string {
  return written(value, '$', []);
}

/** With the flag, a pair is one character: what is left are halves. */
const HALF_A_PAIR = /\p{Surrogate}/u;

function written(value: unknown, at: string, within: readonly object[]): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${at} is ${value}, which JSON has not.`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return text(value, at);
  if (typeof value !== 'object') throw new TypeError(`${at} is a ${typeof value}, which JSON has not.`);
  if (within.includes(value)) throw new TypeError(`${at} contains itself.`);
  const deeper = [...within, value];
  if (Array.isArray(value)) return `[${Array.from(value, (each: unknown, index) => written(each, `${at}[${index}]`, deeper)).join(',')}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${at} is not a plain object.`);
  const members = Object.entries(value).filter(([, each]) => each !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, each]) => `${text(name, at)}:${written(each, `${at}.${name}`, deeper)}`).join(',')}}`;
}

function text(value: string, at: string): string {
  if (HALF_A_PAIR.test(value)) throw new TypeError(`${at} has half of a surrogate pair.`);
  return JSON.stringify(value);
}
