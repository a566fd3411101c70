import { testConformance } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { SeededIds, testContext, testCouncil, testOfficer, testResident } from '@guildhall/kernel-contract/testing';
import type { CouncilId } from '@guildhall/kernel-contract';
import { paymentId } from '../index';
import { InMemoryProvider, PAYMENTS_KIT, inMemoryPayments } from './index';
import type { PaymentsCaller } from './index';

const callers: Readonly<Record<PaymentsCaller, RequestContext>> = {
  resident: testContext({ actor: testResident() }),
  'another-resident': testContext({ actor: testResident('01990000-0000-7000-8000-0000000000a2') }),
  nobody: testContext({ actor: { kind: 'nobody', sessionId: 'session-nobody' } }),
  adviser: testContext({ actor: testOfficer(['payments.view', 'payments.take']) }),
  manager: testContext({ actor: testOfficer(['payments.view', 'payments.take', 'payments.refund']) }),
  outsider: testContext({ actor: testOfficer([]) }),
  elsewhere: testContext({ actor: testResident(), council: testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere' }) }),
};

for (const style of ['redirect', 'session'] as const) {
  describe(`payments in memory, ${style}`, () => {
    testConformance(PAYMENTS_KIT, { describe, it }, {
      abilities: [...new InMemoryProvider(style).abilities, 'late-success', 'two-councils', ...(style === 'redirect' ? ['refunds-can-fail'] : [])],
      open: async () => {
        const provider = new InMemoryProvider(style);
        const payments = inMemoryPayments({ provider });
        return {
          payments, ids: new SeededIds(), farEnd: provider, as: (who) => callers[who], reconcile: () => payments.reconcile(callers.nobody),
          webhook: async (delivery) => { await payments.webhook(callers.nobody, delivery); }, published: () => payments.published,
        };
      },
    });
  });
}

describe('payments in memory', () => {
  it('can be paid by a test in one line, and tell what was published', async () => {
    const payments = inMemoryPayments();
    const ctx = callers.resident;
    const id = new SeededIds(3).uuid();
    const asked = await payments.request(ctx, {
      paymentId: paymentId(id), idempotencyKey: 'k', reference: 'TE-1', description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id: 'd' }, returnPath: '/', language: 'en',
      lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 100, ledgerCode: 'X', vatRate: 'exempt' }],
    });
    expect(asked.ok).toBe(true);
    expect((await payments.pay(ctx, paymentId(id), 'decline')).state).toBe('failed');
    expect((await payments.pay(ctx, paymentId(id))).state).toBe('succeeded');
    expect(payments.published.map((event) => event.type)).toEqual(['payments.payment-failed', 'payments.payment-succeeded']);
    expect(payments.books()).toEqual({ booked: 100, surplus: 0, paidBack: 0, waiting: 0 });
    expect((ctx.actor as { personId: PersonId }).personId).toBe((await payments.find(ctx, paymentId(id))).personId);
  });
});
