import type { Clock, JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, isGuildhallError } from '@guildhall/kernel-contract';
import { Database, LOG } from '@guildhall/kernel';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { CarryOnRefund } from '../refunding/carry-on-refund';
import { AskProvider } from './ask-provider';
import { CancelAttempt } from './cancel-attempt';

type OfAttempt = { readonly paymentId: PaymentId; readonly attempt: number };
type OfRefund = { readonly paymentId: PaymentId; readonly refundId: RefundId };

const SOON = 10 * 60_000;
const WEEK = 7 * 24 * 60 * 60_000;

/**
 * A provider that does not answer is nothing out of the ordinary: its jobs do not fail, and pile up no retries of their own. What they were about comes round again with
 * the reconciling work, in ten minutes at most; what is older than a week at its own slower pace.
 */
@Injectable()
class ComeRoundAgain {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  async unless(done: Promise<void>, ctx: RequestContext, given: OfAttempt | OfRefund): Promise<void> {
    try { await done; } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      const now = this.clock.now().getTime();
      const [table, key, began, value] = 'attempt' in given ? ['attempt', 'number', 'begun_at', given.attempt] : ['refund', 'refund_id', 'requested_at', given.refundId];
      this.log.warn('payments.provider-unanswered', { council: ctx.council.slug, payment: given.paymentId });
      await this.database.query(ctx, `update payments.${table} set next_check_at = $4 where council_id = $1 and payment_id = $2 and ${key} = $3 and (next_check_at is null or next_check_at > $4) and ${began} > $5`,
        [ctx.council.id, given.paymentId, value, new Date(now + SOON), new Date(now - WEEK)]);
    }
  }
}

/** The job: ask about an attempt. */
@Injectable()
export class AskAboutAttempt implements JobHandler<OfAttempt> {
  constructor(@Inject(AskProvider) private readonly asking: AskProvider, @Inject(ComeRoundAgain) private readonly again: ComeRoundAgain) {}
  run(ctx: RequestContext, given: OfAttempt): Promise<void> { return this.again.unless(this.asking.aboutAttempt(ctx, given), ctx, given); }
}
/** The job: stop an attempt. */
@Injectable()
export class StopAttempt implements JobHandler<OfAttempt> {
  constructor(@Inject(CancelAttempt) private readonly cancelling: CancelAttempt, @Inject(ComeRoundAgain) private readonly again: ComeRoundAgain) {}
  run(ctx: RequestContext, given: OfAttempt): Promise<void> { return this.again.unless(this.cancelling.cancel(ctx, given), ctx, given); }
}
/** The job: carry on with a refund. */
@Injectable()
export class SendRefund implements JobHandler<OfRefund> {
  constructor(@Inject(CarryOnRefund) private readonly carrying: CarryOnRefund, @Inject(ComeRoundAgain) private readonly again: ComeRoundAgain) {}
  run(ctx: RequestContext, given: OfRefund): Promise<void> { return this.again.unless(this.carrying.carryOn(ctx, given), ctx, given); }
}

/** The jobs that speak to providers, and what they share. */
export const PROVIDER_JOBS = [ComeRoundAgain, AskAboutAttempt, StopAttempt, SendRefund] as const;
