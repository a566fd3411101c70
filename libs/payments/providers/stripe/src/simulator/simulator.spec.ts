import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { startStripeSimulator } from './simulator';
import { stripeSignature } from './webhooks';

const KEY = 'sk_test_testham';
let running: RunningSimulator;
let now: Date;
const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startStripeSimulator({ now: () => now, accounts: [{ apiKey: KEY, name: { en: 'Testham Borough Council', cy: 'Cyngor Bwrdeistref Testham' } }], ...options }); };
beforeEach(() => { now = new Date('2026-11-23T09:00:00Z'); });
afterEach(() => running.stop());

interface Session { readonly id: string; readonly url: string }
const LINE = 'line_items[0][price_data]';
const made = async (more: Record<string, string> = {}): Promise<Session> => (await plainOutbound.fetch(`${running.origin}/v1/checkout/sessions`, {
  method: 'POST', headers: { authorization: `Bearer ${KEY}` },
  body: new URLSearchParams({ mode: 'payment', success_url: 'http://localhost:4000/return', cancel_url: 'http://localhost:4000/back', client_reference_id: 'TE-1', 'line_items[0][quantity]': '1', [`${LINE}[currency]`]: 'gbp', [`${LINE}[unit_amount]`]: '5500', [`${LINE}[product_data][name]`]: 'Garden waste', ...more }),
})).json() as Session;
const stateOf = (id: string): readonly unknown[] => { const { status, intent } = running.controls.find(id); return [status, intent?.status]; };

describe('the payer\'s page', () => {
  const CARD = { expiryMonth: '12', expiryYear: '30', holder: 'Alex Example', securityCode: '123' };
  const press = (session: Session, form: Record<string, string>, rest = '', lang = 'en'): Promise<OutboundResponse> => plainOutbound.fetch(`${session.url}${rest}?lang=${lang}`, { method: 'POST', body: new URLSearchParams(form) });

  it('begins in English, as Stripe\'s has no Welsh, says so, and can be read in Welsh by who tries it', async () => {
    await start();
    const session = await made();
    const english = (await plainOutbound.fetch(session.url)).text();
    for (const words of ['<html lang="en">', 'Testham Borough Council', 'Garden waste', 'TE-1', 'Pay £55.00', 'Stripe’s own page has no Welsh']) expect(english).toContain(words);
    const welsh = (await plainOutbound.fetch(`${session.url}?lang=cy`)).text();
    for (const words of ['<html lang="cy">', 'Cyngor Bwrdeistref Testham', 'Talu £55.00']) expect(welsh).toContain(words);
  });
  it('lets nothing run or load but its own stylesheet, and forms lead only here or back', async () => {
    await start();
    const page = await plainOutbound.fetch((await made()).url);
    expect(page.headers['content-security-policy']).toBe("default-src 'none'; style-src 'self'; form-action 'self' http://localhost:4000; base-uri 'none'; frame-ancestors 'none'");
    expect(page.text()).not.toMatch(/<script|style=|\son\w+=/);
  });
  it('shows what a service sent as text, never as markup', async () => {
    await start();
    const html = (await plainOutbound.fetch((await made({ client_reference_id: '"><b>', [`${LINE}[product_data][name]`]: '<img src=x onerror=alert(1)>' })).url)).text();
    for (const never of ['<img', '"><b>']) expect(html).not.toContain(never);
  });
  it.each([['4242 4242 4242 4242', 'complete', 'succeeded'], ['5555555555554444', 'complete', 'succeeded'], ['4000000000003220', 'complete', 'processing']])('with the card %s the session is %s and its intent %s, and the payer goes back', async (cardNumber, ...expected) => {
    await start();
    const session = await made();
    const after = await press(session, { ...CARD, cardNumber });
    expect([after.status, after.headers.location]).toEqual([303, 'http://localhost:4000/return']);
    expect(stateOf(session.id)).toEqual(expected);
  });
  it.each(['4000 0000 0000 0002', '4000-0000-0000-0119'])('with the card %s says that it was declined, stays where it is, and takes another', async (cardNumber) => {
    await start();
    const session = await made();
    const declined = await press(session, { ...CARD, cardNumber });
    expect([declined.status, declined.text().includes('The card was declined')]).toEqual([200, true]);
    expect(stateOf(session.id)).toEqual(['open', 'requires_payment_method']);
    expect((await press(session, { ...CARD, cardNumber }, '', 'cy')).text()).toContain('Gwrthodwyd y cerdyn');
    await press(session, { ...CARD, cardNumber: '4242424242424242' });
    expect(stateOf(session.id)).toEqual(['complete', 'succeeded']);
  });
  it('goes back without ending anything, expires by a button, and takes no real card', async () => {
    await start();
    const session = await made();
    const back = await press(session, {}, '/cancel');
    expect([back.status, back.headers.location]).toEqual([303, 'http://localhost:4000/back']);
    expect(stateOf(session.id)).toEqual(['open', undefined]);
    expect((await press(session, { ...CARD, cardNumber: '4111 1111 1111 1111' })).text()).toContain('There is a problem');
    await press(session, {}, '/expire');
    expect(stateOf(session.id)).toEqual(['expired', undefined]);
  });
  it('takes the button pressed twice as one payment, and then leads back', async () => {
    await start();
    const session = await made();
    await press(session, { ...CARD, cardNumber: '4242424242424242' });
    const second = await press(session, { ...CARD, cardNumber: '4000000000000002' });
    expect([second.status, second.text().includes('href="http://localhost:4000/back"')]).toEqual([410, true]);
    expect(stateOf(session.id)).toEqual(['complete', 'succeeded']);
    expect((await plainOutbound.fetch(`${running.origin}/c/pay/cs_test_none`)).status).toBe(404);
  });
  it('decides slowly for the slow bank, and then the session is paid', async () => {
    await start();
    const session = await made();
    await press(session, { ...CARD, cardNumber: '4000000000003220' });
    now = new Date(now.getTime() + 21_000);
    expect(stateOf(session.id)).toEqual(['complete', 'succeeded']);
  });
});

describe('its webhooks', () => {
  let receiver: Server;
  let heard: { readonly body: Buffer; readonly signature: string }[];
  let answers: number[];
  let next: () => void;
  const hears = async (count: number): Promise<void> => { while (heard.length < count) await new Promise<void>((resolve) => { next = resolve; }); };
  beforeEach(async () => {
    heard = [];
    answers = [];
    next = () => undefined;
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push({ body: Buffer.concat(chunks), signature: String(request.headers['stripe-signature']) });
        response.writeHead(answers.shift() ?? 200).end();
        next();
      });
    });
    await new Promise<void>((resolve) => { receiver.listen(0, 'localhost', resolve); });
    await start({ webhookRetriesInSeconds: [0, 0], times: { refundsTakeInSeconds: 3600 } });
    running.controls.setWebhook(KEY, `http://localhost:${(receiver.address() as AddressInfo).port}/`, 'whsec_old', 'whsec_new');
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => { receiver.close(resolve); });
  });
  const types = (): readonly string[] => heard.map(({ body }) => (JSON.parse(body.toString('utf8')) as { type: string }).type);

  it('are signed over their bytes with every secret that stands, and hold the object as it is', async () => {
    const { id } = await made({ [`${LINE}[product_data][name]`]: 'Gwastraff â ŷ' });
    running.controls.payerDoes(id, 'succeed');
    await hears(2);
    for (const { body, signature } of heard) expect(signature).toBe(stripeSignature(body, ['whsec_old', 'whsec_new'], now.getTime() / 1000));
    expect([...types()].sort()).toEqual(['charge.succeeded', 'checkout.session.completed']);
    const completed = heard.map(({ body }) => JSON.parse(body.toString('utf8')) as { object: string; data: { object: { id: string; payment_status?: string } } }).find(({ data }) => data.object.id === id);
    expect(completed).toMatchObject({ object: 'event', data: { object: { object: 'checkout.session', payment_status: 'paid', url: null } } });
  });
  it('tell of what a bank decides later, of expiry, and of refunds and their end', async () => {
    const [slow, refused, over, paid] = [await made(), await made(), await made(), await made()];
    running.controls.payerDoes(slow.id, 'submit');
    running.controls.payerDoes(slow.id, 'succeed');
    running.controls.payerDoes(refused.id, 'decline');
    running.controls.payerDoes(over.id, 'expire');
    running.controls.payerDoes(paid.id, 'succeed');
    await plainOutbound.fetch(`${running.origin}/v1/refunds`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: new URLSearchParams({ payment_intent: running.controls.find(paid.id).intent?.id ?? '' }) });
    running.controls.finishRefunds('failed');
    await hears(12);
    expect([...types()].sort()).toEqual([
      'charge.refunded', 'charge.succeeded', 'charge.succeeded', 'checkout.session.async_payment_failed', 'checkout.session.async_payment_succeeded', 'checkout.session.completed', 'checkout.session.completed', 'checkout.session.completed',
      'checkout.session.expired', 'refund.created', 'refund.failed', 'refund.updated',
    ]);
  });
  it('come again with the same bytes until any 2xx is answered, and then no more', async () => {
    answers = [500, 404, 204];
    running.controls.payerDoes((await made()).id, 'expire');
    await hears(3);
    await running.controls.webhooks.settled();
    expect(new Set(heard.map(({ body }) => body.toString('utf8'))).size).toBe(1);
    expect(running.controls.webhooks.tries.map(({ status }) => status)).toEqual([500, 404, 204]);
  });
  it('can be held, doubled and let go in the reverse order', async () => {
    running.controls.webhooks.hold();
    running.controls.webhooks.copies = 2;
    running.controls.payerDoes((await made()).id, 'succeed');
    expect(heard).toHaveLength(0);
    await running.controls.webhooks.release(true);
    expect(types()).toEqual(['checkout.session.completed', 'checkout.session.completed', 'charge.succeeded', 'charge.succeeded']);
  });
});

describe('driving it', () => {
  const control = (path: string, request: OutboundRequest = {}): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/simulator${path}`, { ...request, headers: { 'simulator-control': 'yes', ...request.headers } });

  it('by hand: a page that lists what there is, with a button for what may happen', async () => {
    await start();
    const { id } = await made({ client_reference_id: 'R&D \'1\'' });
    const page = await plainOutbound.fetch(`${running.origin}/simulator`);
    expect(page.text()).toContain(`action="/simulator/payments/${id}/payer"`);
    expect(page.text()).toContain('R&#38;D &#39;1&#39;');
    expect((await plainOutbound.fetch(`${running.origin}/style.css`)).text()).toContain('.button');
    const pressed = await plainOutbound.fetch(`${running.origin}/simulator/payments/${id}/payer`, { method: 'POST', headers: { origin: running.origin }, body: new URLSearchParams({ does: 'succeed' }) });
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/simulator?done=1']);
    expect(stateOf(id)).toEqual(['complete', 'succeeded']);
    expect((await plainOutbound.fetch(`${running.origin}/simulator`)).text()).toContain('pay out today');
  });
  it('not from another site\'s page', async () => {
    await start();
    const { id } = await made();
    const pressed = await plainOutbound.fetch(`${running.origin}/simulator/payments/${id}/payer`, { method: 'POST', headers: { origin: 'https://elsewhere.example' }, body: new URLSearchParams({ does: 'succeed' }) });
    expect(pressed.status).toBe(403);
    expect(stateOf(id)).toEqual(['open', undefined]);
  });
  it('by a program: everything that the page can', async () => {
    await start();
    const { id } = await made();
    await control(`/payments/${id}/payer`, { method: 'POST', body: { does: 'succeed' } });
    await control(`/payments/${id}/refund-outside`, { method: 'POST', body: { amountInPence: 500 } });
    await control(`/payments/${id}/settle`, { method: 'POST', body: { on: '2026-11-25' } });
    expect((await control('/payments?reference=TE-1')).json()).toEqual({ payments: [{ id, reference: 'TE-1', status: 'complete', payment_status: 'paid', payment_intent_status: 'succeeded', amount: 5500, refunded: 500 }] });
    await control('/faults', { method: 'POST', body: { operation: 'create', fault: 'lose-answer' } });
    await expect(made({ client_reference_id: 'TE-2' })).rejects.toMatchObject({ code: 'unavailable' });
    expect(running.controls.sessions('TE-2')).toHaveLength(1);
    for (const [path, body] of [['/faults', { operation: 'create', fault: 'eat-it' }], ['/payments/cs_test_none/payer', { does: 'succeed' }], [`/payments/${id}/payer`, { does: 'dance' }], [`/payments/${id}/refund-outside`, { amountInPence: 5001 }], [`/payments/${id}/settle`, { on: 'soon' }]] as const) {
      expect((await control(path, { method: 'POST', body })).status).toBe(400);
    }
  });
});
