import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { paySignature } from './webhooks';
import { startGovUkPaySimulator } from './simulator';

const KEY = 'api_test_testham';
let running: RunningSimulator;
const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startGovUkPaySimulator({ accounts: [{ apiKey: KEY, name: { en: 'Testham Borough Council', cy: 'Cyngor Bwrdeistref Testham' } }], ...options }); };
afterEach(() => running.stop());

interface Payment { payment_id: string; _links: { next_url: { href: string } } }
const made = async (more: object = {}): Promise<Payment> => (await plainOutbound.fetch(`${running.origin}/v1/payments`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: { amount: 5500, reference: 'TE-1', description: 'Garden waste', return_url: 'http://localhost:4000/return', ...more } })).json() as Payment;
const stateOf = (id: string): readonly unknown[] => { const { status, code } = running.controls.find(id); return [status, code]; };

describe('the payer\'s page', () => {
  async function enter({ payment_id: id, _links: links }: Payment): Promise<{ readonly html: string; send(form: Record<string, string>, rest?: string): Promise<OutboundResponse>; get(query: string): Promise<OutboundResponse> }> {
    const entered = await plainOutbound.fetch(links.next_url.href);
    const cookie = (entered.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    const at = `${running.origin}/card_details/${id}`;
    return {
      html: (await plainOutbound.fetch(new URL(entered.headers.location ?? '', running.origin).href, { headers: { cookie } })).text(),
      send: (form, rest = '') => plainOutbound.fetch(`${at}${rest}`, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) }),
      get: (query) => plainOutbound.fetch(`${at}${query}`, { headers: { cookie } }),
    };
  }
  const CARD = { expiryMonth: '12', expiryYear: '2030', holder: 'Alex Example', securityCode: '123' };

  it('speaks the payer\'s language, names the council, and can be read in the other one', async () => {
    await start();
    const browser = await enter(await made({ language: 'cy', description: 'Gwastraff gardd' }));
    for (const words of ['<html lang="cy">', 'Cyngor Bwrdeistref Testham', 'Gwastraff gardd', 'Talu £55.00']) expect(browser.html).toContain(words);
    expect((await browser.get('?lang=en')).text()).toContain('Testham Borough Council');
  });
  it('has the prefilled name and address in its fields, as text', async () => {
    await start();
    const { html } = await enter(await made({ prefilled_cardholder_details: { cardholder_name: 'Siân "Example"', billing_address: { line1: '1 Bridge Street', city: 'Testham', postcode: 'ZZ99 1AA', country: 'GB' } } }));
    for (const value of ['value="Siân &#34;Example&#34;"', 'value="1 Bridge Street"', 'value="ZZ99 1AA"']) expect(html).toContain(value);
  });
  it('of a payment by telephone asks for no address', async () => {
    await start();
    const { html } = await enter(await made({ moto: true }));
    expect(html).toContain('by telephone');
    expect(html).not.toContain('name="postcode"');
  });
  it.each([['4444 3333 2222 1111', 'success', undefined], ['5105105105105100', 'success', undefined], ['4000000000000002', 'failed', 'P0010'], ['4000-0000-0000-0119', 'error', 'P0050'], ['4000000000003220', 'submitted', undefined]])('with the card %s the payment becomes %s', async (cardNumber, status, code) => {
    await start();
    const payment = await made();
    const after = await (await enter(payment)).send({ ...CARD, cardNumber });
    expect([after.status, after.headers.location]).toEqual([303, 'http://localhost:4000/return']);
    expect(stateOf(payment.payment_id)).toEqual([status, code]);
  });
  it('takes no real card, cancels and expires by a button, and is closed to other browsers', async () => {
    await start();
    const payment = await made();
    const browser = await enter(payment);
    expect((await browser.send({ ...CARD, cardNumber: '5555 5555 5555 4444' })).text()).toContain('There is a problem');
    await browser.send({}, '/cancel');
    expect(stateOf(payment.payment_id)).toEqual(['failed', 'P0030']);
    const other = await made();
    await (await enter(other)).send({}, '/expire');
    expect(stateOf(other.payment_id)).toEqual(['failed', 'P0020']);
    expect((await plainOutbound.fetch(`${running.origin}/card_details/${(await made()).payment_id}`)).status).toBe(404);
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
        heard.push({ body: Buffer.concat(chunks), signature: String(request.headers['pay-signature']) });
        response.writeHead(answers.shift() ?? 200).end();
        next();
      });
    });
    await new Promise<void>((resolve) => { receiver.listen(0, 'localhost', resolve); });
    await start({ webhookRetriesInSeconds: [0, 0] });
    running.controls.setWebhook(KEY, `http://localhost:${(receiver.address() as AddressInfo).port}/`, 'invented-secret');
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => { receiver.close(resolve); });
  });
  const types = (): readonly string[] => heard.map(({ body }) => (JSON.parse(body.toString('utf8')) as { event_type: string }).event_type);

  it('are signed over their bytes, and tell of the payment as a search would: without an address to pay at', async () => {
    const { payment_id: id } = await made({ description: 'Gwastraff â ŷ' });
    running.controls.payerDoes(id, 'succeed');
    await hears(2);
    for (const { body, signature } of heard) expect(signature).toBe(paySignature(body, 'invented-secret'));
    expect(types().slice().sort()).toEqual(['card_payment_captured', 'card_payment_succeeded']);
    expect(JSON.parse(heard[0]?.body.toString('utf8') ?? '')).toMatchObject({ api_version: 1, resource_type: 'payment', resource_id: id, resource: { payment_id: id } });
    expect(heard[0]?.body.toString('utf8')).not.toContain('/secure/');
  });
  it('tell of failure, expiry, refunds and settlement', async () => {
    const [declined, expired, paid] = [await made(), await made(), await made()];
    running.controls.payerDoes(declined.payment_id, 'decline');
    running.controls.payerDoes(expired.payment_id, 'expire');
    running.controls.payerDoes(paid.payment_id, 'succeed');
    running.controls.refundOutside(paid.payment_id, 100);
    running.controls.settle(paid.payment_id, '2026-11-25');
    await hears(6);
    expect(types().slice().sort()).toEqual(['card_payment_captured', 'card_payment_expired', 'card_payment_failed', 'card_payment_refunded', 'card_payment_settled', 'card_payment_succeeded']);
  });
  it('tell of a payment that the service cancelled, and of one that ends with an error, as of failed ones', async () => {
    const [cancelled, broken] = [await made(), await made()];
    expect((await fetch(`${running.origin}/v1/payments/${cancelled.payment_id}/cancel`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` } })).status).toBe(204);
    running.controls.payerDoes(broken.payment_id, 'error');
    await hears(2);
    expect(types()).toEqual(['card_payment_failed', 'card_payment_failed']);
  });
  it('tell that a delayed payment is authorised before it is captured, each once', async () => {
    const { payment_id: id } = await made({ delayed_capture: true });
    running.controls.payerDoes(id, 'succeed');
    await hears(1);
    expect(types()).toEqual(['card_payment_succeeded']);
    expect((await fetch(`${running.origin}/v1/payments/${id}/capture`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` } })).status).toBe(204);
    await hears(2);
    await running.controls.webhooks.settled();
    expect(types()).toEqual(['card_payment_succeeded', 'card_payment_captured']);
  });
  it('come again with the same bytes until any 2xx is answered, and then no more', async () => {
    answers = [500, 400, 204];
    running.controls.payerDoes((await made()).payment_id, 'decline');
    await hears(3);
    await running.controls.webhooks.settled();
    expect(new Set(heard.map(({ body }) => body.toString('utf8'))).size).toBe(1);
    expect(running.controls.webhooks.tries.map(({ status }) => status)).toEqual([500, 400, 204]);
  });
  it('can be held, doubled and let go in the reverse order', async () => {
    running.controls.webhooks.hold();
    running.controls.webhooks.copies = 2;
    running.controls.payerDoes((await made()).payment_id, 'succeed');
    expect(heard).toHaveLength(0);
    await running.controls.webhooks.release(true);
    expect(types()).toEqual(['card_payment_captured', 'card_payment_captured', 'card_payment_succeeded', 'card_payment_succeeded']);
  });
});

describe('driving it', () => {
  const control = (path: string, request: OutboundRequest = {}): Promise<OutboundResponse> => plainOutbound.fetch(`${running.origin}/simulator${path}`, { ...request, headers: { 'simulator-control': 'yes', ...request.headers } });

  it('by hand: a page that lists what there is, with a button for what may happen', async () => {
    await start();
    const { payment_id: id } = await made({ reference: 'R&D \'1\'' });
    const page = await plainOutbound.fetch(`${running.origin}/simulator`);
    expect(page.text()).toContain(`action="/simulator/payments/${id}/payer"`);
    expect(page.text()).toContain('R&#38;D &#39;1&#39;');
    const pressed = await plainOutbound.fetch(`${running.origin}/simulator/payments/${id}/payer`, { method: 'POST', headers: { origin: running.origin }, body: new URLSearchParams({ does: 'succeed' }) });
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/simulator?done=1']);
    expect(stateOf(id)).toEqual(['success', undefined]);
  });
  it('not from another site\'s page', async () => {
    await start();
    const { payment_id: id } = await made();
    const pressed = await plainOutbound.fetch(`${running.origin}/simulator/payments/${id}/payer`, { method: 'POST', headers: { origin: 'https://elsewhere.example' }, body: new URLSearchParams({ does: 'succeed' }) });
    expect(pressed.status).toBe(403);
    expect(stateOf(id)).toEqual(['created', undefined]);
  });
  it('by a program: everything that the page can', async () => {
    await start();
    const { payment_id: id } = await made();
    await control(`/payments/${id}/payer`, { method: 'POST', body: { does: 'succeed' } });
    await control(`/payments/${id}/refund-outside`, { method: 'POST', body: { amountInPence: 500 } });
    await control(`/payments/${id}/settle`, { method: 'POST', body: { on: '2026-11-25' } });
    expect((await control('/payments?reference=TE-1')).json()).toEqual({ payments: [{ id, reference: 'TE-1', status: 'success', code: null, amount: 5500, refunded: 500 }] });
    await control('/faults', { method: 'POST', body: { operation: 'create', fault: 'lose-answer' } });
    await expect(made({ reference: 'TE-2' })).rejects.toMatchObject({ code: 'unavailable' });
    expect(running.controls.payments('TE-2')).toHaveLength(1);
    expect((await control('/faults', { method: 'POST', body: { operation: 'create', fault: 'eat-it' } })).status).toBe(400);
    expect((await control('/payments/none/payer', { method: 'POST', body: { does: 'succeed' } })).status).toBe(400);
  });
  it('refuses a body that is too long', async () => {
    await start();
    const answer = await plainOutbound.fetch(`${running.origin}/v1/payments`, { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: { amount: 1, reference: 'x'.repeat(70_000) } });
    expect(answer.status).toBe(400);
  });
});
