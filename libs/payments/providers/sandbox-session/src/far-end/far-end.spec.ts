import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { RecordedLog, plainOutbound, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { PaymentProvider, ProviderPayment } from '@guildhall/payments-contract';
import { sandboxSession } from '../sandbox-session';
import type { RunningFarEnd } from './far-end';
import { startFarEnd } from './far-end';

interface Told { readonly body: string; readonly signature: string; readonly type: string; readonly id: string }
let folder: string;
let far: RunningFarEnd;
let council: Server;
let told: Told[];
let answerWith: number[];
let provider: PaymentProvider;
const ctx = testContext();
const CARD = { month: '12', year: '40', holder: 'Alex Example', cvc: '123', do: 'pay' };

const councilOrigin = (): string => `http://localhost:${(council.address() as AddressInfo).port}`;
async function start(): Promise<void> {
  const ours = testCouncil({ origin: councilOrigin() });
  far = await startFarEnd({ port: 0, dataFolder: folder, councils: [ours], outbound: plainOutbound, log: new RecordedLog(), times: { slowBankInSeconds: 1 } });
  provider = sandboxSession().create(testProviderDependencies({ council: ours, companionOrigin: far.origin, clock: { now: () => new Date() } }));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-sandbox-session-'));
  told = [];
  answerWith = [];
  council = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { id, type } = JSON.parse(body) as { id: string; type: string };
      told.push({ body, id, type, signature: String(request.headers['sandbox-signature']) });
      response.writeHead(request.url === '/payments/webhooks/sandbox-session' ? (answerWith.shift() ?? 200) : 404).end();
    });
  });
  await new Promise<void>((resolve) => { council.listen(0, 'localhost', resolve); });
  await start();
});
afterEach(async () => {
  await far.stop();
  council.closeAllConnections();
  await new Promise((resolve) => { council.close(resolve); });
  await rm(folder, { recursive: true });
});

async function created(reference = 'TE-1', language: 'en' | 'cy' = 'en'): Promise<ProviderPayment> {
  const outcome = await provider.create(ctx, { key: `${reference}-1`, amountInPence: 5500, description: 'Garden waste', reference, returnUrl: 'http://localhost:4000/payments/1/return', language });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.value;
}
const page = (payment: ProviderPayment, query = ''): Promise<OutboundResponse> => plainOutbound.fetch(`${payment.nextUrl ?? ''}${query}`);
const press = (payment: ProviderPayment, form: Record<string, string>): Promise<OutboundResponse> => plainOutbound.fetch(payment.nextUrl ?? '', { method: 'POST', body: new URLSearchParams(form) });
async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > 8000) throw new Error('It did not come to pass within 8 seconds.');
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

describe('the checkout page', () => {
  it('says what is paid, to whom and how much, in the payer\'s language, and offers the other', async () => {
    const english = (await page(await created())).text();
    for (const words of ['<html lang="en">', 'Testham Borough Council', 'Garden waste', 'TE-1', 'Pay £55.00', 'lang=cy']) expect(english).toContain(words);
    const welsh = (await page(await created('TE-2', 'cy'))).text();
    for (const words of ['<html lang="cy">', 'Cyngor Bwrdeistref Testham', 'Talu £55.00']) expect(welsh).toContain(words);
  });

  it('lets nothing run or load but its own stylesheet, and forms lead only here or back', async () => {
    const shown = await page(await created());
    expect(shown.headers['content-security-policy']).toBe("default-src 'none'; style-src 'self'; form-action 'self' http://localhost:4000; base-uri 'none'; frame-ancestors 'none'");
    expect(shown.text()).not.toMatch(/<script|style=|\son\w+=/);
  });

  it.each([['4242 4242 4242 4242', 'succeeded'], ['4000000000000002', 'failed'], ['4000000000000119', 'error'], ['4000000000000077', 'submitted']])('with the card %s the payment is %s', async (card, state) => {
    const payment = await created();
    const after = await press(payment, { ...CARD, card });
    expect([after.status, after.headers.location]).toEqual([303, 'http://localhost:4000/payments/1/return']);
    expect((await provider.fetch(ctx, payment.providerPaymentId)).state).toBe(state);
  });

  it('cancels and expires by a button', async () => {
    for (const [reference, what, state] of [['TE-C', 'cancel', 'cancelled'], ['TE-E', 'expire', 'expired']] as const) {
      const payment = await created(reference);
      expect((await press(payment, { do: what })).status).toBe(303);
      expect((await provider.fetch(ctx, payment.providerPaymentId)).state).toBe(state);
    }
  });

  it('says what is wrong at the top and at the field, and takes no real card', async () => {
    const payment = await created();
    const html = (await press(payment, { ...CARD, card: '5555555555554444', cvc: 'abc', holder: '<b>Alex' })).text();
    expect(html).toContain('<title>Error: Pay by card');
    for (const field of ['card', 'cvc']) { expect(html).toContain(`href="#${field}"`); expect(html).toContain(`id="${field}-error"`); }
    expect(html).not.toContain('<b>Alex');
    expect((await provider.fetch(ctx, payment.providerPaymentId)).state).toBe('created');
  });

  it('is over once paid, and needs the secret in its address', async () => {
    const payment = await created();
    await press(payment, { ...CARD, card: '4242424242424242' });
    const again = await press(payment, { ...CARD, card: '4000000000000002' });
    expect(again.status).toBe(410);
    expect(again.text()).toContain('href="http://localhost:4000/payments/1/return"');
    expect((await provider.fetch(ctx, payment.providerPaymentId)).state).toBe('succeeded');
    expect((await plainOutbound.fetch((payment.nextUrl ?? '').replace(/\/[^/]+$/, '/wrong'))).status).toBe(404);
  });
});

describe('telling the council', () => {
  it('signs the bytes and the time with the secret that the provider brought', async () => {
    const payment = await created();
    await press(payment, { ...CARD, card: '4242424242424242' });
    await until(() => told.length === 1);
    const [event] = told;
    const [, time = '', hex = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(event?.signature ?? '') ?? [];
    const secret = `whsec_${Buffer.from('payments.sandbox-session.webhooks'.padEnd(32, '.')).subarray(0, 32).toString('hex')}`;
    expect(createHmac('sha256', secret).update(`${time}.${event?.body ?? ''}`).digest('hex')).toBe(hex);
    expect(event?.type).toBe('checkout.session.completed');
    const notice = await provider.readWebhook?.(ctx, { rawBody: Buffer.from(event?.body ?? ''), headers: { 'sandbox-signature': event?.signature ?? '' } });
    expect(notice).toEqual({ ok: true, value: { eventId: event?.id, providerPaymentId: payment.providerPaymentId } });
  });

  it('tells again, with the same id, what was not taken', async () => {
    answerWith = [503];
    await press(await created(), { ...CARD, card: '4242424242424242' });
    await until(() => told.length === 2);
    expect(told[1]?.id).toBe(told[0]?.id);
    await far.controls.deliveries.settled();
    await new Promise((resolve) => { setTimeout(resolve, 1200); });
    expect(told).toHaveLength(2);
  });

  it('tells after a start without a stop what nobody had taken', async () => {
    answerWith = [500, 500, 500];
    await press(await created(), { ...CARD, card: '4242424242424242' });
    await until(() => told.length >= 1);
    const killed = far;
    answerWith = [];
    await start();
    await killed.stop();
    await until(() => told.length >= 2);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });

  it('says by itself when a slow bank has decided', async () => {
    const payment = await created();
    await press(payment, { ...CARD, card: '4000000000000077' });
    await until(() => told.some(({ type }) => type === 'checkout.session.async_payment_succeeded'));
    expect((await provider.fetch(ctx, payment.providerPaymentId)).state).toBe('succeeded');
  });

  it('tells twice and backwards when a test wants it', async () => {
    const control = (body: object): Promise<OutboundResponse> => plainOutbound.fetch(`${far.origin}/sandbox/webhooks`, { method: 'POST', headers: { 'sandbox-control': 'yes' }, body } satisfies OutboundRequest);
    const payment = await created();
    await control({ isHeld: true, copies: 2 });
    far.controls.payerDoes(payment.providerPaymentId, 'submit');
    far.controls.payerDoes(payment.providerPaymentId, 'succeed');
    expect(told).toHaveLength(0);
    await control({ release: 'reversed' });
    expect(told.map(({ type }) => type.replace('checkout.session.', ''))).toEqual(['async_payment_succeeded', 'async_payment_succeeded', 'completed', 'completed']);
  });
});

describe('its book', () => {
  it('has sessions, refunds and keys after a start without a stop', async () => {
    const payment = await created();
    await press(payment, { ...CARD, card: '4242424242424242' });
    await provider.refund?.(ctx, { providerPaymentId: payment.providerPaymentId, key: 'r-1', amountInPence: 1000, availableInPence: 5500 });
    const killed = far;
    await start();
    await killed.stop();
    expect(await provider.fetch(ctx, payment.providerPaymentId)).toMatchObject({ state: 'succeeded', refundableInPence: 4500 });
    const again = await provider.create(ctx, { key: 'TE-1-1', amountInPence: 5500, description: 'Garden waste', reference: 'TE-1', returnUrl: 'http://localhost:4000/payments/1/return', language: 'en' });
    expect(again).toMatchObject({ ok: true, value: { providerPaymentId: payment.providerPaymentId, state: 'succeeded' } });
    expect(await provider.refund?.(ctx, { providerPaymentId: payment.providerPaymentId, key: 'r-1', amountInPence: 1000, availableInPence: 5500 })).toMatchObject({ ok: true });
    expect(far.controls.sessions('TE-1')[0]?.refunds).toHaveLength(1);
  });
});
