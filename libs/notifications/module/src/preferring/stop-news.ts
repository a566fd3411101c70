import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, isUuid, type Clock, type PersonId, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import type { Address } from '@guildhall/notifications-contract';
import { hashOfAddress, isStopKey } from './stop-key';

/** Whom a link is about: the person to whom the message went, else whoever reads at that address. */
type Reader = { readonly personId: PersonId } | { readonly addressHash: string };

/** Stops news, and starts it again, for whoever has the link in one of its e-mails: nobody needs to sign in for that. */
@Injectable()
export class StopNews {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws NotFound when the key is not the message's, or it is no longer known where the message went */
  async isStopped(ctx: RequestContext, messageId: string, key: string | undefined): Promise<boolean> {
    return this.db.run(ctx, async (tx) => this.isStoppedFor(tx, await this.readerOf(tx, messageId, key)));
  }

  /** Whether news to this address was stopped by somebody who is no person to us. */
  async isStoppedAt(tx: TransactionContext, address: Address): Promise<boolean> {
    return this.isStoppedFor(tx, { addressHash: hashOfAddress(tx, address) });
  }

  /** The same again changes nothing. @throws NotFound as {@link isStopped} */
  async change(ctx: RequestContext, messageId: string, key: string | undefined, stops: boolean): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      const reader = await this.readerOf(tx, messageId, key);
      if ((await this.isStoppedFor(tx, reader)) === stops) return;
      const now = this.clock.now();
      if ('personId' in reader) {
        await sql(tx, `
          insert into notifications.preference (council_id, person_id, stops_news, changed_at) values ($1, $2, $3, $4)
          on conflict (council_id, person_id) do update set stops_news = excluded.stops_news, changed_at = excluded.changed_at`, [ctx.council.id, reader.personId, stops, now]);
      } else if (stops) await sql(tx, 'insert into notifications.stopped_address (council_id, address_hash, stopped_at) values ($1, $2, $3) on conflict do nothing', [ctx.council.id, reader.addressHash, now]);
      else await sql(tx, 'delete from notifications.stopped_address where council_id = $1 and address_hash = $2', [ctx.council.id, reader.addressHash]);
      audit(tx, { action: stops ? 'notifications.stop-news' : 'notifications.start-news', subject: { type: 'message', id: messageId }, ...('personId' in reader && { personId: reader.personId }) });
    });
  }

  private async readerOf(tx: TransactionContext, messageId: string, key: string | undefined): Promise<Reader> {
    if (!isUuid(messageId) || !isStopKey(tx, messageId, key)) throw new NotFound('There is no such link to stop news.');
    const [row] = await sql<{ person_id: string | null; address: Address | null }>(tx, 'select person_id, address from notifications.message where council_id = $1 and message_id = $2 and is_news', [tx.council.id, messageId]);
    if (row?.person_id) return { personId: row.person_id as PersonId };
    if (row?.address) return { addressHash: hashOfAddress(tx, row.address) };
    throw new NotFound('This link to stop news is too old: where its message went is no longer kept.');
  }

  private async isStoppedFor(tx: TransactionContext, reader: Reader): Promise<boolean> {
    const rows = 'personId' in reader
      ? await sql(tx, 'select 1 as stopped from notifications.preference where council_id = $1 and person_id = $2 and stops_news', [tx.council.id, reader.personId])
      : await sql(tx, 'select 1 as stopped from notifications.stopped_address where council_id = $1 and address_hash = $2', [tx.council.id, reader.addressHash]);
    return rows.length > 0;
  }
}
