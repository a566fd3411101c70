import { Database, enqueue, sql, write } from '@guildhall/kernel';
import { IDS, type Ids, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import type { Correction } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { seal, unseal } from '../data/sealed';
import { CLOSE_ANSWERED } from './close-answered';
import { TellCorrection } from './jobs';

/** The first tries to tell another body take less than this; then it is tried every few hours, and every day. */
export const TRIED_FOR_MS = 60 * 60_000;

/** A message for another body, and whether it knows. */
export interface Outgoing { readonly peerId: string; readonly takenAt?: Date; readonly isTurnedDown: boolean }
/** A message that is to be told. */
export interface ToTell { readonly peerId: string; readonly message: Correction }

/** Of the messages (`o`) to one body: since when it knows all of them but for those that it turned down, and whether it turned down all. */
export const KNOWN = 'case when bool_and(o.taken_at is not null or o.turned_down_at is not null) then max(o.taken_at) end as taken_at, bool_and(o.turned_down_at is not null) as is_turned_down';

/** What was said last to a body. */
export interface LastSaid extends Outgoing { readonly saidAt: Date }

interface OutgoingRow { readonly peer_id: string; readonly taken_at: Date | null; readonly is_turned_down: boolean }

/** What other bodies are told of disputes and corrections: kept, sealed, until they have said that they know. */
@Injectable()
export class OutgoingCorrections {
  constructor(private readonly db: Database, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * Leaves a message to this transaction, and a worker to tell it.
   * @param about the dispute or the change, here: without it in the same transaction nothing is told
   */
  put(tx: TransactionContext, { peerId, localId, about, message, at }: { readonly peerId: string; readonly localId: string; readonly about: { readonly dispute: string } | { readonly change: string }; readonly message: Correction; readonly at: Date }): void {
    const messageId = this.ids.uuid();
    const sealed = seal(tx, `outgoing ${messageId}`, JSON.stringify(message)).toString('base64');
    const [id, table] = 'dispute' in about ? [about.dispute, 'sharing.dispute where council_id = $1::uuid and dispute_id = $6::uuid'] : [about.change, 'sharing.change where council_id = $1::uuid and change_id = $6::uuid'];
    write(tx, `
      insert into sharing.outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at)
      select $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::uuid, decode($7::text, 'base64'), $8::timestamptz where exists (select from ${table})`, [tx.council.id, messageId, peerId, localId, message.kind, id, sealed, at]);
    enqueue(tx, TellCorrection, { messageId, tries: 0 });
  }

  /** One that is still to be told; undefined when it is known, or turned down. */
  async waiting(ctx: RequestContext, messageId: string): Promise<ToTell | undefined> {
    const [row] = await this.db.query<{ peer_id: string; sealed: Buffer }>(ctx, 'select peer_id, sealed from sharing.outgoing where council_id = $1 and message_id = $2 and taken_at is null and turned_down_at is null', [ctx.council.id, messageId]);
    return row && { peerId: row.peer_id, message: JSON.parse(unseal(ctx, `outgoing ${messageId}`, row.sealed)) as Correction };
  }

  /** They know, or will not, and write to the person themselves or leave that to this body: where all others have answered what was passed on to them, too, it is over. */
  async settle(ctx: RequestContext, messageId: string, how: 'taken' | 'turned-down', at: Date, isWritten = false): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      // Held before it is looked whether others have answered: whoever answers at this moment is seen, or sees this.
      const [dispute] = await sql<{ dispute_id: string }>(tx, `select d.dispute_id from sharing.dispute d join sharing.outgoing o on o.council_id = d.council_id and o.about = d.dispute_id where d.council_id = $1 and o.message_id = $2 and o.kind = 'disputed' for update of d`, [tx.council.id, messageId]);
      await sql(tx, `update sharing.outgoing set ${how === 'taken' ? 'taken_at' : 'turned_down_at'} = $3, is_written = $4 where council_id = $1 and message_id = $2 and taken_at is null`, [tx.council.id, messageId, at, isWritten]);
      if (dispute && how === 'turned-down') await sql(tx, CLOSE_ANSWERED, [tx.council.id, dispute.dispute_id, at]);
    });
  }

  /** Of some disputes: what of this kind was said last to each body, and whether it knows that. */
  async newest(ctx: RequestContext, kind: Correction['kind'], ids: readonly string[]): Promise<readonly LastSaid[]> {
    const rows = await this.db.query<OutgoingRow & { readonly created_at: Date }>(ctx, `
      select distinct on (peer_id) peer_id, taken_at, turned_down_at is not null as is_turned_down, created_at from sharing.outgoing
      where council_id = $1 and kind = $2 and about = any($3::uuid[]) order by peer_id, created_at desc, turned_down_at nulls last, taken_at nulls first limit 100`, [ctx.council.id, kind, ids]);
    return rows.map((row) => ({ ...outgoingIn(row), saidAt: row.created_at }));
  }

  /** Of some disputes: who was told, in the order in which it was decided, each once: they know when they know all of it. */
  async about(ctx: RequestContext, kind: Correction['kind'], ids: readonly string[]): Promise<readonly Outgoing[]> {
    const rows = await this.db.query<OutgoingRow>(ctx, `
      select peer_id, ${KNOWN} from sharing.outgoing o where o.council_id = $1 and o.kind = $2 and o.about = any($3::uuid[]) group by o.peer_id order by min(o.created_at), o.peer_id limit 1000`, [ctx.council.id, kind, ids]);
    return rows.map(outgoingIn);
  }
}

function outgoingIn({ peer_id: peerId, taken_at: takenAt, is_turned_down: isTurnedDown }: OutgoingRow): Outgoing { return { peerId, isTurnedDown, ...(takenAt && { takenAt }) }; }
