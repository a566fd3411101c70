import type { Outbound, OutboundRequest } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import { testContext } from '@guildhall/kernel-contract/testing';
import { HttpSubscriptions, MANAGE_SUBSCRIPTIONS } from '../index';

const ID = '01990000-0000-7000-8000-0000000000e1';
const ctx = testContext({ actor: { kind: 'system', job: 'test', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) } });
const subscription = { id: ID, title: 'Bin lorries', url: 'https://hooks.bin-lorries.example/', eventTypes: ['*'], caseTypes: [], state: 'active', version: 1, createdAt: '2026-11-23T09:00:00.000Z' };
const delivery = { eventId: ID, eventType: 'kit.bin-emptied', subject: 'bin-1', at: '2026-11-23T09:00:00.000Z', state: 'waiting', isTest: false, tries: 0 };

/** The client before a far side that answers everything so, and what it was asked. */
function before(status: number, answer: unknown): { readonly api: HttpSubscriptions; readonly asked: (OutboundRequest & { readonly url: string })[] } {
  const asked: (OutboundRequest & { readonly url: string })[] = [];
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  const outbound: Outbound = {
    fetch: async (url, request = {}) => {
      asked.push({ ...request, url });
      return { status, headers: { 'retry-after': '60' }, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown };
    },
  };
  return { api: new HttpSubscriptions({ origin: 'https://apps.riverbourne.example', outbound, credential: new Secret('hub.correct') }), asked };
}

describe('the HTTP client of subscriptions', () => {
  it('says by its credential who asks, and waits for as long as a receiver may take', async () => {
    const { api, asked } = before(200, { subscriptions: [subscription], next: ID });
    expect(await api.list(ctx, { after: ID, limit: 1 })).toEqual({ subscriptions: [{ ...subscription, createdAt: new Date(subscription.createdAt) }], next: ID });
    expect(asked).toMatchObject([{ url: `https://apps.riverbourne.example/api/subscriptions/v1/subscriptions?after=${ID}&limit=1`, timeoutInSeconds: 40, headers: { authorization: 'Bearer hub.correct' } }]);
  });

  it('asks nothing for whoever may not manage subscriptions here, or for what is no id', async () => {
    const { api, asked } = before(200, subscription);
    await expect(api.find(testContext(), ID)).rejects.toMatchObject({ code: 'not-authenticated' });
    await expect(api.remove(testContext({ actor: { kind: 'machine', clientId: 'x', permissions: new Set() } }), ID)).rejects.toMatchObject({ code: 'not-allowed' });
    for (const id of ['..', '', `${ID}/pause`, `${ID}?x`]) await expect(api.remove(ctx, id)).rejects.toMatchObject({ code: 'not-found' });
    for (const event of ['..', '', '../..']) await expect(api.replayOne(ctx, ID, event)).rejects.toMatchObject({ code: 'not-found' });
    expect(asked).toEqual([]);
  });

  it.each([[400, 'invalid-input'], [401, 'not-authenticated'], [403, 'not-allowed'], [404, 'not-found'], [409, 'conflict'], [429, 'unavailable'], [500, 'unavailable'], [503, 'unavailable']])('throws what the other side threw: %i is %s', async (status, code) => {
    const { api } = before(status, { title: 'Wrong', status, detail: 'Because.', errors: [{ field: 'limit', message: 'must be less' }] });
    const asked = [() => api.events(ctx), () => api.list(ctx), () => api.create(ctx, { subscriptionId: ID, title: 't', url: 'u', eventTypes: ['*'] }), () => api.pause(ctx, ID), () => api.revealSecret(ctx, ID), () => api.test(ctx, ID), () => api.remove(ctx, ID), () => api.retryDead(ctx, ID)];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code, message: 'Because.', ...(status === 400 && { fields: [{ field: 'limit', message: 'must be less' }] }) });
  });

  it.each([
    ['no JSON', '<html>'], ['nothing', 'null'], ['a list', '[]'], ['no state', { ...subscription, state: undefined }], ['an unknown state', { ...subscription, state: 'lost' }], ['an unreadable date', { ...subscription, createdAt: 'yesterday' }],
    ['a number for words', { ...subscription, title: 1 }], ['words for a list', { ...subscription, eventTypes: '*' }], ['a version that is none', { ...subscription, version: 1.5 }], ['an unknown reason', { ...subscription, disabledBecause: 'bored' }],
  ])('refuses a subscription with %s', async (_what, answer) => {
    await expect(before(200, answer).api.find(ctx, ID)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(before(200, { subscriptions: [answer] }).api.list(ctx)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(before(200, { ok: true, value: { subscription: answer, secret: 'whsec_' } }).api.create(ctx, { subscriptionId: ID, title: 't', url: 'u', eventTypes: ['*'] })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([['no event', { ...delivery, eventId: undefined }], ['an unknown state', { ...delivery, state: 'lost' }], ['an unknown failure', { ...delivery, lastFailure: 'bored' }], ['a negative count', { ...delivery, tries: -1 }], ['words for a flag', { ...delivery, isTest: 'no' }]])('refuses a delivery with %s', async (_what, answer) => {
    await expect(before(200, answer).api.delivery(ctx, ID, ID)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(before(200, { deliveries: [answer] }).api.deliveries(ctx, ID)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('refuses a secret, a count and a catalogue that are none', async () => {
    await expect(before(201, { subscription }).api.rollSecret(ctx, ID, {})).rejects.toMatchObject({ code: 'unavailable' });
    await expect(before(202, { count: '3' }).api.retryDead(ctx, ID)).rejects.toMatchObject({ code: 'unavailable' });
    for (const catalogue of [{}, [{ type: 'kit.bin-emptied' }], [null]]) await expect(before(200, catalogue).api.events(ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('leaves out what it does not know', async () => {
    expect(await before(200, { ...delivery, inventedLater: true }).api.delivery(ctx, ID, ID)).toEqual({ ...delivery, at: new Date(delivery.at) });
  });
});
