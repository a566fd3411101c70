const ELSEWHERE = 'https://elsewhere.invalid';

/**
 * A path on the council's own site to go to next, or the fallback: never an address on another site, however it is written
 * (`//evil.example`, `/\evil.example`, `https:…`, control characters; CWE-601).
 * @public
 * @param given the `next` of a link or a form
 * @param fallback a path of ours
 */
export function localPath(given: unknown, fallback: string): string {
  if (typeof given !== 'string' || given.length > 2000) return fallback;
  // eslint-disable-next-line no-control-regex -- browsers drop tabs and line ends inside addresses, so that "/\t/evil" leads elsewhere
  if (!/^\/(?![/\\])/.test(given) || /[\u0000-\u0020\u007f\\]/.test(given)) return fallback;
  let url: URL;
  try { url = new URL(given, ELSEWHERE); } catch { return fallback; }
  if (url.origin !== ELSEWHERE) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/.//evil.example" becomes "//evil.example" when its dots are resolved.
  return path.startsWith('//') ? fallback : path;
}
