const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/u;

/** Whether a text is a JSON Pointer (RFC 6901), such as `/person/name` or, for the whole, nothing. */
export function isPointer(text: string): boolean { return POINTER.test(text); }

/** What stands there in a document; undefined where nothing does. What every object has of JavaScript is not in the document. */
export function valueAt(document: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce((value: unknown, token) => {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? (value as readonly unknown[])[Number(name)] : undefined;
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }, document);
}
