import type { RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';
import { refundStateFrom, refundedOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerNamed } from '../keeping/council-providers';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import type { StoredPayment, StoredRefund } from '../keeping/stored-payment';
import { AskProvider } from '../reconciling/ask-provider';
import type { RefundNews } from './hear-refunds';
import { HearRefunds } from './hear-refunds';

/** The count of what is left may be behind once, because somebody refunded at the provider itself; not twice. */
const MOST_TRIES = 2;

/**
 * Sends a refund that is written down, or finds out what became of one that was sent. May be run again, and twice at once: the provider's refund key, or
 * the amount that we say is left, keeps it from paying back twice.
 */
@Injectable()
export class CarryOnRefund {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook,
    @Inject(AskProvider) private readonly askProvider: AskProvider, @Inject(HearRefunds) private readonly hearRefunds: HearRefunds,
  ) {}

  /** @throws Unavailable */
  async carryOn(ctx: RequestContext, { paymentId, refundId }: { readonly paymentId: PaymentId; readonly refundId: RefundId }): Promise<void> {
    const payment = await this.book.find(ctx, paymentId);
    const attempt = payment?.attempts.find(({ number }) => number === find(payment, refundId)?.attempt);
    if (!payment || !attempt?.providerPaymentId) return;
    const provider = providerNamed(ctx, attempt.provider);
    let now = payment;
    // A provider without refund keys may have taken it already, its answer being lost: its list knows.
    if (find(now, refundId)?.state !== 'requested' || !provider.abilities.includes('idempotent-refunds')) now = await this.askProvider.aboutRefunds(ctx, paymentId, attempt, provider, attempt.providerPaymentId);
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const refund = find(now, refundId);
      if (!provider.refund || refund?.state !== 'requested') return;
      const availableInPence = attempt.takenInPence - besides(now, refund);
      const outcome = await provider.refund(ctx, { providerPaymentId: attempt.providerPaymentId, key: refundId, amountInPence: refund.amountInPence, availableInPence });
      if (outcome.ok) { await this.#hear(ctx, paymentId, refundId, { state: refundStateFrom(outcome.value) ?? 'submitted', providerRefundId: outcome.value.providerRefundId }); return; }
      now = await this.askProvider.aboutRefunds(ctx, paymentId, attempt, provider, attempt.providerPaymentId);
      const isHopeless = outcome.refusal.reason !== 'amount-changed' || tries === MOST_TRIES || refund.amountInPence > attempt.takenInPence - besides(now, refund);
      if (find(now, refundId)?.state === 'requested' && isHopeless) { await this.#hear(ctx, paymentId, refundId, { state: 'failed', failure: outcome.refusal.reason }); return; }
    }
  }

  async #hear(ctx: RequestContext, paymentId: PaymentId, refundId: RefundId, news: RefundNews): Promise<void> {
    await this.database.run(ctx, async (tx) => { await this.hearRefunds.hear(tx, await takeForChange(tx, paymentId), refundId, news); });
  }
}

function find(payment: StoredPayment | undefined, refundId: RefundId): StoredRefund | undefined {
  return payment?.refunds.find((refund) => refund.refundId === refundId);
}
/** What the other refunds of the same money hold. */
function besides(payment: StoredPayment, refund: StoredRefund): number {
  return refundedOf(refund.attempt, payment.refunds.filter((other) => other.refundId !== refund.refundId));
}
