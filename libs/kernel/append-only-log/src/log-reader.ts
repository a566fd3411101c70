import type { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { MerkleTree, consistencyProofFrom, inclusionProofFrom, nodesAskedFor, signNote, verifierKey, type NodeAt, type NoteKey } from '@guildhall/sharing-contract';
import { base64, noteOf } from './grow-log';
import type { LogHead, LogTables } from './log-tables';

/** What others are told of a log that only grows. @public */
export class LogReader {
  /** @param keyOf the key that signs now: also for a log that has no entry yet, and where another one signed the last */
  constructor(private readonly db: Pick<Database, 'query'>, private readonly tables: LogTables, private readonly keyOf: (ctx: RequestContext) => NoteKey) {}

  async head(ctx: RequestContext): Promise<LogHead> {
    const [log] = await this.db.query<{ size: string; checkpoint: string }>(ctx, `select size::text as size, checkpoint from ${this.tables.log} where council_id = $1`, [ctx.council.id]);
    const key = this.keyOf(ctx);
    return log ? { size: Number(log.size), checkpoint: signedBy(key, log.checkpoint) } : { size: 0, checkpoint: noteOf(new MerkleTree(), key) };
  }

  /** Hashes of entries from this one on, base64: of those, whoever has seen the log before can work out its tree. */
  async leaves(ctx: RequestContext, from: number, most: number): Promise<readonly string[]> {
    const rows = await this.db.query<{ hash: Buffer }>(ctx, `select hash from ${this.tables.subtree} where council_id = $1 and height = 0 and position >= $2 order by position limit $3`, [ctx.council.id, from, most]);
    return rows.map(({ hash }) => hash.toString('base64'));
  }

  /** That an entry is in the log as it is now, with the checkpoint of just that size. @throws RangeError when there is no such entry */
  async inclusion(ctx: RequestContext, index: number): Promise<LogHead & { readonly proof: readonly string[] }> {
    const head = await this.head(ctx);
    return { ...head, proof: await this.inclusionProof(ctx, index, head.size) };
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
        join ${this.tables.subtree} s on s.council_id = $1 and s.height = asked.height and s.position = asked.position`, [ctx.council.id, asked.map(({ height }) => height), asked.map(({ position }) => position)]),
    ]);
    if (size > known) throw new RangeError(`The log has ${known} entries, and not ${size}.`);
    const kept = new Map(found.map(({ height, position, hash }) => [`${height} ${position}`, new Uint8Array(hash)]));
    return work((height, position) => kept.get(`${height} ${position}`) as Uint8Array).map(base64);
  }
}

/** A note as the key signs it that signs now: nobody believes one that has ended. Which one signed says the number before its signature (C2SP signed-note). */
function signedBy(key: NoteKey, note: string): string {
  const number = Buffer.from(note.slice(note.lastIndexOf(' ') + 1), 'base64').subarray(0, 4).toString('hex');
  return verifierKey(key).startsWith(`${key.name}+${number}+`) ? note : signNote(note.slice(0, note.lastIndexOf('\n\n') + 1), [key]);
}
