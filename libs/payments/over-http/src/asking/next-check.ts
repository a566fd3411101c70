import type { Payment } from '@guildhall/payments-contract';
import { PAYMENT_STATES, REFUND_STATES } from '@guildhall/payments-contract';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A success may still come after an end: it is looked for after an hour, a day and a week, a little after the other side has looked. */
const LATE_SUCCESS_AFTER: readonly number[] = [HOUR, DAY, 7 * DAY].map((after) => after + 10 * MINUTE);

/**
 * When the other side is to be asked about a payment again; null when nothing new can come. Often while somebody may be waiting, then ever less. What is paid is looked at for thirteen months,
 * because an officer of either side may pay back.
 */
export function nextCheckOf({ state, tries, paidAt, refunds }: Payment, now: Date): Date | null {
  const since = (from: Date | undefined): number => now.getTime() - (from ?? now).getTime();
  const latest = tries.at(-1);
  const waits: number[] = refunds.filter((refund) => REFUND_STATES[refund.state].isOpen).map(({ requestedAt }) => (since(requestedAt) < DAY ? 5 * MINUTE : since(requestedAt) < 7 * DAY ? HOUR : DAY));
  if (PAYMENT_STATES[state].isOpen) waits.push(byAge(since(latest?.begunAt), [[30 * MINUTE, MINUTE], [3 * HOUR, 5 * MINUTE], [3 * DAY, HOUR]]) ?? DAY);
  else if (PAYMENT_STATES[state].isPaid) waits.push(...some(byAge(since(paidAt), [[DAY, HOUR], [7 * DAY, DAY], [91 * DAY, 7 * DAY], [396 * DAY, 30 * DAY]])));
  else if (latest && state !== 'withdrawn') waits.push(...some(LATE_SUCCESS_AFTER.find((after) => after > since(latest.finishedAt)), (after) => after - since(latest.finishedAt)));
  return waits.length ? new Date(now.getTime() + Math.min(...waits)) : null;
}

function byAge(age: number, steps: readonly (readonly [below: number, wait: number])[]): number | undefined {
  return steps.find(([below]) => age < below)?.[1];
}

function some(value: number | undefined, change: (value: number) => number = (same) => same): readonly number[] { return value === undefined ? [] : [change(value)]; }
