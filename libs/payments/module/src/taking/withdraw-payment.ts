import type { Clock, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, done, isGuildhallError } from '@guildhall/kernel-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import type { PaymentId, WithdrawRefusal } from '@guildhall/payments-contract';
import { ATTEMPT_STATES, decideWithdrawal, demandSight, demandTaking } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { AskProvider } from '../reconciling/ask-provider';
import { CancelAttempt } from '../reconciling/cancel-attempt';
import { HearAttempt } from '../reconciling/hear-attempt';
import { CancelAttemptJob } from '../reconciling/jobs';

/** Takes back that something is to be paid, and stops what is open at the provider. */
@Injectable()
export class WithdrawPayment {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(AskProvider) private readonly askProvider: AskProvider,
    @Inject(CancelAttempt) private readonly cancelAttempt: CancelAttempt, @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<StoredPayment, WithdrawRefusal>> {
    demandTaking(ctx);
    demandSight(ctx, paymentId, await this.book.find(ctx, paymentId));
    // It may have been paid a moment ago. When the provider does not answer, what is paid all the same goes back later.
    await this.askProvider.about(ctx, paymentId).catch(ignoreUnavailable);
    const outcome = await this.database.run(ctx, async (tx) => {
      const payment = await takeForChange(tx, paymentId);
      const decision = decideWithdrawal(payment);
      if (!decision.ok) return decision;
      if (!decision.value.isNews) return done(payment);
      // Nobody was ever sent to what is only intended, and nobody will be.
      await sql(tx, `update payments.attempt set state = 'cancelled', finished_at = $3, next_check_at = null where council_id = $1 and payment_id = $2 and state = 'intended'`, [tx.council.id, paymentId, this.clock.now()]);
      audit(tx, { action: 'payments.withdraw', subject: { type: 'payment', id: paymentId }, ...(payment.personId ? { personId: payment.personId } : {}) });
      for (const attempt of open(payment)) enqueue(tx, CancelAttemptJob, { paymentId, attempt: attempt.number }, { key: `${paymentId}-${attempt.number}`, runAt: new Date(this.clock.now().getTime() + 60_000) });
      return done(this.hearAttempt.move(tx, { ...payment, isWithdrawn: true }, 'withdrawn'));
    });
    if (!outcome.ok) return outcome;
    for (const attempt of open(outcome.value)) await this.cancelAttempt.cancel(ctx, { paymentId, attempt: attempt.number }).catch(ignoreUnavailable);
    return outcome;
  }
}

function open(payment: StoredPayment): StoredPayment['attempts'] {
  return payment.attempts.filter((attempt) => attempt.providerPaymentId !== undefined && ATTEMPT_STATES[attempt.state].isOpen);
}
function ignoreUnavailable(error: unknown): void {
  if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
}
