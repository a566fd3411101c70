import type { Actor, Outbound, OutboundRequest } from '@guildhall/kernel-contract';
import { GuildhallError, Secret, testConformance } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext } from '@guildhall/kernel-contract/testing';
import { CHANGE_MESSAGE_PREFERENCES, HttpNotifications, READ_MESSAGES, RETRY_MESSAGES, SEND_MESSAGES } from '../index';
import type { SendMessage } from '../index';
import { InMemoryNotifications, inMemoryNotifications, kitTemplates, notificationsKit, type NotificationsHarness } from '../testing';

const machine: Actor = { kind: 'machine', clientId: 'kit', permissions: new Set([SEND_MESSAGES.id, READ_MESSAGES.id, RETRY_MESSAGES.id, CHANGE_MESSAGE_PREFERENCES.id]) };

/** The other side: the REST API's routes over the fake, as JSON texts. */
function otherSide(api: InMemoryNotifications): Outbound {
  const ctx = testContext({ actor: machine, channel: 'api' });
  const route = async (url: URL, { method = 'GET', body }: OutboundRequest): Promise<unknown> => {
    const [collection, id = '', second = ''] = url.pathname.replace('/api/notifications/v1/', '').split('/').map(decodeURIComponent);
    const asked = JSON.parse(JSON.stringify(body ?? null)) as never;
    if (collection === 'people' && second === 'preferences') return method === 'PUT' ? api.changePreferences(ctx, id as never, asked) : api.preferencesOf(ctx, id as never);
    if (collection === 'people') return api.forPerson(ctx, id as never, { before: url.searchParams.get('before') ?? undefined, limit: Number(url.searchParams.get('limit') ?? 20) });
    if (collection === 'subjects') return api.forSubject(ctx, { type: id, id: second });
    if (collection === 'previews') return api.preview(ctx, asked);
    if (method === 'GET') return api.find(ctx, id);
    return second === 'retries' ? api.retry(ctx, id) : api.send(ctx, asked as SendMessage);
  };
  return {
    async fetch(address, request = {}) {
      let status = 200;
      let answer: unknown;
      try {
        answer = await route(new URL(address), request);
        if ((answer as { ok?: boolean }).ok === false) status = 422;
      } catch (error) {
        if (!(error instanceof GuildhallError)) throw error;
        status = error.status;
        answer = { title: error.name, status, detail: error.message, errors: error.fields };
      }
      const text = JSON.stringify(answer);
      return { status, headers: {}, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown };
    },
  };
}

testConformance<NotificationsHarness>(notificationsKit, { describe: (name, body) => describe(`${name}, over HTTP`, body), it }, {
  async open() {
    const clock = new FixedClock();
    const ids = new SeededIds();
    const fake = inMemoryNotifications({ templates: kitTemplates, now: () => clock.now() });
    return {
      api: new HttpNotifications({ origin: 'https://notifications.example', outbound: otherSide(fake), credential: new Secret('kit.secret') }),
      newId: () => ids.uuid(), contextOf: (actor) => testContext({ actor }), work: () => fake.work(),
      async pass(seconds) { clock.advance(seconds); await fake.work(); },
      farEnd: (does) => fake.farEnd(does),
      arrived: () => fake.arrived.map((each) => ({ reference: each.message.messageId, channel: each.address.channel, to: '', words: each.words })),
    };
  },
});

describe('the HTTP client of notifications', () => {
  it.each([['no state', { state: undefined }], ['an unknown state', { state: 'lost' }], ['an unreadable date', { createdAt: 'yesterday' }], ['a number for words', { title: 1 }]])('refuses an answer with %s', async (_, changes) => {
    const view = { id: '1', templateId: 'a.b', channel: 'email', language: 'en', state: 'sent', sentTo: 'a…@b.example', title: 't', tries: 1, createdAt: '2026-11-23T09:00:00.000Z', ...changes };
    const text = JSON.stringify(view);
    const api = new HttpNotifications({ origin: 'https://notifications.example', credential: new Secret('a.b'), outbound: { fetch: async () => ({ status: 200, headers: {}, text: () => text, bytes: () => Buffer.from(text), json: () => JSON.parse(text) as unknown }) } });
    await expect(api.find(testContext(), '1')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
