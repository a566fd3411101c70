import { Database, insertRows, onBehalfOf, sql, write, writeRows } from '@guildhall/kernel';
import { Unavailable, isGuildhallError, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MerkleTree, consistencyProofFrom, entryBytes, formatCheckpoint, inclusionProofFrom, leafHash, nodesAskedFor, signNote, type Entry, type NodeAt, type NoteKey } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';

/** What is written down, and what with it. */
export interface Appending {
  readonly entry: Entry;
  /** Of a message that may come once, and until when it would be believed. */
  readonly nonce?: { readonly keyid: string; readonly nonce: string; readonly until: Date };
  /** Leaves to the same commit what must be there with the entry, or neither: by `write`, `publish` and `enqueue` alone. */
  readonly alongside?: (tx: TransactionContext) => void;
}
/** Where an entry stands: durable by now. */
export interface Appended {
  readonly index: number;
  /** Of the tree with it, base64, from the leaf up. */
  readonly proof: readonly string[];
  /** A signed note over that tree. */
  readonly checkpoint: string;
}
/** A message with this nonce came before: nothing was written. */
export const REPLAYED = Symbol('replayed');

interface Waiting { readonly ctx: RequestContext; readonly appending: Appending; readonly resolve: (appended: Appended | typeof REPLAYED) => void; readonly reject: (error: unknown) => void }

/** So many share one commit. */
const MOST_TOGETHER = 500;

/**
 * A council's log: append-only, in PostgreSQL, with a Merkle tree over it (RFC 9162). What arrives while a commit is on its way shares the next one, so that durability costs a disk's write for many.
 */
@Injectable()
export class SharingLog {
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #writing = new Set<string>();

  constructor(private readonly db: Database, private readonly node: OwnNode) {}

  /**
   * Writes an entry down, and returns when it is durable: only then may leave what it is about.
   * @throws Unavailable when the database does not answer, or has no room: then nothing may leave
   */
  append(ctx: RequestContext, appending: Appending): Promise<Appended | typeof REPLAYED> {
    return new Promise((resolve, reject) => {
      const { id } = ctx.council;
      const waiting = this.#waiting.get(id);
      const one: Waiting = { ctx, appending, resolve, reject };
      if (waiting) waiting.push(one);
      else this.#waiting.set(id, [one]);
      if (!this.#writing.has(id)) void this.#writeAll(id);
    });
  }

  /** How far the log has come: how many entries it has, and a signed note over them. */
  async head(ctx: RequestContext): Promise<{ readonly size: number; readonly checkpoint: string }> {
    const [log] = await this.db.query<{ size: string; checkpoint: string }>(ctx, 'select size::text as size, checkpoint from sharing.log where council_id = $1', [ctx.council.id]);
    return log ? { size: Number(log.size), checkpoint: log.checkpoint } : { size: 0, checkpoint: noteOf(new MerkleTree(), this.node.noteKey(ctx)) };
  }

  /** Entries from this one on, as they were hashed: for whoever audits. */
  async entries(ctx: RequestContext, from: number, most: number): Promise<readonly string[]> {
    const rows = await this.db.query<{ leaf: string }>(ctx, 'select leaf from sharing.entry where council_id = $1 and index >= $2 order by index limit $3', [ctx.council.id, from, most]);
    return rows.map(({ leaf }) => leaf);
  }

  /** Hashes of entries from this one on, base64: of those, whoever has seen the log before can work out its tree. */
  async leaves(ctx: RequestContext, from: number, most: number): Promise<readonly string[]> {
    const rows = await this.db.query<{ hash: Buffer }>(ctx, 'select hash from sharing.subtree where council_id = $1 and height = 0 and position >= $2 order by position limit $3', [ctx.council.id, from, most]);
    return rows.map(({ hash }) => hash.toString('base64'));
  }

  /** @throws RangeError when there is no such entry in a tree of that size */
  inclusionProof(ctx: RequestContext, index: number, size: number): Promise<readonly string[]> { return this.#prove(ctx, size, (nodeAt) => inclusionProofFrom(nodeAt, index, size)); }
  /** @throws RangeError when the log was never so large, or the earlier size is the larger one */
  consistencyProof(ctx: RequestContext, earlier: number, size: number): Promise<readonly string[]> { return this.#prove(ctx, size, (nodeAt) => consistencyProofFrom(nodeAt, earlier, size)); }

  async #prove(ctx: RequestContext, size: number, work: (nodeAt: NodeAt) => readonly Uint8Array[]): Promise<readonly string[]> {
    const asked = nodesAskedFor(work);
    const [{ size: known }, found] = await Promise.all([
      this.head(ctx),
      this.db.query<{ height: number; position: string; hash: Buffer }>(ctx, `
        select s.height, s.position::text as position, s.hash from unnest($2::smallint[], $3::bigint[]) as asked (height, position)
        join sharing.subtree s on s.council_id = $1 and s.height = asked.height and s.position = asked.position`, [ctx.council.id, asked.map(({ height }) => height), asked.map(({ position }) => position)]),
    ]);
    if (size > known) throw new RangeError(`The log has ${known} entries, and not ${size}.`);
    const kept = new Map(found.map(({ height, position, hash }) => [`${height} ${position}`, new Uint8Array(hash)]));
    return work((height, position) => kept.get(`${height} ${position}`) as Uint8Array).map(base64);
  }

  async #writeAll(council: string): Promise<void> {
    this.#writing.add(council);
    // What is asked in the same turn goes with the first.
    await Promise.resolve();
    for (let all = this.#waiting.get(council) ?? []; all.length > 0; all = this.#waiting.get(council) ?? []) await this.#writeTogether(all.splice(0, MOST_TOGETHER));
    this.#writing.delete(council);
    this.#waiting.delete(council);
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    try {
      const written = await this.db.run(first.ctx, (tx) => appendTo(tx, batch, this.node.noteKey(first.ctx)));
      batch.forEach(({ resolve }, at) => resolve(written[at] as Appended | typeof REPLAYED));
    } catch (error) {
      // One whose own statements fail must not take the others with it.
      if (batch.length > 1 && !isGuildhallError(error)) for (const one of batch) await this.#writeTogether([one]);
      else for (const { reject } of batch) reject(hasNoRoom(error) ? new Unavailable('The log cannot be written at the moment: there is no room for it.') : error);
    }
  }
}

/** Whoever holds the log's row appends: entries have one order, whichever process writes. */
async function appendTo(tx: TransactionContext, batch: readonly Pick<Waiting, 'ctx' | 'appending'>[], key: NoteKey): Promise<readonly (Appended | typeof REPLAYED)[]> {
  const council = tx.council.id;
  const nonces = batch.flatMap(({ appending: { nonce } }) => nonce ?? []);
  const [log, taken] = await Promise.all([
    sql<{ size: string; peaks: Buffer[] }>(tx, 'select size::text as size, peaks from sharing.log where council_id = $1 for update', [council]),
    insertRows<{ keyid: string; nonce: string }>(tx, { into: 'sharing.nonce', columns: { keyid: 'text', nonce: 'text', until: 'timestamptz' }, rows: nonces.map(({ keyid, nonce, until }) => [keyid, nonce, until.toISOString()]), rest: 'on conflict do nothing returning keyid, nonce' }),
  ]);
  const { size, peaks } = log[0] ?? (await begin(tx));
  const tree = MerkleTree.resume(Number(size), peaks.map((hash) => new Uint8Array(hash)));
  const began = tree.size;
  const fresh = new Set(taken.map(({ keyid, nonce }) => `${keyid} ${nonce}`));
  // Of two with one nonce the first is fresh.
  const isFresh = ({ nonce }: Appending): boolean => !nonce || fresh.delete(`${nonce.keyid} ${nonce.nonce}`);
  const placed = batch.map(({ ctx, appending }) => {
    if (!isFresh(appending)) return REPLAYED;
    const leaf = Buffer.from(entryBytes(appending.entry)).toString();
    return { ...appending, ctx, leaf, index: tree.append(leafHash(leaf)) };
  });
  const written = placed.filter((one) => one !== REPLAYED);
  if (written.length === 0) return placed as readonly (typeof REPLAYED)[];
  const checkpoint = noteOf(tree, key);
  // All of it goes with the commit, in one round trip.
  writeRows(tx, {
    into: 'sharing.entry', columns: { index: 'bigint', at: 'timestamptz', kind: 'text', exchange_id: 'uuid', peer: 'text', agreement: 'text', subject: 'text', allow: 'boolean', leaf: 'text' },
    rows: written.map(({ index, leaf, entry: { t, kind, exchange, peer, agreement, subject, allow } }) => [index, t, kind, exchange, peer, agreement, subject, allow, leaf]),
  });
  writeRows(tx, { into: 'sharing.subtree', columns: { height: 'smallint', position: 'bigint', hash: 'bytea' }, rows: tree.nodesSince(began).map(({ height, position, hash }) => [height, position, bytea(hash)]) });
  write(tx, 'update sharing.log set size = $2, peaks = $3::bytea[], checkpoint = $4 where council_id = $1', [council, tree.size, tree.peaks.map(bytea), checkpoint]);
  for (const { alongside, ctx } of written) alongside?.(onBehalfOf(tx, ctx));
  return placed.map((one) => (one === REPLAYED ? one : { index: one.index, proof: tree.inclusionProof(one.index).map(base64), checkpoint }));
}

/** The row of a log that has none yet; somebody else may be just as fast. */
async function begin(tx: TransactionContext): Promise<{ readonly size: string; readonly peaks: readonly Buffer[] }> {
  await sql(tx, `insert into sharing.log (council_id, size, peaks, checkpoint) values ($1, 0, '{}', '') on conflict do nothing`, [tx.council.id]);
  const [log] = await sql<{ size: string; peaks: Buffer[] }>(tx, 'select size::text as size, peaks from sharing.log where council_id = $1 for update', [tx.council.id]);
  if (!log) throw new Error('The log has no beginning.');
  return log;
}

function noteOf(tree: MerkleTree, key: NoteKey): string { return signNote(formatCheckpoint({ origin: key.name, size: tree.size, root: tree.root() }), [key]); }

/** As PostgreSQL reads it. */
function bytea(bytes: Uint8Array): string { return `\\x${Buffer.from(bytes).toString('hex')}`; }

function base64(bytes: Uint8Array): string { return Buffer.from(bytes).toString('base64'); }

/**
 * SQLSTATE class 53: insufficient resources, a full disk among them; and 58030, that the system could not write. A quota or a limit on the size of files has no code of its own: PostgreSQL names
 * the routine that could not make a table's file longer.
 */
function hasNoRoom(error: unknown): boolean {
  const { code = '', routine = '' } = error as { readonly code?: string; readonly routine?: string };
  return /^(53|58030)/.test(code) || (code === 'XX000' && /^md(zero)?extend$/.test(routine));
}
