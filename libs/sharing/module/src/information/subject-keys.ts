import { randomBytes } from 'node:crypto';
import { Database, sql } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';

/** What turns people into marks in the log: a key of each one's own. */
@Injectable()
export class SubjectKeys {
  constructor(private readonly db: Database) {}

  /** Undefined for somebody of whom nothing is in the log, or nothing any more. */
  async find(ctx: RequestContext, localId: string): Promise<Uint8Array | undefined> {
    const [row] = await this.db.query<{ key: Buffer }>(ctx, 'select key from sharing.subject_key where council_id = $1 and local_id = $2', [ctx.council.id, localId]);
    return row && new Uint8Array(row.key);
  }

  /** The key of somebody of whom something is about to be written down; a new one for who has none. */
  async make(ctx: RequestContext, localId: string): Promise<Uint8Array> {
    return this.db.run(ctx, async (tx) => {
      await sql(tx, 'insert into sharing.subject_key (council_id, local_id, key) values ($1, $2, $3) on conflict do nothing', [ctx.council.id, localId, randomBytes(32)]);
      const [row] = await sql<{ key: Buffer }>(tx, 'select key from sharing.subject_key where council_id = $1 and local_id = $2', [ctx.council.id, localId]);
      if (!row) throw new Error('A key that was written is not there.');
      return new Uint8Array(row.key);
    });
  }
}
