import type { Clock, Outcome, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, Unavailable, done, refused } from '@guildhall/kernel-contract';
import { Database, SilentFarEnds, audit, write } from '@guildhall/kernel';
import type { PaymentId, PaymentProvider, PaymentStart, ProviderPayment, StartRefusal } from '@guildhall/payments-contract';
import { ATTEMPT_STATES, decideStart, demandTaking, stateOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { nextCheckOfAttempt } from '../keeping/check-times';
import { providerForNew, providerNamed } from '../keeping/council-providers';
import { takeForChange, takeInSight } from '../keeping/payment-book';
import type { StoredAttempt, StoredPayment } from '../keeping/stored-payment';
import { returnUrlOf } from '../neighbours';
import { PaymentsSettings } from '../payments.options';
import { CancelAttempt } from '../reconciling/cancel-attempt';
import { HearAttempt } from '../reconciling/hear-attempt';

/** An attempt may turn out to be over when the provider is asked; then the next is begun. It does not happen often. */
const MOST_ROUNDS = 4;

/** What is written down before the provider is called. */
export interface Intended { readonly payment: StoredPayment; readonly attempt: StoredAttempt }

/**
 * Begins an attempt, or resumes the open one, and says where to send the payer. The attempt is written down before the provider is called, and its
 * payment at the provider before anybody is sent there: whatever is lost on the way, nobody can pay what we do not know of.
 */
@Injectable()
export class StartPayment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(CancelAttempt) private readonly cancelling: CancelAttempt, @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PaymentsSettings) private readonly settings: PaymentsSettings, @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    return this.goOn(ctx, paymentId, await this.#begin(ctx, paymentId));
  }

  /** The first half: what the provider is going to be asked. @param payment taken for change in this transaction, and in sight of who asks */
  intend(tx: TransactionContext, payment: StoredPayment): Outcome<Intended, StartRefusal> {
    const provider = providerForNew(tx, isByTelephone(tx));
    if (!provider) return noneByTelephone();
    const decision = decideStart(payment);
    if (!decision.ok) return decision;
    const { paymentId } = payment;
    if (decision.value.kind === 'resume') {
      const { number } = decision.value.attempt;
      const attempt = payment.attempts.find((one) => one.number === number);
      if (!attempt) throw new RangeError(`The payment ${paymentId} has no attempt ${number}.`);
      return done({ payment, attempt });
    }
    const begunAt = this.clock.now();
    const attempt: StoredAttempt = { number: decision.value.number, provider: provider.id, state: 'intended', money: 'none', takenInPence: 0, isByTelephone: isByTelephone(tx), begunAt };
    write(tx, `insert into payments.attempt (council_id, payment_id, number, provider, state, is_by_telephone, begun_at, next_check_at) values ($1, $2, $3, $4, 'intended', $5, $6, $7)`, [tx.council.id, paymentId, attempt.number, attempt.provider, attempt.isByTelephone, begunAt, nextCheckOfAttempt(attempt, begunAt)]);
    audit(tx, { action: 'payments.start', subject: { type: 'payment', id: paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { attempt: attempt.number } });
    const begun = { ...payment, attempts: [...payment.attempts, attempt] };
    return done({ payment: this.hearAttempt.move(tx, begun, stateOf(begun)), attempt });
  }

  /** The second half: calls the provider, and writes down what it answered. */
  async goOn(ctx: RequestContext, paymentId: PaymentId, first: Outcome<Intended, StartRefusal>): Promise<Outcome<PaymentStart, StartRefusal>> {
    let intended = first;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (round > 0) intended = await this.#begin(ctx, paymentId);
      if (!intended.ok) return intended;
      const { payment, attempt } = intended.value;
      const isForPayerOnly = isByTelephone(ctx) && !attempt.isByTelephone;
      if (isForPayerOnly && attempt.providerPaymentId) {
        // The payer's own page is no place for a card that they read out: it is stopped, and the next is begun as what it is.
        await this.cancelling.cancel(ctx, { paymentId, attempt: attempt.number });
        continue;
      }
      const provider = providerNamed(ctx, attempt.provider);
      const { providerPaymentId } = attempt;
      // The payer waits: nobody is made to wait for a provider that is down.
      const heard = await this.silent.ask(provider, async () => (providerPaymentId ? done(await provider.fetch(ctx, providerPaymentId)) : this.#create(ctx, provider, payment, attempt)));
      const after = await this.database.run(ctx, async (tx) => this.hearAttempt.hear(tx, await takeForChange(tx, paymentId), attempt.number, heard.ok ? heard.value : { state: 'refused', amountInPence: 0, failureCode: heard.refusal.reason }));
      if (!heard.ok) return refused('provider-refused', 'The payment provider does not take this payment.');
      const nextUrl = mayBeSentTo(after, attempt.number, heard.value);
      if (nextUrl && !isForPayerOnly) return done({ nextUrl });
    }
    throw new Unavailable('The payment provider has no page to pay on at the moment. Try again.');
  }

  async #begin(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Intended, StartRefusal>> {
    return this.database.run(ctx, async (tx) => this.intend(tx, await takeInSight(tx, paymentId)));
  }

  async #create(ctx: RequestContext, provider: PaymentProvider, payment: StoredPayment, attempt: StoredAttempt): ReturnType<PaymentProvider['create']> {
    return provider.create(ctx, {
      key: `${payment.paymentId}-${attempt.number}`, amountInPence: payment.amountInPence, description: payment.description[payment.language], reference: payment.reference,
      returnUrl: returnUrlOf(ctx, this.settings, payment), language: payment.language, ...(payment.payerEmail ? { email: payment.payerEmail } : {}), ...(payment.payer ? { payer: payment.payer } : {}),
      metadata: metadataOf(payment), ...(attempt.isByTelephone ? { isByTelephone: true } : {}),
    });
  }
}

/** By what the finance team finds the payment at the provider, and where it is booked: ids and ledger codes, nothing of the payer's. */
function metadataOf({ paymentId, lines }: StoredPayment): Readonly<Record<string, string>> {
  return { payment_id: paymentId, ledger_codes: [...new Set(lines.map(({ ledgerCode }) => ledgerCode))].join(' ').slice(0, 100) };
}

/** Somebody of the council's enters what the payer reads out. */
function isByTelephone({ actor, channel }: RequestContext): boolean { return actor.kind === 'officer' && channel === 'telephone'; }

/** A card that was read out is never entered on a page that was made for its holder: the card schemes want to be told. */
function noneByTelephone(): Outcome<never, StartRefusal> { return refused('provider-refused', 'No payment provider of this council takes payments by telephone. Send the payer the link to pay.'); }

/** Only to what is written down as this payment's open attempt is anybody sent. */
function mayBeSentTo(payment: StoredPayment, number: number, heard: ProviderPayment): string | undefined {
  const attempt = payment.attempts.find((one) => one.number === number);
  return attempt && attempt.providerPaymentId === heard.providerPaymentId && ATTEMPT_STATES[attempt.state].isOpen && payment.state === 'started' ? heard.nextUrl : undefined;
}
