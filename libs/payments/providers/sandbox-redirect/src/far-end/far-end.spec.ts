import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testCouncil } from '@guildhall/kernel-contract/testing';
import type { RunningFarEnd } from './far-end';
import { startFarEnd } from './far-end';

const KEY = `api_sandbox_testham_${'a'.repeat(64)}`;
let folder: string;
let far: RunningFarEnd;
let now: Date;
const start = (): Promise<RunningFarEnd> => startFarEnd({ port: 0, dataFolder: folder, councils: [testCouncil()], log: new RecordedLog(), now: () => now });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-sandbox-redirect-'));
  now = new Date('2026-11-23T09:00:00Z');
  far = await start();
});
afterEach(async () => {
  await far.stop();
  await rm(folder, { recursive: true });
});

interface PaymentJson { payment_id: string; state: { status: string; code?: string; finished: boolean }; amount: number; _links: { next_url: { href: string } | null; cancel: object | null }; refund_summary: { amount_available: number } }
const api = (path: string, request: OutboundRequest = {}, key = KEY): Promise<OutboundResponse> => plainOutbound.fetch(`${far.origin}/v1/payments${path}`, { ...request, headers: { authorization: `Bearer ${key}`, ...request.headers } });
const ask = async (more: object = {}): Promise<PaymentJson> => (await api('', { method: 'POST', body: { amount: 5500, reference: 'TE-1', description: 'Garden waste', return_url: 'http://localhost:4000/payments/1/return', ...more } })).json() as PaymentJson;
const fetched = async (id: string): Promise<PaymentJson> => (await api(`/${id}`)).json() as PaymentJson;
const CARD = { expiryMonth: '12', expiryYear: '30', holder: 'Alex Example', securityCode: '123' };

/** A browser without JavaScript that keeps the one cookie. */
async function enter(payment: PaymentJson): Promise<{ readonly page: OutboundResponse; send(form: Record<string, string>, rest?: string, lang?: string): Promise<OutboundResponse>; get(query: string): Promise<OutboundResponse> }> {
  const entered = await plainOutbound.fetch(payment._links.next_url?.href ?? '');
  const cookie = (entered.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const at = `${far.origin}/card_details/${payment.payment_id}`;
  return {
    page: await plainOutbound.fetch(new URL(entered.headers.location ?? '', far.origin).href, { headers: { cookie } }),
    send: (form, rest = '', lang = 'en') => plainOutbound.fetch(`${at}${rest}?lang=${lang}`, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) }),
    get: (query) => plainOutbound.fetch(`${at}${query}`, { headers: { cookie } }),
  };
}

describe('the payment page', () => {
  it('says what is paid, to whom, and how much, in the payer\'s language', async () => {
    const english = (await enter(await ask())).page.text();
    expect(english).toContain('<html lang="en">');
    for (const words of ['Testham Borough Council', 'Garden waste', 'TE-1', '£55.00', 'Pay £55.00']) expect(english).toContain(words);
    const welsh = (await enter(await ask({ language: 'cy', description: 'Gwastraff gardd' }))).page.text();
    expect(welsh).toContain('<html lang="cy">');
    for (const words of ['Cyngor Bwrdeistref Testham', 'Gwastraff gardd', 'Talu £55.00']) expect(welsh).toContain(words);
  });

  it('can be read in the other language without losing the place', async () => {
    const browser = await enter(await ask());
    expect(browser.page.text()).toMatch(/href="[^"]+\?lang=cy" lang="cy"/);
    expect((await browser.get('?lang=cy')).text()).toContain('Rhowch fanylion eich cerdyn');
  });

  it('lets nothing run or load but its own stylesheet, and forms lead only here or back', async () => {
    const { page } = await enter(await ask());
    expect(page.headers['content-security-policy']).toBe("default-src 'none'; style-src 'self'; form-action 'self' http://localhost:4000; base-uri 'none'; frame-ancestors 'none'");
    expect(page.text()).not.toMatch(/<script|style=|\son\w+=/);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('shows what a service sent as text, never as markup', async () => {
    const { page } = await enter(await ask({ description: '<img src=x onerror=alert(1)>', reference: '"><b>' }));
    expect(page.text()).not.toContain('<img');
    expect(page.text()).not.toContain('"><b>');
  });

  it.each([['4444 3333 2222 1111', 'success', undefined], ['4000000000000002', 'failed', 'P0010'], ['4000-0000-0000-0119', 'error', 'P0050'], ['4000000000003220', 'submitted', undefined]])('with the card %s the payment becomes %s', async (cardNumber, status, code) => {
    const payment = await ask();
    const browser = await enter(payment);
    const after = await browser.send({ ...CARD, cardNumber });
    expect([after.status, after.headers.location]).toEqual([303, 'http://localhost:4000/payments/1/return']);
    const { state } = await fetched(payment.payment_id);
    expect([state.status, state.code]).toEqual([status, code]);
  });

  it('decides slowly for the slow card, and then accepts it', async () => {
    const payment = await ask();
    await (await enter(payment)).send({ ...CARD, cardNumber: '4000000000003220' });
    expect((await fetched(payment.payment_id)).state).toMatchObject({ status: 'submitted', finished: false });
    now = new Date(now.getTime() + 21_000);
    expect((await fetched(payment.payment_id)).state).toMatchObject({ status: 'success', finished: true });
  });

  it('says what is wrong at the top and at the field, keeps what was typed but the security code, and takes no real card', async () => {
    const payment = await ask();
    const answer = await (await enter(payment)).send({ cardNumber: '5555 5555 5555 4444', expiryMonth: '1', expiryYear: '20', holder: 'Alex Example', securityCode: '12345' });
    const html = answer.text();
    expect(html).toContain('<title>Error: Enter card details');
    for (const field of ['cardNumber', 'expiryMonth', 'securityCode']) { expect(html).toContain(`href="#${field}"`); expect(html).toContain(`id="${field}-error"`); }
    expect(html).not.toContain('holder-error');
    expect(html).toContain('value="Alex Example"');
    expect(html).not.toContain('12345');
    expect((await fetched(payment.payment_id)).state.status).toBe('started');
  });

  it('cancels and expires by a button, and both lead back', async () => {
    for (const [rest, code] of [['/cancel', 'P0030'], ['/expire', 'P0020']] as const) {
      const payment = await ask();
      expect((await (await enter(payment)).send({}, rest)).status).toBe(303);
      expect((await fetched(payment.payment_id)).state).toMatchObject({ status: 'failed', code });
    }
  });

  it('takes the button pressed twice, and the back button, as one payment', async () => {
    const payment = await ask();
    const browser = await enter(payment);
    await browser.send({ ...CARD, cardNumber: '4444333322221111' });
    const second = await browser.send({ ...CARD, cardNumber: '4000000000000002' });
    expect(second.status).toBe(303);
    expect((await browser.get('')).headers.location).toBe('http://localhost:4000/payments/1/return');
    expect((await fetched(payment.payment_id)).state.status).toBe('success');
  });

  it('is closed to a browser that was not let in, and a used link tells the way back', async () => {
    const payment = await ask();
    await enter(payment);
    expect((await plainOutbound.fetch(`${far.origin}/card_details/${payment.payment_id}`)).status).toBe(404);
    const again = await plainOutbound.fetch(payment._links.next_url?.href ?? '');
    expect(again.status).toBe(410);
    expect(again.text()).toContain('href="http://localhost:4000/payments/1/return"');
    expect((await plainOutbound.fetch(`${far.origin}/secure/${payment.payment_id}.aa.bb`)).status).toBe(404);
  });
});

describe('time', () => {
  it('expires what is not paid within 90 minutes', async () => {
    const payment = await ask();
    now = new Date(now.getTime() + 90 * 60_000 - 1000);
    expect((await fetched(payment.payment_id)).state.status).toBe('created');
    now = new Date(now.getTime() + 1000);
    expect((await fetched(payment.payment_id)).state).toMatchObject({ status: 'failed', code: 'P0020' });
    expect((await fetched(payment.payment_id))._links).toMatchObject({ next_url: null, cancel: null });
  });
});

describe('its book', () => {
  it('has everything that was answered after a start without a stop, also when the last line was cut off', async () => {
    const paid = await ask({ reference: 'TE-PAID' });
    const open = await ask({ reference: 'TE-OPEN' });
    await (await enter(paid)).send({ ...CARD, cardNumber: '4444333322221111' });
    expect((await api(`/${paid.payment_id}/refunds`, { method: 'POST', body: { amount: 1000, refund_amount_available: 5500 } })).status).toBe(202);
    const killed = far;
    await appendFile(join(folder, 'sandbox-redirect/book.jsonl'), '{"at":"2026-11-23T09:00:00.000Z","what":"moved","id":"');
    far = await start();
    try {
      expect(await fetched(paid.payment_id)).toMatchObject({ state: { status: 'success' }, refund_summary: { amount_available: 4500 } });
      const ticket = (await fetched(open.payment_id))._links.next_url?.href ?? '';
      expect((await plainOutbound.fetch(ticket)).status).toBe(303);
      const lines = (await readFile(join(folder, 'sandbox-redirect/book.jsonl'), 'utf8')).trimEnd().split('\n');
      expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow();
    } finally { await killed.stop(); }
  });

  it('gives an account to the first key that comes for it, and shows nothing to another', async () => {
    const payment = await ask();
    expect((await api(`/${payment.payment_id}`, {}, `api_sandbox_testham_${'b'.repeat(64)}`)).status).toBe(401);
    expect((await api(`/${payment.payment_id}`, {}, `api_sandbox_otherham_${'c'.repeat(64)}`)).status).toBe(404);
    expect((await api('', {}, 'nonsense')).status).toBe(401);
  });
});

describe('the controls over HTTP', () => {
  const control = (path: string, request: OutboundRequest = {}, headers: Record<string, string> = { 'sandbox-control': 'yes' }): Promise<OutboundResponse> => plainOutbound.fetch(`${far.origin}/sandbox/${path}`, { ...request, headers });

  it('are closed to pages of other sites, which cannot send the header', async () => {
    expect((await control('payments?reference=x', {}, {})).status).toBe(403);
  });

  it('pay, let a late success through, refund in the back office and show the far end\'s own count', async () => {
    const payment = await ask();
    await control(`payments/${payment.payment_id}/payer`, { method: 'POST', body: { does: 'expire' } });
    await control(`payments/${payment.payment_id}/payer`, { method: 'POST', body: { does: 'succeed' } });
    await control(`payments/${payment.payment_id}/refund-outside`, { method: 'POST', body: { amountInPence: 500 } });
    expect((await control('payments?reference=TE-1')).json()).toEqual({ payments: [{ id: payment.payment_id, key: null, status: 'success', code: null, amount: 5500, refunded: 500 }] });
  });

  it('lose an answer, and delay one', async () => {
    await control('faults', { method: 'POST', body: { operation: 'create', fault: 'lose-answer' } });
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
    await control('faults', { method: 'POST', body: { operation: 'fetch', fault: 'delay', delayInSeconds: 0.2 } });
    const [{ id }] = ((await control('payments?reference=TE-1')).json() as { payments: [{ id: string }] }).payments;
    const before = Date.now();
    await fetched(id);
    expect(Date.now() - before).toBeGreaterThanOrEqual(190);
    expect((await control('faults', { method: 'POST', body: { operation: 'create', fault: 'eat-it' } })).status).toBe(400);
  });
});
