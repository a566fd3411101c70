import type { RequestContext } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, isGuildhallError } from '@guildhall/kernel-contract';
import { Database, SilentFarEnds } from '@guildhall/kernel';
import type { PaymentId, PaymentProvider } from '@guildhall/payments-contract';
import { REFUND_STATES, refundedOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerNamed } from '../keeping/council-providers';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import type { StoredAttempt, StoredPayment } from '../keeping/stored-payment';
import { HearRefunds } from '../refunding/hear-refunds';
import { ReturnSurplus } from '../refunding/return-surplus';
import { HearAttempt } from './hear-attempt';

/** Asks providers how payments stand, which they alone know, and writes down what they say. Asking twice at once does no harm. */
@Injectable()
export class AskProvider {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook,
    @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(HearRefunds) private readonly hearRefunds: HearRefunds, @Inject(ReturnSurplus) private readonly surplus: ReturnSurplus,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  /** About one attempt. @throws Unavailable */
  async aboutAttempt(ctx: RequestContext, { paymentId, attempt: number }: { readonly paymentId: PaymentId; readonly attempt: number }): Promise<void> {
    const payment = await this.#known(ctx, paymentId);
    const attempt = payment.attempts.find((one) => one.number === number);
    if (attempt?.providerPaymentId) await this.#ask(ctx, payment, attempt, attempt.providerPaymentId);
  }

  /** About everything that the provider knows of a payment. @throws NotFound, Unavailable */
  async about(ctx: RequestContext, paymentId: PaymentId): Promise<StoredPayment> {
    let payment = await this.#known(ctx, paymentId);
    for (const { number } of payment.attempts) {
      const attempt = payment.attempts.find((one) => one.number === number);
      if (attempt?.providerPaymentId) payment = await this.#ask(ctx, payment, attempt, attempt.providerPaymentId);
    }
    return payment;
  }

  /** Reads the provider's list of refunds of one attempt. */
  async aboutRefunds(ctx: RequestContext, paymentId: PaymentId, attempt: StoredAttempt, provider: PaymentProvider, providerPaymentId: string): Promise<StoredPayment> {
    const theirs = (await provider.refunds?.(ctx, providerPaymentId)) ?? [];
    return this.database.run(ctx, async (tx) => this.hearRefunds.hearAll(tx, await takeForChange(tx, paymentId), attempt.number, theirs));
  }

  async #ask(ctx: RequestContext, { paymentId }: StoredPayment, before: StoredAttempt, providerPaymentId: string): Promise<StoredPayment> {
    const provider = providerNamed(ctx, before.provider);
    const heard = await this.silent.ask(provider, () => provider.fetch(ctx, providerPaymentId)).catch((error: unknown) => {
      if (isGuildhallError(error) && error.code === 'not-found') throw new Unavailable(`The provider ${before.provider} no longer knows the payment ${paymentId}. Look it up in the provider's own records.`);
      throw error;
    });
    const payment = await this.database.run(ctx, async (tx) => {
      const learned = await this.hearAttempt.hear(tx, await takeForChange(tx, paymentId), before.number, heard);
      const attempt = learned.attempts.find(({ number }) => number === before.number);
      return attempt ? this.surplus.send(tx, learned, attempt) : learned;
    });
    const attempt = payment.attempts.find(({ number }) => number === before.number);
    if (!attempt || attempt.money === 'none' || !provider.abilities.includes('refunds')) return payment;
    const own = payment.refunds.filter((refund) => refund.attempt === attempt.number);
    const isAsCounted = heard.refundableInPence === attempt.takenInPence - refundedOf(attempt.number, own);
    return isAsCounted && !own.some((refund) => REFUND_STATES[refund.state].isOpen) ? payment : this.aboutRefunds(ctx, paymentId, attempt, provider, providerPaymentId);
  }

  async #known(ctx: RequestContext, paymentId: PaymentId): Promise<StoredPayment> {
    const payment = await this.book.find(ctx, paymentId);
    if (!payment) throw new NotFound(`There is no payment ${paymentId}.`);
    return payment;
  }
}
