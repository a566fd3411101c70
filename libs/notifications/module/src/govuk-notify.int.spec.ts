import { Secret, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { NOTIFICATIONS, READ_MESSAGES, RETRY_MESSAGES, messageOf, type MessageLanguage, type MessageView, type NotificationsApi, type Recipient } from '@guildhall/notifications-contract';
import { kitOrdinary, kitTemplates } from '@guildhall/notifications-contract/testing';
import { govUkNotify } from '@guildhall/notifications-provider-govuk-notify';
import { CARRIER_SETTING, NotifySimulator, aService, apiKeyOf } from '@guildhall/notifications-provider-govuk-notify/simulator';
import { kitPack } from '../test/council';
import { AskProvidersForNews } from './following/ask-providers';
import { notifications } from './index';

const clock = new FixedClock();
const ids = new SeededIds(21);
const services = [aService({ name: 'Riverbourne' }), aService({ name: 'Glanafon' })] as const;
const notify = new NotifySimulator({ delivery: 'by-hand', services });
const TOKENS = { riverbourne: 'the token of Riverbourne', glanafon: 'the token of Glanafon' };
let running: TestApp;
let api: NotificationsApi;
let ctx: RequestContext;

beforeAll(async () => {
  await notify.start();
  const modules = (slug: 'riverbourne' | 'glanafon') => [notifications({ providers: [govUkNotify({ apiKey: new Secret(apiKeyOf(services[slug === 'riverbourne' ? 0 : 1])), templates: CARRIER_SETTING, callbackToken: new Secret(TOKENS[slug]), origin: notify.origin, timeoutInSeconds: 2 })] }), kitPack(kitTemplates)];
  running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, modules('riverbourne')), testCouncilDefinition('glanafon', 2, modules('glanafon'))], clock });
  api = running.get<NotificationsApi>(NOTIFICATIONS.token);
  ctx = running.systemContext();
  services[0].deliveryCallback = { url: `${running.origin()}/api/notifications/v1/callbacks/notifications.govuk-notify`, token: TOKENS.riverbourne };
  services[0].returnedLetterCallback = services[0].deliveryCallback;
  // A mistake in a council's settings: another council's address.
  services[1].deliveryCallback = services[0].deliveryCallback && { ...services[0].deliveryCallback, token: TOKENS.glanafon };
});
afterAll(async () => {
  await running.close();
  await notify.stop();
});
beforeEach(async () => {
  notify.misbehave();
  clock.advance(3 * 86_400);
  await running.drainJobs();
});

async function keep(to: Recipient, language: MessageLanguage = 'en'): Promise<string> {
  const messageId = ids.uuid();
  const outcome = await api.send(ctx, messageOf(kitOrdinary, { messageId, idempotencyKey: messageId, language, to, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } }));
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return messageId;
}
const ann = { email: 'ann@riverbourne.example' };
const find = (id: string): Promise<MessageView> => api.find(ctx, id);
const atNotify = (reference: string): (typeof notify.notifications)[number][] => notify.notifications.filter((each) => each.reference === reference);
async function pass(seconds: number): Promise<void> {
  clock.advance(seconds);
  await running.drainJobs();
}

describe('a council whose messages go by GOV.UK Notify', () => {
  it.each<[string, Recipient, string]>([['an e-mail', ann, 'Hello Ann, your reference is RB-7K3F-92QD.'], ['a text', { phone: '07700 900123' }, 'Ann: RB-7K3F-92QD'], ['a letter', { postalLines: ['Ann Resident', '1 Mill Lane', 'ZZ99 1AA'] }, 'Your reference is RB-7K3F-92QD.']])('sends %s with the words of its own template', async (_, to, body) => {
    const id = await keep(to);
    await running.drainJobs();
    expect(atNotify(id)).toMatchObject([{ body, serviceId: services[0].id }]);
    expect(await find(id)).toMatchObject({ state: 'sending', tries: 1 });
  });

  it('writes Welsh first to somebody whose language is not known', async () => {
    const id = await keep(ann, 'both');
    await running.drainJobs();
    expect(atNotify(id)).toMatchObject([{ subject: 'Biniau i Ann / Bins for Ann', template: { name: 'Guildhall email cy' } }]);
    expect(atNotify(id)[0]?.body).toMatch(/^Helo Ann[\s\S]*\n---\n[\s\S]*Hello Ann/);
  });

  it('hears by callback what became of a message', async () => {
    const ends = [['delivered', 'delivered', undefined], ['temporary-failure', 'failed', 'temporary'], ['permanent-failure', 'failed', 'permanent'], ['technical-failure', 'failed', 'technical']] as const;
    for (const [status, state, failure] of ends) {
      const id = await keep(ann);
      await running.drainJobs();
      notify.settle(atNotify(id)[0]?.id ?? '', status);
      await notify.callbacksSettled();
      expect(notify.callbackTries.at(-1)).toMatchObject({ status: 200, willTryAgain: false });
      expect(await find(id)).toMatchObject({ state, failure });
    }
  });

  it('hears of a letter that came back, though it had arrived', async () => {
    const id = await keep({ postalLines: ['Ann Resident', '1 Mill Lane', 'ZZ99 1AA'] });
    await running.drainJobs();
    notify.settle(atNotify(id)[0]?.id ?? '', 'received');
    clock.advance(3600);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'delivered' });
    notify.settle(atNotify(id)[0]?.id ?? '', 'returned-letter');
    await notify.callbacksSettled();
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'permanent', failureCode: 'notify-returned-letter' });
  });

  it('loses no news while it is away: what the callbacks could not say it asks for', async () => {
    const id = await keep(ann);
    await running.drainJobs();
    const callback = services[0].deliveryCallback;
    services[0].deliveryCallback = undefined;
    notify.settle(atNotify(id)[0]?.id ?? '', 'permanent-failure');
    services[0].deliveryCallback = callback;
    clock.advance(3600);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'permanent' });
  });

  it('does not believe the callbacks of another council\'s Notify', async () => {
    const id = await keep(ann);
    await running.drainJobs();
    const { url } = services[0].deliveryCallback ?? { url: '' };
    for (const authorization of [`Bearer ${TOKENS.glanafon}`, 'Bearer ', '']) {
      const response = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify({ id: atNotify(id)[0]?.id, reference: id, status: 'permanent-failure' }) });
      expect(response.status).toBe(401);
    }
    expect(await find(id)).toMatchObject({ state: 'sending' });
  });

  it('answers 400 to what no callback of Notify\'s can be, and 413 to what is too large to be read', async () => {
    const { url, token } = services[0].deliveryCallback ?? { url: '', token: '' };
    const say = async (body: string): Promise<number> => (await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' }, body })).status;
    expect([await say('{'), await say('[]'), await say(JSON.stringify({ id: 'x'.repeat(70_000), status: 'delivered' })), await say(`"${'x'.repeat(1_100_000)}"`)]).toEqual([400, 400, 400, 413]);
  });

  it('sends once though Notify vanishes after it took the message, and though it says 500', async () => {
    for (const kind of ['vanish-after-taking', 'fail-after-taking', 'malformed'] as const) {
      notify.misbehave({ kind }, { times: 1 });
      const id = await keep(ann);
      await running.drainJobs();
      expect(await find(id)).toMatchObject({ state: 'created', failureCode: 'provider-unavailable' });
      await pass(120);
      expect(await find(id)).toMatchObject({ state: 'sending', tries: 2 });
      expect(atNotify(id)).toHaveLength(1);
    }
  });

  it('waits while Notify says nothing, or too much to be read, and sends once after that', async () => {
    for (const kind of ['silent', 'oversize'] as const) {
      notify.misbehave({ kind }, { times: 1 });
      const id = await keep(ann);
      await running.drainJobs();
      expect(await find(id)).toMatchObject({ state: 'created', failureCode: 'provider-unavailable' });
      await pass(120);
      expect(await find(id)).toMatchObject({ state: 'sending' });
      expect(atNotify(id)).toHaveLength(1);
    }
  });

  it('comes back when Notify has had too much, and not before the minute is over', async () => {
    notify.misbehave({ kind: 'answer', status: 429, error: 'RateLimitError' }, { times: 1 });
    const id = await keep(ann);
    await running.drainJobs();
    await pass(45);
    expect(await find(id)).toMatchObject({ state: 'created', tries: 1, failureCode: 'notify-rate-limit-error' });
    await pass(120);
    expect(await find(id)).toMatchObject({ state: 'sending' });
  });

  it('sends again what an officer sends again, and is not misled by news of the first', async () => {
    const id = await keep(ann);
    await running.drainJobs();
    notify.settle(atNotify(id)[0]?.id ?? '', 'temporary-failure');
    await notify.callbacksSettled();
    await api.retry({ ...ctx, actor: testOfficer([READ_MESSAGES.id, RETRY_MESSAGES.id]) }, id);
    await running.drainJobs();
    expect(atNotify(id)).toHaveLength(2);
    notify.settle(atNotify(id)[0]?.id ?? '', 'temporary-failure');
    await notify.callbacksSettled();
    expect(await find(id)).toMatchObject({ state: 'sending' });
    notify.settle(atNotify(id)[1]?.id ?? '', 'delivered');
    await notify.callbacksSettled();
    expect(await find(id)).toMatchObject({ state: 'delivered' });
  });

  it('writes no address and no words to the log', () => {
    expect(JSON.stringify(running.log.lines)).not.toMatch(/ann@|Mill Lane|900123|RB-7K3F/);
  });
});

describe('a council that sends more than Notify takes in a minute', () => {
  const PER_MINUTE = 30;
  const MESSAGES = 100;
  const STEP_SECONDS = 5;
  const time = new FixedClock('2026-11-23T10:00:00Z');
  const limited = new NotifySimulator({ delivery: 'by-hand', clock: time, limits: { perMinute: PER_MINUTE, perDay: { email: 250_000, sms: 250_000, letter: 20_000 } } });
  let council: TestApp;
  beforeAll(async () => {
    await limited.start();
    council = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [notifications({ providers: [govUkNotify({ apiKey: new Secret(limited.apiKey()), templates: CARRIER_SETTING, origin: limited.origin })] }), kitPack(kitTemplates)])], clock: time });
    // Notify's client has its tokens' time from the machine.
    jest.useFakeTimers({ now: time.now(), doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
  });
  afterAll(async () => {
    jest.useRealTimers();
    await council.close();
    await limited.stop();
  });

  it('has all of it arrive once, a minute\'s share each minute, and leaves Notify alone until it takes more', async () => {
    const sent: string[] = [];
    for (let count = 0; count < MESSAGES; count++) {
      const messageId = ids.uuid();
      sent.push(messageId);
      await council.get<NotificationsApi>(NOTIFICATIONS.token).send(council.systemContext(), messageOf(kitOrdinary, { messageId, idempotencyKey: messageId, language: 'en', to: ann, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } }));
    }
    const steps: { readonly at: number; readonly calls: number; readonly isRefused: boolean }[] = [];
    for (let seconds = 0; limited.notifications.length < MESSAGES && seconds < 1200; seconds += STEP_SECONDS) {
      const [calls, posts, taken] = [limited.calls.length, posted(limited), limited.notifications.length];
      await council.drainJobs();
      steps.push({ at: seconds, calls: limited.calls.length - calls, isRefused: posted(limited) - posts > limited.notifications.length - taken });
      time.advance(STEP_SECONDS);
      jest.setSystemTime(time.now());
    }
    expect(limited.notifications.map(({ reference }) => reference).sort()).toEqual([...sent].sort());
    const taken = limited.notifications.map(({ createdAt }) => createdAt.getTime());
    for (const [at, first] of taken.slice(0, -PER_MINUTE).entries()) expect((taken[at + PER_MINUTE] ?? 0) - first).toBeGreaterThanOrEqual(60_000);
    const refusals = steps.filter(({ isRefused }) => isRefused).map(({ at }) => at);
    expect(refusals[0]).toBe(0);
    for (const refused of refusals) expect(steps.filter(({ at, calls }) => at > refused && at < refused + 60 && calls > 0)).toEqual([]);
    // What was not offered has not been tried.
    const tries = (await council.owner.query<{ tries: number }>(`select tries from notifications.message order by tries`)).rows.map((row) => row.tries);
    expect(tries.filter((count) => count === 1).length).toBeGreaterThan(MESSAGES / 2);
    expect(posted(limited)).toBe(tries.reduce((sum, count) => sum + count, 0));
  });
});

function posted({ calls }: NotifySimulator): number {
  return calls.filter((call) => call.startsWith('POST ')).length;
}
