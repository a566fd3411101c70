import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, providerIdsOf, providersOf, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, type Clock, type Log, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, type DeliveryReport, type ProviderCallback } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, type MessageRow } from '../data/message-row';
import { recordReport } from './record-news';

/** Takes a provider's callback: proves it, and records each report in it. A report of a message that is not here is left. */
@Injectable()
export class TakeCallback {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  /** @throws NotFound when the council has no such provider, or it takes no callbacks; what the provider throws */
  async take(ctx: RequestContext, providerId: string, callback: ProviderCallback): Promise<void> {
    const provider = providersOf(ctx, MESSAGE_PROVIDER)[providerIdsOf(ctx, MESSAGE_PROVIDER).indexOf(providerId)];
    if (!provider?.receive) throw new NotFound();
    const reports = await provider.receive(callback);
    for (const report of reports) {
      await this.db.run(ctx, async (tx) => {
        const [row] = report.reference !== undefined && isUuid(report.reference)
          ? await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2 and provider_id = $3 for update`, [ctx.council.id, report.reference, providerId])
          : await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and provider_id = $3 and provider_reference = $2 for update`, [ctx.council.id, report.providerReference, providerId]);
        if (row && isOfEarlierTry(row, report)) this.log.info('notifications.report-of-earlier-try', { provider: providerId, message: row.message_id });
        else if (row) await recordReport(tx, row, report, this.clock.now());
        else this.log.info('notifications.report-of-unknown', { provider: providerId, state: report.state });
      });
    }
  }
}

/**
 * Whether a failure is that of a try before: an officer has sent the message again since, and the provider says once more, or late, that the first did not arrive.
 * That one arrived after all is news whichever it was.
 */
function isOfEarlierTry(row: MessageRow, report: DeliveryReport): boolean {
  if (report.state !== 'failed' || row.provider_reference === null) return false;
  return (row.provider_reference === report.providerReference) === (row.state === 'created');
}
