/**
 * A value as the one text that everybody writes for it, so that a digest or a signature over it holds wherever it is made: JSON Canonicalization Scheme (RFC 8785). Members are in the order of their
 * names' UTF-16 units, numbers as ECMAScript writes them, nothing between.
 * @public
 * @throws TypeError when it is not JSON that everybody reads alike (I-JSON, RFC 7493): no number, half of a surrogate pair, a function, something that contains itself
 * @example canonicalize({ b: 1, a: 'é' }) // '{"a":"é","b":1}'
 */
export function canonicalize(value: unknown): string {
  return written(value, { names: [], objects: [] });
}

/** Where it has come to: by which names, and through what. */
interface Way { readonly names: (string | number)[]; readonly objects: object[] }

/** What JSON writes as it is: most texts, and it takes less to look than to write them anew. */
const PLAIN = /^[ !#-[\]-~]*$/;

function written(value: unknown, way: Way): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${nameOf(way)} is ${value}, which JSON has not.`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return text(value, way);
  if (typeof value !== 'object') throw new TypeError(`${nameOf(way)} is a ${typeof value}, which JSON has not.`);
  if (way.objects.includes(value)) throw new TypeError(`${nameOf(way)} contains itself.`);
  way.objects.push(value);
  const made = Array.isArray(value) ? writtenList(value, way) : writtenObject(value, way);
  way.objects.pop();
  return made;
}

function writtenList(value: readonly unknown[], way: Way): string {
  let made = '';
  // What is missing is looked at, too: it is no JSON.
  for (let index = 0; index < value.length; index++) made += `${index > 0 ? ',' : ''}${member(index, value[index], way)}`;
  return `[${made}]`;
}

function writtenObject(value: object, way: Way): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${nameOf(way)} is not a plain object.`);
  let made = '';
  for (const name of Object.keys(value).sort()) {
    const each = (value as Readonly<Record<string, unknown>>)[name];
    if (each !== undefined) made += `${made === '' ? '' : ','}${text(name, way)}:${member(name, each, way)}`;
  }
  return `{${made}}`;
}

function member(name: string | number, value: unknown, way: Way): string {
  way.names.push(name);
  const made = written(value, way);
  way.names.pop();
  return made;
}

function text(value: string, way: Way): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (!(value as unknown as WellFormed).isWellFormed()) throw new TypeError(`${nameOf(way)} has half of a surrogate pair.`);
  return JSON.stringify(value);
}

/** ECMAScript 2024, which Node.js has and the compiler's library of this target has not. */
interface WellFormed { isWellFormed(): boolean }

/** `$.lines[0]` */
function nameOf({ names }: Way): string { return `$${names.map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('')}`; }
