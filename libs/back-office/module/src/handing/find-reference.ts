import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { HAND_OVER_COLUMNS, type HandOverRow } from '../data/hand-over-row';
import { matchWaiting } from '../hearing/keep-progress';
import { FindReference } from '../jobs';
import { nextQuestionAt } from './next-question';
import { recordHandedOver } from './record-outcome';

/** Asks a far end that gave a ticket for its reference, until there is one: soon at first, every day in the end. */
@Injectable()
export class FindsReference implements JobHandler<{ readonly caseId: string }> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext, { caseId }: { readonly caseId: string }): Promise<void> {
    const [row] = await this.db.query<HandOverRow>(ctx, `select ${HAND_OVER_COLUMNS} from back_office.hand_over where council_id = $1 and case_id = $2`, [ctx.council.id, caseId]);
    const provider = row && this.settings.provider(ctx, row.provider_id);
    if (row?.state !== 'taken' || row.ticket === null || !provider?.referenceOf) return;
    const found = await provider.referenceOf(row.ticket).catch((error: unknown) => {
      this.log.warn('back-office.reference-not-found', { case: caseId, provider: row.provider_id, error: (error as { code?: string }).code ?? (error as Error).name });
      return undefined;
    });
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      if (found !== undefined) {
        await recordHandedOver(tx, row, found, { now, newId: () => this.ids.uuid() });
        return matchWaiting(tx, caseId);
      }
      const next = nextQuestionAt(now, row.tries + 1, (this.ids.bytes(1)[0] ?? 128) / 255);
      const asked = await sql(tx, `update back_office.hand_over set tries = tries + 1, next_try_at = $4 where council_id = $1 and case_id = $2 and state = 'taken' and tries = $3 returning 1 as asked`, [ctx.council.id, caseId, row.tries, next]);
      if (asked.length) enqueue(tx, FindReference, { caseId }, { runAt: next });
    });
  }
}
