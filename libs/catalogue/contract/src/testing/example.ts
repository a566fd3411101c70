import { createHash, generateKeyPairSync } from 'node:crypto';
import type { NamedKey, Envelope } from '@guildhall/sharing-contract';
import { factsDigest, factsOf } from '../package-facts';
import { signPublisher, type Publisher, type PublisherKey } from '../publisher';
import { signRelease, type Release } from '../release';

/** A key of a publisher's, with what it signs by. @public */
export interface KeyPair { readonly named: PublisherKey; readonly signer: NamedKey }
/** @public */
export function keyPair(keyid: string, changes: Partial<PublisherKey> = {}): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { named: { keyid, x: publicKey.export({ format: 'jwk' }).x ?? '', from: '2026-01-01T00:00:00Z', holder: 'lead-developer', ...changes }, signer: { keyid, key: privateKey } };
}

/** A publisher with two keys in the hands of two people. @public */
export interface ExamplePublisher {
  readonly publisher: Publisher;
  readonly lead: KeyPair;
  readonly second: KeyPair;
  /** Signed by the lead. */
  readonly envelope: Envelope;
}
/** An invented publisher: `westmarch` publishes under `@westmarch`. @public */
export function examplePublisher(id: string, changes: Partial<Publisher> = {}): ExamplePublisher {
  const [lead, second] = [keyPair(`${id}#lead`), keyPair(`${id}#second`, { holder: 'second-developer' })];
  const publisher: Publisher = { id, name: { en: `${id} Digital`, cy: `Digidol ${id}` }, kind: 'regional-body', scopes: [`@${id}`], contact: { email: `packages@${id}.example` }, keys: [lead.named, second.named], linkedTo: [], serial: 1, ...changes };
  return { publisher, lead, second, envelope: signPublisher(publisher, [lead.signer]) };
}

/** A package's files as text, by their paths. @public */
export type ExampleFiles = Readonly<Record<string, string>>;
/** The files of an invented module. @public @param changes of its package.json */
export function exampleFiles(name: string, version: string, changes: Readonly<Record<string, unknown>> = {}, more: ExampleFiles = {}): ExampleFiles {
  const id = name.split('/')[1] ?? name;
  const packageJson = { name, version, description: `Does what ${id} is for.`, license: 'MIT', keywords: [id], guildhall: { kind: 'module', id, owner: 'Westmarch Digital', maturity: 'beta', provides: { [id]: '0.1.0' }, languages: ['en', 'cy'], personalData: [] }, ...changes };
  return { 'package.json': JSON.stringify(packageJson), 'README.md': `# ${id}\n`, 'dist/index.js': `// ${name} ${version}\n`, ...more };
}

/** What is handed in of a package whose packed bytes have this SHA-512 (hexadecimal). @public @param says what the statement says otherwise than the package */
export function exampleRelease(by: ExamplePublisher, files: ExampleFiles, sha512: string, { at, signers = [by.lead.signer], says = {} }: { readonly at: Date; readonly signers?: readonly NamedKey[]; readonly says?: Partial<Release> }): { readonly release: Envelope; readonly components: string } {
  const read = factsOf(new Map(Object.entries(files).map(([path, text]) => [path, new Uint8Array(Buffer.from(text))])));
  const { name, version } = JSON.parse(files['package.json'] ?? '{}') as { readonly name: string; readonly version: string };
  const components = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component: { type: 'library', name, version } }, components: [] });
  const facts = read.ok ? factsDigest(read.value) : `sha256:${'A'.repeat(43)}`;
  const release: Release = { publisher: by.publisher.id, package: name, version, kind: read.ok ? read.value.kind : 'module', facts, components: createHash('sha256').update(components).digest('hex'), publishedAt: at.toISOString(), previous: null, ...says };
  return { release: signRelease(release, sha512, signers), components };
}
