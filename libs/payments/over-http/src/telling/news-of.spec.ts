import type { AttemptState, Payment, PaymentState } from '@guildhall/payments-contract';
import { newsOf } from './news-of';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 9, minute));
const paymentOf = (state: PaymentState, tries: readonly (readonly [AttemptState, number?])[], changes: Partial<Payment> = {}): Payment =>
  ({ state, refunds: [], tries: tries.map(([one, finished], index) => ({ number: index + 1, state: one, provider: 'p', begunAt: at(index), isSurplus: false, ...(finished === undefined ? {} : { finishedAt: at(finished) }) })), ...changes }) as unknown as Payment;
const news = (payment: Payment, ...told: readonly string[]): readonly string[] => newsOf(payment, new Set(told)).map(({ what }) => what);

describe('what is new in a payment', () => {
  it('is each try that ended without money, then that it is paid: also what happened between two looks', () => {
    expect(news(paymentOf('failed', [['failed', 1]]))).toEqual(['failed:1']);
    expect(news(paymentOf('succeeded', [['failed', 1], ['cancelled', 2], ['succeeded', 3]], { paidAt: at(3) }))).toEqual(['failed:1', 'failed:2', 'succeeded']);
    expect(news(paymentOf('succeeded', [['failed', 1], ['succeeded', 3]], { paidAt: at(3) }), 'failed:1')).toEqual(['succeeded']);
  });
  it('is nothing that was told, however late or often it is heard', () => {
    expect(news(paymentOf('succeeded', [['failed', 1], ['succeeded', 3]], { paidAt: at(3) }), 'succeeded')).toEqual([]);
    expect(news(paymentOf('failed', [['failed', 1]]), 'succeeded')).toEqual([]);
  });
  it('is no failure of the try that is paid, which ends a moment before the payment', () => {
    expect(news(paymentOf('succeeded', [['succeeded', 1]], { paidAt: at(2) }))).toEqual(['succeeded']);
  });
  it('is an error when money came that was not what was asked for', () => {
    const tries = [{ number: 1, state: 'succeeded', provider: 'p', begunAt: at(0), finishedAt: at(1), isSurplus: true }] as unknown as Payment['tries'];
    expect(newsOf(paymentOf('error', [], { tries }), new Set())).toEqual([{ kind: 'failed', what: 'failed:1', state: 'error' }]);
  });
  it('is not what was stopped because it is paid or withdrawn', () => {
    expect(news(paymentOf('succeeded', [['succeeded', 5], ['cancelled', 6]], { paidAt: at(5) }))).toEqual(['succeeded']);
    expect(news(paymentOf('withdrawn', [['cancelled', 2]]))).toEqual([]);
  });
  it('is a refund that has arrived, and none of surplus or on its way', () => {
    const refunds = [{ refundId: 'a', state: 'succeeded', isOfSurplus: false, amountInPence: 5 }, { refundId: 'b', state: 'succeeded', isOfSurplus: true, amountInPence: 5 }, { refundId: 'c', state: 'submitted', isOfSurplus: false, amountInPence: 5 }] as unknown as Payment['refunds'];
    expect(news(paymentOf('succeeded', [['succeeded', 1]], { refunds }), 'succeeded')).toEqual(['refunded:a']);
  });
});
