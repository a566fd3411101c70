import { PAYMENTS, paymentId, refundId } from '@guildhall/payments-contract';
import type { PaymentId, PaymentsApi } from '@guildhall/payments-contract';
import { Secret } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { govUkPay } from '@guildhall/payments-provider-govuk-pay';
import { paySignature, startGovUkPaySimulator, type RunningSimulator } from '@guildhall/payments-provider-govuk-pay/simulator';
import { payments as paymentsModule } from '../payments.module';
import { ReconcilePayments } from './reconcile-payments';

const API_KEY = 'api_test_riverbourne';
const SECRET = 'invented-signing-secret';
const clock = new FixedClock();
const ids = new SeededIds(41);
let pay: RunningSimulator;
let app: TestApp;
let payments: PaymentsApi;
let manager: RequestContext;

beforeAll(async () => {
  // As in production: keys are no promise, lists lag, and a refund is on its way for half an hour.
  pay = await startGovUkPaySimulator({ now: () => clock.now(), hasRateLimits: false, keysFor: 'recurring-only', times: { listsLagInSeconds: 120, refundsTakeInSeconds: 1800 }, webhookRetriesInSeconds: [] });
  app = await startTestApp({
    clock, councils: [testCouncilDefinition('riverbourne', 1, [paymentsModule({ providers: [govUkPay({ apiKey: new Secret(API_KEY), webhookSecrets: [new Secret(SECRET)], takesTelephonePayments: true, origin: pay.origin })] })])],
  });
  pay.controls.setWebhook(API_KEY, `${app.origin()}/payments/webhooks/govuk-pay`, SECRET);
  payments = app.get<PaymentsApi>(PAYMENTS.token);
  manager = app.context('riverbourne', { actor: testOfficer(['payments.view', 'payments.take', 'payments.refund']) });
});
afterAll(async () => {
  await app.close();
  await pay.stop();
});

const anybody = (): RequestContext => app.context('riverbourne');
async function asked(): Promise<{ readonly id: PaymentId; readonly reference: string }> {
  const id = paymentId(ids.uuid());
  const reference = `GP-${id.slice(-12)}`;
  const line = { code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 4000, ledgerCode: 'GW-4410', vatRate: 'standard' as const };
  const outcome = await payments.request(anybody(), {
    paymentId: id, idempotencyKey: id, reference, description: { en: 'Bins "240 l"', cy: 'Biniau' }, subject: { type: 'draft', id }, returnPath: '/', language: 'en', lines: [line, { ...line, code: 'second', amountInPence: 1500 }],
  });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return { id, reference };
}
const started = async (id: PaymentId, as = anybody()): Promise<string> => {
  const outcome = await payments.start(as, id);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.value.nextUrl;
};
const newestFar = (reference: string): string => pay.controls.payments(reference).at(-1)?.id ?? '';
async function paid(): Promise<{ readonly id: PaymentId; readonly far: string }> {
  const { id, reference } = await asked();
  await started(id);
  const far = newestFar(reference);
  pay.controls.payerDoes(far, 'succeed');
  await pay.controls.webhooks.settled();
  await app.drainJobs();
  return { id, far };
}
const bookedInPence = async (id: PaymentId): Promise<number> => Number((await app.owner.query<{ sum: string }>(
  "select coalesce(sum(e.amount_in_pence), 0) as sum from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id where j.payment_id = $1 and e.account = 'at-provider'", [id])).rows[0]?.sum);

describe('payments at GOV.UK Pay', () => {
  it('tell the finance team the payment and its ledger codes, and nothing of the payer', async () => {
    const { id, reference } = await asked();
    expect(new URL(await started(id)).origin).toBe(pay.origin);
    expect(pay.controls.payments(reference)[0]?.order).toMatchObject({ metadata: { payment_id: id, ledger_codes: 'GW-4410' }, description: 'Bins ”240 l”', isMoto: false });
  });
  it('are marked as by telephone when a member of staff enters what the caller reads out', async () => {
    const { id, reference } = await asked();
    await started(id, Object.freeze({ ...manager, channel: 'telephone' as const }));
    expect(pay.controls.payments(reference)[0]?.order.isMoto).toBe(true);
  });
  it('that the payer has begun are stopped before a card that is read out is entered, and begun anew as by telephone', async () => {
    const { id, reference } = await asked();
    await started(id);
    await started(id, Object.freeze({ ...manager, channel: 'telephone' as const }));
    expect(pay.controls.payments(reference).map(({ status, order }) => `${status} ${String(order.isMoto)}`).sort()).toEqual(['cancelled false', 'created true']);
  });
  it('are known as paid by the webhook, whose bytes prove it, and are booked once however often it comes', async () => {
    pay.controls.webhooks.copies = 3;
    try {
      const { id } = await paid();
      expect((await payments.find(manager, id)).state).toBe('succeeded');
      expect(await bookedInPence(id)).toBe(5500);
      expect(pay.controls.webhooks.tries.slice(-6).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    } finally { pay.controls.webhooks.copies = 1; }
  });
  it('are not believed to be paid by a message with a wrong signature, nor by a genuine one that claims more than GET says', async () => {
    const { id, reference } = await asked();
    await started(id);
    const { body } = pay.controls.webhooks.message(pay.controls.find(newestFar(reference)), 'card_payment_succeeded', 'success');
    const deliver = async (signature: string): Promise<number> => (await app.visitor().request('/payments/webhooks/govuk-pay', { method: 'POST', body: Buffer.from(body), headers: { 'pay-signature': signature, 'content-type': 'application/json' } })).status;
    expect(await deliver(paySignature(body, 'another secret'))).toBe(400);
    expect(await deliver(paySignature(body, SECRET))).toBe(200);
    await app.drainJobs();
    expect((await payments.find(manager, id)).state).toBe('started');
    expect(await bookedInPence(id)).toBe(0);
  });
  it('whose creation was answered by nobody are made anew, and the payer is sent only to the one that is written down', async () => {
    const { id, reference } = await asked();
    pay.controls.faults.plan('create', 'lose-answer');
    await started(id);
    const [orphan, known] = pay.controls.payments(reference);
    const { rows } = await app.owner.query<{ provider_payment_id: string }>('select provider_payment_id from payments.attempt where payment_id = $1', [id]);
    expect(rows).toEqual([{ provider_payment_id: known?.id }]);
    expect(orphan?.tokens.size).toBe(1);
    expect([...(orphan?.tokens.values() ?? [])].every(({ isUsed }) => !isUsed)).toBe(true);
  });
  it('are refused at once while GOV.UK Pay is left alone, because it did not answer three payers in a row, and taken half a minute later', async () => {
    pay.controls.faults.plan('create', 'unavailable', 9);
    for (let payer = 1; payer <= 3; payer++) await expect(started((await asked()).id)).rejects.toMatchObject({ code: 'unavailable' });
    const { id, reference } = await asked();
    await expect(started(id)).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: expect.any(Number) as number });
    expect(pay.controls.payments(reference)).toEqual([]);
    clock.advance(37);
    expect(await started(id)).toContain(pay.origin);
    expect(pay.controls.payments(reference)).toHaveLength(1);
  });
  it('are paid back once when the answer is lost and the list of refunds is behind', async () => {
    const { id, far } = await paid();
    const refund = refundId(ids.uuid());
    pay.controls.faults.plan('refund', 'lose-answer');
    await payments.refund(manager, { paymentId: id, refundId: refund, idempotencyKey: refund, amountInPence: 1500, reason: 'One bin too many' }).catch(() => undefined);
    for (let round = 0; round < 6; round++) {
      clock.advance(61);
      await app.get(ReconcilePayments).run(app.systemContext('riverbourne'));
      await app.drainJobs().catch(() => undefined);
    }
    expect(pay.controls.find(far).refunds).toHaveLength(1);
    expect((await payments.find(manager, id)).refunds).toMatchObject([{ refundId: refund, amountInPence: 1500, state: 'submitted' }]);
    clock.advance(3600);
    await app.get(ReconcilePayments).run(app.systemContext('riverbourne'));
    await app.drainJobs();
    expect(await payments.find(manager, id)).toMatchObject({ refundedInPence: 1500, refundableInPence: 4000, refunds: [{ state: 'succeeded' }] });
    expect(await bookedInPence(id)).toBe(4000);
  });
});
