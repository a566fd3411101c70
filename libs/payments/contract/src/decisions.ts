import type { Outcome } from '@guildhall/kernel-contract';
import { assertNever, done, refused } from '@guildhall/kernel-contract';
import type { AttemptFacts, AttemptMoney, PaymentFacts } from './attempt';
import { ATTEMPT_STATES, stateOf } from './attempt';
import type { ProviderRefund } from './payment-provider';
import type { RefundId, RefundState } from './payment';
import { PAYMENT_STATES, REFUND_STATES } from './payment';
import type { RefundOrder, RefundRefusal, StartRefusal, WithdrawRefusal } from './payments-api';

/** What starting means now: carry on with an attempt that is still open, or make the attempt with this number. @public */
export type StartDecision = { readonly kind: 'resume'; readonly attempt: AttemptFacts } | { readonly kind: 'begin'; readonly number: number };

/** Decides what starting a payment means now. At most one attempt is ever open. @public */
export function decideStart(payment: PaymentFacts): Outcome<StartDecision, StartRefusal> {
  const state = stateOf(payment);
  if (!PAYMENT_STATES[state].canBeTried) {
    switch (state) {
      case 'succeeded': return refused('already-paid', 'This has already been paid.');
      case 'submitted': return refused('being-processed', 'The payment is being processed.');
      default: return refused('withdrawn', 'This no longer has to be paid.');
    }
  }
  const open = payment.attempts.find((attempt) => ATTEMPT_STATES[attempt.state].isOpen);
  return done(open ? { kind: 'resume', attempt: open } : { kind: 'begin', number: payment.attempts.length + 1 });
}

/** Decides whether a payment can be withdrawn; withdrawing what is withdrawn changes nothing. @public */
export function decideWithdrawal(payment: PaymentFacts): Outcome<{ readonly isNews: boolean }, WithdrawRefusal> {
  const state = stateOf(payment);
  if (state === 'withdrawn') return done({ isNews: false });
  if (PAYMENT_STATES[state].canBeWithdrawn) return done({ isNews: true });
  return state === 'succeeded' ? refused('already-paid', 'This has already been paid: pay it back instead.') : refused('being-processed', 'The payment is being processed: wait for its end.');
}

/** A refund, as far as the rules need it. @public */
export interface RefundFacts {
  readonly refundId: RefundId;
  readonly attempt: number;
  readonly amountInPence: number;
  readonly state: RefundState;
  readonly providerRefundId?: string;
}

/** Pence of an attempt's money that are paid back or on their way. @public */
export function refundedOf(attempt: number, refunds: readonly RefundFacts[]): number {
  return refunds.reduce((sum, refund) => (refund.attempt === attempt && REFUND_STATES[refund.state].holdsMoney ? sum + refund.amountInPence : sum), 0);
}

/** Pence that came on top or too late, have not gone back, and are not on their way. @public */
export function surplusOf(attempts: readonly { readonly number: number; readonly money: AttemptMoney; readonly takenInPence: number }[], refunds: readonly RefundFacts[]): number {
  return attempts.filter((attempt) => attempt.money === 'surplus' && !refunds.some((refund) => refund.attempt === attempt.number && REFUND_STATES[refund.state].isOpen))
    .reduce((sum, attempt) => sum + attempt.takenInPence - refundedOf(attempt.number, refunds), 0);
}

/** Decides whether so much may be paid back, and of which attempt's money. One refund of a payment is under way at a time. @public */
export function decideRefund(payment: PaymentFacts, refunds: readonly RefundFacts[], order: Pick<RefundOrder, 'amountInPence' | 'availableInPence'>): Outcome<{ readonly attempt: number }, RefundRefusal> {
  const booked = payment.attempts.find((attempt) => attempt.money === 'booked');
  if (!booked) return refused('not-paid', 'Nothing has been paid, so nothing can be paid back.');
  if (refunds.some((refund) => refund.attempt === booked.number && REFUND_STATES[refund.state].isOpen)) return refused('refund-in-progress', 'Another refund of this payment is on its way. Wait for its end.');
  const left = payment.amountInPence - refundedOf(booked.number, refunds);
  if (order.availableInPence !== undefined && order.availableInPence !== left) return refused('amount-changed', `What is left to pay back has changed: it is now ${left} pence.`);
  if (order.amountInPence > left) return refused('more-than-left', `Only ${left} pence are left to pay back.`);
  return done({ attempt: booked.number });
}

/** What the provider's list of refunds tells about ours. @public */
export interface RefundLessons {
  /** Ours that have moved on, or whose provider's id we did not know. */
  readonly learned: readonly { readonly refundId: RefundId; readonly providerRefundId: string; readonly state: RefundState }[];
  /** Made by somebody at the provider itself: they count too. */
  readonly outside: readonly ProviderRefund[];
}

/**
 * Recognises the provider's refunds of one attempt's payment as ours: by its id, by our key, or, where it keeps no keys, as the one that is under way with the same amount.
 * @public
 */
export function recogniseRefunds(ours: readonly RefundFacts[], theirs: readonly ProviderRefund[]): RefundLessons {
  const learned: { refundId: RefundId; providerRefundId: string; state: RefundState }[] = [];
  const outside: ProviderRefund[] = [];
  const taken = new Set<string>(ours.flatMap((refund) => (refund.providerRefundId ? [refund.refundId] : [])));
  for (const their of theirs) {
    const match = ours.find((refund) => refund.providerRefundId === their.providerRefundId)
      ?? ours.find((refund) => !taken.has(refund.refundId) && refund.refundId === their.key)
      ?? ours.find((refund) => !taken.has(refund.refundId) && their.key === undefined && REFUND_STATES[refund.state].isOpen && refund.amountInPence === their.amountInPence);
    if (!match) { outside.push(their); continue; }
    taken.add(match.refundId);
    const state = refundStateFrom(their);
    const moves = state !== undefined && REFUND_STATES[match.state].next.includes(state);
    if (moves || match.providerRefundId === undefined) learned.push({ refundId: match.refundId, providerRefundId: their.providerRefundId, state: moves ? state : match.state });
  }
  return { learned, outside };
}

/** Our state of a refund from the provider's word; nothing when the provider's word means nothing to us. @public */
export function refundStateFrom(refund: Pick<ProviderRefund, 'state'>): RefundState | undefined {
  switch (refund.state) {
    case 'submitted': return 'submitted';
    case 'succeeded': return 'succeeded';
    case 'error': return 'failed';
    case 'unknown': return undefined;
    default: return assertNever(refund.state);
  }
}
