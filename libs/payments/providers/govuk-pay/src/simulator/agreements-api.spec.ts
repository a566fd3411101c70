import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { startGovUkPaySimulator } from './simulator';

let running: RunningSimulator;
let now: Date;
const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startGovUkPaySimulator({ now: () => now, hasRateLimits: false, ...options }); };
beforeEach(() => { now = new Date('2026-11-23T09:00:00Z'); });
afterEach(() => running.stop());

interface Agreement { agreement_id: string; status: string; created_date: string; cancelled_date?: string; payment_instrument?: { type: string; card_details: { last_digits_card_number: string } } }
interface Payment { payment_id: string; state: { status: string; code?: string; can_retry?: boolean }; agreement_id?: string; agreement_payment_type?: string; card_details?: { last_digits_card_number: string }; _links: Record<string, { href: string } | null | undefined> }
const api = (path: string, request: OutboundRequest = {}, key = 'api_test_testham'): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/v1${path}`, { ...request, headers: { authorization: `Bearer ${key}`, ...request.headers } });
const post = (path: string, body?: object, headers: Record<string, string> = {}, key?: string): Promise<OutboundResponse> => api(path, { method: 'POST', ...(body ? { body } : {}), headers }, key);
const AGREEMENT = { reference: 'GW-2026-0417', description: 'Garden waste, every year', user_identifier: 'user-0417' };
const FIRST = { amount: 5500, reference: 'TE-1', description: 'Garden waste', return_url: 'http://localhost:4000/return' };
const made = async (more: object = {}): Promise<Agreement> => (await post('/agreements', { ...AGREEMENT, ...more })).json() as Agreement;
const got = async (id: string): Promise<Agreement> => (await api(`/agreements/${id}`)).json() as Agreement;
const payment = async (id: string): Promise<Payment> => (await api(`/payments/${id}`)).json() as Payment;
const setUp = async (id: string, does: 'succeed' | 'decline' | 'cancel' = 'succeed', more: object = {}): Promise<void> => {
  const { payment_id: first } = (await post('/payments', { ...FIRST, set_up_agreement: id, ...more })).json() as Payment;
  running.controls.payerDoes(first, does);
};
const active = async (): Promise<string> => {
  const { agreement_id: id } = await made();
  await setUp(id);
  return id;
};
const byAgreement = (id: string, more: object = {}, headers: Record<string, string> = {}): Promise<OutboundResponse> => post('/payments', { amount: 5500, reference: 'TE-2', description: 'Garden waste', authorisation_mode: 'agreement', agreement_id: id, ...more }, headers);
const refusal = async (answer: Promise<OutboundResponse>): Promise<readonly unknown[]> => {
  const response = await answer;
  const { code, field } = response.json() as { code: string; field?: string };
  return [response.status, code, field];
};

describe('the simulator: agreements', () => {
  it('201 created, without a payment instrument, as GET gives it afterwards; nothing of another account', async () => {
    await start();
    const answer = await post('/agreements', { ...AGREEMENT, unknown_property: 'ignored' });
    const agreement = answer.json() as Agreement;
    expect(answer.status).toBe(201);
    expect(agreement).toEqual({ agreement_id: expect.stringMatching(/^[a-z0-9]{26}$/) as string, ...AGREEMENT, status: 'created', created_date: '2026-11-23T09:00:00.000Z' });
    expect(await got(agreement.agreement_id)).toEqual(agreement);
    expect((await api('/agreements', {}, 'api_test_otherham')).json()).toMatchObject({ total: 0 });
    expect(await refusal(api(`/agreements/${agreement.agreement_id}`, {}, 'api_test_otherham'))).toEqual([404, 'P2200', undefined]);
    expect(await refusal(post(`/agreements/${agreement.agreement_id}/cancel`, undefined, {}, 'api_test_otherham'))).toEqual([404, 'P2500', undefined]);
  });
  it.each<[string, object, number, string, string | undefined]>([
    ['no reference', { reference: undefined }, 400, 'P2101', 'reference'], ['an empty description', { description: '' }, 400, 'P2101', 'description'], ['a reference that is a number', { reference: 1 }, 422, 'P2102', 'reference'],
    ['256 characters', { description: 'x'.repeat(256) }, 422, 'P2102', 'description'], ['a user_identifier of 256 characters', { user_identifier: 'x'.repeat(256) }, 422, 'P2102', 'user_identifier'], ['an empty user_identifier', { user_identifier: '' }, 422, 'P2102', 'user_identifier'],
    ['what the firewall stops', { description: 'a <b>' }, 400, 'P0920', undefined],
  ])('refuses %s', async (_what, changes, status, code, where) => {
    await start();
    expect(await refusal(post('/agreements', { ...AGREEMENT, ...changes }))).toEqual([status, code, where]);
    expect(running.controls.agreements()).toHaveLength(0);
  });
  it('P2197 for what is no JSON, and P0942 where the account may not take recurring payments, of every kind', async () => {
    await start({ accounts: [{ apiKey: 'api_test_testham', allowsRecurring: false }] });
    expect(await refusal(api('/agreements', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }))).toEqual([400, 'P2197', undefined]);
    expect(await refusal(post('/agreements', AGREEMENT))).toEqual([422, 'P0942', undefined]);
    const id = 'a'.repeat(26);
    expect(await refusal(byAgreement(id))).toEqual([422, 'P0942', undefined]);
    expect(await refusal(post('/payments', { ...FIRST, set_up_agreement: id }))).toEqual([422, 'P0942', undefined]);
  });
  it('lists them newest first, by reference in any case and by status; P2401 for what is malformed or not known, P2402 beyond the last page', async () => {
    await start({ times: { listsLagInSeconds: 30 } });
    const one = await active();
    const { agreement_id: other } = await made({ reference: 'gw-2026-0417' });
    const list = async (query: string): Promise<readonly string[]> => ((await api(`/agreements?${query}`)).json() as { results: Agreement[] }).results.map((agreement) => agreement.agreement_id);
    expect(await list('')).toEqual([]);
    now = new Date(now.getTime() + 30_000);
    expect(await list('reference=GW-2026-0417')).toEqual([other, one]);
    expect(await list('status=active')).toEqual([one]);
    expect((await api('/agreements?display_size=1')).json()).toMatchObject({ total: 2, count: 1, page: 1, _links: { next_page: { href: expect.stringContaining('page=2') as string } } });
    for (const query of ['status=expired', 'page=0', 'display_size=501', `reference=${'x'.repeat(256)}`]) expect(await refusal(api(`/agreements?${query}`))).toEqual([422, 'P2401', undefined]);
    expect(await refusal(api('/agreements?user_identifier=1'))).toEqual([400, 'P2401', undefined]);
    expect(await refusal(api('/agreements?page=2'))).toEqual([404, 'P2402', undefined]);
  });
  it('is active, with the payer\'s card, once its payment went through, and stays as it was when the payment fails', async () => {
    await start();
    const { agreement_id: id } = await made();
    await setUp(id, 'decline');
    await setUp(id, 'cancel');
    expect(await got(id)).toMatchObject({ status: 'created' });
    expect(await got(id)).not.toHaveProperty('payment_instrument');
    await setUp(id);
    expect(await got(id)).toMatchObject({ status: 'active', payment_instrument: { type: 'card', created_date: '2026-11-23T09:00:00.000Z', card_details: { cardholder_name: 'Alex Example', last_digits_card_number: '1111', first_digits_card_number: '444433', expiry_date: '12/29' } } });
  });
  it('is active as soon as a payment with delayed capture is authorised', async () => {
    await start();
    const { agreement_id: id } = await made();
    await setUp(id, 'succeed', { delayed_capture: true });
    expect((await got(id)).status).toBe('active');
  });
  it('is cancelled once, when it is active: 204, then 400 P2501; and may be set up again', async () => {
    await start();
    const { agreement_id: id } = await made();
    expect(await refusal(post(`/agreements/${id}/cancel`))).toEqual([400, 'P2501', undefined]);
    await setUp(id);
    expect((await post(`/agreements/${id}/cancel`)).status).toBe(204);
    expect(await got(id)).toMatchObject({ status: 'cancelled', cancelled_date: '2026-11-23T09:00:00.000Z' });
    expect(await refusal(post(`/agreements/${id}/cancel`))).toEqual([400, 'P2501', undefined]);
    expect(await refusal(byAgreement(id))).toEqual([400, 'P0102', 'agreement_id']);
    await setUp(id);
    expect((await got(id)).status).toBe('active');
    expect(await got(id)).not.toHaveProperty('cancelled_date');
  });
  it('shows the payer what they agree to on the card page', async () => {
    await start();
    const { agreement_id: id } = await made();
    const { _links: links } = (await post('/payments', { ...FIRST, set_up_agreement: id })).json() as Payment;
    const entered = await plainOutbound.fetch(links.next_url?.href ?? '');
    const page = await plainOutbound.fetch(new URL(entered.headers.location ?? '', running.origin).href, { headers: { cookie: (entered.headers['set-cookie'] ?? '').split(';')[0] ?? '' } });
    expect(page.text()).toContain('Garden waste (Garden waste, every year)');
  });
});

describe('the simulator: payments by agreement', () => {
  it('201 created without an address to pay at, and success by itself, with the card of the agreement', async () => {
    await start();
    const id = await active();
    const answer = await byAgreement(id);
    const created = answer.json() as Payment;
    expect(answer.status).toBe(201);
    expect(created).toMatchObject({ authorisation_mode: 'agreement', agreement_id: id, agreement_payment_type: 'recurring', state: { status: 'created' }, _links: { next_url: null } });
    expect(created).not.toHaveProperty('return_url');
    expect(await payment(created.payment_id)).toMatchObject({ state: { status: 'success', finished: true }, card_details: { last_digits_card_number: '1111' } });
    expect((await api(`/payments?agreement_id=${id}`)).json()).toMatchObject({ total: 1, results: [{ payment_id: created.payment_id }] });
    expect(await refusal(api('/payments?agreement_id=short'))).toEqual([422, 'P0401', undefined]);
  });
  it('is taken as late as told, and only authorised when the service captures it later', async () => {
    await start({ times: { recurringTakesInSeconds: 60 } });
    const { payment_id: id } = (await byAgreement(await active(), { delayed_capture: true, agreement_payment_type: 'instalment' })).json() as Payment;
    expect((await payment(id)).state.status).toBe('created');
    now = new Date(now.getTime() + 60_000);
    expect(await payment(id)).toMatchObject({ state: { status: 'capturable' }, agreement_payment_type: 'instalment' });
  });
  it('tells when it fails whether another may be tried: can_retry; where none may, the agreement is inactive', async () => {
    await start();
    const id = await active();
    const stateAfter = async (says: 'yes' | 'not-now' | 'never' | 'error'): Promise<Payment['state']> => {
      running.controls.bankSays(id, says);
      return (await payment(((await byAgreement(id)).json() as Payment).payment_id)).state;
    };
    expect(await stateAfter('not-now')).toEqual({ status: 'failed', finished: true, code: 'P0010', message: 'Payment method rejected', can_retry: true });
    expect(await stateAfter('error')).toEqual({ status: 'error', finished: true, code: 'P0050', message: 'Payment provider returned an error' });
    expect((await got(id)).status).toBe('active');
    expect(await stateAfter('yes')).toEqual({ status: 'success', finished: true });
    expect(await stateAfter('never')).toMatchObject({ status: 'failed', code: 'P0010', can_retry: false });
    expect((await got(id)).status).toBe('inactive');
    expect(await refusal(byAgreement(id))).toEqual([400, 'P0102', 'agreement_id']);
    await setUp(id);
    expect((await payment(((await byAgreement(id)).json() as Payment).payment_id)).state.status).toBe('success');
  });
  it('no other failed payment says can_retry', async () => {
    await start();
    const { payment_id: id } = (await post('/payments', FIRST)).json() as Payment;
    running.controls.payerDoes(id, 'decline');
    expect((await payment(id)).state).not.toHaveProperty('can_retry');
  });
  it.each<[string, object, number, string, string | undefined]>([
    ['without agreement_id', { agreement_id: undefined }, 400, 'P0101', undefined], ['with an id of another length', { agreement_id: 'short' }, 422, 'P0102', 'agreement_id'], ['by an agreement that there is not', { agreement_id: 'a'.repeat(26) }, 400, 'P0102', 'agreement_id'],
    ['with return_url', { return_url: 'http://localhost:4000/return' }, 422, 'P0104', 'return_url'], ['with email', { email: 'nerys@post.example' }, 400, 'P0104', undefined], ['with prefilled_cardholder_details', { prefilled_cardholder_details: { cardholder_name: 'Nerys' } }, 400, 'P0104', undefined],
    ['by telephone', { moto: true }, 400, 'P0104', undefined], ['that would set one up as well', { set_up_agreement: 'a'.repeat(26) }, 400, 'P0104', undefined], ['of another type', { agreement_payment_type: 'weekly' }, 422, 'P0102', 'agreement_payment_type'],
  ])('refuses one %s', async (_what, changes, status, code, where) => {
    await start();
    expect(await refusal(byAgreement(await active(), changes))).toEqual([status, code, where]);
    expect(running.controls.payments('TE-2')).toHaveLength(0);
  });
  it.each<[string, object, number, string, string | undefined]>([
    ['agreement_id', { agreement_id: 'a'.repeat(26) }, 400, 'P0104', undefined], ['agreement_payment_type', { agreement_payment_type: 'recurring' }, 400, 'P0104', undefined], ['set_up_agreement of another length', { set_up_agreement: 'short' }, 422, 'P0102', 'set_up_agreement'],
    ['set_up_agreement of an agreement that there is not', { set_up_agreement: 'a'.repeat(26) }, 400, 'P0103', 'set_up_agreement'],
  ])('refuses %s in a payment on the web, instead of ignoring it', async (_what, changes, status, code, where) => {
    await start();
    expect(await refusal(post('/payments', { ...FIRST, ...changes }))).toEqual([status, code, where]);
    expect(running.controls.payments()).toHaveLength(0);
  });
  it('shows no agreement of another account to a payment', async () => {
    await start();
    const id = await active();
    expect(await refusal(post('/payments', { ...FIRST, set_up_agreement: id }, {}, 'api_test_otherham'))).toEqual([400, 'P0103', 'set_up_agreement']);
  });
  it('Idempotency-Key: kept for payments by agreement where it is promised for recurring payments only, 200 and 409 P0191 as elsewhere', async () => {
    await start({ keysFor: 'recurring-only' });
    const id = await active();
    const key = { 'idempotency-key': 'november' };
    const first = (await byAgreement(id, {}, key)).json() as Payment;
    const again = await byAgreement(id, {}, key);
    expect([again.status, (again.json() as Payment).payment_id]).toEqual([200, first.payment_id]);
    expect(await refusal(byAgreement(id, { amount: 1 }, key))).toEqual([409, 'P0191', undefined]);
    expect([(await post('/payments', FIRST, key)).status, (await post('/payments', FIRST, key)).status]).toEqual([201, 201]);
  });
});

describe('the simulator: driving agreements', () => {
  const control = (path: string, body?: object): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/simulator${path}`, { headers: { 'simulator-control': 'yes' }, ...(body ? { method: 'POST', body } : {}) });

  it('by a program and on the page: what the bank says, and cancelling in the admin tool', async () => {
    await start();
    const id = await active();
    expect((await control(`/agreements/${id}/bank`, { says: 'not-now' })).status).toBe(204);
    expect((await control('/agreements')).json()).toEqual({ agreements: [{ id, reference: 'GW-2026-0417', status: 'active', bankSays: 'not-now' }] });
    expect((await control(`/agreements/${id}/bank`, { says: 'perhaps' })).status).toBe(400);
    expect((await control('/agreements/none/bank', { says: 'yes' })).status).toBe(400);
    expect((await plainOutbound.fetch(`${running.origin}/simulator`)).text()).toContain(`action="/simulator/agreements/${id}/cancel"`);
    expect((await control(`/agreements/${id}/cancel`, {})).status).toBe(204);
    expect((await got(id)).status).toBe('cancelled');
    expect((await control(`/agreements/${id}/cancel`, {})).status).toBe(400);
  });
});
