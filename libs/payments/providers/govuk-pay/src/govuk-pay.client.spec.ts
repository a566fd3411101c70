import type { OutboundRequest, OutboundResponse } from '@guildhall/kernel-contract';
import { Secret, Unavailable } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, SeededIds } from '@guildhall/kernel-contract/testing';
import type { PayRequest } from './govuk-pay.client';
import { GovUkPayClient } from './govuk-pay.client';

const READ: PayRequest = { operation: 'fetch', mayRepeat: true };
const REFUND: PayRequest = { operation: 'refund', method: 'POST', body: { amount: 1 }, mayRepeat: false };
const LOST = new Unavailable('publicapi did not answer');

function clientThatHears(...answers: readonly (number | Unavailable | (() => void))[]) {
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
      const bytes = Buffer.from('{}');
      return { status: next ?? 200, headers: {}, bytes: () => bytes, text: () => '{}', json: () => ({}) };
    },
  };
  const client = new GovUkPayClient({ outbound, clock, ids: new SeededIds(), log, origin: 'https://pay.example', apiKey: new Secret(' api_test_key\n'), wait: async (milliseconds) => { pauses.push(milliseconds); } });
  return { client, clock, log, sent, pauses };
}
const failure = (doing: Promise<unknown>): Promise<unknown> => doing.then(() => 'no failure', (error: unknown) => error);

describe('when GOV.UK Pay has trouble', () => {
  it('tries again after 5xx and after silence, waiting longer each time and never quite as long as others do', async () => {
    const { client, pauses, sent } = clientThatHears(503, LOST, 200);
    expect((await client.send('/payments/a', READ)).status).toBe(200);
    expect(sent).toHaveLength(3);
    const [first = 0, second = 0] = pauses;
    expect(first).toBeGreaterThanOrEqual(250);
    expect(first).toBeLessThanOrEqual(375);
    expect(second).toBeGreaterThanOrEqual(500);
    expect(second).toBeLessThanOrEqual(750);
  });
  it('after 429 waits the second that the documentation asks for', async () => {
    const { client, pauses } = clientThatHears(429, 200);
    await client.send('/payments/a', READ);
    expect(pauses[0]).toBeGreaterThanOrEqual(1000);
  });
  it('gives up after three tries, and says when to come back after 429', async () => {
    const busy = clientThatHears(429, 429, 429);
    expect(await failure(busy.client.send('/payments/a', READ))).toMatchObject({ code: 'unavailable', retryAfterInSeconds: 1 });
    expect(busy.sent).toHaveLength(3);
    const down = clientThatHears(500, 502, 503);
    expect(await failure(down.client.send('/payments/a', READ))).toMatchObject({ code: 'unavailable' });
  });
  it('begins no further try when the payer has waited for long already', async () => {
    const heard = clientThatHears(() => heard.clock.advance(9), LOST, 200);
    expect(await failure(heard.client.send('/payments/a', READ))).toMatchObject({ code: 'unavailable' });
    expect(heard.sent).toHaveLength(1);
  });
  it('never sends a refund again that may have been made, and does after 429, which means that it was not', async () => {
    for (const answer of [500, 503, LOST] as const) {
      const heard = clientThatHears(answer, 202);
      expect(await failure(heard.client.send('/payments/a/refunds', REFUND))).toMatchObject({ code: 'unavailable' });
      expect(heard.sent).toHaveLength(1);
    }
    const busy = clientThatHears(429, 202);
    expect((await busy.client.send('/payments/a/refunds', REFUND)).status).toBe(202);
  });
  it('sends the same Idempotency-Key each time', async () => {
    const { client, sent } = clientThatHears(503, 201);
    await client.send('/payments', { operation: 'create', method: 'POST', body: {}, idempotencyKey: 'a-1', mayRepeat: true });
    expect(sent.map(({ request }) => request?.idempotencyKey)).toEqual(['a-1', 'a-1']);
  });
  it('returns every refusal at once: asking again does not help', async () => {
    const { client, sent } = clientThatHears(422);
    expect((await client.send('/payments', READ)).status).toBe(422);
    expect(sent).toHaveLength(1);
  });
  it('sends the key without what was pasted around it, and puts it neither into the address nor into a log or an error', async () => {
    const { client, sent, log } = clientThatHears(503, 503, 503);
    const error = await failure(client.send('/payments/a', READ));
    expect(sent[0]?.request?.headers?.authorization).toBe('Bearer api_test_key');
    expect(`${JSON.stringify(log.lines)} ${String(error)} ${sent[0]?.url}`).not.toContain('api_test_key');
    expect(log.lines.map(({ event }) => event)).toEqual(['govuk-pay.tried-in-vain', 'govuk-pay.tried-in-vain']);
  });
});
