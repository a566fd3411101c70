import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { CLOCK, InvalidInput, isUuid, type Clock, type PersonId, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, NO_PREFERENCES, demandChangeOfPreferences, demandPreferencesOf, type MessageChannel, type MessagePreferences } from '@guildhall/notifications-contract';

interface Row { readonly channel: MessageChannel | null; readonly stops_news: boolean }

const READ = 'select channel, stops_news from notifications.preference where council_id = $1 and person_id = $2';

/** How people wish to hear from the council. */
@Injectable()
export class Preferences {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async of(ctx: RequestContext, personId: PersonId): Promise<MessagePreferences> {
    demandPreferencesOf(ctx, personId);
    refuseNoPerson(personId);
    return preferencesIn(await this.db.query<Row>(ctx, READ, [ctx.council.id, personId]));
  }

  /** For the module's own use, whoever acts. */
  async read(tx: TransactionContext, personId: PersonId): Promise<MessagePreferences> {
    return preferencesIn(await sql<Row>(tx, READ, [tx.council.id, personId]));
  }

  /** @param basis on what authority an officer changes it, and after which checks */
  async change(ctx: RequestContext, personId: PersonId, { channel, stopsNews }: MessagePreferences, basis?: AssistedBasis): Promise<MessagePreferences> {
    demandChangeOfPreferences(ctx, personId);
    refuseNoPerson(personId);
    if (channel !== undefined && !MESSAGE_CHANNELS.includes(channel)) throw new InvalidInput(`There is no channel ${String(channel)}.`, [{ field: 'channel', message: `must be one of ${MESSAGE_CHANNELS.join(', ')}` }]);
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `
        insert into notifications.preference (council_id, person_id, channel, stops_news, changed_at) values ($1, $2, $3, $4, $5)
        on conflict (council_id, person_id) do update set channel = excluded.channel, stops_news = excluded.stops_news, changed_at = excluded.changed_at`, [ctx.council.id, personId, channel ?? null, stopsNews, this.clock.now()]);
      audit(tx, { action: 'notifications.change-preferences', subject: { type: 'person', id: personId }, personId, detail: { channel: channel ?? 'any', stopsNews, ...basis } });
    });
    return { ...(channel && { channel }), stopsNews };
  }
}

function preferencesIn([row]: readonly Row[]): MessagePreferences {
  return row ? { ...(row.channel && { channel: row.channel }), stopsNews: row.stops_news } : NO_PREFERENCES;
}

function refuseNoPerson(personId: string): void {
  if (!isUuid(personId)) throw new InvalidInput('A person\'s id is a UUID.', [{ field: 'personId', message: 'must be a UUID' }]);
}
