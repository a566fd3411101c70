import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { factsDigest, factsOf, signPublisher, signRelease, type PackageFacts, type Publisher, type Release } from '@guildhall/catalogue-contract';
import type { Envelope, NamedKey } from '@guildhall/sharing-contract';
import type { World } from '../src/command';
import { packedFiles } from '../src/packed';
import { npm } from '../src/publishing/npm';

/** A package as npm packed it, and what it says of itself. */
export interface Packed { readonly file: string; readonly facts: PackageFacts; readonly sha512: string }

export interface Pair { readonly signer: NamedKey; readonly x: string }
export function pair(keyid: string): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { signer: { keyid, key: privateKey }, x: publicKey.export({ format: 'jwk' }).x ?? '' };
}

/** Somebody who publishes, with a key and each state of itself that it signed. */
export class InventedPublisher {
  readonly lead: Pair;
  readonly states: Envelope[] = [];
  state: Publisher;

  constructor(readonly id: string, scope = `@${id}`) {
    this.lead = pair(`${id}#lead`);
    this.state = {
      id, name: { en: `${id.charAt(0).toUpperCase()}${id.slice(1)} Digital`, cy: `Digidol ${id}` }, kind: 'regional-body', scopes: [scope], contact: { email: `packages@${id}.example` }, linkedTo: [], serial: 1,
      keys: [{ keyid: `${id}#lead`, x: this.lead.x, from: '2026-01-01T00:00:00Z', holder: 'lead-developer' }],
    };
    this.states.push(signPublisher(this.state, [this.lead.signer]));
  }

  /** A newer state of itself. */
  changes(changes: Partial<Publisher>, by = this.lead): void {
    this.state = { ...this.state, ...changes, serial: this.state.serial + 1 };
    this.states.push(signPublisher(this.state, [by.signer]));
  }
  signs({ facts, sha512 }: Packed, changes: Partial<Release> = {}, by = this.lead): Envelope {
    return signRelease({ publisher: this.id, package: facts.name, version: facts.version, kind: facts.kind, facts: factsDigest(facts), components: 'b'.repeat(64), publishedAt: '2026-11-30T09:00:00Z', previous: null, ...changes }, sha512, [by.signer]);
  }
}

/** Packages are packed here, and published from here. */
export class Workshop {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-workshop-'));
  constructor(private readonly world: Pick<World, 'env'>) {}

  async pack(manifest: Readonly<Record<string, unknown>>, files: Readonly<Record<string, string>> = {}): Promise<Packed> {
    const folder = mkdtempSync(path.join(this.folder, 'package-'));
    for (const [file, text] of Object.entries({ 'package.json': JSON.stringify({ license: 'MIT', description: 'An invented package.', ...manifest }), ...files })) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const { code, out, err } = await npm(['pack', '--json', '--ignore-scripts'], folder, this.world);
    if (code !== 0) throw new Error(err);
    const [{ filename } = { filename: '' }] = JSON.parse(out) as readonly { readonly filename: string }[];
    const bytes = readFileSync(path.join(folder, filename));
    const facts = factsOf(await packedFiles(bytes, filename));
    if (!facts.ok) throw new Error(facts.refusal.message);
    return { file: path.join(folder, filename), facts: facts.value, sha512: createHash('sha512').update(bytes).digest('hex') };
  }
  async publish(...packed: readonly Packed[]): Promise<void> {
    for (const { file } of packed) {
      const { code, out, err } = await npm(['publish', file, '--access', 'public', '--tag', 'latest'], this.folder, this.world);
      if (code !== 0) throw new Error(out + err);
    }
  }
  forget(): void { rmSync(this.folder, { recursive: true, force: true }); }
}
