import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedLeaf, readRelease, type FeedEntry, type NoticeKind, type PackageFacts, type ReleaseListing } from '@guildhall/catalogue-contract';
import { documentDigest, formatCheckpoint, MerkleTree, signNote, verifierKey, type Envelope } from '@guildhall/sharing-contract';
import type { FollowedCatalogue } from '../src/installing/council-settings';

interface Listed { readonly envelope: Envelope; readonly facts: PackageFacts; readonly sha512: string; readonly entry: FeedEntry; readonly index: number; readonly publisher: string }

/** A catalogue that lists what it is told to, looks at nothing, and keeps a log of it. */
export class ListingCatalogue {
  readonly states = new Map<string, readonly Envelope[]>();
  readonly notices: Envelope[] = [];
  readonly assessments: Envelope[] = [];
  readonly removed: NonNullable<ReleaseListing['removed']>[number][] = [];
  noticed: readonly NoticeKind[] = [];
  isDown = false;
  tree = new MerkleTree();
  readonly #listed = new Map<string, Listed>();
  readonly #key: KeyObject = generateKeyPairSync('ed25519').privateKey;
  private constructor(readonly name: string, readonly origin: string, readonly stop: () => Promise<void>) {}

  static async start(name: string): Promise<ListingCatalogue> {
    let catalogue: ListingCatalogue | undefined = undefined;
    const server = createServer((request, response) => {
      const answer = (catalogue as unknown as ListingCatalogue).#answer(new URL(request.url ?? '/', 'http://catalogue.example'));
      response.writeHead(answer === undefined ? 404 : answer === 'down' ? 503 : 200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(answer ?? {}));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    catalogue = new ListingCatalogue(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => new Promise((stopped) => server.close(() => stopped())));
    return catalogue;
  }

  get followed(): FollowedCatalogue { return { name: this.name, origin: this.origin, key: verifierKey(this.#noteKey) }; }
  get #noteKey(): { readonly name: string; readonly key: KeyObject } { return { name: `${this.name.toLowerCase()}.example/feed`, key: this.#key }; }

  /** @param as a name and version that it is listed under, in place of its own */
  list(envelope: Envelope, facts: PackageFacts, sha512: string, { at = '2026-11-30T09:01:00Z', as }: { readonly at?: string; readonly as?: string } = {}): void {
    const read = readRelease(envelope);
    if (!read.ok) throw new Error(read.refusal.message);
    const { package: name, version, publisher } = read.value.predicate;
    const entry: FeedEntry = { v: 1, t: at, kind: 'release', about: as?.replace(/@[^@]*$/, '') ?? name, version: as?.replace(/^.*@/, '') ?? version, digest: documentDigest(envelope), from: null, because: null };
    this.#listed.set(as ?? `${name}@${version}`, { envelope, facts, sha512, entry, index: this.tree.append(feedLeaf(entry)), publisher });
  }

  /** Its newest checkpoint, signed. */
  checkpoint(): string { return signNote(formatCheckpoint({ origin: this.#noteKey.name, size: this.tree.size, root: this.tree.root() }), [this.#noteKey]); }
  /** Begins its log anew, as if nothing had been there. */
  forgets(): void {
    this.tree = new MerkleTree();
    this.#listed.clear();
  }

  #answer(url: URL): unknown {
    if (this.isDown) return 'down';
    const path = decodeURIComponent(url.pathname.replace('/api/catalogue/v1/', ''));
    const number = (name: string): number => Number(url.searchParams.get(name));
    if (path === 'feed/consistency') return { proof: base64(this.tree.consistencyProof(number('from'), number('to'))) };
    if (path === 'packages') return { items: [...this.#listed.values()].map(({ facts: { name } }) => ({ name })), next: null, total: 0 };
    const [, publisher] = /^publishers\/(.+)$/.exec(path) ?? [];
    if (publisher !== undefined) return this.states.get(publisher);
    const [, name = '', version] = /^packages\/(@[^/]+\/[^/]+)(?:\/releases\/(.+))?$/.exec(path) ?? [];
    if (version === undefined) {
      const found = [...this.#listed].filter(([of]) => of.startsWith(`${name}@`));
      return found.length ? { name, versions: found.map(([of, { sha512 }]) => ({ version: of.slice(name.length + 1), publishedAt: '2026-11-30T09:00:00Z', sha512, noticed: this.noticed })), notices: this.notices } : undefined;
    }
    const listed = this.#listed.get(`${name}@${version}`);
    if (!listed) return undefined;
    const { envelope, facts, sha512, entry, index } = listed;
    return { facts, sha512, release: envelope, logged: { entry, index, size: this.tree.size, proof: base64(this.tree.inclusionProof(index)), checkpoint: this.checkpoint() }, publisher: this.states.get(listed.publisher) ?? [], assessments: this.assessments, notices: this.notices, removed: this.removed };
  }
}

function base64(hashes: readonly Uint8Array[]): readonly string[] { return hashes.map((hash) => Buffer.from(hash).toString('base64')); }
