import type { Clock, Outcome, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, NotFound, demand, done, refused, unlessUnavailable } from '@guildhall/kernel-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { ATTEMPT_STATES, PAYMENT_STATES, RECEIVE_PAYMENTS, stateOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerNamed } from '../keeping/council-providers';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import type { StoredAttempt, StoredPayment } from '../keeping/stored-payment';
import { AskProvider } from '../reconciling/ask-provider';
import { CancelAttempt } from '../reconciling/cancel-attempt';
import { HearAttempt } from '../reconciling/hear-attempt';
import type { CounterReceipt } from './counter-receipts';
import { receiptIn } from './counter-receipts';
import type { CounterMeans } from './means';
import { counterOf } from './means';

/** What an officer has in hand. */
export interface CounterTaking { readonly paymentId: PaymentId; readonly receiptId: string; readonly means: CounterMeans; readonly slip?: string; readonly amountInPence: number }

/**
 * `being-processed`: a provider has the card and has not decided. `provider-unanswered`: the payer may be paying online at this moment, and nobody can tell. `cannot-be-stopped`: the payer's page
 * at the provider stays open. `amount-changed`: the officer saw another amount.
 */
export type CounterRefusal = Refusal<'already-paid' | 'withdrawn' | 'being-processed' | 'provider-unanswered' | 'cannot-be-stopped' | 'amount-changed'>;

/** The payer may begin online again while the page is being stopped: then once more. */
const MOST_ROUNDS = 3;

/**
 * Takes the whole of a payment over the counter. What is open online is stopped at the provider first, and no money is taken while that is in doubt: a payment is never paid both online and here.
 * It is written down as an attempt of its own, under the same locks and rules as any other.
 */
@Injectable()
export class TakeAtCounter {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(AskProvider) private readonly asking: AskProvider,
    @Inject(CancelAttempt) private readonly cancelling: CancelAttempt, @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws NotAllowed, NotFound; Conflict when the form's id belongs to something else */
  async take(ctx: RequestContext, taking: CounterTaking): Promise<Outcome<CounterReceipt, CounterRefusal>> {
    demand(ctx, RECEIVE_PAYMENTS);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const known = await this.database.run(ctx, (tx) => this.#known(tx, taking));
      if (known) return done(known);
      const stopped = await this.#stopOnline(ctx, taking.paymentId);
      if (!stopped.ok) return stopped;
      const taken = await this.database.run(ctx, (tx) => this.#write(tx, taking));
      if (taken !== 'begun-again') return taken;
    }
    return refused('cannot-be-stopped', 'The payer goes on paying online.');
  }

  async #stopOnline(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<undefined, CounterRefusal>> {
    const unanswered = refused('provider-unanswered', 'The payment provider does not answer, and the payer may be paying online at this moment.');
    const asked = await unlessUnavailable(this.asking.about(ctx, paymentId));
    const payment = asked ?? (await this.#found(ctx, paymentId));
    const refusal = mayNotBeTaken(payment);
    if (refusal) return refusal;
    const open = openAtProvider(payment);
    if (open.length > 0 && !asked) return unanswered;
    for (const attempt of open) {
      if (!providerNamed(ctx, attempt.provider).cancel) return refused('cannot-be-stopped', 'The provider cannot stop the payer\'s page.');
      const isDone = await unlessUnavailable(this.cancelling.cancel(ctx, { paymentId, attempt: attempt.number }).then(() => true));
      if (!isDone) return unanswered;
    }
    const after = open.length > 0 ? await this.#found(ctx, paymentId) : payment;
    return mayNotBeTaken(after) ?? (openAtProvider(after).length > 0 ? refused('cannot-be-stopped', 'The payer\'s page is still open.') : done(undefined));
  }

  async #write(tx: TransactionContext, taking: CounterTaking): Promise<Outcome<CounterReceipt, CounterRefusal> | 'begun-again'> {
    const { paymentId, receiptId, means, slip } = taking;
    const payment = await takeForChange(tx, paymentId);
    const known = await this.#known(tx, taking);
    if (known) return done(known);
    const refusal = mayNotBeTaken(payment);
    if (refusal) return refusal;
    if (openAtProvider(payment).length > 0) return 'begun-again';
    if (payment.amountInPence !== taking.amountInPence) return refused('amount-changed', `The payment is of ${payment.amountInPence} pence.`);
    const now = this.clock.now();
    // Nobody was sent to what is only intended, and nobody will be: whoever is beginning it just now finds it closed.
    await sql(tx, `update payments.attempt set state = 'cancelled', finished_at = $3, next_check_at = null where council_id = $1 and payment_id = $2 and state = 'intended'`, [tx.council.id, paymentId, now]);
    const [{ last: number } = { last: 0 }] = await sql<{ last: number }>(tx, 'insert into payments.receipt_number as n (council_id, last) values ($1, 1) on conflict (council_id) do update set last = n.last + 1 returning last', [tx.council.id]);
    const attempt: StoredAttempt = { number: payment.attempts.length + 1, provider: counterOf(means), state: 'intended', money: 'none', takenInPence: 0, isByTelephone: false, receiptNumber: number, begunAt: now };
    await sql(tx, `insert into payments.attempt (council_id, payment_id, number, provider, state, begun_at, receipt_number) values ($1, $2, $3, $4, 'intended', $5, $6)`, [tx.council.id, paymentId, attempt.number, attempt.provider, now, number]);
    const takenBy = tx.actor.kind === 'officer' ? tx.actor.name : tx.actor.kind;
    await sql(tx, `insert into payments.counter_receipt (council_id, receipt_id, number, payment_id, attempt, means, slip, amount_in_pence, taken_at, taken_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [tx.council.id, receiptId, number, paymentId, attempt.number, means, slip ?? null, payment.amountInPence, now, takenBy]);
    const begun = { ...payment, attempts: [...payment.attempts.map((one) => (one.state === 'intended' ? { ...one, state: 'cancelled' as const } : one)), attempt] };
    await this.hearAttempt.hear(tx, this.hearAttempt.move(tx, begun, stateOf(begun)), attempt.number, { state: 'succeeded', amountInPence: payment.amountInPence });
    audit(tx, { action: 'payments.take-at-counter', subject: { type: 'payment', id: paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { receipt: number, means, amountInPence: payment.amountInPence } });
    return done({ receiptId, number, paymentId, attempt: attempt.number, means, ...(slip ? { slip } : {}), amountInPence: payment.amountInPence, takenAt: now, takenBy, paidBack: [] });
  }

  async #known(tx: TransactionContext, { receiptId, paymentId, means, slip }: CounterTaking): Promise<CounterReceipt | undefined> {
    const known = await receiptIn(tx, { receiptId });
    if (known && (known.paymentId !== paymentId || known.means !== means || known.slip !== slip)) throw new Conflict(`The receipt ${receiptId} was given for something else.`);
    return known;
  }

  async #found(ctx: RequestContext, paymentId: PaymentId): Promise<StoredPayment> {
    const payment = await this.book.find(ctx, paymentId);
    if (!payment) throw new NotFound(`There is no payment ${paymentId}.`);
    return payment;
  }
}

function mayNotBeTaken({ state }: StoredPayment): { readonly ok: false; readonly refusal: CounterRefusal } | undefined {
  if (PAYMENT_STATES[state].isPaid) return refused('already-paid', 'This has already been paid.');
  if (state === 'withdrawn') return refused('withdrawn', 'This no longer has to be paid.');
  return state === 'submitted' ? refused('being-processed', 'The payer has paid by card online, and the bank has not decided yet.') : undefined;
}

function openAtProvider(payment: StoredPayment): readonly StoredAttempt[] {
  return payment.attempts.filter((attempt) => attempt.providerPaymentId !== undefined && ATTEMPT_STATES[attempt.state].isOpen);
}
