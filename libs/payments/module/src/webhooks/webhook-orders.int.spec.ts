import { PAYMENTS } from '@guildhall/payments-contract';
import type { PaymentId, PaymentsApi, WebhookDelivery } from '@guildhall/payments-contract';
import { paymentId } from '@guildhall/payments-contract';
import type { PayerDoes } from '@guildhall/payments-contract/testing';
import { seededNumbers } from '@guildhall/payments-contract/testing';
import { runPayments } from '../../test/harness';
import type { RunningPayments } from '../../test/harness';

let running: RunningPayments;
let payments: PaymentsApi;
beforeAll(async () => {
  running = await runPayments('session');
  payments = running.app.get<PaymentsApi>(PAYMENTS.token);
});
afterAll(() => running.close());

async function startedPayment(): Promise<{ readonly id: PaymentId; readonly far: string }> {
  const id = paymentId(running.ids.uuid());
  const reference = `WH-${id.slice(-12)}`;
  const asked = await payments.request(running.as('resident'), {
    paymentId: id, idempotencyKey: id, reference, description: { en: 'Fee', cy: 'Ffi' }, subject: { type: 'draft', id }, returnPath: '/', language: 'en',
    lines: [{ code: 'fee', title: { en: 'Fee', cy: 'Ffi' }, amountInPence: 4321, ledgerCode: 'WH-1', vatRate: 'standard' }],
  });
  const started = asked.ok && await payments.start(running.as('resident'), id);
  if (!started || !started.ok) throw new Error('It could not be started.');
  return { id, far: running.far.newest(reference) };
}

/** What happens at the far end, and the webhook that tells of each: five at most. */
function happen(far: string, doings: readonly PayerDoes[]): readonly WebhookDelivery[] {
  const deliveries: WebhookDelivery[] = [];
  running.far.onEvent = (delivery) => { deliveries.push(delivery); };
  for (const does of doings) running.far.payerDoes(far, does);
  running.far.onEvent = undefined;
  return deliveries;
}

async function deliver(delivery: WebhookDelivery): Promise<number> {
  return (await running.app.visitor().request('/payments/webhooks/session', { method: 'POST', body: Buffer.from(delivery.rawBody), headers: { ...delivery.headers, 'content-type': 'application/json' } })).status;
}

async function ledgerOf(id: PaymentId): Promise<{ readonly journals: string; readonly balance: string; readonly atProvider: string }> {
  const { rows } = await running.app.owner.query<{ journals: string; balance: string; atProvider: string }>(`
    select count(distinct j.journal_id) as journals, coalesce(sum(e.amount_in_pence), 0) as balance, coalesce(sum(e.amount_in_pence) filter (where e.account = 'at-provider'), 0) as "atProvider"
    from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id where j.payment_id = $1`, [id]);
  const [row] = rows;
  if (!row) throw new Error('There is no ledger.');
  return row;
}

function orders(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) => Array.from({ length: count }, (_none, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]));
}

/** Up to five events of one payment: opened, submitted, succeeded, and two refunds in the provider's back office. */
const DOINGS: readonly (readonly PayerDoes[])[] = [['succeed'], ['submit', 'succeed'], ['open', 'submit', 'succeed'], ['open', 'expire', 'succeed'], ['open', 'submit', 'decline', 'succeed']];
const FIVE: readonly PayerDoes[] = ['open', 'submit', 'decline', 'succeed'];

describe('webhooks in any order', () => {
  it('every order of up to four events, each once, twice or three times, ends as paid, with the money booked once', async () => {
    let played = 0;
    for (const doings of DOINGS) {
      for (const order of orders(doings.length)) {
        const { id, far } = await startedPayment();
        const deliveries = happen(far, doings);
        for (const [step, at] of order.entries()) {
          for (let copy = 0; copy <= (step + played) % 3; copy++) expect(await deliver(deliveries[at] as WebhookDelivery)).toBe(200);
          if ((step + played) % 2 === 0) await running.app.drainJobs();
        }
        await running.app.drainJobs();
        expect((await payments.find(running.as('resident'), id)).state).toBe('succeeded');
        expect(await ledgerOf(id)).toEqual({ journals: '1', balance: '0', atProvider: '4321' });
        expect((await running.published(id)).map((event) => event.type)).toEqual(['payments.payment-succeeded']);
        played += 1;
      }
    }
    expect(played).toBe(1 + 2 + 6 + 6 + 24);
  });

  it('every order of five events, each once to three times, some late and with forged ones between, ends in the same state', async () => {
    const seed = Number(process.env.SEED ?? 20261123);
    const random = seededNumbers(seed);
    const ends = new Set<string>();
    for (const order of orders(5)) {
      const { id, far } = await startedPayment();
      const deliveries = [...happen(far, FIVE)];
      running.far.onEvent = (delivery) => { deliveries.push(delivery); };
      running.far.refundOutside(far, 321);
      running.far.onEvent = undefined;
      expect(deliveries).toHaveLength(5);
      for (const at of order) {
        const delivery = deliveries[at] as WebhookDelivery;
        for (let copy = 0; copy <= Math.floor(random() * 3); copy++) expect(await deliver(delivery)).toBe(200);
        if (random() < 0.3) expect(await deliver({ ...delivery, rawBody: Buffer.from(Buffer.from(delivery.rawBody).toString().replace('event', 'Event')) })).toBe(400);
        if (random() < 0.4) await running.app.drainJobs();
      }
      await running.app.drainJobs();
      const { state, refundableInPence, refunds } = await payments.find(running.as('resident'), id);
      const { atProvider, balance } = await ledgerOf(id);
      ends.add(JSON.stringify({ state, refundableInPence, refunds: refunds.map((refund) => [refund.amountInPence, refund.state]), atProvider, balance, told: (await running.published(id)).map((event) => event.type) }));
    }
    process.stdout.write(`120 orders of five webhooks, seed ${seed}: ${ends.size} end.\n`);
    expect([...ends]).toEqual([JSON.stringify({ state: 'succeeded', refundableInPence: 4000, refunds: [[321, 'succeeded']], atProvider: '4000', balance: '0', told: ['payments.payment-succeeded', 'payments.payment-refunded'] })]);
  }, 180_000);

  it('days late, in every order, when the payment was over here: the money that came after all is booked once, and the old envelopes are refused', async () => {
    const ends = new Set<string>();
    for (const order of orders(3)) {
      const { id, far } = await startedPayment();
      const deliveries = [...happen(far, ['open', 'expire'])];
      // Nobody tells us; we ask, and hear that it came to nothing.
      await running.reconcile();
      expect((await payments.find(running.as('resident'), id)).state).toBe('expired');
      deliveries.push(...happen(far, ['succeed']));
      expect(deliveries).toHaveLength(3);
      running.clock.advance(2 * 24 * 3600);
      for (const at of order) {
        const delivery = deliveries[at] as WebhookDelivery;
        expect(await deliver(delivery)).toBe(400);
        for (let copy = 0; copy < 3; copy++) expect(await deliver(running.far.signed(delivery.rawBody))).toBe(200);
        await running.app.drainJobs();
      }
      const { state, refundableInPence } = await payments.find(running.as('resident'), id);
      ends.add(JSON.stringify({ state, refundableInPence, ...(await ledgerOf(id)), told: (await running.published(id)).map((event) => event.type) }));
    }
    expect([...ends]).toEqual([JSON.stringify({ state: 'succeeded', refundableInPence: 4321, journals: '1', balance: '0', atProvider: '4321', told: ['payments.payment-failed', 'payments.payment-succeeded'] })]);
  }, 180_000);

  it('takes the same webhook at the same moment as one', async () => {
    const { id, far } = await startedPayment();
    const [delivery] = happen(far, ['succeed']);
    expect(await Promise.all(Array.from({ length: 8 }, () => deliver(delivery as WebhookDelivery)))).toEqual(Array.from({ length: 8 }, () => 200));
    await running.app.drainJobs();
    expect((await running.published(id)).map((event) => event.type)).toEqual(['payments.payment-succeeded']);
  });

  it('answers before it asks: a provider that is down does not make its own webhook fail, and the payment is found later', async () => {
    const { id, far } = await startedPayment();
    const [delivery] = happen(far, ['succeed']);
    running.far.failNext('fetch', 'unavailable');
    expect(await deliver(delivery as WebhookDelivery)).toBe(200);
    await running.app.drainJobs();
    expect((await payments.find(running.as('resident'), id)).state).toBe('started');
    await running.reconcile();
    expect((await payments.find(running.as('resident'), id)).state).toBe('succeeded');
  });

  it('refuses forged, replayed and unknown ones without a word of why, and changes nothing', async () => {
    const { id, far } = await startedPayment();
    const [delivery] = happen(far, ['succeed']);
    const { rawBody, headers } = delivery as WebhookDelivery;
    const refused = await running.app.visitor().request('/payments/webhooks/session', { method: 'POST', body: Buffer.from(rawBody), headers: { 'content-type': 'application/json', 'in-memory-signature': '1.00' } });
    expect([refused.status, refused.text]).toEqual([400, '{"received":false}']);
    expect(await deliver(running.far.webhook(far, { secondsAgo: 3600 }))).toBe(400);
    expect((await running.app.visitor().request('/payments/webhooks/nobody', { method: 'POST', body: Buffer.from(rawBody), headers: { ...headers, 'content-type': 'application/json' } })).status).toBe(404);
    expect((await running.app.visitor('glanafon').request('/payments/webhooks/session', { method: 'POST', body: Buffer.from(rawBody), headers: { ...headers, 'content-type': 'application/json' } })).status).toBe(404);
    await running.app.drainJobs();
    expect((await payments.find(running.as('resident'), id)).state).toBe('started');
  });
});
