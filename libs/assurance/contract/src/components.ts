import { createHash } from 'node:crypto';
import { documentReader } from '@guildhall/sharing-contract';

/** What a list of components says of one of them. @public */
export interface Component { readonly version?: string; /** As npm writes it: `sha512-…`. */ readonly integrity?: string }
/** A list of what a deployment is made of: a `package-lock.json`, or another file that says as much the same way. @public */
export interface Components {
  /** By the folder in which each is: `node_modules/@guildhall/payments`. */
  readonly packages: Readonly<Record<string, Component>>;
}

/** @public */
export const readComponents = documentReader<Components>({
  type: 'object', required: ['packages'],
  properties: { packages: { type: 'object', additionalProperties: { type: 'object', properties: { version: { type: 'string' }, integrity: { type: 'string' } } } } },
}, 'a list of components');

/** What is assessed of a deployment: the SHA-256 of its list of components, byte by byte. @public */
export function componentsDigest(bytes: Uint8Array): string { return createHash('sha256').update(bytes).digest('hex'); }

/** The SHA-512 of a package as it was packed, in hexadecimal; nothing where its integrity is written in another way (Subresource Integrity, 3.5). @public */
export function sha512Of(integrity: string | undefined): string | undefined {
  const [found] = integrity?.split(/\s+/).filter((one) => one.startsWith('sha512-')) ?? [];
  return found === undefined ? undefined : Buffer.from(found.slice('sha512-'.length), 'base64').toString('hex');
}

/** The package URL of a package of npm's: `pkg:npm/%40guildhall/payments@0.1.0`. @public */
export function packageUrl(name: string, version: string): string { return `pkg:npm/${name.replace('@', '%40')}@${version}`; }
