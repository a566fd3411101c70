import { PAYMENTS, paymentId, refundId } from '@guildhall/payments-contract';
import type { PaymentId, PaymentsApi } from '@guildhall/payments-contract';
import { Secret } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { govUkPay } from '@guildhall/payments-provider-govuk-pay';
import { stripe } from '@guildhall/payments-provider-stripe';
import { startStripeSimulator, stripeSignature, type RunningSimulator } from '@guildhall/payments-provider-stripe/simulator';
import { payments as paymentsModule } from '../payments.module';
import { ReconcilePayments } from './reconcile-payments';

const API_KEY = 'sk_test_riverbourne';
const SECRET = 'whsec_invented_signing_secret';
const clock = new FixedClock();
const ids = new SeededIds(43);
let far: RunningSimulator;
let app: TestApp;
let payments: PaymentsApi;
let manager: RequestContext;

beforeAll(async () => {
  far = await startStripeSimulator({ now: () => clock.now(), hasRateLimits: false, times: { refundsTakeInSeconds: 1800 }, webhookRetriesInSeconds: [] });
  const atStripe = stripe({ apiKey: new Secret(API_KEY), webhookSecrets: [new Secret(SECRET)], origin: far.origin });
  // Nobody is there: what is sent to it is seen by whom it does not reach.
  const byTelephone = govUkPay({ apiKey: new Secret('api_test_glanafon'), takesTelephonePayments: true, origin: 'http://localhost:9' });
  app = await startTestApp({ clock, councils: [testCouncilDefinition('riverbourne', 1, [paymentsModule({ providers: [atStripe] })]), testCouncilDefinition('glanafon', 2, [paymentsModule({ providers: [atStripe, byTelephone] })])] });
  far.controls.setWebhook(API_KEY, `${app.origin()}/payments/webhooks/stripe`, 'whsec_one_that_is_being_rolled', SECRET);
  payments = app.get<PaymentsApi>(PAYMENTS.token);
  manager = app.context('riverbourne', { actor: testOfficer(['payments.view', 'payments.take', 'payments.refund']) });
});
afterAll(async () => {
  await app.close();
  await far.stop();
});

const anybody = (): RequestContext => app.context('riverbourne');
async function asked(as = anybody()): Promise<{ readonly id: PaymentId; readonly reference: string }> {
  const id = paymentId(ids.uuid());
  const reference = `ST-${id.slice(-12)}`;
  const line = { code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 4000, ledgerCode: 'GW-4410', vatRate: 'standard' as const };
  const outcome = await payments.request(as, {
    paymentId: id, idempotencyKey: id, reference, description: { en: 'Bins', cy: 'Biniau' }, subject: { type: 'draft', id }, returnPath: '/', language: 'cy', lines: [line, { ...line, code: 'second', amountInPence: 1500 }],
  });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return { id, reference };
}
const started = async (id: PaymentId, as = anybody()): Promise<string> => {
  const outcome = await payments.start(as, id);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.value.nextUrl;
};
const newestFar = (reference: string): string => far.controls.sessions(reference).at(-1)?.id ?? '';
async function told(): Promise<void> {
  await far.controls.webhooks.settled();
  await app.drainJobs();
}
async function paid(): Promise<{ readonly id: PaymentId; readonly session: string }> {
  const { id, reference } = await asked();
  await started(id);
  const session = newestFar(reference);
  far.controls.payerDoes(session, 'succeed');
  await told();
  return { id, session };
}
async function reconciled(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    clock.advance(61);
    await app.get(ReconcilePayments).run(app.systemContext('riverbourne'));
    await app.drainJobs().catch(() => undefined);
  }
}
const stateOf = async (id: PaymentId): Promise<string> => (await payments.find(manager, id)).state;
const bookedInPence = async (id: PaymentId): Promise<number> => Number((await app.owner.query<{ sum: string }>(
  "select coalesce(sum(e.amount_in_pence), 0) as sum from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id where j.payment_id = $1 and e.account = 'at-provider'", [id])).rows[0]?.sum);

describe('payments at Stripe', () => {
  it('tell the finance team the payment and its ledger codes, and nothing of the payer', async () => {
    const { id, reference } = await asked();
    expect(new URL(await started(id)).origin).toBe(far.origin);
    expect(far.controls.sessions(reference)[0]?.order).toMatchObject({ reference, name: 'Biniau', locale: 'auto', email: undefined, intentMetadata: { payment_id: id, ledger_codes: 'GW-4410', guildhall_key: `${id}-1` } });
  });
  it('are known as paid by the webhook, one of whose signatures proves it, and are booked once however often it comes', async () => {
    far.controls.webhooks.copies = 3;
    try {
      const { id } = await paid();
      expect(await stateOf(id)).toBe('succeeded');
      expect(await bookedInPence(id)).toBe(5500);
      expect(far.controls.webhooks.tries.slice(-6).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    } finally { far.controls.webhooks.copies = 1; }
  });
  it('are the same whether their events come in order or the other way round', async () => {
    far.controls.webhooks.hold();
    const { id, reference } = await asked();
    await started(id);
    far.controls.payerDoes(newestFar(reference), 'submit');
    far.controls.payerDoes(newestFar(reference), 'succeed');
    await far.controls.webhooks.release(true);
    await app.drainJobs();
    expect(await stateOf(id)).toBe('succeeded');
    expect(await bookedInPence(id)).toBe(5500);
  });
  it('are not believed to be paid by an event with a wrong or an old signature, nor by a genuine one that claims more than the session says', async () => {
    const { id, reference } = await asked();
    await started(id);
    const { body } = far.controls.webhooks.event('checkout.session.completed', { kind: 'session', session: far.controls.find(newestFar(reference)) }, 'paid');
    const seconds = Math.floor(clock.now().getTime() / 1000);
    const deliver = async (signature: string): Promise<number> => (await app.visitor().request('/payments/webhooks/stripe', { method: 'POST', body: Buffer.from(body), headers: { 'stripe-signature': signature, 'content-type': 'application/json' } })).status;
    expect(await deliver(stripeSignature(body, 'whsec_another', seconds))).toBe(400);
    expect(await deliver(stripeSignature(body, SECRET, seconds - 301))).toBe(400);
    expect(await deliver(stripeSignature(body, SECRET, seconds))).toBe(200);
    await app.drainJobs();
    expect(await stateOf(id)).toBe('started');
    expect(await bookedInPence(id)).toBe(0);
  });
  it('that the bank refuses after it took its time are failed, and may be tried again', async () => {
    const { id, reference } = await asked();
    await started(id);
    far.controls.payerDoes(newestFar(reference), 'submit');
    await told();
    expect(await stateOf(id)).toBe('submitted');
    far.controls.payerDoes(newestFar(reference), 'decline');
    await told();
    expect(await stateOf(id)).toBe('failed');
    await started(id);
    expect(far.controls.sessions(reference)).toHaveLength(2);
  });
  it('whose creation was answered by nobody are found again by their key: there is one session, and it is the one that is written down', async () => {
    const { id, reference } = await asked();
    far.controls.faults.plan('create', 'lose-answer');
    await started(id);
    const [session, ...more] = far.controls.sessions(reference);
    expect(more).toEqual([]);
    const { rows } = await app.owner.query<{ provider_payment_id: string }>('select provider_payment_id from payments.attempt where payment_id = $1', [id]);
    expect(rows).toEqual([{ provider_payment_id: session?.id }]);
  });
  it('that are withdrawn can no longer be paid at Stripe', async () => {
    const { id, reference } = await asked();
    await started(id);
    expect(await payments.withdraw(manager, id)).toMatchObject({ ok: true });
    await told();
    expect(far.controls.find(newestFar(reference)).status).toBe('expired');
    expect(await stateOf(id)).toBe('withdrawn');
  });
  it('are paid back once when the answer is lost, and end when Stripe says so', async () => {
    const { id, session } = await paid();
    const refund = refundId(ids.uuid());
    far.controls.faults.plan('refund', 'lose-answer', 3);
    await payments.refund(manager, { paymentId: id, refundId: refund, idempotencyKey: refund, amountInPence: 1500, reason: 'One bin too many' }).catch(() => undefined);
    await reconciled(6);
    expect(far.controls.find(session).refunds).toHaveLength(1);
    expect((await payments.find(manager, id)).refunds).toMatchObject([{ refundId: refund, amountInPence: 1500, state: 'submitted' }]);
    clock.advance(3600);
    await reconciled(2);
    expect(await payments.find(manager, id)).toMatchObject({ refundedInPence: 1500, refundableInPence: 4000, refunds: [{ state: 'succeeded' }] });
    expect(await bookedInPence(id)).toBe(4000);
  });
  it('that somebody pays back in Stripe\'s dashboard are known by the event, which has our key and no session in it', async () => {
    const { id, session } = await paid();
    far.controls.refundOutside(session, 500);
    await told();
    expect(await payments.find(manager, id)).toMatchObject({ refundedInPence: 500, refundableInPence: 5000 });
    expect(await bookedInPence(id)).toBe(5000);
  });
  it('by telephone go to the provider that takes those, where the council has named one, and all others to Stripe', async () => {
    const glanafon = app.context('glanafon');
    const online = await asked(glanafon);
    expect(new URL(await started(online.id, glanafon)).origin).toBe(far.origin);
    const officer = app.context('glanafon', { actor: testOfficer(['payments.take', 'payments.view']) });
    const spoken = await asked(glanafon);
    await expect(payments.start(Object.freeze({ ...officer, channel: 'telephone' as const }), spoken.id)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('localhost:9') as string });
    expect(far.controls.sessions(spoken.reference)).toHaveLength(0);
  });
  it('are not offered by telephone by a council that has Stripe alone, and the payer’s own page stays as it is', async () => {
    const { id, reference } = await asked();
    await started(id);
    expect(await payments.start(Object.freeze({ ...manager, channel: 'telephone' as const }), id)).toMatchObject({ ok: false, refusal: { reason: 'provider-refused' } });
    expect(far.controls.sessions(reference).map(({ status }) => status)).toEqual(['open']);
  });
});
