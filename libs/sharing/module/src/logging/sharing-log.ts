import { LogReader, growLog, growLogFrom, type GrowingLog, type LogEnd, type LogHead } from '@guildhall/append-only-log';
import { Database, insertRows, onBehalfOf, writeRows } from '@guildhall/kernel';
import { Unavailable, isGuildhallError, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { entryBytes, type Entry, type NoteKey } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { OwnNode } from '../node/own-node';

/** What is written down, and what with it. */
export interface Appending {
  readonly entry: Entry;
  /** Of a message that may come once, and until when it would be believed. */
  readonly nonce?: { readonly keyid: string; readonly nonce: string; readonly until: Date };
  /** Leaves to the same commit what must be there with the entry, or neither: by `write`, `publish` and `enqueue` alone. */
  readonly alongside?: (tx: TransactionContext) => void;
  /** Made ready while the database writes, for when it has written: of where the entry then stands. It may be called again for another place, or not at all; what it makes counts once `append` has returned that very place, and does not leave before. */
  readonly meanwhile?: (place: Appended) => void;
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

/** Where the log's tree is. */
const TABLES = { log: 'sharing.log', subtree: 'sharing.subtree' } as const;
/** So many share one commit. */
const MOST_TOGETHER = 500;

/**
 * A council's log: append-only, in PostgreSQL, with a Merkle tree over it (RFC 9162). What arrives while a commit is on its way shares the next one, so that durability costs a disk's write for many.
 */
@Injectable()
export class SharingLog {
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #writing = new Set<string>();
  /** Where each council's log ended when this process appended last, and whether nobody else did before that. */
  readonly #ends = new Map<string, LogEnd & { readonly isAlone: boolean }>();
  readonly #tree: LogReader;

  constructor(private readonly db: Database, private readonly node: OwnNode) {
    this.#tree = new LogReader(db, TABLES, (ctx) => node.noteKey(ctx));
  }

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
  head(ctx: RequestContext): Promise<LogHead> { return this.#tree.head(ctx); }

  /** Entries from this one on, as they were hashed: for whoever audits. */
  async entries(ctx: RequestContext, from: number, most: number): Promise<readonly string[]> {
    const rows = await this.db.query<{ leaf: string }>(ctx, 'select leaf from sharing.entry where council_id = $1 and index >= $2 order by index limit $3', [ctx.council.id, from, most]);
    return rows.map(({ leaf }) => leaf);
  }

  /** Hashes of entries from this one on, base64: of those, whoever has seen the log before can work out its tree. */
  leaves(ctx: RequestContext, from: number, most: number): Promise<readonly string[]> { return this.#tree.leaves(ctx, from, most); }
  /** @throws RangeError when there is no such entry in a tree of that size */
  inclusionProof(ctx: RequestContext, index: number, size: number): Promise<readonly string[]> { return this.#tree.inclusionProof(ctx, index, size); }
  /** @throws RangeError when the log was never so large, or the earlier size is the larger one */
  consistencyProof(ctx: RequestContext, earlier: number, size: number): Promise<readonly string[]> { return this.#tree.consistencyProof(ctx, earlier, size); }

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
    const { id } = first.ctx.council;
    const key = this.node.noteKey(first.ctx);
    const last = this.#ends.get(id);
    try {
      const { appended, began, end } = await this.db.run(first.ctx, async (tx) => {
        const written = last?.isAlone ? goOn(tx, batch, growLogFrom(tx, TABLES, key, last)) : await takeHold(tx, batch, key);
        setImmediate(() => meanwhile(batch, written));
        return written;
      });
      this.#ends.set(id, { ...end, isAlone: last?.size === began });
      batch.forEach(({ resolve }, at) => resolve(appended[at] as Appended | typeof REPLAYED));
    } catch (error) {
      if (last) this.#ends.set(id, { ...last, isAlone: false });
      const isSaid = isGuildhallError(error);
      if (isSaid || hasNoRoom(error)) for (const { reject } of batch) reject(isSaid ? error : new Unavailable('The log cannot be written at the moment: there is no room for it.'));
      // Another process has appended meanwhile, or one of the messages came before: then it is looked at which.
      else if (last?.isAlone) await this.#writeTogether(batch);
      // One whose own statements fail must not take the others with it.
      else if (batch.length > 1) for (const one of batch) await this.#writeTogether([one]);
      else first.reject(error);
    }
  }
}

/** By then all of it is on its way to the database: what is sent goes out before the turn of the event loop ends. */
function meanwhile(batch: Batch, { appended }: Written): void {
  batch.forEach(({ appending }, at) => {
    const place = appended[at];
    try {
      if (place !== undefined && place !== REPLAYED) appending.meanwhile?.(place);
    } catch { /* Whoever needs it makes it again, and hears of what is wrong. */ }
  });
}

type Batch = readonly Pick<Waiting, 'ctx' | 'appending'>[];
interface Written { readonly appended: readonly (Appended | typeof REPLAYED)[]; readonly began: number; readonly end: LogEnd }

const NONCE = { into: 'sharing.nonce', columns: { keyid: 'text', nonce: 'text', until: 'timestamptz' } } as const;
function nonceRow({ keyid, nonce, until }: NonNullable<Appending['nonce']>): readonly string[] { return [keyid, nonce, until.toISOString()]; }

/** Whoever holds the log's row appends: entries have one order, whichever process writes. */
async function takeHold(tx: TransactionContext, batch: Batch, key: NoteKey): Promise<Written> {
  const nonces = batch.flatMap(({ appending: { nonce } }) => nonce ?? []);
  const [log, taken] = await Promise.all([
    growLog(tx, TABLES, key), insertRows<{ keyid: string; nonce: string }>(tx, { ...NONCE, rows: nonces.map(nonceRow), rest: 'on conflict do nothing returning keyid, nonce' }),
  ]);
  const fresh = new Set(taken.map(({ keyid, nonce }) => `${keyid} ${nonce}`));
  // Of two with one nonce the first is fresh.
  return appendTo(tx, log, batch, ({ nonce }) => !nonce || fresh.delete(`${nonce.keyid} ${nonce.nonce}`));
}

/** All at once, where this process was the last to append: it fails when that is not so, or a message came before. */
function goOn(tx: TransactionContext, batch: Batch, log: GrowingLog): Written {
  const written = appendTo(tx, log, batch, () => true);
  writeRows(tx, { ...NONCE, rows: batch.flatMap(({ appending: { nonce } }) => (nonce ? [nonceRow(nonce)] : [])) });
  return written;
}

function appendTo(tx: TransactionContext, log: GrowingLog, batch: Batch, isFresh: (appending: Appending) => boolean): Written {
  const placed = batch.map(({ ctx, appending }) => {
    if (!isFresh(appending)) return REPLAYED;
    const leaf = Buffer.from(entryBytes(appending.entry)).toString();
    return { ...appending, ctx, leaf, index: log.append(leaf) };
  });
  const written = placed.filter((one) => one !== REPLAYED);
  if (written.length === 0) return { appended: placed as readonly (typeof REPLAYED)[], began: log.began, end: log.end() };
  const checkpoint = log.keep();
  // All of it goes with the commit, in one round trip.
  writeRows(tx, {
    into: 'sharing.entry', columns: { index: 'bigint', at: 'timestamptz', kind: 'text', exchange_id: 'uuid', peer: 'text', agreement: 'text', subject: 'text', allow: 'boolean', leaf: 'text' },
    rows: written.map(({ index, leaf, entry: { t, kind, exchange, peer, agreement, subject, allow } }) => [index, t, kind, exchange, peer, agreement, subject, allow, leaf]),
  });
  for (const { alongside, ctx } of written) alongside?.(onBehalfOf(tx, ctx));
  return { appended: placed.map((one) => (one === REPLAYED ? one : { index: one.index, proof: log.proofOf(one.index), checkpoint })), began: log.began, end: log.end() };
}

/**
 * SQLSTATE class 53: insufficient resources, a full disk among them; and 58030, that the system could not write. A quota or a limit on the size of files has no code of its own: PostgreSQL names
 * the routine that could not make a table's file longer.
 */
function hasNoRoom(error: unknown): boolean {
  const { code = '', routine = '' } = error as { readonly code?: string; readonly routine?: string };
  return /^(53|58030)/.test(code) || (code === 'XX000' && /^md(zero)?extend$/.test(routine));
}
