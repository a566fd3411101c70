import type { AttemptState, RefundState } from '@guildhall/payments-contract';
import { ATTEMPT_STATES, REFUND_STATES } from '@guildhall/payments-contract';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When an attempt whose page nobody was ever sent to is given up. */
const UNSENT_FOR = DAY;
/** A success may still come after an end: it is looked for after an hour, a day and a week. */
const LATE_SUCCESS_AFTER: readonly number[] = [HOUR, DAY, 7 * DAY];
/** Somebody may pay back at the provider itself, and not every provider tells: what was paid is looked at after a day, a week, a month and a quarter. */
const REFUND_OUTSIDE_AFTER: readonly number[] = [DAY, 7 * DAY, 30 * DAY, 91 * DAY];

/**
 * When the provider is to be asked about an attempt again; never when nothing new can come.
 * Often while somebody may be waiting, then ever less. A payer's return and a webhook ask besides.
 */
export function nextCheckOfAttempt(attempt: { readonly state: AttemptState; readonly begunAt: Date; readonly finishedAt?: Date; readonly providerPaymentId?: string }, now: Date): Date | null {
  const { state, begunAt, finishedAt, providerPaymentId } = attempt;
  if (state === 'refused') return null;
  if (providerPaymentId === undefined) return ATTEMPT_STATES[state].isOpen ? new Date(begunAt.getTime() + UNSENT_FOR) : null;
  if (ATTEMPT_STATES[state].isOpen) {
    const age = now.getTime() - begunAt.getTime();
    return new Date(now.getTime() + (age < 30 * MINUTE ? MINUTE : age < 3 * HOUR ? 5 * MINUTE : age < 3 * DAY ? HOUR : DAY));
  }
  const ended = (finishedAt ?? now).getTime();
  const next = (state === 'succeeded' ? REFUND_OUTSIDE_AFTER : LATE_SUCCESS_AFTER).find((after) => ended + after > now.getTime());
  return next === undefined ? null : new Date(ended + next);
}

/** When a refund is to be looked after again. Providers ask not to be asked about refunds more often than every five minutes (GOV.UK Pay documentation, "Refunding payments"). */
export function nextCheckOfRefund(refund: { readonly state: RefundState; readonly requestedAt: Date }, now: Date): Date | null {
  if (!REFUND_STATES[refund.state].isOpen) return null;
  const age = now.getTime() - refund.requestedAt.getTime();
  return new Date(now.getTime() + (refund.state === 'requested' && age < 10 * MINUTE ? MINUTE : age < DAY ? 5 * MINUTE : age < 7 * DAY ? HOUR : DAY));
}

/** When surplus that could not be sent back is tried again. */
export function retryOfSurplus(now: Date): Date { return new Date(now.getTime() + 6 * HOUR); }
