import { generateKeyPairSync } from 'node:crypto';
import { InvalidInput } from '@guildhall/kernel-contract';
import { MerkleTree, documentDigest, formatCheckpoint, parseVerifierKey, signNote, verifierKey, type Envelope, type NoteKey } from '@guildhall/sharing-contract';
import { MOST_FEED_ITEMS, feedLeaf, type FeedEntry, type FeedItem, type FeedKind, type FeedPage } from '../feed';
import type { PackageFacts } from '../package-facts';

/** A catalogue's log in memory, signed with a key that is made anew for each. */
export class InMemoryFeed {
  readonly #tree = new MerkleTree();
  readonly #items: FeedItem[] = [];
  readonly #signer: { readonly name: string; readonly key: ReturnType<typeof generateKeyPairSync>['privateKey'] };

  constructor(name: string) { this.#signer = { name, key: generateKeyPairSync('ed25519').privateKey }; }

  /** By which its checkpoints are known. */
  get key(): NoteKey { return parseVerifierKey(verifierKey(this.#signer)); }

  /** Lists what was signed. */
  list(kind: Exclude<FeedKind, 'removed'>, about: string, version: string | null, envelope: Envelope, at: Date, facts?: PackageFacts): FeedItem {
    return this.#append({ v: 1, t: at.toISOString(), kind, about, version, digest: documentDigest(envelope), from: null, because: null }, envelope, facts);
  }
  /** Says that it is listed no more; what was listed stays as an entry without what was signed. */
  remove(about: string, version: string | null, envelope: Envelope, because: string, at: Date): void {
    const digest = documentDigest(envelope);
    this.#items.forEach(({ index, entry }, place) => { if (entry.digest === digest) this.#items[place] = { index, entry, envelope: null }; });
    this.#append({ v: 1, t: at.toISOString(), kind: 'removed', about, version, digest, from: null, because }, null);
  }

  /** @throws InvalidInput */
  page(from: number, limit: number): FeedPage {
    if (!Number.isSafeInteger(from) || from < 0 || !Number.isSafeInteger(limit) || limit < 1 || limit > MOST_FEED_ITEMS) throw new InvalidInput('A page begins at an entry and has 1 to 1,000 of them.');
    return { checkpoint: this.checkpoint(), items: this.#items.slice(from, from + limit) };
  }
  checkpoint(): string { return signNote(formatCheckpoint({ origin: this.#signer.name, size: this.#tree.size, root: this.#tree.root() }), [this.#signer]); }
  /** @throws InvalidInput */
  consistency(from: number, to: number): readonly string[] {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to || to > this.#tree.size) throw new InvalidInput('A log of one size begins with that of a smaller.');
    return base64(this.#tree.consistencyProof(from, to));
  }
  /** That an entry stands in it. */
  proofOf({ index, entry }: FeedItem): { readonly entry: FeedEntry; readonly index: number; readonly size: number; readonly proof: readonly string[]; readonly checkpoint: string } {
    return { entry, index, size: this.#tree.size, proof: base64(this.#tree.inclusionProof(index)), checkpoint: this.checkpoint() };
  }

  #append(entry: FeedEntry, envelope: Envelope | null, facts?: PackageFacts): FeedItem {
    const item: FeedItem = { index: this.#tree.append(feedLeaf(entry)), entry, envelope, ...(facts && { facts }) };
    this.#items.push(item);
    return item;
  }
}

function base64(hashes: readonly Uint8Array[]): readonly string[] { return hashes.map((hash) => Buffer.from(hash).toString('base64')); }
