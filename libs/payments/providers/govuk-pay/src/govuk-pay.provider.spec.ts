import type { Outcome } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, plainOutbound, testContext, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { NewProviderPayment, ProviderPayment } from '@guildhall/payments-contract';
import { checkConnection } from './check-connection';
import { GOVUK_PAY_API, govUkPay } from './govuk-pay';
import { GovUkPayClient } from './govuk-pay.client';
import type { GovUkPaySettings } from './govuk-pay.provider';
import { GovUkPayProvider } from './govuk-pay.provider';
import type { RunningSimulator, SimulatorOptions } from './simulator';
import { startGovUkPaySimulator } from './simulator';

const ctx = testContext();
let running: RunningSimulator;
let now: Date;
let log: RecordedLog;

const start = async (options: SimulatorOptions = {}): Promise<void> => { running = await startGovUkPaySimulator({ hasRateLimits: false, now: () => now, ...options }); };
beforeEach(() => {
  now = new Date('2026-11-23T09:00:00Z');
  log = new RecordedLog();
});
afterEach(() => running.stop());

function providerWith(changes: Partial<GovUkPaySettings> = {}, apiKey = 'api_test_testham'): GovUkPayProvider {
  const clock = { now: () => now };
  const client = new GovUkPayClient({ outbound: plainOutbound, clock, ids: new SeededIds(), log, origin: running.origin, apiKey: new Secret(apiKey), wait: () => Promise.resolve() });
  return new GovUkPayProvider(client, { pageOrigins: [running.origin], webhookSecrets: [], takesTelephonePayments: false, clock, log, councilOrigin: 'http://localhost:4000', isTestKey: true, ...changes });
}
const order = (changes: Partial<NewProviderPayment> = {}): NewProviderPayment => ({ key: 'a-1', amountInPence: 5500, description: 'Garden waste', reference: 'TE-1', returnUrl: 'http://localhost:4000/payments/1/return', language: 'en', ...changes });
function value<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return outcome.value;
}
const created = async (provider: GovUkPayProvider, changes: Partial<NewProviderPayment> = {}): Promise<ProviderPayment> => value(await provider.create(ctx, order(changes)));
const farOrder = (reference = 'TE-1') => running.controls.payments(reference)[0]?.order;

describe('asking for a payment', () => {
  it('says in the API\'s words what is asked: pence, Welsh, metadata as a flat map, the payer\'s name and address', async () => {
    await start();
    await created(providerWith(), { language: 'cy', email: 'payer@house.example', metadata: { payment_id: 'p-1' }, payer: { name: 'Siân Example', address: { line1: '1 Bridge Street', line2: 'Flat 2', town: 'Testham', postcode: 'ZZ99 1AA', country: 'GB' } } });
    expect(farOrder()).toEqual({
      amount: 5500, reference: 'TE-1', description: 'Garden waste', returnUrl: 'http://localhost:4000/payments/1/return', language: 'cy', email: 'payer@house.example', metadata: { payment_id: 'p-1' }, isDelayedCapture: false, isMoto: false, mode: 'web',
      holder: 'Siân Example', address: { line1: '1 Bridge Street', line2: 'Flat 2', city: 'Testham', postcode: 'ZZ99 1AA', country: 'GB' },
    });
  });
  it('P0920: what the firewall stops is written otherwise where people read it', async () => {
    await start();
    await created(providerWith(), { description: 'Bin "240 l" <brown> | lid\\wheels', metadata: { note: 'a|b' } });
    expect(farOrder()).toMatchObject({ description: 'Bin ”240 l” ‹brown› / lid/wheels', metadata: { note: 'a/b' } });
  });
  it('P0191: two of the same at once, of which the second is told that its key is used, are one payment', async () => {
    await start();
    running.controls.faults.plan('create', 'key-race');
    await created(providerWith());
    expect(running.controls.payments('TE-1')).toHaveLength(1);
  });
  it('P0196: by telephone it is marked so, and not asked for where the council has not set that up', async () => {
    await start();
    await created(providerWith({ takesTelephonePayments: true }), { isByTelephone: true });
    expect(farOrder()).toMatchObject({ isMoto: true });
    expect(await providerWith().create(ctx, order({ isByTelephone: true, reference: 'TE-2' }))).toMatchObject({ ok: false, refusal: { reason: 'not-accepted' } });
    expect(farOrder('TE-2')).toBeUndefined();
  });
  it('P0196, P0102: what the account may not do, or the API does not take, is not accepted, and the log has the code', async () => {
    await start({ accounts: [{ apiKey: 'api_test_testham', allowsTelephone: false }] });
    const provider = providerWith({ takesTelephonePayments: true });
    expect(await provider.create(ctx, order({ isByTelephone: true }))).toMatchObject({ refusal: { reason: 'not-accepted', message: 'GOV.UK Pay does not accept this payment (P0196).' } });
    expect(await provider.create(ctx, order({ amountInPence: 10_000_001 }))).toMatchObject({ refusal: { reason: 'not-accepted' } });
    expect(log.lines.map(({ ids }) => ids)).toEqual([{ code: 'P0196', status: 422 }, { code: 'P0102', status: 422 }]);
  });
  it('401: a key that is not taken is no refusal of the payer\'s payment, and the error says where to look', async () => {
    await start({ accounts: [] });
    await expect(providerWith().create(ctx, order())).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('API key') as string });
  });
  it('an address to pay at that is not GOV.UK Pay\'s own is followed by nobody', async () => {
    await start();
    running.controls.faults.plan('create', 'elsewhere');
    await expect(providerWith().create(ctx, order())).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('another port of this machine is followed where the far end is on this machine, and never where it is GOV.UK Pay', async () => {
    await start();
    expect((await created(providerWith({ pageOrigins: ['http://localhost:1'] }))).nextUrl).toContain(running.origin);
    await expect(providerWith({ pageOrigins: ['https://www.payments.service.gov.uk'] }).create(ctx, order())).rejects.toMatchObject({ code: 'unavailable' });
  });
  it.each(['cut-off', 'oversize', 'nonsense'] as const)('an answer that is %s is Unavailable', async (fault) => {
    await start();
    const provider = providerWith();
    const { providerPaymentId } = await created(provider);
    running.controls.faults.plan('fetch', fault);
    await expect(provider.fetch(ctx, providerPaymentId)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('resuming', () => {
  it('each fetch gives an address of its own, and after 90 minutes there is none: P0020', async () => {
    await start();
    const provider = providerWith();
    const first = await created(provider);
    const second = await provider.fetch(ctx, first.providerPaymentId);
    expect(second.nextUrl).not.toBe(first.nextUrl);
    now = new Date(now.getTime() + 90 * 60_000);
    const after = await provider.fetch(ctx, first.providerPaymentId);
    expect([after.state, after.failureCode, after.nextUrl]).toEqual(['expired', 'P0020', undefined]);
  });
});

describe('refunds', () => {
  async function paid(provider: GovUkPayProvider): Promise<ProviderPayment> {
    const { providerPaymentId } = await created(provider);
    running.controls.payerDoes(providerPaymentId, 'succeed');
    return provider.fetch(ctx, providerPaymentId);
  }
  const ask = (provider: GovUkPayProvider, { providerPaymentId }: ProviderPayment, amountInPence: number, availableInPence = 5500) => provider.refund(ctx, { providerPaymentId, key: 'r-1', amountInPence, availableInPence });

  it('P0604: another amount available than we believe is refused, and nothing moves', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    running.controls.refundOutside(payment.providerPaymentId, 500);
    expect(await ask(provider, payment, 1000)).toMatchObject({ refusal: { reason: 'amount-changed' } });
  });
  it('P0603: more than there is, and what is not paid, are told apart', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    expect(await ask(provider, payment, 5501)).toMatchObject({ refusal: { reason: 'more-than-left' } });
    const open = await created(provider, { reference: 'TE-2', key: 'a-2' });
    expect(await ask(provider, open, 1)).toMatchObject({ refusal: { reason: 'not-refundable' } });
  });
  it('while GOV.UK Pay\'s list is behind the payment it is not believed: a refund that is missing from it would be made again', async () => {
    await start({ times: { listsLagInSeconds: 60 } });
    const provider = providerWith();
    const payment = await paid(provider);
    value(await ask(provider, payment, 1000));
    await expect(provider.refunds(ctx, payment.providerPaymentId)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('behind') as string });
    now = new Date(now.getTime() + 60_000);
    expect(await provider.refunds(ctx, payment.providerPaymentId)).toMatchObject([{ amountInPence: 1000 }]);
  });
  it('a refund whose answer was lost is refused the second time, whatever is still available', async () => {
    await start();
    const provider = providerWith();
    const payment = await paid(provider);
    running.controls.faults.plan('refund', 'lose-answer');
    await expect(ask(provider, payment, 1000)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await ask(provider, payment, 1000)).toMatchObject({ refusal: { reason: 'amount-changed' } });
    expect(running.controls.find(payment.providerPaymentId).refunds).toHaveLength(1);
  });
});

describe('lists', () => {
  it('are turned page by page to the end, by the account\'s own calendar of settlements', async () => {
    await start();
    const provider = providerWith();
    for (let number = 0; number < 101; number++) {
      const { providerPaymentId } = await created(provider, { key: `a-${number}`, reference: `TE-${number}` });
      running.controls.payerDoes(providerPaymentId, 'succeed');
      if (number === 0) running.controls.refundOutside(providerPaymentId, 100);
      running.controls.settle(providerPaymentId, '2026-11-24');
    }
    const pages = [];
    for (let after: string | undefined, hasMore = true; hasMore; hasMore = after !== undefined) {
      const page = await provider.settlements(ctx, { from: '2026-11-24', before: '2026-11-25', ...(after ? { after } : {}) });
      pages.push(page.items);
      after = page.next;
    }
    expect(pages.map((items) => items.length)).toEqual([100, 1, 1, 0]);
    expect(pages[1]?.[0]).toMatchObject({ kind: 'payment', reference: 'TE-0', amountInPence: 5500, feeInPence: 28, settledOn: '2026-11-24' });
    expect(pages[2]?.[0]).toMatchObject({ kind: 'refund', amountInPence: 100 });
    expect((await provider.search(ctx, { after: '2' })).payments).toHaveLength(1);
    expect((await provider.search(ctx, { after: '3' })).payments).toEqual([]);
  });
  it('of settlements hold what was lost in disputes with its fee, and no dispute that is won or not decided; an account without disputes has none', async () => {
    await start();
    const provider = providerWith();
    const ids: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      const { providerPaymentId } = await created(provider, { key: `${key}-1`, reference: `TE-${key}` });
      running.controls.payerDoes(providerPaymentId, 'succeed');
      running.controls.dispute(providerPaymentId);
      ids.push(providerPaymentId);
    }
    running.controls.moveDispute(ids[0] ?? '', 'lost', '2026-11-24');
    running.controls.moveDispute(ids[1] ?? '', 'won', '2026-11-24');
    expect(await provider.settlements(ctx, { from: '2026-11-24', before: '2026-11-25', after: 'dispute.1' })).toEqual({
      items: [{ kind: 'other', providerPaymentId: ids[0], movement: { id: expect.stringMatching(/^[a-z0-9]{26}$/) as string, what: 'dispute' }, amountInPence: -5500, feeInPence: 1500, settledOn: '2026-11-24' }],
    });
    expect(await provider.settlements(ctx, { from: '2026-11-25', before: '2026-11-26', after: 'dispute.1' })).toEqual({ items: [] });
  });
  it('find by day of creation, and by reference as it is written', async () => {
    await start();
    const provider = providerWith();
    await created(provider, { reference: 'te-1', key: 'a-2' });
    await created(provider);
    expect((await provider.search(ctx, { reference: 'TE-1' })).payments).toHaveLength(1);
    expect((await provider.search(ctx, { createdFrom: now, createdBefore: new Date(now.getTime() + 1000) })).payments).toHaveLength(2);
    expect((await provider.search(ctx, { createdBefore: now })).payments).toEqual([]);
  });
});

describe('the connection check', () => {
  const check = (changes: Partial<GovUkPaySettings> = {}, apiKey?: string) => { const provider = providerWith(changes, apiKey); return checkConnection(provider.client, provider.settings); };

  it('says that all is well, what kind of key it is, and where webhooks lead; and makes no payment', async () => {
    now = new Date();
    await start();
    expect(await check()).toEqual({ ok: true, message: 'GOV.UK Pay answers and accepts the test key: no money moves. No webhooks are set up: payments are asked about instead.' });
    expect(await check({ isTestKey: false, councilOrigin: 'https://apps.testham.example', webhookSecrets: [new Secret('s')], takesTelephonePayments: true }, 'api_live_testham')).toMatchObject({ ok: true, message: expect.stringContaining('https://apps.testham.example/payments/webhooks/govuk-pay') as string });
    expect(running.controls.payments()).toHaveLength(0);
  });
  it('says what to do about a wrong key, a clock that is off, http with a live key, an empty secret and silence', async () => {
    now = new Date();
    await start();
    expect((await check({}, 'nonsense')).message).toContain('does not accept the API key (401)');
    expect((await check({ isTestKey: false })).message).toContain('https');
    expect((await check({ webhookSecrets: [new Secret(' ')] })).message).toContain('Settings, Webhooks');
    for (const fault of ['unavailable', 'lose-request'] as const) {
      running.controls.faults.plan('search', fault, 3);
      expect(await check()).toEqual({ ok: false, message: expect.stringContaining(` Look whether this server may call ${new URL(running.origin).host}, and at payments.statuspage.io.`) as string });
    }
    now = new Date(now.getTime() + 3_600_000);
    expect((await check()).message).toMatch(/clock is 3\d{3} seconds fast/);
  });
});

describe('in a council\'s configuration', () => {
  it('is a sandbox with a test key, or with another far end than GOV.UK Pay, so that production has to accept it by name', async () => {
    await start();
    expect(govUkPay({ apiKey: new Secret('api_live_x') }).isSandbox).toBe(false);
    expect(govUkPay({ apiKey: new Secret('api_test_x') }).isSandbox).toBe(true);
    expect(govUkPay({ apiKey: new Secret('api_live_x'), origin: running.origin }).isSandbox).toBe(true);
    expect(govUkPay({ apiKey: new Secret('api_live_x'), origin: `${GOVUK_PAY_API}/` }).isSandbox).toBe(false);
  });
  it('lets forms lead to GOV.UK Pay\'s own pages, or to those of the far end that is named', async () => {
    await start();
    const dependencies = testProviderDependencies();
    expect(govUkPay({ apiKey: new Secret('api_live_x') }).formOrigins?.(dependencies)).toEqual(['https://www.payments.service.gov.uk', 'https://card.payments.service.gov.uk']);
    expect(govUkPay({ apiKey: new Secret('api_test_x'), origin: `${running.origin}/`, pageOrigins: ['http://pages.example'] }).formOrigins?.(dependencies)).toEqual(expect.arrayContaining([running.origin, 'http://pages.example']));
  });
  it('is looked after by doctor through its check', async () => {
    now = new Date();
    await start();
    const installation = govUkPay({ apiKey: new Secret('api_test_x'), origin: running.origin });
    expect(await installation.check?.(installation.create(testProviderDependencies({ clock: { now: () => now } })))).toMatchObject({ ok: true });
  });
});
