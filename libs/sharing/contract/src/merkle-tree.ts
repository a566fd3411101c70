import { hash as digestOf, timingSafeEqual } from 'node:crypto';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

function sha256(...parts: readonly Uint8Array[]): Uint8Array { return new Uint8Array(digestOf('sha256', Buffer.concat(parts), 'buffer')); }

/** The hash of an entry: of what is in it, so that it can be no node. RFC 9162 (and 6962), 2.1.1. @public */
export function leafHash(entry: string | Uint8Array): Uint8Array {
  return sha256(LEAF, typeof entry === 'string' ? Buffer.from(entry) : entry);
}

/** The hash of two neighbours. RFC 9162, 2.1.1. @public */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right);
}

/** The root of a tree without an entry. @public */
export function emptyRoot(): Uint8Array {
  return sha256();
}

/** The hash of a whole subtree: of 2^height leaves, the `position`th of that height from the left, from 0. @public */
export interface TreeNode { readonly height: number; readonly position: number; readonly hash: Uint8Array }
/** Tells the hash of a whole subtree. @public */
export type NodeAt = (height: number, position: number) => Uint8Array;

/** The root of a tree of this size (RFC 9162, 2.1.1), from the hashes of its whole subtrees. @public */
export function rootFrom(nodeAt: NodeAt, size: number): Uint8Array {
  within(size, Number.MAX_SAFE_INTEGER);
  return size === 0 ? emptyRoot() : hashOf(nodeAt, 0, size);
}

/**
 * What proves that a leaf is in the tree of this size (RFC 9162, 2.1.3.1): the neighbours from the leaf up.
 * @public
 * @throws RangeError when there is no such leaf in it
 */
export function inclusionProofFrom(nodeAt: NodeAt, index: number, size: number): readonly Uint8Array[] {
  within(index, size - 1);
  const path = (at: number, start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return at < middle ? [...path(at, start, middle), hashOf(nodeAt, middle, end)] : [...path(at, middle, end), hashOf(nodeAt, start, middle)];
  };
  return path(index, 0, size);
}

/**
 * What proves that the tree of this size began as the tree of the earlier one (RFC 9162, 2.1.4.1); nothing when they are the same, or the earlier one was empty.
 * @public
 * @throws RangeError when the earlier size is the larger one
 */
export function consistencyProofFrom(nodeAt: NodeAt, earlier: number, size: number): readonly Uint8Array[] {
  within(earlier, size);
  if (earlier === 0 || earlier === size) return [];
  const path = (upTo: number, start: number, end: number, isKnown: boolean): Uint8Array[] => {
    if (upTo === end - start) return isKnown ? [] : [hashOf(nodeAt, start, end)];
    const split = splitOf(end - start);
    return upTo <= split ? [...path(upTo, start, start + split, isKnown), hashOf(nodeAt, start + split, end)] : [...path(upTo - split, start + split, end, false), hashOf(nodeAt, start, start + split)];
  };
  return path(earlier, 0, size, true);
}

/**
 * The whole subtrees whose hashes something asks for: so that a store can fetch them at once.
 * @public
 * @example const nodes = nodesAskedFor((nodeAt) => inclusionProofFrom(nodeAt, index, size));
 */
export function nodesAskedFor(work: (nodeAt: NodeAt) => unknown): readonly Omit<TreeNode, 'hash'>[] {
  const asked: Omit<TreeNode, 'hash'>[] = [];
  work((height, position) => {
    asked.push({ height, position });
    return LEAF;
  });
  return asked;
}

/**
 * An append-only log's hashes, whose root says what is in it and in which order: the Merkle tree of RFC 9162, 2.1 (the same as that of RFC 6962). It keeps a hash for each whole subtree, so that a
 * root and a proof of a tree of any size up to its own take as many hashes as the tree is high.
 * @public
 * @example const tree = new MerkleTree(); const index = tree.append(leafHash(entry)); verifyInclusion({ index, size: tree.size, leaf: leafHash(entry), proof: tree.inclusionProof(index), root: tree.root() })
 */
export class MerkleTree {
  /** Of each height, the hashes of the whole subtrees from left to right, from the `first` on. */
  readonly #levels: { readonly first: number; readonly hashes: Uint8Array[] }[] = [];
  #size = 0;

  /**
   * Carries on from a tree of which only the peaks are kept: it grows as the whole one would, and proves what is appended from now on.
   * @param peaks the largest whole subtrees, from left to right
   * @throws RangeError when there are not as many as a tree of this size has
   */
  static resume(size: number, peaks: readonly Uint8Array[]): MerkleTree {
    within(size, Number.MAX_SAFE_INTEGER);
    const tree = new MerkleTree();
    const left = [...peaks];
    for (let count = size; count > 0; count = Math.floor(count / 2)) {
      const peak = count % 2 === 1 ? left.pop() : undefined;
      if (count % 2 === 1 && !peak) throw new RangeError(`A tree of ${size} leaves has more peaks than ${peaks.length}.`);
      tree.#levels.push(peak ? { first: count - 1, hashes: [peak] } : { first: count, hashes: [] });
    }
    if (left.length > 0) throw new RangeError(`A tree of ${size} leaves has fewer peaks than ${peaks.length}.`);
    tree.#size = size;
    return tree;
  }

  get size(): number { return this.#size; }
  /** The largest whole subtrees, from left to right: with its size all that is needed to go on. */
  get peaks(): readonly Uint8Array[] { return this.peaksOf(this.#size).map(([height, position]) => this.#nodeAt(height, position)); }

  /** Returns the new leaf's index. */
  append(leaf: Uint8Array): number {
    const index = this.#size++;
    let hash = leaf;
    for (let height = 0, position = index; ; height++, position = (position - 1) / 2) {
      (this.#levels[height] ??= { first: 0, hashes: [] }).hashes.push(hash);
      if (position % 2 === 0) return index;
      hash = nodeHash(this.#nodeAt(height, position - 1), hash);
    }
  }

  /** The whole subtrees that there were not at an earlier size: what a store adds. */
  nodesSince(earlier: number): readonly TreeNode[] {
    within(earlier, this.#size);
    return this.#levels.flatMap((_level, height) => {
      const [from, to] = [Math.floor(earlier / 2 ** height), Math.floor(this.#size / 2 ** height)];
      return Array.from({ length: to - from }, (_, at) => ({ height, position: from + at, hash: this.#nodeAt(height, from + at) }));
    });
  }

  /** @throws RangeError when the tree is not so large */
  root(size = this.#size): Uint8Array {
    within(size, this.#size);
    return rootFrom(this.#nodeAt, size);
  }
  /** @throws RangeError when there is no such leaf in the tree of this size */
  inclusionProof(index: number, size = this.#size): readonly Uint8Array[] {
    within(size, this.#size);
    return inclusionProofFrom(this.#nodeAt, index, size);
  }
  /** @throws RangeError when the earlier size is the larger one */
  consistencyProof(earlier: number, size = this.#size): readonly Uint8Array[] {
    within(size, this.#size);
    return consistencyProofFrom(this.#nodeAt, earlier, size);
  }

  /** Height and position of each. */
  private peaksOf(size: number): readonly (readonly [number, number])[] {
    return this.#levels.flatMap((_level, height) => {
      const count = Math.floor(size / 2 ** height);
      return count % 2 === 1 ? [[height, count - 1] as const] : [];
    }).reverse();
  }

  readonly #nodeAt: NodeAt = (height, position) => {
    const level = this.#levels[height];
    const hash = level?.hashes[position - level.first];
    if (!hash) throw new RangeError(`The subtree ${position} of height ${height} is not kept.`);
    return hash;
  };
}

function hashOf(nodeAt: NodeAt, start: number, end: number): Uint8Array {
  const width = end - start;
  if (isPowerOfTwo(width)) return nodeAt(Math.log2(width), start / width);
  const middle = start + splitOf(width);
  return nodeHash(hashOf(nodeAt, start, middle), hashOf(nodeAt, middle, end));
}

function within(number: number, most: number): void {
  if (!Number.isSafeInteger(number) || number < 0 || number > most) throw new RangeError(`${number} is not a whole number from 0 to ${most}.`);
}

/** What somebody says of a leaf. @public */
export interface Inclusion { readonly index: number; readonly size: number; readonly leaf: Uint8Array; readonly proof: readonly Uint8Array[]; readonly root: Uint8Array }

/** Whether it is proved that the leaf is in the tree. RFC 9162, 2.1.3.2. @public */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (!areSizes(index, size) || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const neighbour of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(neighbour, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, neighbour);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(hash, root);
}

/** What somebody says of two trees. @public */
export interface Consistency { readonly earlier: number; readonly size: number; readonly proof: readonly Uint8Array[]; readonly earlierRoot: Uint8Array; readonly root: Uint8Array }

/** Whether it is proved that the tree began as the earlier one. RFC 9162, 2.1.4.2. @public */
export function verifyConsistency({ earlier, size, proof, earlierRoot, root }: Consistency): boolean {
  if (!areSizes(earlier, size) || earlier > size) return false;
  if (earlier === size) return proof.length === 0 && isSame(earlierRoot, root);
  if (earlier === 0) return proof.length === 0 && isSame(earlierRoot, emptyRoot());
  const [first, ...rest] = isPowerOfTwo(earlier) ? [earlierRoot, ...proof] : proof;
  if (!first) return false;
  let [at, last] = [earlier - 1, size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [before, now] = [first, first];
  for (const neighbour of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, now] = [nodeHash(neighbour, before), nodeHash(neighbour, now)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else now = nodeHash(now, neighbour);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(before, earlierRoot) && isSame(now, root);
}

/** The largest power of two that is smaller. */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}

function isPowerOfTwo(number: number): boolean { return number > 0 && splitOf(number * 2) === number; }

function areSizes(...numbers: readonly number[]): boolean { return numbers.every((each) => Number.isSafeInteger(each) && each >= 0); }

function isSame(one: Uint8Array, other: Uint8Array): boolean { return one.byteLength === other.byteLength && timingSafeEqual(one, other); }
