import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { formOf } from './form';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { startStripeSimulator } from './simulator';

const KEY = 'sk_test_testham';
let running: RunningSimulator;
let now: Date;
const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startStripeSimulator({ now: () => now, ...options }); };
beforeEach(() => { now = new Date('2026-11-23T09:00:00Z'); });
afterEach(() => running.stop());

const LINE = 'line_items[0][price_data]';
const SESSION = { mode: 'payment', success_url: 'https://www.testham.example/return', client_reference_id: 'TE-1', 'line_items[0][quantity]': '1', [`${LINE}[currency]`]: 'gbp', [`${LINE}[unit_amount]`]: '5500', [`${LINE}[product_data][name]`]: 'Garden waste' };
const api = (method: 'GET' | 'POST', path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<OutboundResponse> =>
  plainOutbound.fetch(`${running.origin}/v1/${path}`, { method, ...(form ? { body: new URLSearchParams(form) } : {}), headers: { authorization: `Bearer ${KEY}`, ...headers } } satisfies OutboundRequest);
type Json = Readonly<Record<string, unknown>>;
const jsonOf = (answer: OutboundResponse): Json => answer.json() as Json;
const errorOf = (answer: OutboundResponse): readonly unknown[] => { const { type, code, param } = (jsonOf(answer).error ?? {}) as Json; return [answer.status, type, code, param]; };
const made = async (more: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<string> => String(jsonOf(await api('POST', 'checkout/sessions', { ...SESSION, ...more }, headers)).id);
async function paid(): Promise<{ readonly session: string; readonly intent: string }> {
  const session = await made();
  running.controls.payerDoes(session, 'succeed');
  return { session, intent: running.controls.find(session).intent?.id ?? '' };
}

describe('whoever asks', () => {
  it('gives a key of the right form, as a bearer\'s or as a name without password; the answer names its version and request', async () => {
    await start();
    const answer = await api('GET', 'checkout/sessions');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'stripe-version': '2026-10-28.endive', 'request-id': expect.stringMatching(/^req_/) as string, date: 'Mon, 23 Nov 2026 09:00:00 GMT' });
    expect((await api('GET', 'checkout/sessions', undefined, { authorization: `Basic ${Buffer.from(`${KEY}:`).toString('base64')}` })).status).toBe(200);
    for (const authorization of ['Bearer pk_test_public', 'Bearer nonsense', 'Basic !!', '']) expect(errorOf(await api('GET', 'checkout/sessions', undefined, { authorization }))).toEqual([401, 'invalid_request_error', undefined, undefined]);
  });
  it('sees nothing of another account\'s', async () => {
    await start();
    const { session, intent } = await paid();
    const other = { authorization: 'Bearer sk_test_otherham' };
    for (const path of [`checkout/sessions/${session}`, `payment_intents/${intent}`]) expect((await api('GET', path, undefined, other)).status).toBe(404);
    expect(jsonOf(await api('GET', 'checkout/sessions', undefined, other)).data).toEqual([]);
    expect(errorOf(await api('POST', 'refunds', { payment_intent: intent }, other))).toEqual([404, 'invalid_request_error', 'resource_missing', 'payment_intent']);
  });
  it('is told when there is no such version, path or parameter, and when it sends JSON', async () => {
    await start();
    expect((await api('GET', 'checkout/sessions', undefined, { 'stripe-version': 'newest' })).status).toBe(400);
    expect((await api('GET', 'checkout/sessions', undefined, { 'stripe-version': '2026-09-30.endive' })).headers['stripe-version']).toBe('2026-09-30.endive');
    expect((await api('GET', 'checkout')).status).toBe(404);
    expect(errorOf(await api('POST', 'checkout/sessions', { ...SESSION, payment_method_types: 'card' }))).toEqual([400, 'invalid_request_error', 'parameter_unknown', 'payment_method_types']);
    const json = await plainOutbound.fetch(`${running.origin}/v1/checkout/sessions`, { method: 'POST', body: { mode: 'payment' }, headers: { authorization: `Bearer ${KEY}` } });
    expect(errorOf(json)).toEqual([400, 'invalid_request_error', 'parameter_missing', 'mode']);
  });
  it('is told rate_limit with 429 after 25 requests in one second with a test key, and 100 with a live one', async () => {
    await start();
    const statuses = async (authorization: string, count: number): Promise<readonly number[]> => {
      const found: number[] = [];
      for (let one = 0; one < count; one++) found.push((await api('GET', 'payouts', undefined, { authorization })).status);
      return found;
    };
    expect((await statuses(`Bearer ${KEY}`, 26)).slice(-2)).toEqual([200, 429]);
    expect((await statuses('Bearer sk_live_testham', 101)).slice(-2)).toEqual([200, 429]);
    now = new Date(now.getTime() + 1000);
    expect((await api('GET', 'payouts')).status).toBe(200);
  });
  it('is refused a body that is too long or contradicts itself', async () => {
    await start();
    expect((await api('POST', 'checkout/sessions', { ...SESSION, 'metadata[a]': 'x'.repeat(70_000) })).status).toBe(400);
    expect((await api('POST', 'checkout/sessions', { ...SESSION, 'mode[a]': 'payment' })).status).toBe(400);
  });
});

describe('a session', () => {
  it('is open, unpaid, and has an address to pay at and no payment intent until somebody tries', async () => {
    await start();
    expect(jsonOf(await api('POST', 'checkout/sessions', { ...SESSION, 'metadata[payment_id]': 'p-1' }))).toMatchObject({
      object: 'checkout.session', livemode: false, status: 'open', payment_status: 'unpaid', payment_intent: null, amount_total: 5500, currency: 'gbp', client_reference_id: 'TE-1', metadata: { payment_id: 'p-1' }, locale: 'auto',
      expires_at: now.getTime() / 1000 + 86_400, url: expect.stringMatching(/\/c\/pay\/cs_test_/) as string,
    });
  });
  it.each([
    [{ mode: '' }, [400, 'invalid_request_error', 'parameter_missing', 'mode']],
    [{ success_url: 'return' }, [400, 'invalid_request_error', 'url_invalid', 'success_url']],
    [{ [`${LINE}[unit_amount]`]: '29' }, [400, 'invalid_request_error', 'amount_too_small', undefined]],
    [{ [`${LINE}[unit_amount]`]: '5.5' }, [400, 'invalid_request_error', 'parameter_invalid_integer', `${LINE}[unit_amount]`]],
    [{ [`${LINE}[unit_amount]`]: '100000000' }, [400, 'invalid_request_error', 'amount_too_large', 'line_items']],
    [{ [`${LINE}[currency]`]: 'eur' }, [400, 'invalid_request_error', undefined, `${LINE}[currency]`]],
    [{ client_reference_id: 'x'.repeat(201) }, [400, 'invalid_request_error', undefined, 'client_reference_id']],
    [{ customer_email: 'nobody' }, [400, 'invalid_request_error', 'email_invalid', 'customer_email']],
    [{ locale: 'cy' }, [400, 'invalid_request_error', undefined, 'locale']],
    [{ expires_at: String(Date.parse('2026-11-23T09:29:00Z') / 1000) }, [400, 'invalid_request_error', undefined, 'expires_at']],
    [{ expires_at: String(Date.parse('2026-11-24T09:00:01Z') / 1000) }, [400, 'invalid_request_error', undefined, 'expires_at']],
    [{ [`metadata[${'k'.repeat(41)}]`]: 'x' }, [400, 'invalid_request_error', undefined, 'metadata']],
    [{ 'payment_intent_data[metadata][a]': 'x'.repeat(501) }, [400, 'invalid_request_error', undefined, 'payment_intent_data[metadata]']],
  ])('with %j is refused as the API refuses it', async (more, expected) => {
    await start();
    expect(errorOf(await api('POST', 'checkout/sessions', { ...SESSION, ...more } as Record<string, string>))).toEqual(expected);
  });
  it('of a live account goes back by https only', async () => {
    await start();
    const live = { authorization: 'Bearer sk_live_testham' };
    expect(errorOf(await api('POST', 'checkout/sessions', { ...SESSION, success_url: 'http://www.testham.example/' }, live))).toEqual([400, 'invalid_request_error', 'url_invalid', 'success_url']);
    expect(jsonOf(await api('POST', 'checkout/sessions', SESSION, live))).toMatchObject({ livemode: true, id: expect.stringMatching(/^cs_live_/) as string });
  });
  it('gives its intent, charge and balance transaction by their ids, or whole where they are asked for', async () => {
    await start();
    const { session, intent } = await paid();
    expect(jsonOf(await api('GET', `checkout/sessions/${session}`))).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: intent, url: null });
    const whole = jsonOf(await api('GET', `checkout/sessions/${session}?expand[]=payment_intent.latest_charge.balance_transaction`));
    expect(whole).toMatchObject({ payment_intent: { id: intent, status: 'succeeded', amount_received: 5500, latest_charge: { object: 'charge', paid: true, balance_transaction: { type: 'charge', amount: 5500, fee: 103, net: 5397 } } } });
    expect(jsonOf(await api('GET', `payment_intents/${intent}`)).latest_charge).toMatch(/^ch_/);
    expect(jsonOf(await api('GET', 'checkout/sessions?expand[0]=data.payment_intent'))).toMatchObject({ data: [{ payment_intent: { status: 'succeeded', latest_charge: expect.stringMatching(/^ch_/) as string } }] });
  });
  it('is expired while it is open, by hand or by the clock, and never twice', async () => {
    await start();
    const session = await made();
    expect(jsonOf(await api('POST', `checkout/sessions/${session}/expire`))).toMatchObject({ status: 'expired', url: null, expires_at: now.getTime() / 1000 + 86_400 });
    expect(errorOf(await api('POST', `checkout/sessions/${session}/expire`))).toEqual([400, 'invalid_request_error', undefined, undefined]);
    const other = await made({ expires_at: String(now.getTime() / 1000 + 1800) });
    now = new Date(now.getTime() + 1800_000);
    expect(jsonOf(await api('GET', `checkout/sessions/${other}`))).toMatchObject({ status: 'expired' });
  });
});

describe('an idempotency key', () => {
  it('gets the same answer for a day, whatever has happened since, and says that it is one', async () => {
    await start();
    const first = await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'a-1' });
    running.controls.payerDoes(String(jsonOf(first).id), 'succeed');
    const again = await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'a-1' });
    expect(again.text()).toBe(first.text());
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed'], again.headers['idempotency-key']]).toEqual([undefined, 'true', 'a-1']);
    now = new Date(now.getTime() + 86_400_000);
    expect(jsonOf(await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'a-1' })).id).not.toBe(jsonOf(first).id);
  });
  it('with other parameters, at another path, or too long, is an idempotency_error; another account\'s is another', async () => {
    await start();
    const session = await made({}, { 'idempotency-key': 'a-1' });
    expect(errorOf(await api('POST', 'checkout/sessions', { ...SESSION, client_reference_id: 'TE-2' }, { 'idempotency-key': 'a-1' }))).toEqual([400, 'idempotency_error', undefined, undefined]);
    expect(errorOf(await api('POST', 'refunds', SESSION, { 'idempotency-key': 'a-1' }))).toEqual([400, 'idempotency_error', undefined, undefined]);
    expect(errorOf(await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'x'.repeat(256) }))).toEqual([400, 'idempotency_error', undefined, undefined]);
    expect(await made({}, { 'idempotency-key': 'a-1', authorization: 'Bearer sk_test_otherham' })).not.toBe(session);
  });
  it('is free again after what was refused for its form, and not after what broke', async () => {
    await start();
    expect((await api('POST', 'checkout/sessions', { ...SESSION, customer_email: 'nobody' }, { 'idempotency-key': 'a-1' })).status).toBe(400);
    expect((await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'a-1' })).status).toBe(200);
    running.controls.faults.plan('create', 'server-error');
    for (let one = 0; one < 2; one++) {
      const broken = await api('POST', 'checkout/sessions', SESSION, { 'idempotency-key': 'a-2' });
      expect([broken.status, broken.headers['stripe-should-retry']]).toEqual([500, 'false']);
    }
  });
});

describe('a refund', () => {
  it('is of all or of a part, by intent or by charge, and is a movement on the balance', async () => {
    await start();
    const { session, intent } = await paid();
    const part = jsonOf(await api('POST', 'refunds', { payment_intent: intent, amount: '1500', 'metadata[guildhall_refund]': 'r-1' }));
    expect(part).toMatchObject({ object: 'refund', amount: 1500, status: 'succeeded', payment_intent: intent, metadata: { guildhall_refund: 'r-1' } });
    const rest = jsonOf(await api('POST', 'refunds', { charge: running.controls.find(session).intent?.charge?.id ?? '' }));
    expect(rest).toMatchObject({ amount: 4000 });
    expect(jsonOf(await api('GET', `refunds/${String(part.id)}`))).toEqual(part);
    expect(((jsonOf(await api('GET', 'balance_transactions?type=refund'))).data as readonly Json[]).map(({ amount, fee }) => [amount, fee])).toEqual([[-4000, 0], [-1500, 0]]);
  });
  it('of what is gone, of more than there is, of nothing or of what was never paid is refused as the API refuses it', async () => {
    await start();
    const { intent } = await paid();
    expect(errorOf(await api('POST', 'refunds', { payment_intent: intent, amount: '5501' }))).toEqual([400, 'invalid_request_error', undefined, 'amount']);
    expect(errorOf(await api('POST', 'refunds', { payment_intent: intent, amount: '0' }))).toEqual([400, 'invalid_request_error', 'parameter_invalid_integer', 'amount']);
    await api('POST', 'refunds', { payment_intent: intent });
    expect(errorOf(await api('POST', 'refunds', { payment_intent: intent }))).toEqual([400, 'invalid_request_error', 'charge_already_refunded', undefined]);
    expect(errorOf(await api('POST', 'refunds', {}))).toEqual([400, 'invalid_request_error', 'parameter_missing', 'payment_intent']);
    const unpaid = await made();
    running.controls.payerDoes(unpaid, 'card-declined');
    expect(errorOf(await api('POST', 'refunds', { payment_intent: running.controls.find(unpaid).intent?.id ?? '' }))).toEqual([400, 'invalid_request_error', 'payment_intent_unexpected_state', undefined]);
  });
  it('that takes its time is pending, then succeeds or fails; what failed can be refunded again', async () => {
    await start({ times: { refundsTakeInSeconds: 3600 } });
    const { session, intent } = await paid();
    expect(jsonOf(await api('POST', 'refunds', { payment_intent: intent }))).toMatchObject({ status: 'pending' });
    running.controls.finishRefunds('failed');
    expect(running.controls.find(session).refunds.map(({ status }) => status)).toEqual(['failed']);
    await api('POST', 'refunds', { payment_intent: intent });
    now = new Date(now.getTime() + 3600_000);
    expect(running.controls.find(session).refunds.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });
});

describe('a list', () => {
  const idsOf = (answer: OutboundResponse): readonly unknown[] => (jsonOf(answer).data as readonly Json[]).map(({ id }) => id);

  it('is newest first, ten to a page unless told, and goes on after or before an id', async () => {
    await start();
    const all: string[] = [];
    for (let one = 0; one < 12; one++) all.unshift(await made());
    const first = await api('GET', 'checkout/sessions');
    expect([idsOf(first), jsonOf(first).has_more]).toEqual([all.slice(0, 10), true]);
    const second = await api('GET', `checkout/sessions?starting_after=${all[9] ?? ''}`);
    expect([idsOf(second), jsonOf(second).has_more]).toEqual([all.slice(10), false]);
    expect(idsOf(await api('GET', `checkout/sessions?limit=2&ending_before=${all[9] ?? ''}`))).toEqual(all.slice(7, 9));
    now = new Date(now.getTime() + 1000);
    expect(errorOf(await api('GET', 'checkout/sessions?limit=101'))).toEqual([400, 'invalid_request_error', 'parameter_invalid_integer', 'limit']);
    expect(errorOf(await api('GET', 'checkout/sessions?starting_after=cs_test_none'))).toEqual([400, 'invalid_request_error', 'resource_missing', 'starting_after']);
  });
  it('is narrowed by when things were made, by intent and by status', async () => {
    await start();
    const early = await made();
    const { session, intent } = await paid();
    now = new Date(now.getTime() + 60_000);
    const late = await made();
    const seconds = now.getTime() / 1000;
    expect(idsOf(await api('GET', `checkout/sessions?created[gte]=${seconds}`))).toEqual([late]);
    expect(idsOf(await api('GET', `checkout/sessions?created[lt]=${seconds}`))).toEqual([session, early]);
    expect(idsOf(await api('GET', `checkout/sessions?payment_intent=${intent}`))).toEqual([session]);
    expect(idsOf(await api('GET', 'checkout/sessions?status=complete'))).toEqual([session]);
  });
  it('of a payout has the charges and refunds that went into it, and the payout itself', async () => {
    await start();
    const { session } = await paid();
    await paid();
    running.controls.refundOutside(session, 500);
    running.controls.settle(session, '2026-11-27');
    const payouts = jsonOf(await api('GET', `payouts?arrival_date[gte]=${Date.parse('2026-11-27') / 1000}&arrival_date[lt]=${Date.parse('2026-11-28') / 1000}&status=paid`)).data as readonly Json[];
    expect(payouts).toMatchObject([{ object: 'payout', amount: 5500 - 103 - 500, arrival_date: Date.parse('2026-11-27') / 1000 }]);
    const moved = jsonOf(await api('GET', `balance_transactions?payout=${String(payouts[0]?.id)}&expand[]=data.source`)).data as readonly Json[];
    expect(moved.map(({ type, source }) => [type, (source as Json).object])).toEqual([['payout', 'payout'], ['refund', 'refund'], ['charge', 'charge']]);
    expect(jsonOf(await api('GET', `payouts?arrival_date[gte]=${Date.parse('2026-11-28') / 1000}`)).data).toEqual([]);
  });
});

it('webhook endpoints are made and listed; their secret is told once', async () => {
  await start();
  const endpoint = jsonOf(await api('POST', 'webhook_endpoints', { url: 'https://www.testham.example/payments/webhooks/stripe', 'enabled_events[]': 'checkout.session.completed' }));
  expect(endpoint).toMatchObject({ status: 'enabled', enabled_events: ['checkout.session.completed'], secret: expect.stringMatching(/^whsec_/) as string });
  const [listed] = jsonOf(await api('GET', 'webhook_endpoints')).data as readonly Json[];
  expect(listed).toMatchObject({ id: endpoint.id, url: 'https://www.testham.example/payments/webhooks/stripe' });
  expect(listed).not.toHaveProperty('secret');
});

it('a form reaches nothing but itself', async () => {
  await start();
  const form = formOf(new URLSearchParams({ '__proto__[polluted]': 'yes', 'a[constructor][prototype][polluted]': 'yes', 'list[]': 'one', 'b[0]': 'zero' }));
  expect(({} as Json).polluted).toBeUndefined();
  expect([Object.getPrototypeOf(form), (form.list as Json)['0'], (form.b as Json)['0']]).toEqual([null, 'one', 'zero']);
  expect(() => formOf(new URLSearchParams({ [`a${'[b]'.repeat(9)}`]: 'deep' }))).toThrow(RangeError);
});
