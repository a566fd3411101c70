import type { Payment } from '@guildhall/payments-contract';
import { nextCheckOf } from './next-check';

const now = new Date('2026-11-23T09:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const minutesUntil = (payment: Partial<Payment>): number | null => {
  const next = nextCheckOf({ state: 'started', tries: [], refunds: [], ...payment } as unknown as Payment, now);
  return next && (next.getTime() - now.getTime()) / 60_000;
};
const tried = (begun: number, finished?: number): Pick<Payment, 'tries'> => ({ tries: [{ number: 1, state: 'started', provider: 'p', begunAt: ago(begun), isSurplus: false, ...(finished === undefined ? {} : { finishedAt: ago(finished) }) }] });
const DAY = 1440;

describe('when the other side is asked again', () => {
  it.each<[string, Partial<Payment>, number | null]>([
    ['every minute while somebody may be paying', { state: 'started', ...tried(10) }, 1], ['ever less after half an hour', { state: 'submitted', ...tried(60) }, 5], ['and each day in the end', { state: 'started', ...tried(4 * DAY) }, DAY],
    ['for a late success, after an hour', { state: 'expired', ...tried(60, 0) }, 70], ['a day', { state: 'failed', ...tried(90, 80) }, DAY + 10 - 80], ['a week', { state: 'failed', ...tried(2 * DAY, 2 * DAY) }, 5 * DAY + 10], ['and then no more', { state: 'failed', ...tried(9 * DAY, 9 * DAY) }, null],
    ['for a refund that an officer makes, hourly on the first day', { state: 'succeeded', paidAt: ago(5) }, 60], ['daily in the first week', { state: 'succeeded', paidAt: ago(2 * DAY) }, DAY], ['monthly in the first year', { state: 'succeeded', paidAt: ago(200 * DAY) }, 30 * DAY], ['and then no more', { state: 'succeeded', paidAt: ago(400 * DAY) }, null],
    ['soon while a refund is on its way', { state: 'succeeded', paidAt: ago(200 * DAY), refunds: [{ state: 'submitted', requestedAt: ago(3) }] as unknown as Payment['refunds'] }, 5],
    ['never before anybody was sent to pay', { state: 'requested' }, null], ['nor when it was withdrawn', { state: 'withdrawn', ...tried(60, 0) }, null],
  ])('%s', (_when, payment, minutes) => { expect(minutesUntil(payment)).toBe(minutes); });
});
