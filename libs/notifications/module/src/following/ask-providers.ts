import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, type DeliveryReport } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { recordReport } from './record-news';

const FIRST_ASKED_AFTER_MINUTES = 10;
const MOST_A_ROUND = 100;
/** Providers try for three days; after a week nobody will say more. */
const NO_MORE_NEWS_AFTER_DAYS = 7;

/** Asks providers about messages of which they have not told us: their callbacks may be lost. */
@Injectable()
export class AskProvidersForNews implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
    const rows = await this.db.query<MessageRow>(ctx, `
      select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and state = 'sending' and sent_at <= $2 order by coalesce(asked_at, sent_at) limit ${MOST_A_ROUND}`, [ctx.council.id, before(FIRST_ASKED_AFTER_MINUTES)]);
    const ids = providerIdsOf(ctx, MESSAGE_PROVIDER);
    for (const row of rows) {
      const provider = row.provider_id === null ? undefined : providersOf(ctx, MESSAGE_PROVIDER)[ids.indexOf(row.provider_id)];
      let report: DeliveryReport | undefined;
      try {
        report = row.provider_reference === null ? undefined : await provider?.status?.(row.provider_reference);
      } catch (error) {
        this.log.warn('notifications.status-failed', { message: row.message_id, error: (error as { code?: string }).code ?? (error as Error).name });
      }
      const isOld = row.sent_at !== null && row.sent_at <= before(NO_MORE_NEWS_AFTER_DAYS * 24 * 60);
      await this.db.run(ctx, async (tx) => {
        await sql(tx, 'update notifications.message set asked_at = $3 where council_id = $1 and message_id = $2', [ctx.council.id, row.message_id, now]);
        if (report && report.state !== 'sending') await recordReport(tx, row, report, now);
        else if (isOld) await recordReport(tx, row, { providerReference: row.provider_reference ?? '', state: 'sent' }, now);
      });
    }
  }
}
