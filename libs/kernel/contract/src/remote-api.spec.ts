import type { Outbound, OutboundRequest, OutboundResponse } from './index';
import { RemoteApi, Secret, isGuildhallError } from './index';

interface Answer { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> }

function answering(answer: Answer): { api: RemoteApi; calls: { url: string; request: OutboundRequest }[] } {
  const calls: { url: string; request: OutboundRequest }[] = [];
  const outbound: Outbound = {
    fetch: async (url: string, request: OutboundRequest = {}): Promise<OutboundResponse> => {
      calls.push({ url, request });
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
      return { status: answer.status, headers: answer.headers ?? {}, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown };
    },
  };
  return { api: new RemoteApi({ origin: 'https://neighbour.example', outbound, credential: new Secret('client.secret') }), calls };
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
