import type { PaymentState } from './payment';
import type { ProviderPaymentState } from './payment-provider';

/**
 * One try at a provider, as we know it. `intended` is written down before the provider is called; `refused` means that the provider would not take it at all.
 * @public
 */
export type AttemptState = 'intended' | 'created' | 'started' | 'submitted' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'error' | 'refused';

/** What each state of an attempt means. @public */
export interface AttemptStateRule {
  /** The provider must be asked again. */
  readonly isOpen: boolean;
  /** What the payment is while this is its latest attempt and nothing has been paid. */
  readonly paymentIs: PaymentState;
  /** What may be learnt later. Anything else that a provider says is older news, or a contradiction, and changes nothing. */
  readonly next: readonly AttemptState[];
}

/** The attempt's state machine: what we have learnt only grows, whatever the order in which we hear it. @public */
export const ATTEMPT_STATES: Readonly<Record<AttemptState, AttemptStateRule>> = {
  intended: { isOpen: true, paymentIs: 'started', next: ['created', 'started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'refused'] },
  created: { isOpen: true, paymentIs: 'started', next: ['started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error'] },
  started: { isOpen: true, paymentIs: 'started', next: ['submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error'] },
  submitted: { isOpen: true, paymentIs: 'submitted', next: ['succeeded', 'failed', 'cancelled', 'expired', 'error'] },
  succeeded: { isOpen: false, paymentIs: 'error', next: [] },
  failed: { isOpen: false, paymentIs: 'failed', next: ['succeeded'] },
  cancelled: { isOpen: false, paymentIs: 'cancelled', next: ['succeeded'] },
  expired: { isOpen: false, paymentIs: 'expired', next: ['succeeded'] },
  error: { isOpen: false, paymentIs: 'error', next: ['succeeded'] },
  refused: { isOpen: false, paymentIs: 'error', next: [] },
};

/** What became of an attempt's money: `booked` for what it was meant for; `surplus` is not the council's to keep and goes back. @public */
export type AttemptMoney = 'none' | 'booked' | 'surplus';

/** An attempt, as far as the rules need it. @public */
export interface AttemptFacts { readonly number: number; readonly state: AttemptState; readonly money: AttemptMoney }
/** A payment, as far as the rules need it. @public */
export interface PaymentFacts { readonly amountInPence: number; readonly isWithdrawn: boolean; readonly attempts: readonly AttemptFacts[] }

/** What an answer of the provider changes. @public */
export interface Lesson {
  readonly attempt: AttemptFacts;
  readonly state: PaymentState;
  /** Whether anything is different from before. */
  readonly isNews: boolean;
}

/** The state of a payment, from its attempts. @public */
export function stateOf(payment: PaymentFacts): PaymentState {
  if (payment.attempts.some((attempt) => attempt.money === 'booked')) return 'succeeded';
  if (payment.isWithdrawn) return 'withdrawn';
  const latest = payment.attempts.reduce<AttemptFacts | undefined>((last, attempt) => (!last || attempt.number > last.number ? attempt : last), undefined);
  return latest ? ATTEMPT_STATES[latest.state].paymentIs : 'requested';
}

/**
 * What is learnt about one attempt from the provider's own answer. A success is booked once per payment; a second one, one after withdrawal, or one of
 * another amount than was asked for is surplus. It does not matter in which order, how late or how often answers come.
 * @public
 */
export function learn(payment: PaymentFacts, attemptNumber: number, heard: { readonly state: ProviderPaymentState | 'refused'; readonly amountInPence: number }): Lesson {
  const before = payment.attempts.find((attempt) => attempt.number === attemptNumber);
  if (!before) throw new RangeError(`The payment has no attempt ${attemptNumber}.`);
  if (heard.state === 'unknown' || !ATTEMPT_STATES[before.state].next.includes(heard.state)) return { attempt: before, state: stateOf(payment), isNews: false };
  const isBooked = payment.attempts.some((attempt) => attempt.money === 'booked');
  const money: AttemptMoney = heard.state !== 'succeeded' ? before.money
    : isBooked || payment.isWithdrawn || heard.amountInPence !== payment.amountInPence ? 'surplus' : 'booked';
  const attempt = { number: attemptNumber, state: heard.state, money };
  return { attempt, state: stateOf({ ...payment, attempts: payment.attempts.map((other) => (other.number === attemptNumber ? attempt : other)) }), isNews: true };
}
