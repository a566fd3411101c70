/** `sandbox-redirect` */
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The sentence that says what is wrong with a name; none when it may be used. */
export function problemsOfName(what: string, name: unknown): readonly string[] {
  if (typeof name !== 'string' || name === '') return [`${what} is missing: lower-case letters, digits and hyphens, like "garden-waste".`];
  if (!KEBAB.test(name) || name.length < 2 || name.length > 41) return [`${what} is "${name}": it must be lower-case letters, digits and single hyphens, begin with a letter, and have 2 to 41 signs, like "garden-waste".`];
  return [];
}

/** `SandboxRedirect` */
export function pascal(name: string): string { return name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(''); }
/** `sandboxRedirect` */
export function camel(name: string): string { return name.charAt(0) + pascal(name).slice(1); }
/** `SANDBOX_REDIRECT` */
export function constant(name: string): string { return name.replaceAll('-', '_').toUpperCase(); }
/** `sandbox_redirect`, as PostgreSQL has it. */
export function snake(name: string): string { return name.replaceAll('-', '_'); }
/** `Sandbox redirect` */
export function words(name: string): string { return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' '); }

/** Words that people wrote, as they stand between single quotes in code. @returns the words without the quotes */
export function quoted(text: string): string { return text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'').replace(/[\n\r\u2028\u2029]/g, ' '); }
