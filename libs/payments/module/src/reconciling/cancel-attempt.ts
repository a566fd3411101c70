import type { RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { ATTEMPT_STATES } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerNamed } from '../keeping/council-providers';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import { AskProvider } from './ask-provider';
import { HearAttempt } from './hear-attempt';

/** Stops an attempt at the provider that must not be paid any more. Where a provider cannot, or it is too late, what is paid all the same goes back. */
@Injectable()
export class CancelAttempt {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook,
    @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(AskProvider) private readonly askProvider: AskProvider,
  ) {}

  /** @throws Unavailable */
  async cancel(ctx: RequestContext, given: { readonly paymentId: PaymentId; readonly attempt: number }): Promise<void> {
    const payment = await this.book.find(ctx, given.paymentId);
    const attempt = payment?.attempts.find(({ number }) => number === given.attempt);
    if (!attempt?.providerPaymentId || !ATTEMPT_STATES[attempt.state].isOpen) return;
    const outcome = await providerNamed(ctx, attempt.provider).cancel?.(ctx, attempt.providerPaymentId);
    if (outcome?.ok) await this.database.run(ctx, async (tx) => { await this.hearAttempt.hear(tx, await takeForChange(tx, given.paymentId), given.attempt, outcome.value); });
    else if (outcome) await this.askProvider.aboutAttempt(ctx, given);
  }
}
