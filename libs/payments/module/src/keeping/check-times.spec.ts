import { nextCheckOfAttempt, nextCheckOfRefund } from './check-times';

const at = (text: string): Date => new Date(`2026-11-23T${text}Z`);
const begunAt = at('09:00:00');

describe('when a provider is asked again', () => {
  it('asks every minute while somebody may be waiting, then ever less', () => {
    const open = { state: 'started', begunAt, providerPaymentId: 'p' } as const;
    expect(nextCheckOfAttempt(open, at('09:10:00'))).toEqual(at('09:11:00'));
    expect(nextCheckOfAttempt(open, at('10:00:00'))).toEqual(at('10:05:00'));
    expect(nextCheckOfAttempt(open, at('20:00:00'))).toEqual(at('21:00:00'));
  });
  it('gives up after a day what nobody was sent to', () => {
    expect(nextCheckOfAttempt({ state: 'intended', begunAt }, at('09:00:00'))).toEqual(new Date('2026-11-24T09:00:00Z'));
  });
  it('looks for a late success after an hour, a day and a week, and then no more', () => {
    const over = { state: 'expired', begunAt, finishedAt: at('09:30:00'), providerPaymentId: 'p' } as const;
    expect(nextCheckOfAttempt(over, at('09:30:00'))).toEqual(at('10:30:00'));
    expect(nextCheckOfAttempt(over, at('10:30:00'))).toEqual(new Date('2026-11-24T09:30:00Z'));
    expect(nextCheckOfAttempt(over, new Date('2026-11-24T09:30:00Z'))).toEqual(new Date('2026-11-30T09:30:00Z'));
    expect(nextCheckOfAttempt(over, new Date('2026-11-30T09:30:00Z'))).toBeNull();
  });
  it('looks at what was paid for refunds made elsewhere, and never at what was refused', () => {
    expect(nextCheckOfAttempt({ state: 'succeeded', begunAt, finishedAt: at('09:30:00'), providerPaymentId: 'p' }, at('09:30:00'))).toEqual(new Date('2026-11-24T09:30:00Z'));
    expect(nextCheckOfAttempt({ state: 'refused', begunAt, finishedAt: at('09:30:00') }, at('09:30:00'))).toBeNull();
  });
  it('asks about a refund on its way no more often than every five minutes, and about one that is over never', () => {
    expect(nextCheckOfRefund({ state: 'submitted', requestedAt: begunAt }, at('09:01:00'))).toEqual(at('09:06:00'));
    expect(nextCheckOfRefund({ state: 'requested', requestedAt: begunAt }, at('09:01:00'))).toEqual(at('09:02:00'));
    expect(nextCheckOfRefund({ state: 'succeeded', requestedAt: begunAt }, at('09:01:00'))).toBeNull();
  });
});
