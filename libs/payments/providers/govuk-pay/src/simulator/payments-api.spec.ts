import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { startGovUkPaySimulator } from './simulator';

let running: RunningSimulator;
let now: Date;
const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startGovUkPaySimulator({ now: () => now, ...options }); };
beforeEach(() => { now = new Date('2026-11-23T09:00:00Z'); });
afterEach(() => running.stop());
const later = (seconds: number): void => { now = new Date(now.getTime() + seconds * 1000); };

interface Payment { payment_id: string; state: { status: string; finished: boolean; code?: string }; refund_summary: object; settlement_summary: object; metadata?: object; card_details?: { cardholder_name: string | null }; moto: boolean; _links: Record<string, { href: string; params?: Record<string, string> } | null> }
const api = (path: string, request: OutboundRequest = {}, key = 'api_test_testham'): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/v1${path}`, { ...request, headers: { authorization: `Bearer ${key}`, ...request.headers } });
const BODY = { amount: 5500, reference: 'TE-1', description: 'Garden waste', return_url: 'http://localhost:4000/return' };
const post = (path: string, body?: object, headers: Record<string, string> = {}, key?: string): Promise<OutboundResponse> => api(path, { method: 'POST', ...(body ? { body } : {}), headers }, key);
const made = async (more: object = {}): Promise<Payment> => (await post('/payments', { ...BODY, ...more })).json() as Payment;
const got = async (id: string): Promise<Payment> => (await api(`/payments/${id}`)).json() as Payment;
const paid = async (more: object = {}): Promise<Payment> => {
  const { payment_id: id } = await made(more);
  running.controls.payerDoes(id, 'succeed');
  return got(id);
};
const refusal = async (answer: Promise<OutboundResponse>): Promise<readonly unknown[]> => {
  const response = await answer;
  const { code, field, header } = response.json() as { code: string; field?: string; header?: string };
  return [response.status, code, field ?? header];
};

describe('the simulator: who may call', () => {
  it('401 without a key, with a key of another form, and with one that is not among the accounts', async () => {
    await start();
    expect((await api('/payments/none', {}, 'nonsense')).status).toBe(401);
    expect((await plainOutbound.fetch(`${running.origin}/v1/payments`)).status).toBe(401);
    await running.stop();
    await start({ accounts: [{ apiKey: 'api_test_testham' }] });
    expect((await api('/payments/none', {}, 'api_test_otherham')).status).toBe(401);
    expect((await api('/payments/none')).status).toBe(404);
  });
  it('shows an account nothing of another', async () => {
    await start();
    const { payment_id: id } = await made();
    for (const path of ['', '/events', '/refunds']) expect((await api(`/payments/${id}${path}`, {}, 'api_test_otherham')).status).toBe(404);
    expect((await api('/payments', {}, 'api_test_otherham')).json()).toMatchObject({ total: 0, results: [] });
  });
  it('429 P0900 for the sixteenth creation in a second, counted apart from other POSTs and for each account', async () => {
    await start();
    const { payment_id: id } = await made();
    for (let number = 1; number < 15; number++) expect((await post('/payments', BODY)).status).toBe(201);
    expect(await refusal(post('/payments', BODY))).toEqual([429, 'P0900', undefined]);
    expect((await post(`/payments/${id}/cancel`)).status).toBe(204);
    expect((await post('/payments', BODY, {}, 'api_test_otherham')).status).toBe(201);
    later(1);
    expect((await post('/payments', BODY)).status).toBe(201);
  });
  it('429 for the second POST in a minute of an account of low traffic', async () => {
    await start({ accounts: [{ apiKey: 'api_test_testham', isLowTraffic: true }] });
    expect((await post('/payments', BODY)).status).toBe(201);
    later(20);
    expect((await post('/payments', BODY)).status).toBe(429);
    later(60);
    expect((await post('/payments', BODY)).status).toBe(201);
  });
});

describe('the simulator: creating', () => {
  it('201 with the state, the links, a flat map of metadata, and the whole amount as refundable one day', async () => {
    await start();
    const answer = await post('/payments', { ...BODY, metadata: { ledger_code: 'GW-4410', year: 2026, is_first: true }, unknown_property: 'ignored' });
    const payment = answer.json() as Payment;
    expect([answer.status, answer.headers.location]).toEqual([201, `${running.origin}/v1/payments/${payment.payment_id}`]);
    expect(payment).toMatchObject({ amount: 5500, language: 'en', moto: false, delayed_capture: false, authorisation_mode: 'web', metadata: { ledger_code: 'GW-4410', year: 2026, is_first: true }, state: { status: 'created', finished: false }, refund_summary: { status: 'pending', amount_available: 5500, amount_submitted: 0 }, settlement_summary: {} });
    expect(payment.payment_id).toMatch(/^[a-z0-9]{26}$/);
    expect(Object.keys(payment._links).sort()).toEqual(['cancel', 'capture', 'events', 'next_url', 'next_url_post', 'refunds', 'self']);
  });
  it.each<[string, object, number, string, string | undefined]>([
    ['no amount', { amount: undefined }, 400, 'P0101', 'amount'], ['no reference', { reference: undefined }, 400, 'P0101', 'reference'], ['no description', { description: '' }, 400, 'P0101', 'description'], ['no return_url', { return_url: undefined }, 400, 'P0101', 'return_url'],
    ['pounds instead of pence', { amount: 55.5 }, 422, 'P0102', 'amount'], ['an amount as text', { amount: '5500' }, 422, 'P0102', 'amount'], ['nothing', { amount: 0 }, 422, 'P0102', 'amount'], ['a penny too much', { amount: 10_000_001 }, 422, 'P0102', 'amount'],
    ['256 characters', { reference: 'x'.repeat(256) }, 422, 'P0102', 'reference'], ['a return_url that is none', { return_url: 'later' }, 422, 'P0102', 'return_url'], ['2001 characters', { return_url: `https://a.example/${'x'.repeat(2000)}` }, 422, 'P0102', 'return_url'],
    ['another language', { language: 'fr' }, 422, 'P0102', 'language'], ['a long email', { email: `${'x'.repeat(250)}@a.example` }, 422, 'P0102', 'email'],
    ['metadata without a pair', { metadata: {} }, 422, 'P0102', 'metadata'], ['sixteen pairs', { metadata: Object.fromEntries(Array.from({ length: 16 }, (_none, at) => [`k${at}`, 'v'])) }, 422, 'P0102', 'metadata'],
    ['a long name', { metadata: { ['k'.repeat(31)]: 'v' } }, 422, 'P0102', 'metadata'], ['a long value', { metadata: { k: 'v'.repeat(101) } }, 422, 'P0102', 'metadata'], ['an object inside', { metadata: { k: {} } }, 422, 'P0102', 'metadata'],
    ['a country of three letters', { prefilled_cardholder_details: { billing_address: { country: 'GBR' } } }, 422, 'P0102', 'country'], ['a long postcode', { prefilled_cardholder_details: { billing_address: { postcode: 'x'.repeat(26) } } }, 422, 'P0102', 'postcode'],
    ['what the firewall stops', { description: 'a <b>' }, 400, 'P0920', undefined], ['another mode', { authorisation_mode: 'external' }, 422, 'P0102', 'authorisation_mode'], ['a return_url with moto_api', { authorisation_mode: 'moto_api' }, 422, 'P0104', 'return_url'],
  ])('refuses %s', async (_what, changes, status, code, where) => {
    await start();
    expect(await refusal(post('/payments', { ...BODY, ...changes }))).toEqual([status, code, where]);
    expect(running.controls.payments()).toHaveLength(0);
  });
  it('P0197 for what is no JSON, P0920 for another content type, and P0920 for http at a live account', async () => {
    await start();
    const sent = (body: string, type: string): Promise<OutboundResponse> => api('/payments', { method: 'POST', body, headers: { 'content-type': type } });
    expect(await refusal(sent('{', 'application/json'))).toEqual([400, 'P0197', undefined]);
    expect(await refusal(sent(JSON.stringify(BODY), 'text/plain'))).toEqual([400, 'P0920', undefined]);
    expect(await refusal(post('/payments', BODY, {}, 'api_live_testham'))).toEqual([400, 'P0920', undefined]);
    expect((await post('/payments', { ...BODY, return_url: 'https://apps.testham.example/return' }, {}, 'api_live_testham')).status).toBe(201);
  });
  it('Idempotency-Key: 200 with the same payment for the same body in any order, 409 P0191 for another, 422 for a bad key, and forgotten after 24 hours', async () => {
    await start();
    const key = { 'idempotency-key': 'a-1' };
    const first = (await post('/payments', BODY, key)).json() as Payment;
    const again = await post('/payments', Object.fromEntries(Object.entries(BODY).reverse()), key);
    expect([again.status, (again.json() as Payment).payment_id]).toEqual([200, first.payment_id]);
    expect((again.json() as Payment)._links.next_url?.href).not.toBe(first._links.next_url?.href);
    expect(await refusal(post('/payments', { ...BODY, amount: 1 }, key))).toEqual([409, 'P0191', 'Idempotency-Key']);
    expect((await post('/payments', BODY, key, 'api_test_otherham')).status).toBe(201);
    expect(await refusal(post('/payments', BODY, { 'idempotency-key': 'a b' }))).toEqual([422, 'P0102', 'Idempotency-Key']);
    expect(await refusal(post('/payments', BODY, { 'idempotency-key': 'a'.repeat(256) }))).toEqual([422, 'P0102', 'Idempotency-Key']);
    later(24 * 60 * 60);
    expect((await post('/payments', BODY, key)).status).toBe(201);
  });
});

describe('the simulator: states', () => {
  it('created, started, submitted, success are listed as events; P0020 ends what is not paid within 90 minutes', async () => {
    await start();
    const { payment_id: id } = await made();
    for (const does of ['open', 'submit', 'succeed'] as const) running.controls.payerDoes(id, does);
    const { events } = (await api(`/payments/${id}/events`)).json() as { events: { state: { status: string } }[] };
    expect(events.map(({ state }) => state.status)).toEqual(['created', 'started', 'submitted', 'success']);
    const { payment_id: other } = await made();
    later(90 * 60 - 1);
    expect((await got(other)).state.status).toBe('created');
    later(1);
    expect((await got(other)).state).toEqual({ status: 'failed', finished: true, code: 'P0020', message: 'Payment expired' });
  });
  it('cancels once: 204, then 400 P0501; and 404 P0500 for what there is not', async () => {
    await start();
    const { payment_id: id } = await made();
    expect((await post(`/payments/${id}/cancel`)).status).toBe(204);
    expect((await got(id)).state).toMatchObject({ status: 'cancelled', code: 'P0040' });
    expect(await refusal(post(`/payments/${id}/cancel`))).toEqual([400, 'P0501', undefined]);
    expect(await refusal(post('/payments/none/cancel'))).toEqual([404, 'P0500', undefined]);
  });
  it('a delayed capture is capturable until it is captured, once', async () => {
    await start();
    const { payment_id: id } = await paid({ delayed_capture: true });
    const waiting = await got(id);
    expect([waiting.state.status, waiting._links.capture !== null]).toEqual(['capturable', true]);
    expect((await post(`/payments/${id}/capture`)).status).toBe(204);
    expect(await refusal(post(`/payments/${id}/capture`))).toEqual([409, 'P1003', undefined]);
    expect((await got(id)).state.status).toBe('success');
  });
  it('an address to pay at lets one browser in, once, and each GET gives another', async () => {
    await start();
    const payment = await made();
    const enter = async (): Promise<number> => (await plainOutbound.fetch(payment._links.next_url?.href ?? '')).status;
    expect([await enter(), await enter()]).toEqual([303, 410]);
    expect((await plainOutbound.fetch((await got(payment.payment_id))._links.next_url?.href ?? '')).status).toBe(303);
  });
});

describe('the simulator: refunds', () => {
  it('202 submitted, success later; 412 P0604, P0603, P0601, P0602, P0600, P0700 as documented', async () => {
    await start({ times: { refundsTakeInSeconds: 60 } });
    const { payment_id: id } = await paid();
    const refund = (body: object, of = id): Promise<OutboundResponse> => post(`/payments/${of}/refunds`, body);
    const answer = await refund({ amount: 1500, refund_amount_available: 5500 });
    expect([answer.status, (answer.json() as { status: string }).status]).toEqual([202, 'submitted']);
    expect(await refusal(refund({ amount: 1500, refund_amount_available: 5500 }))).toEqual([412, 'P0604', undefined]);
    expect(await refusal(refund({ amount: 4001 }))).toEqual([400, 'P0603', undefined]);
    expect(await refusal(refund({}))).toEqual([400, 'P0601', 'amount']);
    expect(await refusal(refund({ amount: 0 }))).toEqual([422, 'P0602', 'amount']);
    expect(await refusal(refund({ amount: 1 }, (await made()).payment_id))).toEqual([400, 'P0603', undefined]);
    expect(await refusal(refund({ amount: 1 }, 'none'))).toEqual([404, 'P0600', undefined]);
    expect(await refusal(api(`/payments/${id}/refunds/none`))).toEqual([404, 'P0700', undefined]);
    later(60);
    const { refund_id: refundId } = answer.json() as { refund_id: string };
    expect((await api(`/payments/${id}/refunds/${refundId}`)).json()).toMatchObject({ amount: 1500, status: 'success' });
    expect((await got(id)).refund_summary).toMatchObject({ status: 'available', amount_available: 4000, amount_submitted: 1500 });
    expect((await refund({ amount: 4000, refund_amount_available: 4000 })).status).toBe(202);
    expect((await got(id)).refund_summary).toMatchObject({ status: 'full', amount_available: 0 });
  });
});

describe('the simulator: searches', () => {
  it('newest first, in pages with links, without addresses to pay at; P0402 beyond the last, P0401 for what is malformed', async () => {
    await start();
    for (const reference of ['A-1', 'a-1', 'B-1']) await made({ reference });
    const search = async (query: string): Promise<{ total: number; count: number; results: (Payment & { reference: string })[]; _links: Record<string, { href: string } | undefined> }> => (await api(`/payments?${query}`)).json() as never;
    expect((await search('')).results.map(({ reference }) => reference)).toEqual(['B-1', 'a-1', 'A-1']);
    expect((await search('reference=a-1')).total).toBe(2);
    expect((await search('state=success')).total).toBe(0);
    const page = await search('display_size=2&page=1');
    expect([page.total, page.count, page._links.next_page?.href.includes('page=2'), page._links.prev_page]).toEqual([3, 2, true, undefined]);
    expect(page.results.every(({ _links }) => !('next_url' in _links))).toBe(true);
    expect(await refusal(api('/payments?page=4'))).toEqual([404, 'P0402', undefined]);
    for (const query of ['state=paid', 'page=0', 'display_size=501', 'from_date=yesterday', 'to_settled_date=2026-13-01', 'last_digits_card_number=12']) expect(await refusal(api(`/payments?${query}`))).toEqual([422, 'P0401', undefined]);
    expect(await refusal(api('/refunds?page=0'))).toEqual([422, 'P1101', undefined]);
  });
  it('by day of settlement, payments and refunds, from the first day up to the second', async () => {
    await start();
    const { payment_id: id } = await paid();
    running.controls.refundOutside(id, 500);
    running.controls.settle(id, '2026-11-25');
    const total = async (path: string): Promise<number> => ((await api(path)).json() as { total: number }).total;
    for (const kind of ['payments', 'refunds']) {
      expect(await total(`/${kind}?from_settled_date=2026-11-25&to_settled_date=2026-11-26`)).toBe(1);
      expect(await total(`/${kind}?from_settled_date=2026-11-24&to_settled_date=2026-11-25`)).toBe(0);
    }
    expect((await got(id)).settlement_summary).toMatchObject({ settled_date: '2026-11-25' });
  });
  it('is as far behind as told, while the payment itself is not', async () => {
    await start({ times: { listsLagInSeconds: 30 } });
    const { payment_id: id } = await made();
    expect((await api('/payments')).json()).toMatchObject({ total: 0 });
    expect((await got(id)).state.status).toBe('created');
    later(30);
    expect((await api('/payments')).json()).toMatchObject({ total: 1 });
  });
});

describe('the simulator: card details sent by telephone', () => {
  const CARD = { card_number: '4444333322221111', cvc: '123', expiry_date: '12/29', cardholder_name: 'Alex Example' };
  const spoken = async (): Promise<{ readonly id: string; readonly token: string }> => {
    const { payment_id: id, _links: links } = (await post('/payments', { ...BODY, return_url: undefined, authorisation_mode: 'moto_api' })).json() as Payment;
    return { id, token: links.auth_url_post?.params?.one_time_token ?? '' };
  };
  const auth = (body: object): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/v1/auth`, { method: 'POST', body });

  it('204 with the token, once: P1212; P1211 for another; P0010 with 402 for a card that is declined', async () => {
    await start();
    const { id, token } = await spoken();
    expect((await auth({ ...CARD, one_time_token: token })).status).toBe(204);
    expect(await got(id)).toMatchObject({ state: { status: 'success' }, moto: true });
    expect(await refusal(auth({ ...CARD, one_time_token: token }))).toEqual([400, 'P1212', undefined]);
    expect(await refusal(auth({ ...CARD, one_time_token: 'none' }))).toEqual([400, 'P1211', undefined]);
    const declined = await spoken();
    expect(await refusal(auth({ ...CARD, card_number: '4000000000000002', one_time_token: declined.token }))).toEqual([402, 'P0010', undefined]);
    expect((await got(declined.id)).state).toMatchObject({ status: 'failed', code: 'P0010' });
  });
  it('P0195 and P0196 where the account may not', async () => {
    await start({ accounts: [{ apiKey: 'api_test_testham', allowsTelephone: false }] });
    expect(await refusal(post('/payments', { ...BODY, return_url: undefined, authorisation_mode: 'moto_api' }))).toEqual([422, 'P0195', undefined]);
    expect(await refusal(post('/payments', { ...BODY, moto: true }))).toEqual([422, 'P0196', undefined]);
  });
});
