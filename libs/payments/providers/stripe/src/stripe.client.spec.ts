import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { Secret, Unavailable } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, SeededIds } from '@guildhall/kernel-contract/testing';
import { NeverAgain, NotPermitted, StripeClient, codeOf, refusalIn } from './stripe.client';

interface Heard { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
const LOST = new Unavailable('api.stripe.com did not answer');
const error = (status: number, headers: Readonly<Record<string, string>> = {}, more: object = {}): Heard => ({ status, headers, body: { error: { type: 'api_error', message: 'Something with payer@house.example in it', ...more } } });
const SESSION: Heard = { status: 200, body: { id: 'cs_test_1', object: 'checkout.session' } };

function clientThatHears(...answers: readonly (Heard | Unavailable | (() => void))[]) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const sent: { readonly url: string; readonly request?: OutboundRequest }[] = [];
  const pauses: number[] = [];
  const waiting = [...answers];
  const outbound = {
    fetch: async (url: string, request?: OutboundRequest): Promise<OutboundResponse> => {
      sent.push({ url, request });
      let next = waiting.shift();
      while (typeof next === 'function') { next(); next = waiting.shift(); }
      if (next instanceof Unavailable) throw next;
      const { status, headers = {}, body = {} } = next ?? SESSION;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return { status, headers, bytes: () => Buffer.from(text), text: () => text, json: () => JSON.parse(text) as unknown };
    },
  };
  const client = new StripeClient({ outbound, clock, ids: new SeededIds(), log, origin: 'https://api.stripe.example', apiKey: new Secret(' sk_test_key\n'), wait: async (milliseconds) => { pauses.push(milliseconds); } });
  const read = () => client.call('fetch', (stripe) => stripe.checkout.sessions.retrieve('cs_test_1'));
  const write = () => client.call('refund', (stripe) => stripe.refunds.create({ payment_intent: 'pi_1', amount: 1 }, { idempotencyKey: 'r-1' }));
  return { client, clock, log, sent, pauses, read, write };
}
const failure = (doing: Promise<unknown>): Promise<unknown> => doing.then(() => 'no failure', (thrown: unknown) => thrown);

describe('calling Stripe', () => {
  it('sends a form with the key, the version that the client was made for, and our idempotency key', async () => {
    const { write, sent } = clientThatHears();
    await write();
    expect(sent[0]?.url).toBe('https://api.stripe.example/v1/refunds');
    expect(sent[0]?.request).toMatchObject({ method: 'POST', body: 'payment_intent=pi_1&amount=1', timeoutInSeconds: 10, headers: { authorization: 'Bearer sk_test_key', 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': 'r-1', 'stripe-version': '2026-10-28.endive' } });
  });
  it('says nothing of this machine nor of how long calls took', async () => {
    const { read, sent } = clientThatHears(SESSION, SESSION);
    await read();
    await read();
    for (const { request } of sent) {
      expect(request?.headers).not.toHaveProperty('x-stripe-client-telemetry');
      expect(JSON.parse(String(request?.headers?.['x-stripe-client-user-agent']))).not.toHaveProperty('platform');
    }
  });
  it('puts an id where an id belongs: what is in it leads nowhere else', async () => {
    const { client, sent } = clientThatHears();
    await client.call('fetch', (stripe) => stripe.checkout.sessions.retrieve('cs_test_1?x=1'));
    expect(sent[0]?.url).toBe('https://api.stripe.example/v1/checkout/sessions/cs_test_1%3Fx%3D1');
  });
});

describe('when Stripe has trouble', () => {
  it('tries again after 5xx and after silence, waiting longer each time and never quite as long as others do', async () => {
    const { read, pauses, sent } = clientThatHears(error(503), LOST, SESSION);
    expect(await read()).toMatchObject({ id: 'cs_test_1' });
    expect(sent).toHaveLength(3);
    const [first = 0, second = 0] = pauses;
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThanOrEqual(750);
    expect(second).toBeGreaterThanOrEqual(1000);
    expect(second).toBeLessThanOrEqual(1500);
  });
  it('after 429 waits a second, or as long as Retry-After says', async () => {
    const busy = clientThatHears(error(429), SESSION);
    await busy.read();
    expect(busy.pauses[0]).toBeGreaterThanOrEqual(1000);
    const told = clientThatHears(error(429, { 'retry-after': '7' }), SESSION);
    await told.read();
    expect(told.pauses[0]).toBeGreaterThanOrEqual(7000);
    const absurd = clientThatHears(error(429, { 'retry-after': '86400' }), SESSION);
    await absurd.read();
    expect(absurd.pauses[0]).toBeLessThan(2000);
  });
  it('sends what may have been done again with the same idempotency key', async () => {
    const { write, sent } = clientThatHears(LOST, error(500), SESSION);
    await write();
    expect(sent.map(({ request }) => request?.headers?.['idempotency-key'])).toEqual(['r-1', 'r-1', 'r-1']);
  });
  it('409: two of the same at once are tried again until the first is done', async () => {
    const { write, sent } = clientThatHears(error(409, { 'stripe-should-retry': 'true' }, { type: 'idempotency_error', code: 'idempotency_key_in_use' }), SESSION);
    await write();
    expect(sent).toHaveLength(2);
  });
  it('Stripe-Should-Retry decides where it is given', async () => {
    const never = clientThatHears(error(500, { 'stripe-should-retry': 'false' }), SESSION);
    expect(await failure(never.read())).toBeInstanceOf(NeverAgain);
    expect(never.sent).toHaveLength(1);
    const again = clientThatHears(error(400, { 'stripe-should-retry': 'true' }, { code: 'lock_timeout' }), SESSION);
    expect(await again.read()).toMatchObject({ id: 'cs_test_1' });
  });
  it('gives up after three tries, and says when to come back after 429', async () => {
    const busy = clientThatHears(error(429), error(429), error(429), SESSION);
    expect(await failure(busy.read())).toMatchObject({ code: 'unavailable', retryAfterInSeconds: 1 });
    expect(busy.sent).toHaveLength(3);
    expect(await failure(clientThatHears(LOST, LOST, LOST).read())).toMatchObject({ code: 'unavailable' });
  });
  it('begins no further try when the payer has waited for long already', async () => {
    const heard = clientThatHears(() => heard.clock.advance(9), LOST, SESSION);
    expect(await failure(heard.read())).toMatchObject({ code: 'unavailable' });
    expect(heard.sent).toHaveLength(1);
  });
  it('returns every refusal at once: asking again does not help', async () => {
    for (const status of [400, 402, 404]) {
      const { read, sent } = clientThatHears(error(status, {}, { code: 'resource_missing' }), SESSION);
      const refusal = refusalIn(await failure(read()));
      expect(refusal && codeOf(refusal)).toBe('resource_missing');
      expect(sent).toHaveLength(1);
    }
  });
  it('401 and 403 say where to look, and whether it is the key or what it may do', async () => {
    expect(await failure(clientThatHears(error(401)).read())).toMatchObject({ code: 'unavailable', message: expect.stringContaining('API key') as string });
    expect(await failure(clientThatHears(error(403)).read())).toBeInstanceOf(NotPermitted);
  });
  it.each([
    ['a page of a proxy with 200', { status: 200, body: '<p>Please sign in</p>' }], ['half of an answer', { status: 200, body: '{"id":"cs_' }], ['a list', { status: 200, body: [] }], ['nothing', { status: 200, body: '' }], ['null', { status: 200, body: 'null' }],
    ['many megabytes', { status: 200, body: `{"padding":"${'x'.repeat(9 * 1024 * 1024)}"}` }], ['a redirect', { status: 302, body: '' }],
  ] as const)('%s is Unavailable, and no answer', async (_what, heard) => {
    expect(await failure(clientThatHears(heard).read())).toMatchObject({ code: 'unavailable' });
  });
  it('a page of a proxy with 502 is tried again as any 502 is', async () => {
    const { read, sent } = clientThatHears({ status: 502, body: '<h1>Bad gateway</h1>' }, { status: 502, body: '{}' }, SESSION);
    expect(await read()).toMatchObject({ id: 'cs_test_1' });
    expect(sent).toHaveLength(3);
  });
  it('neither logs nor throws what Stripe says in words, which may repeat what the payer gave', async () => {
    const { read, log } = clientThatHears(error(500), error(500), error(500));
    const thrown = await failure(read());
    expect(`${String(thrown)} ${JSON.stringify(log.lines)}`).not.toContain('payer@house.example');
    expect(log.lines.map(({ ids }) => ids)).toEqual([{ operation: 'fetch', status: 500, tries: 1 }, { operation: 'fetch', status: 500, tries: 2 }]);
  });
});
