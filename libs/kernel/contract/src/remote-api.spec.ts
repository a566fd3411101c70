import type { Outbound, OutboundRequest, OutboundResponse } from './index';
import { RemoteApi, Secret, isGuildhallError } from './index';

interface Answer { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }

/** The other side, which gives these answers, and the last one for good; and how long it was waited before it was asked again. */
function answering(...answers: readonly [Answer, ...Answer[]]): { api: RemoteApi; calls: { url: string; request: OutboundRequest }[]; pauses: number[] } {
  const calls: { url: string; request: OutboundRequest }[] = [];
  const pauses: number[] = [];
  const outbound: Outbound = {
    fetch: async (url: string, request: OutboundRequest = {}): Promise<OutboundResponse> => {
      const answer = answers[Math.min(calls.length, answers.length - 1)] ?? answers[0];
      calls.push({ url, request });
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
      return { status: answer.status, headers: answer.headers ?? {}, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown };
    },
  };
  return { api: new RemoteApi({ origin: 'https://neighbour.example', outbound, credential: new Secret('client.secret'), patience: { pause: async (milliseconds) => { pauses.push(milliseconds); }, chance: () => 0.5 } }), calls, pauses };
}
const thrownBy = async (answer: Answer): Promise<unknown> => answering(answer).api.call('/api/x/v1/things').catch((error: unknown) => error);

describe('a REST API at another address', () => {
  it('is called with the credential, the query and the key', async () => {
    const { api, calls } = answering({ status: 200, body: { a: 1 } });
    await expect(api.call('/api/x/v1/things', { method: 'POST', body: { b: 2 }, idempotencyKey: 'k', query: { limit: '5', before: undefined } })).resolves.toEqual({ a: 1 });
    expect(calls).toEqual([{ url: 'https://neighbour.example/api/x/v1/things?limit=5', request: expect.objectContaining({ method: 'POST', body: { b: 2 }, idempotencyKey: 'k', headers: { accept: 'application/json', authorization: 'Bearer client.secret' } }) as unknown }]);
  });

  it.each([[400, 'invalid-input'], [401, 'not-authenticated'], [403, 'not-allowed'], [404, 'not-found'], [409, 'conflict'], [429, 'unavailable'], [500, 'unavailable'], [503, 'unavailable'], [302, 'unavailable']])('throws the error that %i stands for: %s', async (status, code) => {
    const error = await thrownBy({ status, body: { detail: 'What happened.' } });
    expect(isGuildhallError(error) && error.code).toBe(code);
    expect((error as Error).message).toBe('What happened.');
  });

  it('keeps the fields that were wrong, and how long to wait', async () => {
    await expect(thrownBy({ status: 400, body: { errors: [{ field: 'a', message: 'is wrong' }, 'x', { field: 1 }] } })).resolves.toMatchObject({ fields: [{ field: 'a', message: 'is wrong' }] });
    await expect(thrownBy({ status: 503, headers: { 'retry-after': '7' } })).resolves.toMatchObject({ retryAfterInSeconds: 7 });
  });

  const KEYED = { method: 'POST', body: {}, idempotencyKey: 'k' } as const;
  it.each<[string, Parameters<RemoteApi['call']>[1], readonly Answer[], number]>([
    ['what is only read, after 429 or a fault', {}, [429, 500, 502, 503, 504].map((status) => ({ status })), 300], ['what changes something, under its key and after 429: then it was not done', KEYED, [{ status: 429 }], 300],
    ['what changes something, under its key and after a 503 that says when', KEYED, [{ status: 503, headers: { 'retry-after': '1' } }], 1000],
  ])('asks again once, and not at once: %s', async (_, request, answers, wait) => {
    for (const answer of answers) {
      const { api, calls, pauses } = answering(answer, { status: 200, body: { a: 1 } });
      expect(await api.call('/x', request)).toEqual({ a: 1 });
      expect([calls.length, pauses]).toEqual([2, [wait]]);
      expect(calls[1]).toEqual(calls[0]);
      const down = answering(answer);
      await expect(down.api.call('/x', request)).rejects.toMatchObject({ code: 'unavailable' });
      expect(down.calls).toHaveLength(2);
    }
  });

  it.each<[string, Parameters<RemoteApi['call']>[1], Answer]>([
    ['what changes something without a key', { method: 'POST', body: {} }, { status: 429 }], ['what changes something, after a fault', KEYED, { status: 500 }], ['what changes something, after a 503 that does not say when', KEYED, { status: 503 }],
    ['what was answered', {}, { status: 404 }], ['who wants us to wait longer than a person does', {}, { status: 503, headers: { 'retry-after': '3' } }],
  ])('asks once: %s', async (_, request, answer) => {
    const { api, calls } = answering(answer);
    await expect(api.call('/x', request)).rejects.toMatchObject({ code: answer.status === 404 ? 'not-found' : 'unavailable' });
    expect(calls).toHaveLength(1);
  });

  it('waits as long as it is told to, when that is short', async () => {
    const { api, pauses } = answering({ status: 429, headers: { 'retry-after': '2' } }, { status: 200, body: {} });
    await api.call('/x');
    expect(pauses).toEqual([2000]);
  });

  it('brings an outcome over, accepted or refused', async () => {
    const parse = (value: unknown): string => String(value);
    await expect(answering({ status: 201, body: { ok: true, value: 'done' } }).api.outcome(parse, '/x')).resolves.toEqual({ ok: true, value: 'done' });
    await expect(answering({ status: 422, body: { ok: false, refusal: { reason: 'too-much', message: 'Too much.', extra: 1 } } }).api.outcome(parse, '/x')).resolves.toEqual({ ok: false, refusal: { reason: 'too-much', message: 'Too much.' } });
  });

  it.each([['a page', { status: 200, body: '<html>' }], ['another shape', { status: 200, body: { value: 1 } }], ['nothing', { status: 204 }]])('refuses to read %s as an outcome', async (_, answer) => {
    await expect(answering(answer).api.outcome(String, '/x')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('gives bytes as they came, and throws the same errors when there are none', async () => {
    expect(Buffer.from((await answering({ status: 206, body: 'not json' }).api.content('/api/x/v1/things/1/content')).bytes()).toString()).toBe('not json');
    const error = await answering({ status: 404, body: { detail: 'Gone.' } }).api.content('/api/x/v1/things/1/content').catch((thrown: unknown) => thrown);
    expect(isGuildhallError(error) && error.code).toBe('not-found');
  });
});
