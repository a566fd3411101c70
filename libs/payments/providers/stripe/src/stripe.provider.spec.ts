import type { Outbound, OutboundResponse, Outcome } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, plainOutbound, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { NewProviderPayment, ProviderPayment, SettledItem } from '@guildhall/payments-contract';
import { WEBHOOK_EVENTS, checkConnection } from './check-connection';
import type { RunningSimulator, SimulatedAccount, SimulatorOptions } from './simulator';
import { startStripeSimulator } from './simulator';
import { STRIPE_API, stripe } from './stripe';
import { StripeClient } from './stripe.client';
import type { StripeSettings } from './stripe.provider';
import { StripeProvider } from './stripe.provider';

const ctx = testContext();
let running: RunningSimulator;
let now: Date;
let log: RecordedLog;

const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startStripeSimulator({ hasRateLimits: false, now: () => now, webhookRetriesInSeconds: [], ...options }); };
beforeEach(() => {
  now = new Date('2026-11-23T09:00:00Z');
  log = new RecordedLog();
});
afterEach(() => running.stop());

function providerWith(changes: Partial<StripeSettings> = {}, apiKey = 'sk_test_testham', wait: () => Promise<unknown> = () => Promise.resolve(), outbound: Outbound = plainOutbound): StripeProvider {
  const clock = { now: () => now };
  const client = new StripeClient({ outbound, clock, ids: new SeededIds(), log, origin: running.origin, apiKey: new Secret(apiKey), wait });
  return new StripeProvider(client, { pageOrigins: [running.origin], webhookSecrets: [], paymentMethods: ['card'], clock, log, councilOrigin: 'http://localhost:4000', isTestKey: true, ...changes });
}
const order = (changes: Partial<NewProviderPayment> = {}): NewProviderPayment => ({ key: 'a-1', amountInPence: 5500, description: 'Garden waste', reference: 'TE-1', returnUrl: 'http://localhost:4000/payments/1/return', language: 'en', ...changes });
function value<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.value;
}
const created = async (provider: StripeProvider, changes: Partial<NewProviderPayment> = {}): Promise<ProviderPayment> => value(await provider.create(ctx, order(changes)));
async function paid(provider: StripeProvider, changes: Partial<NewProviderPayment> = {}): Promise<ProviderPayment> {
  const { providerPaymentId } = await created(provider, changes);
  running.controls.payerDoes(providerPaymentId, 'succeed');
  return provider.fetch(ctx, providerPaymentId);
}
const far = (reference = 'TE-1') => running.controls.sessions(reference)[0];
const later = (minutes: number): void => { now = new Date(now.getTime() + minutes * 60_000); };

describe('asking for a session', () => {
  it('says in the API\'s words what is asked: pence, where to go back to, our key, the finance team\'s words, and no more than cards', async () => {
    await start();
    await created(providerWith(), { email: 'payer@house.example', metadata: { payment_id: 'p-1', ledger_codes: 'GW-4410' } });
    expect(far()?.order).toEqual({
      amount: 5500, name: 'Garden waste', reference: 'TE-1', successUrl: 'http://localhost:4000/payments/1/return', cancelUrl: 'http://localhost:4000/payments/1/return', email: 'payer@house.example', locale: 'auto', methods: ['card'],
      metadata: { payment_id: 'p-1', ledger_codes: 'GW-4410', guildhall_key: 'a-1' }, intentMetadata: { payment_id: 'p-1', ledger_codes: 'GW-4410', guildhall_key: 'a-1' }, intentDescription: 'TE-1: Garden waste',
    });
  });
  it('Stripe has no Welsh: a Welsh payer gets the page in the language of their browser, with the council\'s words in Welsh', async () => {
    await start();
    await created(providerWith(), { language: 'cy', description: 'Gwastraff gardd â thŷ' });
    expect(far()?.order).toMatchObject({ locale: 'auto', name: 'Gwastraff gardd â thŷ' });
  });
  it('by telephone is refused before Stripe is asked: its hosted page takes none', async () => {
    await start();
    expect(await providerWith().create(ctx, order({ isByTelephone: true }))).toMatchObject({ ok: false, refusal: { reason: 'not-accepted', message: expect.stringContaining('telephone') as string } });
    expect(far()).toBeUndefined();
  });
  it('a reference that is longer than Stripe\'s field comes back whole', async () => {
    await start();
    const reference = `TE-${'9'.repeat(240)}`;
    const provider = providerWith();
    const { providerPaymentId, reference: given } = await created(provider, { reference });
    expect([given, (await provider.fetch(ctx, providerPaymentId)).reference]).toEqual([reference, reference]);
  });
  it('amount_too_small: less than Stripe takes is not accepted, and the log has the code and nothing of the payer', async () => {
    await start();
    expect(await providerWith().create(ctx, order({ amountInPence: 29, email: 'payer@house.example' }))).toMatchObject({ refusal: { reason: 'not-accepted', message: 'Stripe does not accept this payment (amount_too_small).' } });
    expect(log.lines.map(({ ids }) => ids)).toEqual([{ code: 'amount_too_small', param: 'none', status: 400 }]);
  });
  it('email_invalid: an address that Stripe does not take costs the receipt, and not the payment', async () => {
    await start();
    await created(providerWith(), { email: 'payer at house.example' });
    expect(far()?.order.email).toBeUndefined();
  });
  it('401: a key that is not taken is no refusal of the payer\'s payment, and the error says where to look', async () => {
    await start({ accounts: [] });
    await expect(providerWith().create(ctx, order())).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('API key') as string });
  });
  it('an address to pay at that is not Stripe\'s or the council\'s own is followed by nobody', async () => {
    await start();
    running.controls.faults.plan('create', 'elsewhere', 2);
    await expect(providerWith().create(ctx, order())).rejects.toMatchObject({ code: 'unavailable' });
    expect((await created(providerWith({ pageOrigins: ['https://checkout.elsewhere.example'] }), { key: 'a-2' })).nextUrl).toMatch(/^https:\/\/checkout\.elsewhere\.example\//);
    await expect(providerWith({ pageOrigins: ['https://checkout.stripe.com'] }).create(ctx, order({ key: 'a-3' }))).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('another port of this machine is followed where the far end is on this machine', async () => {
    await start();
    expect((await created(providerWith({ pageOrigins: ['http://localhost:1'] }))).nextUrl).toContain(running.origin);
  });
});

describe('a key that comes again', () => {
  it('is answered as the payment stands now, and not as it did the first time', async () => {
    await start();
    const provider = providerWith();
    const { providerPaymentId } = await created(provider);
    running.controls.payerDoes(providerPaymentId, 'succeed');
    expect(await created(provider)).toMatchObject({ providerPaymentId, state: 'succeeded', refundableInPence: 5500 });
  });
  it('idempotency_error: in another hour its request ends at another time, and is the same payment all the same', async () => {
    await start();
    const provider = providerWith();
    const first = await created(provider);
    later(50);
    await created(provider, { key: 'b-1', reference: 'TE-2' });
    later(20);
    expect((await created(provider)).providerPaymentId).toBe(first.providerPaymentId);
    expect(running.controls.sessions('TE-1')).toHaveLength(1);
  });
  it('idempotency_error: with another amount or reference it is another payment, and refused', async () => {
    await start();
    const provider = providerWith();
    await created(provider);
    for (const changes of [{ amountInPence: 5501 }, { reference: 'TE-2' }]) expect(await provider.create(ctx, order(changes))).toMatchObject({ refusal: { reason: 'key-reused' } });
  });
  it('is found behind a hundred other sessions of that day', async () => {
    await start();
    const provider = providerWith();
    const first = await created(provider);
    for (let one = 0; one < 101; one++) await created(provider, { key: `other-${one}`, reference: 'TE-OTHER' });
    later(61);
    expect((await created(provider)).providerPaymentId).toBe(first.providerPaymentId);
  });
  it('500: Stripe would answer the same for a day, so another key is used for what nobody was sent to', async () => {
    await start();
    const provider = providerWith();
    running.controls.faults.plan('create', 'server-error');
    const first = await created(provider);
    expect(first.nextUrl).toBeDefined();
    expect((await created(provider)).providerPaymentId).toBe(first.providerPaymentId);
    expect(running.controls.sessions('TE-1')).toHaveLength(1);
  });
  it('409: while the first is still being answered, the second waits for it', async () => {
    await start();
    running.controls.faults.plan('create', 'key-race');
    await created(providerWith());
    expect(running.controls.sessions('TE-1')).toHaveLength(1);
  });
});

describe('paying', () => {
  it('card_declined: a declined card leaves the session open, and the payer goes on where they were', async () => {
    await start();
    const provider = providerWith();
    const { providerPaymentId, nextUrl } = await created(provider);
    running.controls.payerDoes(providerPaymentId, 'card-declined');
    expect(await provider.fetch(ctx, providerPaymentId)).toMatchObject({ state: 'started', nextUrl, canBeCancelled: true });
  });
  it('says what Stripe keeps, when it was paid and with which card', async () => {
    await start();
    expect(await paid(providerWith())).toMatchObject({ state: 'succeeded', feeInPence: 103, paidAt: now, method: { brand: 'visa', lastDigits: '4242' } });
  });
  it('ends on the second hour, and is expired then; ended before, it is cancelled', async () => {
    await start();
    const provider = providerWith();
    const [first, second] = [await created(provider), await created(provider, { key: 'a-2' })];
    expect(running.controls.find(first.providerPaymentId).expiresAt).toBe(new Date('2026-11-23T11:00:00Z').getTime() / 1000);
    expect(value(await provider.cancel(ctx, second.providerPaymentId))).toMatchObject({ state: 'cancelled', canBeCancelled: false });
    later(120);
    expect(await provider.fetch(ctx, first.providerPaymentId)).toMatchObject({ state: 'expired', canBeCancelled: false });
    expect(await provider.cancel(ctx, first.providerPaymentId)).toMatchObject({ refusal: { reason: 'not-cancellable' } });
  });
  it('a failure has the bank\'s reason as a code', async () => {
    await start();
    const provider = providerWith();
    const { providerPaymentId } = await created(provider);
    running.controls.payerDoes(providerPaymentId, 'decline');
    expect(await provider.fetch(ctx, providerPaymentId)).toMatchObject({ state: 'failed', failureCode: 'payment_intent_payment_attempt_failed' });
  });
  it.each(['cut-off', 'oversize', 'nonsense', 'proxy-error'] as const)('an answer that is %s is Unavailable', async (fault) => {
    await start();
    const provider = providerWith();
    const { providerPaymentId } = await created(provider);
    running.controls.faults.plan('fetch', fault, 3);
    await expect(provider.fetch(ctx, providerPaymentId)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('refunds', () => {
  const ask = (provider: StripeProvider, { providerPaymentId }: ProviderPayment, key: string, amountInPence: number, availableInPence = 5500) => provider.refund(ctx, { providerPaymentId, key, amountInPence, availableInPence });

  it('a key that Stripe has forgotten after a day is not paid back again', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    const made = value(await ask(provider, payment, 'r-1', 1500));
    later(25 * 60);
    expect(value(await ask(provider, payment, 'r-1', 1500))).toMatchObject({ providerRefundId: made.providerRefundId });
    expect(running.controls.find(payment.providerPaymentId).refunds).toHaveLength(1);
  });
  it.each([['charge_already_refunded', 5500], ['an amount that is too large', 3000]] as const)('%s, because somebody was quicker, is more than is left', async (_what, quicker) => {
    await start();
    let between = async (): Promise<void> => undefined;
    const provider = providerWith({}, 'sk_test_testham', () => between());
    const payment = await paid(provider);
    running.controls.faults.plan('refund', 'lock-timeout');
    between = async () => { running.controls.refundOutside(payment.providerPaymentId, quicker); };
    expect(await ask(provider, payment, 'r-1', 3000)).toMatchObject({ refusal: { reason: 'more-than-left' } });
    expect(running.controls.find(payment.providerPaymentId).refunds).toHaveLength(1);
  });
  it('one that was made in the dashboard has no key of ours and is never taken for one', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    running.controls.refundOutside(payment.providerPaymentId, 500);
    const [refund] = await provider.refunds(ctx, payment.providerPaymentId);
    expect(refund).toMatchObject({ amountInPence: 500, state: 'succeeded', key: expect.stringMatching(/^made-at-stripe-/) as string });
    expect(await ask(provider, payment, 'r-1', 500)).toMatchObject({ refusal: { reason: 'amount-changed' } });
  });
  it('more than a page of them are all counted', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    for (let one = 0; one < 102; one++) running.controls.refundOutside(payment.providerPaymentId, 10);
    expect(await provider.refunds(ctx, payment.providerPaymentId)).toHaveLength(102);
    expect((await provider.fetch(ctx, payment.providerPaymentId)).refundableInPence).toBe(5500 - 1020);
  });
  it('have the payment\'s key with them, so that their events tell which payment it is', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    value(await ask(provider, payment, 'r-1', 1500));
    expect(running.controls.find(payment.providerPaymentId).refunds[0]?.metadata).toEqual({ guildhall_refund: 'r-1', guildhall_key: 'a-1' });
  });
});

describe('lists', () => {
  it('turn their pages, and are narrowed by date and reference', async () => {
    await start();
    const provider = providerWith();
    for (let one = 0; one < 101; one++) await created(provider, { key: `early-${one}`, reference: one === 0 ? 'TE-RARE' : 'TE-MANY' });
    later(1);
    await created(provider, { key: 'late-1', reference: 'TE-RARE' });
    const first = await provider.search(ctx, { reference: 'TE-RARE' });
    expect(first.payments.map(({ reference }) => reference)).toEqual(['TE-RARE']);
    const second = await provider.search(ctx, { reference: 'TE-RARE', after: first.next });
    expect([second.payments.length, second.next]).toEqual([1, undefined]);
    expect((await provider.search(ctx, { createdFrom: now })).payments).toHaveLength(1);
    expect((await provider.search(ctx, { createdBefore: now })).payments).toHaveLength(100);
  });
  it('have what is ours and nothing of what others sell on the account', async () => {
    await start();
    await plainOutbound.fetch(`${running.origin}/v1/checkout/sessions`, { method: 'POST', headers: { authorization: 'Bearer sk_test_testham' }, body: new URLSearchParams({ mode: 'payment', success_url: 'https://shop.example/', 'line_items[0][quantity]': '1', 'line_items[0][price_data][currency]': 'gbp', 'line_items[0][price_data][unit_amount]': '500', 'line_items[0][price_data][product_data][name]': 'Museum ticket' }) });
    expect((await providerWith().search(ctx, {})).payments).toEqual([]);
  });
  it('of settlements go through every payout that arrived within the days, with what Stripe kept, and each payment once', async () => {
    await start();
    const provider = providerWith();
    const payments: ProviderPayment[] = [];
    for (let one = 0; one < 3; one++) payments.push(await paid(provider, { key: `s-${one}`, reference: `TE-S${one}` }));
    running.controls.refundOutside(payments[0]?.providerPaymentId ?? '', 500);
    for (const [index, day] of ['2026-11-26', '2026-11-27', '2026-12-01'].entries()) running.controls.settle(payments[index]?.providerPaymentId ?? '', day);
    const found: SettledItem[] = [];
    let pages = 0;
    for (let after: string | undefined; ;) {
      const page = await provider.settlements(ctx, { from: '2026-11-01', before: '2026-12-01', ...(after ? { after } : {}) });
      found.push(...page.items);
      pages += 1;
      after = page.next;
      if (after === undefined) break;
    }
    expect(pages).toBe(3);
    expect(found.map(({ kind, reference, amountInPence, feeInPence, settledOn }) => [kind, reference, amountInPence, feeInPence, settledOn])).toEqual([
      ['payment', 'TE-S1', 5500, 103, '2026-11-27'], ['payment', 'TE-S0', 5500, 103, '2026-11-26'], ['refund', 'TE-S0', 500, 0, '2026-11-26'],
    ]);
  });
  /** A day's list to its end, as what matters of it. */
  const settledOn = async (provider: StripeProvider, from: string, before: string): Promise<readonly SettledItem[]> => {
    const found: SettledItem[] = [];
    for (let after: string | undefined; ;) {
      const page = await provider.settlements(ctx, { from, before, ...(after ? { after } : {}) });
      found.push(...page.items);
      after = page.next;
      if (after === undefined) return found;
    }
  };
  const bank = (items: readonly SettledItem[]): number => items.reduce((sum, { kind, amountInPence, feeInPence = 0 }) => sum + (kind === 'refund' ? -amountInPence : amountInPence) - feeInPence, 0);

  it('of settlements hold what was disputed, what was won back and Stripe\'s charges for the account, and come to what reached the bank', async () => {
    await start();
    const provider = providerWith();
    const [lost, won] = [await paid(provider, { key: 'd-1', reference: 'TE-D1' }), await paid(provider, { key: 'd-2', reference: 'TE-D2' })];
    for (const { providerPaymentId } of [lost, won]) running.controls.dispute(providerPaymentId);
    running.controls.chargeAccount('sk_test_testham', 999);
    running.controls.settle(lost.providerPaymentId, '2026-11-26');
    running.controls.decideDispute(won.providerPaymentId, 'won');
    running.controls.settle(won.providerPaymentId, '2026-11-27');
    const [first, second] = [await settledOn(provider, '2026-11-26', '2026-11-27'), await settledOn(provider, '2026-11-27', '2026-11-28')];
    const seen = (items: readonly SettledItem[]) => items.map(({ kind, reference, movement, amountInPence, feeInPence }) => [kind, reference, movement?.what, amountInPence, feeInPence]);
    expect(seen(first)).toEqual([['payment', 'TE-D1', undefined, 5500, 103], ['other', undefined, 'fee', 0, 999], ['other', 'TE-D1', 'dispute', -5500, 2000]]);
    expect(seen(second)).toEqual([['payment', 'TE-D2', undefined, 5500, 103], ['other', 'TE-D2', 'dispute_reversal', 5500, 0], ['other', 'TE-D2', 'dispute', -5500, 2000]]);
    expect([bank(first), bank(second)]).toEqual([5500 - 103 - 5500 - 2000 - 999, 5500 - 103 - 2000]);
    expect(first.filter(({ kind }) => kind === 'other').map(({ providerPaymentId, movement }) => providerPaymentId === lost.providerPaymentId || providerPaymentId === movement?.id)).toEqual([true, true]);
  });
  it('of settlements say what reached the bank beside all that was listed, over however many pages, and nothing when all was', async () => {
    await start();
    let more = -1234;
    const outbound: Outbound = { ...plainOutbound, fetch: async (url, request) => {
      const response = await plainOutbound.fetch(url, request);
      return /\/v1\/payouts[/?]/.test(url) ? Object.assign(Object.create(response) as OutboundResponse, { text: () => response.text().replace(/"object":"payout","currency":"gbp","amount":(-?\d+)/g, (_, amount: string) => `"object":"payout","currency":"gbp","amount":${Number(amount) + more}`) }) : response;
    } };
    const provider = providerWith({}, 'sk_test_testham', undefined, outbound);
    const one = await paid(provider);
    for (let at = 0; at < 30; at++) running.controls.refundOutside(one.providerPaymentId, 10 + at);
    running.controls.settle(one.providerPaymentId, '2026-11-26');
    const items = await settledOn(provider, '2026-11-26', '2026-11-27');
    expect(items).toHaveLength(32);
    expect(items.filter(({ kind }) => kind === 'other')).toEqual([{ kind: 'other', providerPaymentId: expect.stringMatching(/^po_/) as string, movement: { id: items.at(-1)?.settlementId, what: 'unlisted' }, amountInPence: -1234, settledOn: '2026-11-26', settlementId: expect.stringMatching(/^po_/) as string }]);
    more = 0;
    expect((await settledOn(provider, '2026-11-26', '2026-11-27')).map(({ kind }) => kind)).not.toContain('other');
  });
  it('a cursor of somebody else\'s making begins at the first page', async () => {
    await start();
    const provider = providerWith();
    await created(provider);
    expect((await provider.search(ctx, { after: '../account' })).payments).toHaveLength(1);
    expect(await provider.settlements(ctx, { from: '2026-11-01', before: '2026-12-01', after: '../account' })).toEqual({ items: [] });
  });
});

describe('the connection check', () => {
  const check = (changes: Partial<StripeSettings> = {}, apiKey?: string) => { const { client, settings } = providerWith(changes, apiKey); return checkConnection(client, settings); };
  const withWebhook = (webhook: object): SimulatedAccount => ({ apiKey: 'sk_test_testham', webhooks: [{ url: 'http://localhost:4000/payments/webhooks/stripe', secrets: ['whsec_invented'], ...webhook }] });

  it('says that all is well, and that a test key moves no money', async () => {
    await start();
    expect(await check()).toEqual({ ok: true, message: 'Stripe answers and accepts the test key: no money moves. No webhooks are set up: payments are asked about instead.' });
  });
  it('says when the key is not taken', async () => {
    await start({ accounts: [] });
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('API key') as string });
  });
  it('says when the clock is wrong, and which way', async () => {
    await start({ now: () => new Date(now.getTime() + 180_000) });
    expect(await check()).toEqual({ ok: false, message: 'Stripe answers, but this server\'s clock is 180 seconds slow. Set it by a time server (NTP).' });
  });
  it('says when nobody answers, and when it is a proxy that does', async () => {
    await start();
    running.controls.faults.plan('search', 'lose-request', 3);
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('did not answer') as string });
    running.controls.faults.plan('search', 'nonsense');
    expect(await check()).toMatchObject({ ok: false, message: expect.stringContaining('proxy') as string });
  });
  it('says when a live account may not take money yet, or goes back to an address without https', async () => {
    await start({ accounts: [{ apiKey: 'sk_live_new', maySell: false }, { apiKey: 'sk_live_ready' }] });
    expect(await check({ isTestKey: false }, 'sk_live_new')).toMatchObject({ ok: false, message: expect.stringContaining('may not take payments yet') as string });
    expect(await check({ isTestKey: false }, 'sk_live_ready')).toMatchObject({ ok: false, message: expect.stringContaining('https') as string });
    expect(await check({ isTestKey: false, councilOrigin: 'https://www.testham.example' }, 'sk_live_ready')).toMatchObject({ ok: true });
  });
  it('says what is wrong with the webhook: none, switched off, told too little, or a secret that is none', async () => {
    const secrets = { webhookSecrets: [new Secret('whsec_invented')] };
    const messageWith = async (account: SimulatedAccount, changes: Partial<StripeSettings> = secrets): Promise<string> => {
      await start({ accounts: [account] });
      const { ok, message } = await check(changes);
      await running.stop();
      return `${ok ? 'ok' : 'wrong'}: ${message}`;
    };
    expect(await messageWith({ apiKey: 'sk_test_testham' })).toContain('wrong: There is a signing secret, but Stripe has no webhook to http://localhost:4000/payments/webhooks/stripe');
    expect(await messageWith(withWebhook({ isDisabled: true }))).toContain('wrong: Stripe has switched its webhook');
    expect(await messageWith(withWebhook({ events: WEBHOOK_EVENTS.slice(1) }))).toContain('does not tell of checkout.session.completed');
    expect(await messageWith(withWebhook({}), { webhookSecrets: [new Secret('sk_test_testham')] })).toContain('does not begin with whsec_');
    expect(await messageWith(withWebhook({ events: WEBHOOK_EVENTS }))).toContain('ok: Stripe answers');
    await start();
  });
  it('asks nothing that a restricted key may not answer', async () => {
    await start({ accounts: [{ apiKey: 'rk_test_testham', isRestricted: true }] });
    expect(await check({ webhookSecrets: [new Secret('whsec_invented')] }, 'rk_test_testham')).toMatchObject({ ok: true });
  });
});

describe('in a council\'s configuration', () => {
  beforeEach(() => start());

  it('a test key, or another far end, is a sandbox; a live key at Stripe is none', () => {
    expect([stripe({ apiKey: new Secret('sk_test_1') }), stripe({ apiKey: new Secret('sk_live_1'), origin: 'http://localhost:4120' }), stripe({ apiKey: new Secret('rk_test_1') }), stripe({ apiKey: new Secret('') })].map(({ isSandbox }) => isSandbox)).toEqual([true, true, true, true]);
    expect([stripe({ apiKey: new Secret('sk_live_1') }), stripe({ apiKey: new Secret('rk_live_1\n'), origin: `${STRIPE_API}/` })].map(({ isSandbox }) => isSandbox)).toEqual([false, false]);
  });
  it('forms may lead to Stripe\'s page and to the council\'s own domain there', () => {
    const { formOrigins } = stripe({ apiKey: new Secret('sk_live_1'), pageOrigins: ['https://pay.testham.example'] });
    expect(formOrigins?.(testProviderDependencies())).toEqual(['https://pay.testham.example', 'https://checkout.stripe.com']);
  });
  it('is made with what the kernel gives it, and checked by what doctor calls', async () => {
    const installation = stripe({ apiKey: new Secret('sk_test_testham'), origin: running.origin });
    const provider = installation.create(testProviderDependencies({ clock: { now: () => now }, log, council: testCouncil() }));
    expect(provider.abilities).not.toContain('webhooks');
    expect(value(await provider.create(ctx, order())).nextUrl).toContain(running.origin);
    expect(await installation.check?.(provider)).toMatchObject({ ok: true });
  });
});
