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

/** With the flag, a pair is one character: what is left are halves. */
const HALF_A_PAIR = /\p{Surrogate}/u;

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
  const made = Array.isArray(value) ? `[${Array.from(value, (each: unknown, index) => member(index, each, way)).join(',')}]` : writtenObject(value, way);
  way.objects.pop();
  return made;
}

function writtenObject(value: object, way: Way): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError(`${nameOf(way)} is not a plain object.`);
  const parts: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const each = (value as Readonly<Record<string, unknown>>)[name];
    if (each !== undefined) parts.push(`${text(name, way)}:${member(name, each, way)}`);
  }
  return `{${parts.join(',')}}`;
}

function member(name: string | number, value: unknown, way: Way): string {
  way.names.push(name);
  const made = written(value, way);
  way.names.pop();
  return made;
}

function text(value: string, way: Way): string {
  if (HALF_A_PAIR.test(value)) throw new TypeError(`${nameOf(way)} has half of a surrogate pair.`);
  return JSON.stringify(value);
}

/** `$.lines[0]` */
function nameOf({ names }: Way): string { return `$${names.map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('')}`; }
