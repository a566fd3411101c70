import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG } from '@guildhall/kernel';
import { CLOCK, defineJob, type Clock, type Event, type Log, type RequestContext } from '@guildhall/kernel-contract';
import type { PaymentSubject } from '@guildhall/payments-contract';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';
import { FinishSubmission } from './finish-submission';

/** Closes the gaps that a crash may have left in confirmed drafts. */
export const CarryOnSubmissions = defineJob<Record<never, never>>('services.carry-on-submissions');

const AT_ONCE = 50;

/** Looks after confirmed drafts that have not come to their end by themselves. */
@Injectable()
export class CarryOnSubmissionsHandler {
  constructor(@Inject(Database) private readonly db: Database, @Inject(FinishSubmission) private readonly submissions: FinishSubmission, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const rows = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and next_try_at <= $2 order by next_try_at limit ${AT_ONCE}`, [ctx.council.id, this.clock.now()]);
    for (const draft of rows.map(draftOf)) {
      // First, so that one that always fails does not stand in the way of the others.
      await this.submissions.lookAgainLater(ctx, draft);
      try {
        await this.submissions.finish(ctx, draft.draftId);
      } catch (error) {
        const { name, code } = error as { name?: string; code?: string };
        this.log.error('services.submission-stuck', { draftId: draft.draftId, council: ctx.council.slug, tries: draft.tries, error: code ?? name });
      }
    }
  }
}

/** The money is there: the case can be opened, whether or not the resident ever comes back to our page. */
@Injectable()
export class SubmitPaidDraft {
  constructor(@Inject(FinishSubmission) private readonly submissions: FinishSubmission) {}

  async run(ctx: RequestContext, { data: { subject } }: Event<{ readonly subject: PaymentSubject }>): Promise<void> {
    if (subject.type === 'draft') await this.submissions.finish(ctx, subject.id);
  }
}
