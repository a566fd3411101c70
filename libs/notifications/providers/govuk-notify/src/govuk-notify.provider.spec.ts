import { Secret, type Outbound } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, plainOutbound, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { OutgoingMessage } from '@guildhall/notifications-contract';
import { aLetter, aText, anEmail } from '@guildhall/notifications-contract/testing';
import { GovUkNotifyProvider } from './govuk-notify.provider';
import type { GovUkNotifyOptions } from './govuk-notify.options';
import { govUkNotify } from './index';
import { CARRIER_SETTING, CARRIER_TEMPLATES, aService, startNotifySimulator, type Misbehaviour, type NotifySimulator, type NotifySimulatorOptions } from './simulator';

const running: NotifySimulator[] = [];
afterEach(async () => { for (const notify of running.splice(0)) await notify.stop(); });

async function simulator(options: NotifySimulatorOptions = {}): Promise<NotifySimulator> {
  const notify = await startNotifySimulator({ delivery: 'by-hand', ...options });
  running.push(notify);
  return notify;
}
const now = { now: () => new Date() };
const log = new RecordedLog();
function providerFor(notify: NotifySimulator, options: Partial<GovUkNotifyOptions> = {}, dependencies: { readonly clock?: { now(): Date }; readonly outbound?: Outbound } = {}): GovUkNotifyProvider {
  return new GovUkNotifyProvider({ apiKey: new Secret(notify.apiKey()), templates: CARRIER_SETTING, origin: notify.origin, timeoutInSeconds: 2, ...options }, { ...testProviderDependencies({ log }), clock: now, outbound: plainOutbound, ...dependencies });
}
const first = <Message extends OutgoingMessage>(message: Message): Message => ({ ...message, attempt: 1 });
const fault = (status: number, error?: string, headers?: Record<string, string>): Misbehaviour => ({ kind: 'answer', status, error, message: 'for ann@riverbourne.example', headers });
const KEY = `council-${'0'.repeat(8)}-0000-4000-8000-000000000001-${'0'.repeat(8)}-0000-4000-8000-000000000002`;

describe('messages by GOV.UK Notify', () => {
  it.each<[string, Misbehaviour, object]>([
    ['an address that Notify finds wrong', fault(400, 'ValidationError'), { reason: 'permanent', code: 'notify-validation-error' }],
    ['a template that is missing, or a service on trial', fault(400, 'BadRequestError'), { reason: 'technical', code: 'notify-bad-request-error' }],
    ['a 400 of a kind that is new', fault(400, 'SomethingElse'), { reason: 'technical', code: 'notify-400' }],
    ['a key that does not hold', fault(403, 'AuthError'), { reason: 'technical', code: 'notify-auth-error' }],
    ['a letter of a service on trial', fault(403, 'BadRequestError'), { reason: 'technical', code: 'notify-bad-request-error' }],
    ['a path that is not Notify\'s', fault(404, 'NoResultFound'), { reason: 'technical', code: 'notify-no-result-found' }],
    ['too many this minute', fault(429, 'RateLimitError'), { reason: 'temporary', code: 'notify-rate-limit-error' }],
    ['too many today', fault(429, 'TooManyRequestsError'), { reason: 'temporary', code: 'notify-too-many-requests-error' }],
    ['a 429 that says how long', fault(429, undefined, { 'retry-after': '120' }), { reason: 'temporary', code: 'notify-429' }],
  ])('knows %s, by type and status and never by words', async (_, how, refusal) => {
    const notify = await simulator();
    notify.misbehave(how);
    await expect(providerFor(notify).send(first(anEmail()))).resolves.toMatchObject({ ok: false, refusal });
  });

  it('hands on where news is stopped, over https only: Notify takes no other', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    for (const stopAddress of ['https://testham.example/stops/1?key=k', 'http://localhost/stops/1?key=k', undefined]) await provider.send(first(anEmail({ stopAddress })));
    expect(notify.notifications.map(({ unsubscribeUrl }) => unsubscribeUrl)).toEqual(['https://testham.example/stops/1?key=k', undefined, undefined]);
  });

  it('waits out the minute when there were too many, and the day when it was the day\'s, each a little differently', async () => {
    const notify = await simulator();
    const provider = providerFor(notify, {}, { clock: new FixedClock('2026-11-23T22:00:00Z') });
    const waits = async (how: Misbehaviour): Promise<number> => {
      notify.misbehave(how);
      const answer = await provider.send(first(anEmail()));
      return answer.ok ? 0 : (answer.refusal.retryAfterInSeconds ?? 0);
    };
    for (const [how, least] of [[fault(429, 'RateLimitError'), 60], [fault(429, 'TooManyRequestsError'), 7200], [fault(429, undefined, { 'retry-after': '120' }), 120]] as const) {
      const wait = await waits(how);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(least + 60);
    }
  });

  it.each<[string, Misbehaviour]>([
    ['500', fault(500, 'Exception')], ['502', fault(502)], ['503', fault(503)], ['a redirect', fault(302)], ['an odd status', fault(218)], ['taken, but 500', { kind: 'fail-after-taking' }],
    ['taken, but malformed', { kind: 'malformed' }], ['taken, but gone', { kind: 'vanish-after-taking' }],
  ])('does not know the outcome after %s, says so, and brings the message once when it is tried again', async (_, how) => {
    const notify = await simulator();
    const provider = providerFor(notify);
    const message = anEmail();
    notify.misbehave(how);
    await expect(provider.send({ ...message, attempt: 1 })).rejects.toMatchObject({ code: 'unavailable' });
    notify.misbehave();
    const second = await provider.send({ ...message, attempt: 2 });
    expect(notify.notifications).toHaveLength(1);
    expect(second).toEqual({ ok: true, value: { providerReference: notify.notifications[0]?.id, state: 'sending' } });
  });

  it('does not send again while it cannot be known whether the message went', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    const message = anEmail();
    for (const how of [fault(500), fault(400, 'ValidationError'), fault(404), fault(403, 'AuthError'), fault(429), { kind: 'malformed' }, { kind: 'silent' }] as const) {
      notify.misbehave(how, { on: 'asking' });
      const answer = await provider.send({ ...message, attempt: 2 }).catch(() => undefined);
      // It will be tried again: nothing here says that the message cannot arrive.
      expect(answer?.ok === true || answer?.refusal.reason === 'permanent').toBe(false);
    }
    expect(notify.notifications).toHaveLength(0);
  });

  it('asks on the first try for nothing but the template, and for that once', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    for (let each = 0; each < 3; each++) await provider.send(first(anEmail()));
    expect(notify.calls.filter((call) => call.startsWith('GET'))).toEqual([`GET /v2/template/${CARRIER_TEMPLATES[0]?.id}`]);
    expect(notify.notifications).toHaveLength(3);
  });

  it('sends a failed message again when an officer asks for it, and finds the one that counts after that', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    const message = anEmail();
    await provider.send({ ...message, attempt: 1 });
    notify.settle(notify.notifications[0]?.id ?? '', 'temporary-failure');
    await provider.send({ ...message, attempt: 2 });
    expect(notify.notifications).toHaveLength(2);
    await expect(provider.send({ ...message, attempt: 3 })).resolves.toMatchObject({ ok: true, value: { providerReference: notify.notifications[1]?.id } });
    expect(notify.notifications).toHaveLength(2);
  });

  it('says of a message that has arrived meanwhile that it has', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    const message = aText();
    await provider.send({ ...message, attempt: 1 });
    notify.settle(notify.notifications[0]?.id ?? '', 'delivered');
    await expect(provider.send({ ...message, attempt: 2 })).resolves.toMatchObject({ ok: true, value: { state: 'delivered' } });
  });

  it('refuses without a call what Notify would refuse: addresses, numbers, and letters with fewer than three lines or more than seven', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    const lines = ['Ann Resident', '1 Mill Lane', 'ZZ99 1AA'];
    for (const message of [anEmail({ to: { address: 'ann' } }), aText({ to: { phone: '01632 960123' } }), aLetter({ to: { lines: lines.slice(1) } }), aLetter({ to: { lines: ['a', 'b', 'c', 'd', 'e', ...lines] } }), aLetter({ to: { lines: ['Ann', 'Mill Lane', 'Riverbourne'] } })]) {
      await expect(provider.send(message)).resolves.toMatchObject({ ok: false, refusal: { reason: 'permanent', code: 'address-malformed' } });
    }
    expect(notify.calls).toEqual([]);
    for (const count of [3, 7]) await expect(provider.send(aLetter({ to: { lines: [...Array.from({ length: count - 1 }, (_, index) => `Line ${index}`), 'ZZ99 1AA'] } }))).resolves.toMatchObject({ ok: true });
    expect(notify.notifications.map((each) => each.lines.length)).toEqual([3, 7]);
  });

  it('takes the template, the reply address and the sender of the message\'s language; for both languages Welsh\'s', async () => {
    const service = aService();
    service.emailReplyTos.push({ id: 'aaaaaaaa-0000-4000-8000-000000000001', address: 'cymorth@testham.example' });
    service.smsSenders.push({ id: 'aaaaaaaa-0000-4000-8000-000000000002', sender: 'CYNGOR' });
    const notify = await simulator({ services: [service] });
    const english = service.emailReplyTos[0]?.id;
    const provider = providerFor(notify, { emailReplyToId: { en: english, cy: 'aaaaaaaa-0000-4000-8000-000000000001' }, smsSenderId: 'aaaaaaaa-0000-4000-8000-000000000002' });
    for (const language of ['en', 'cy', 'both'] as const) await provider.send(anEmail({ language }));
    await provider.send(aText({ language: 'en' }));
    expect(notify.notifications.map(({ template, from }) => [template.name, from])).toEqual([
      ['Guildhall email en', 'help@testham.example'], ['Guildhall email cy', 'cymorth@testham.example'], ['Guildhall email cy', 'cymorth@testham.example'], ['Guildhall sms en', 'CYNGOR'],
    ]);
  });

  it.each([
    ['lacks ((body))', { subject: '((subject))', body: 'Hello' }], ['decides by ((body??…)) in place of showing it', { subject: '((subject))', body: 'Hello ((body??words))' }],
    ['asks for what is not sent', { subject: '((subject))', body: '((body)) ((first name))' }],
  ])('stops a message whose template %s, before a resident gets nonsense, and doctor says what to change', async (_, words) => {
    const template = { ...CARRIER_TEMPLATES[0], ...words } as (typeof CARRIER_TEMPLATES)[number];
    const notify = await simulator({ services: [aService({ templates: [template] })] });
    const provider = providerFor(notify, { templates: { email: template.id } });
    await expect(provider.send(first(anEmail()))).resolves.toMatchObject({ ok: false, refusal: { reason: 'technical', code: 'notify-template' } });
    expect(notify.notifications).toHaveLength(0);
    await expect(provider.check()).resolves.toMatchObject({ ok: false, message: expect.stringMatching(/\(\((body|first name)\)\)/) as string });
  });

  it('takes placeholders without regard to case and spaces, and the council\'s own words around them', async () => {
    const template = { ...CARRIER_TEMPLATES[0], subject: '(( Subject ))', body: 'Cyngor Testham\n\n((BODY))' } as (typeof CARRIER_TEMPLATES)[number];
    const notify = await simulator({ services: [aService({ templates: [template] })] });
    const provider = providerFor(notify, { templates: `email=${template.id}` });
    await expect(provider.check()).resolves.toMatchObject({ ok: true });
    await provider.send(first(anEmail()));
    expect(notify.notifications[0]).toMatchObject({ subject: 'Your bins', body: 'Cyngor Testham\n\nHello Ann.' });
  });

  it('asks what became of a message: a status that is new is no news, what is no longer kept is unknown, trouble is trouble', async () => {
    const notify = await simulator();
    const provider = providerFor(notify);
    await provider.send(first(aLetter()));
    const id = notify.notifications[0]?.id ?? '';
    await expect(provider.status(id)).resolves.toMatchObject({ state: 'sending' });
    (notify.notifications[0] as { status: string }).status = 'teleported';
    await expect(provider.status(id)).resolves.toEqual({ providerReference: id, state: 'sending' });
    await expect(provider.status('not an id/../../template')).resolves.toBeUndefined();
    for (const how of [fault(429, 'RateLimitError'), fault(503), fault(403, 'AuthError'), { kind: 'malformed' }] as const) {
      notify.misbehave(how, { on: 'asking' });
      await expect(provider.status(id)).rejects.toMatchObject({ code: 'unavailable' });
    }
  });

  it('writes neither address nor words to the log', async () => {
    const notify = await simulator();
    for (const how of [fault(400, 'ValidationError'), fault(429), fault(403, 'AuthError')]) {
      notify.misbehave(how);
      await providerFor(notify).send(first(anEmail()));
    }
    expect(log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(log.lines)).not.toMatch(/ann@|resident|hello/i);
  });
});

describe('the check of the connection to Notify', () => {
  it('says that all is well, and whether callbacks are taken', async () => {
    const notify = await simulator();
    await expect(providerFor(notify).check()).resolves.toEqual({ ok: true, message: expect.stringContaining('not set up') as string });
    await expect(providerFor(notify, { callbackToken: new Secret('0123456789') }).check()).resolves.toEqual({ ok: true, message: expect.stringContaining('Callbacks are taken') as string });
    expect(notify.notifications).toEqual([]);
  });
  it('says which template the service does not have', async () => {
    const notify = await simulator();
    await expect(providerFor(notify, { templates: 'sms=aaaaaaaa-0000-4000-8000-000000000009' }).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('aaaaaaaa-0000-4000-8000-000000000009') as string });
  });
  it('tells a wrong key from a wrong clock, and worries before the clock is too wrong', async () => {
    const notify = await simulator();
    await expect(providerFor(notify, { apiKey: new Secret(KEY) }).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('API key') as string });
    const slow = await simulator({ clock: { now: () => new Date(Date.now() + 45_000) } });
    await expect(providerFor(slow).check()).resolves.toMatchObject({ ok: false, message: expect.stringMatching(/4[456] seconds slow/) as string });
    const nearly = await simulator({ clock: { now: () => new Date(Date.now() - 20_000) } });
    await expect(providerFor(nearly).check()).resolves.toMatchObject({ ok: false, message: expect.stringMatching(/(19|2[01]) seconds fast/) as string });
  });
  it('says that nobody answers, or something else does', async () => {
    const notify = await simulator();
    notify.misbehave(fault(502), { on: 'everything' });
    await expect(providerFor(notify).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('502') as string });
    await notify.close();
    await expect(providerFor(notify).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('does not answer') as string });
  });
});

describe('the settings of GOV.UK Notify', () => {
  const made = (options: Partial<GovUkNotifyOptions>) => () => new GovUkNotifyProvider({ apiKey: new Secret(KEY), templates: CARRIER_SETTING, ...options }, testProviderDependencies());
  it.each<[string, Partial<GovUkNotifyOptions>, RegExp]>([
    ['a key of another kind', { apiKey: new Secret('secret') }, /apiKey/],
    ['no template', { templates: '' }, /no channel/],
    ['a line that cannot be read', { templates: 'email:en' }, /"email:en"/],
    ['a channel twice', { templates: `sms=${CARRIER_TEMPLATES[0]?.id} sms-cy=${CARRIER_TEMPLATES[0]?.id}` }, /sms is given twice/],
    ['an id that is none', { templates: 'sms=welcome' }, /"welcome" is not an id/],
    ['a language without a template', { templates: `sms-en=${CARRIER_TEMPLATES[0]?.id}` }, /none for "cy"/],
    ['a reply address that is no id', { emailReplyToId: 'help@testham.example' }, /emailReplyToId/],
    ['a short token', { callbackToken: new Secret('short') }, /callbackToken/],
    ['an old token alone', { previousCallbackToken: new Secret('0123456789') }, /previousCallbackToken/],
    ['an origin in clear', { origin: 'http://notify.example' }, /https/],
    ['an origin with a path', { origin: 'https://notify.example/v2' }, /origin/],
    ['a time-out that outlasts the claim', { timeoutInSeconds: 30 }, /timeoutInSeconds/],
  ])('refuse %s when the app starts, and say what to do', (_, options, words) => {
    expect(made(options)).toThrow(words);
  });
  it('never print the key', () => {
    expect(made({ apiKey: new Secret('my-real-secret') })).toThrow(/^(?!.*my-real-secret)/s);
  });
  it('ask for Welsh only of a council that speaks it', () => {
    const options = { apiKey: new Secret(KEY), templates: `sms-en=${CARRIER_TEMPLATES[0]?.id}` };
    expect(() => new GovUkNotifyProvider(options, testProviderDependencies({ council: testCouncil({ languages: ['en'] }) }))).not.toThrow();
  });
  it('count as a sandbox where Notify is on this machine, so that production refuses it', () => {
    expect(govUkNotify({ apiKey: new Secret(KEY), templates: CARRIER_SETTING, origin: 'http://localhost:4700' }).isSandbox).toBe(true);
    expect(govUkNotify({ apiKey: new Secret(KEY), templates: CARRIER_SETTING }).isSandbox).toBe(false);
  });
});
