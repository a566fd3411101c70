import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotifyClient } from 'notifications-node-client';
import { CARRIER_TEMPLATES, MISBEHAVIOURS, NOTIFY_LIMITS, aService, apiKeyOf, startNotifySimulator, type KeyType, type NotifySimulator, type NotifySimulatorOptions, type SimulatedTemplate } from './index';
import { Limits } from './limits';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => { for (const each of running.splice(0)) await each.stop(); });

async function simulator(options: NotifySimulatorOptions = {}): Promise<NotifySimulator> {
  const notify = await startNotifySimulator({ delivery: 'by-hand', ...options });
  running.push(notify);
  return notify;
}
interface Answer { readonly status: number; readonly data: Record<string, unknown> }
/** The official client, whose errors are answers here. */
function client(notify: NotifySimulator, key = notify.apiKey()): NotifyClient { return new NotifyClient(notify.origin, key); }
async function answer(call: Promise<unknown>): Promise<Answer> {
  return call.then((response) => response as Answer, (error: { response?: Answer }) => { if (!error.response) throw error as Error; return error.response; });
}
const errorOf = ({ status, data }: Answer): unknown[] => [status, ...(data['errors'] as { error: string; message: string }[]).flatMap(({ error, message }) => [error, message])];
const EMAIL = CARRIER_TEMPLATES[0]?.id ?? '';
const SMS = CARRIER_TEMPLATES[2]?.id ?? '';
const LETTER = CARRIER_TEMPLATES[4]?.id ?? '';
const personalisation = { subject: 'Your bins', body: 'Hello Ann.', heading: 'Your bins' };
const token = (header: object, claims: object, secret: string): string => {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${createHmac('sha256', secret).update(parts).digest('base64url')}`;
};
const seconds = (): number => Math.round(Date.now() / 1000);

describe('the simulator of Notify, by the official client', () => {
  it('takes an e-mail, a text and a letter, and shows them by id, by reference and as a PDF', async () => {
    const notify = await simulator();
    const notifyClient = client(notify);
    const sent = [
      await answer(notifyClient.sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation, reference: 'r1', oneClickUnsubscribeURL: 'https://testham.example/stop' })), await answer(notifyClient.sendSms(SMS, '+447700900123', { personalisation, reference: 'r2' })),
      await answer(notifyClient.sendLetter(LETTER, { personalisation: { ...personalisation, address_line_1: 'Ann', address_line_2: '1 Mill Lane', postcode: 'zz99 1aa' }, reference: 'r3' })), await answer(notifyClient.sendPrecompiledLetter('r4', Buffer.from('%PDF-1.4'), 'first')),
    ];
    expect(sent.map(({ status, data }) => [status, data['reference']])).toEqual([[201, 'r1'], [201, 'r2'], [201, 'r3'], [201, 'r4']]);
    expect(sent[0]?.data).toMatchObject({ content: { subject: 'Your bins', body: 'Hello Ann.', from_email: 'testham.borough.council@notifications.service.gov.uk' }, template: { id: EMAIL, version: 1 }, scheduled_for: null });
    const one = await answer(notifyClient.getNotificationById(String(sent[2]?.data['id'])));
    expect(one.data).toMatchObject({ type: 'letter', status: 'accepted', line_1: 'Ann', line_3: 'ZZ99 1AA', postcode: 'ZZ99 1AA', email_address: null, body: 'Hello Ann.' });
    const found = await answer(notifyClient.getNotifications('sms', 'created', 'r2'));
    expect((found.data['notifications'] as object[]).length).toBe(1);
    expect((await notifyClient.getPdfForLetterNotification(String(sent[2]?.data['id']))).toString('latin1')).toMatch(/^%PDF-1\.4[\s\S]*Hello Ann[\s\S]*%%EOF\n$/);
    expect(errorOf(await answer(notifyClient.getPdfForLetterNotification(String(sent[3]?.data['id']))))).toEqual([400, 'PDFNotReadyError', 'PDF not available yet, try again later']);
  });

  it('pages what was sent, the newest first, and only of one type of key', async () => {
    const notify = await simulator();
    for (let each = 0; each < 252; each++) await client(notify).sendSms(SMS, '07700900123', { personalisation });
    const page = await answer(client(notify).getNotifications());
    const notifications = page.data['notifications'] as { id: string }[];
    expect([notifications.length, notifications[0]?.id]).toEqual([250, notify.notifications.at(-1)?.id]);
    expect((page.data['links'] as { next: string }).next).toContain(`older_than=${notifications.at(-1)?.id}`);
    expect(((await answer(client(notify).getNotifications(undefined, undefined, undefined, notifications.at(-1)?.id))).data['notifications'] as object[]).length).toBe(2);
    expect((await answer(client(notify, notify.apiKey('test')).getNotifications())).data['notifications']).toEqual([]);
  });

  it('shows and previews templates, and says what each asks for', async () => {
    const notify = await simulator();
    const all = await answer(client(notify).getAllTemplates('letter'));
    expect((all.data['templates'] as { id: string }[]).map(({ id }) => id)).toEqual(CARRIER_TEMPLATES.slice(4).map(({ id }) => id));
    expect((await answer(client(notify).getTemplateById(EMAIL))).data).toMatchObject({ type: 'email', personalisation: { subject: { required: true }, body: { required: true } } });
    expect((await answer(client(notify).getTemplateByIdAndVersion(EMAIL, 2))).status).toBe(404);
    expect((await answer(client(notify).previewTemplateById(EMAIL, { Subject: 'A', BODY: '# B' }))).data).toMatchObject({ subject: 'A', body: '# B', html: '<h1>B</h1>' });
  });

  it('gives the texts that residents sent', async () => {
    const notify = await simulator();
    notify.receiveText('07700900123', 'Help');
    expect((await answer(client(notify).getReceivedTexts())).data['received_text_messages']).toMatchObject([{ user_number: '07700900123', content: 'Help' }]);
  });

  it('refuses what the form forbids, all at once', async () => {
    const notify = await simulator();
    const post = async (type: string, body: object | string): Promise<unknown[]> => {
      const response = await fetch(`${notify.origin}/v2/notifications/${type}`, { method: 'POST', headers: { authorization: `Bearer ${token({ alg: 'HS256', typ: 'JWT' }, { iss: notify.service.id, iat: seconds() }, notify.service.keys[0]?.secret ?? '')}` }, body: typeof body === 'string' ? body : JSON.stringify(body) });
      return errorOf({ status: response.status, data: await response.json() as Answer['data'] });
    };
    expect(await post('sms', '{')).toEqual([400, 'BadRequestError', 'Invalid JSON supplied in POST data']);
    expect(await post('sms', { phone: '1' })).toEqual([400, 'ValidationError', 'phone_number is a required property', 'ValidationError', 'template_id is a required property', 'ValidationError', 'Additional properties are not allowed (phone was unexpected)']);
    expect(await post('email', { email_address: 'ann', template_id: 'x', reference: 'r'.repeat(1001), personalisation: [], one_click_unsubscribe_url: 'http://testham.example' })).toHaveLength(11);
    expect(await post('sms', { phone_number: '07700 900', template_id: SMS })).toEqual([400, 'ValidationError', 'phone_number Not enough digits']);
    expect(await post('sms', { phone_number: '07700900123', template_id: SMS, personalisation, scheduled_for: new Date(Date.now() + 90_000_000).toISOString() })).toEqual([400, 'ValidationError', 'scheduled_for datetime can only be 24 hours in the future']);
    for (const [count, words] of [[2, 'Address must be at least 3 lines'], [8, 'Address must be no more than 7 lines']] as const) {
      const lines = Object.fromEntries(Array.from({ length: count }, (_, index) => [index === 7 ? 'postcode' : `address_line_${index + 1}`, 'ZZ99 1AA']));
      expect(await post('letter', { template_id: LETTER, personalisation: { ...personalisation, ...lines } })).toEqual([400, 'ValidationError', words]);
    }
    expect(await post('letter', { template_id: LETTER, personalisation: { ...personalisation, address_line_1: 'a', address_line_2: 'b', address_line_3: 'c' } })).toEqual([400, 'ValidationError', 'Last line of address must be a real UK postcode']);
    expect(notify.notifications).toEqual([]);
  });

  it.each<[string, Partial<SimulatedTemplate>, object, string]>([
    ['a missing value', { body: '((body)) ((Bin day))' }, { body: 'x' }, 'Missing personalisation: Bin day'], ['an archived template', { isArchived: true }, {}, 'Template has been deleted'],
    ['a template of another kind', { type: 'sms' }, {}, 'sms template is not suitable for email notification'], ['nothing to say', { body: '((flag??words))' }, { flag: 'no' }, 'Your message is empty.'],
  ])('refuses %s', async (_, changes, values, words) => {
    const notify = await simulator({ services: [aService({ templates: [{ id: EMAIL, type: 'email', name: 'A', subject: 'B', body: '((body))', ...changes }] })] });
    expect(errorOf(await answer(client(notify).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation: values })))).toEqual([400, 'BadRequestError', words]);
  });

  it.each([['yes', true], ['Y', true], ['TRUE', true], ['t', true], ['1', true], ['include', true], ['Show', true], [true, true], [1, true], ['no', false], ['false', false], ['0', false], ['', false], ['yes please', false], [false, false]])('shows a condition\'s words for %p: %p', async (value, isShown) => {
    const notify = await simulator({ services: [aService({ templates: [{ id: SMS, type: 'sms', name: 'A', body: 'Bins.((Is Late?? They are late.))' }] })] });
    const { data } = await answer(client(notify).sendSms(SMS, '07700900123', { personalisation: { is_late: value } }));
    expect((data['content'] as { body: string }).body).toBe(isShown ? 'Bins. They are late.' : 'Bins.');
  });

  it('makes bullets of a list, and puts values in once', async () => {
    const notify = await simulator({ services: [aService({ templates: [{ id: EMAIL, type: 'email', name: 'A', subject: 'S', body: '((list))((name))' }] })] });
    const { data } = await answer(client(notify).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation: { list: ['a', 'b'], name: '((list))' } }));
    expect((data['content'] as { body: string }).body).toBe('* a\n* b\n((list))');
  });

  it('puts the address of a file where its placeholder is, in e-mails only', async () => {
    const template = (type: 'email' | 'sms'): SimulatedTemplate => ({ id: type === 'email' ? EMAIL : SMS, type, name: 'A', ...(type === 'email' && { subject: 'Your permit' }), body: 'Your permit: ((permit))' });
    const notify = await simulator({ services: [aService({ templates: [template('email'), template('sms')] }), aService({ maySendFiles: false, templates: [template('email')] })] });
    const permit = { file: Buffer.from('%PDF-1.4').toString('base64'), filename: 'permit.pdf', confirm_email_before_download: true, retention_period: '4 weeks' };
    const send = (changes: object) => answer(client(notify).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation: { permit: { ...permit, ...changes } } }));
    expect((await send({})).data['content']).toMatchObject({ body: expect.stringMatching(/^Your permit: https:\/\/documents\.service\.gov\.uk\/d\/[\w-]+\/[\w-]+\?key=[\w-]+$/) as string });
    for (const changes of [{ file: '{}' }, { file: Buffer.alloc(2 * 1024 * 1024 + 1).toString('base64') }, { filename: 'permit' }, { filename: `${'x'.repeat(100)}.pdf` }, { confirm_email_before_download: 'yes' }, { retention_period: '79 weeks' }, { retention_period: 4 }]) expect(errorOf(await send(changes)).slice(0, 2)).toEqual([400, 'ValidationError']);
    expect(errorOf(await answer(client(notify).sendSms(SMS, '07700900123', { personalisation: { permit } })))).toEqual([400, 'BadRequestError', 'Can only send a file by email']);
    const [, other] = notify.services;
    expect(errorOf(await answer(client(notify, other && apiKeyOf(other)).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation: { permit } }))).slice(0, 2)).toEqual([400, 'BadRequestError']);
    expect(notify.notifications).toHaveLength(1);
  });

  it('makes texts of signs that telephones know, keeps Welsh letters, and counts to 918', async () => {
    const notify = await simulator();
    const { data } = await answer(client(notify).sendSms(SMS, '07700900123', { personalisation: { body: 'Tŷ gŵr’s “bin” – £5… ✓' } }));
    expect((data['content'] as { body: string }).body).toBe('Tŷ gŵr\'s "bin" - £5... ?');
    expect(errorOf(await answer(client(notify).sendSms(SMS, '07700900123', { personalisation: { body: 'x'.repeat(919) } })))[1]).toBe('BadRequestError');
  });
});

describe('who may send, to the simulator of Notify', () => {
  const call = async (notify: NotifySimulator, authorization?: string): Promise<unknown[]> => {
    const response = await fetch(`${notify.origin}/v2/templates`, { headers: authorization === undefined ? {} : { authorization } });
    return response.status === 200 ? [200] : errorOf({ status: response.status, data: await response.json() as Answer['data'] });
  };
  it('is told by the token: signed by HS256, of a service, and not 30 seconds out', async () => {
    const notify = await simulator();
    const { service } = notify;
    const secret = service.keys[0]?.secret ?? '';
    const header = { alg: 'HS256', typ: 'JWT' };
    const refused = async (words: string, ...given: Parameters<typeof token>): Promise<void> => expect(await call(notify, `Bearer ${token(...given)}`)).toEqual([403, 'AuthError', words]);
    expect(await call(notify)).toEqual([401, 'AuthError', 'Unauthorized: authentication token must be provided']);
    expect(await call(notify, 'Basic x')).toEqual([401, 'AuthError', 'Unauthorized: authentication bearer scheme must be used']);
    expect(await call(notify, 'Bearer x.y.z')).toEqual([403, 'AuthError', 'Invalid token: API key not found']);
    await refused('Invalid token: iss field not provided', header, { iat: seconds() }, secret);
    await refused('Invalid token: service id is not the right data type', header, { iss: 'testham', iat: seconds() }, secret);
    await refused('Invalid token: service not found', header, { iss: 'aaaaaaaa-0000-4000-8000-000000000001', iat: seconds() }, secret);
    await refused('Invalid token: algorithm used is not HS256', { alg: 'none' }, { iss: service.id, iat: seconds() }, secret);
    await refused('Invalid token: API key not found', header, { iss: service.id, iat: seconds() }, 'another secret');
    for (const out of [-40, 40]) await refused('Error: Your system clock must be accurate to within 30 seconds', header, { iss: service.id, iat: seconds() + out }, secret);
    for (const out of [-20, 20]) expect(await call(notify, `Bearer ${token(header, { iss: service.id, iat: seconds() + out }, secret)}`)).toEqual([200]);
    Object.assign(service.keys[0] ?? {}, { isRevoked: true });
    await refused('Invalid token: API key revoked', header, { iss: service.id, iat: seconds() }, secret);
    service.isArchived = true;
    await refused('Invalid token: service is archived', header, { iss: service.id, iat: seconds() }, secret);
  });

  it('is limited on trial and with a team key to the team, and with a test key nothing is sent', async () => {
    const notify = await simulator({ services: [aService({ isTrial: true, team: new Set(['sam@testham.example']) })] });
    const send = async (key: string, to: string): Promise<unknown> => (await answer(client(notify, key).sendEmail(EMAIL, to, { personalisation }))).status;
    expect([await send(notify.apiKey(), 'ann@riverbourne.example'), await send(notify.apiKey(), 'sam@testham.example'), await send(notify.apiKey('test'), 'ann@riverbourne.example')]).toEqual([400, 201, 201]);
    expect(notify.notifications.at(-1)?.status).toBe('delivered');
    const letter = { personalisation: { ...personalisation, address_line_1: 'Ann', address_line_2: '1 Mill Lane', address_line_3: 'ZZ99 1AA' } };
    expect(errorOf(await answer(client(notify).sendLetter(LETTER, letter)))).toEqual([403, 'BadRequestError', 'Cannot send letters when service is in trial mode']);
    notify.service.isTrial = false;
    expect([await send(notify.apiKey('team'), 'ann@riverbourne.example'), await send(notify.apiKey('team'), 'SAM@testham.example')]).toEqual([400, 201]);
    expect((await answer(client(notify, notify.apiKey('team')).sendLetter(LETTER, letter))).status).toBe(403);
    expect((await answer(client(notify).sendSms(SMS, '+12025550123', { personalisation }))).status).toBe(400);
    notify.service.may.add('international_sms');
    expect((await answer(client(notify).sendSms(SMS, '+12025550123', { personalisation }))).status).toBe(201);
    notify.service.may.delete('sms');
    expect(errorOf(await answer(client(notify).sendSms(SMS, '07700900123', { personalisation })))).toEqual([400, 'BadRequestError', 'Service is not allowed to send text messages']);
  });

  it('may send so many a minute for each type of key, and so many a day', async () => {
    const notify = await simulator({ services: [aService({ team: new Set(['ann@riverbourne.example']) })], limits: { perMinute: 2, perDay: { email: 3, sms: 10, letter: 1 } } });
    const send = async (type: KeyType): Promise<unknown> => {
      const sent = await answer(client(notify, notify.apiKey(type)).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation }));
      return sent.status === 201 ? 201 : errorOf(sent).slice(0, 2).join(' ');
    };
    expect([await send('live'), await send('live'), await send('live')]).toEqual([201, 201, '429 RateLimitError']);
    // What a test key sends is not counted for the day; another type of key has a minute of its own.
    expect([await send('test'), await send('team'), await send('team')]).toEqual([201, 201, '429 TooManyRequestsError']);
  });

  it('has its texts blocked by the phone networks when one number gets too many in an hour: taken, and then a permanent failure', async () => {
    const notify = await simulator({ limits: { ...NOTIFY_LIMITS, perNumberAndHour: { sameWords: 2, any: 3 } } });
    const send = async (body: string, to = '07700900123', type: KeyType = 'live'): Promise<unknown[]> => {
      const { status, data } = await answer(client(notify, notify.apiKey(type)).sendSms(SMS, to, { personalisation: { ...personalisation, body } }));
      return [status, notify.notifications.find(({ id }) => id === data['id'])?.status];
    };
    const [goes, blocked] = [[201, 'created'], [201, 'permanent-failure']];
    expect([await send('Bins'), await send('Bins', '+44 7700 900123'), await send('Bins'), await send('Bins', '07700900456'), await send('Bins', '07700900123', 'test')]).toEqual([goes, goes, blocked, goes, [201, 'delivered']]);
    expect([await send('Late bins'), await send('Later bins')]).toEqual([goes, blocked]);
  });

  it('has 20 texts with the same words and 100 with any let through to one number in an hour', () => {
    const limits = new Limits(NOTIFY_LIMITS);
    const start = Date.now();
    const passed = (count: number, words: (each: number) => string, minute: number): number => Array.from({ length: count }, (_, each) => limits.passesNetworks('07700900123', words(each), new Date(start + minute * 60_000))).filter(Boolean).length;
    expect([passed(21, () => 'Bins', 0), passed(81, String, 30), passed(1, () => 'Others', 59)]).toEqual([20, 80, 0]);
    expect([passed(21, () => 'Bins', 60), passed(1, () => 'Others', 61), passed(81, String, 90)]).toEqual([20, 0, 80]);
  });

  it('gets an answer for smoke tests, of which nothing is kept, and failures for recipients that fail', async () => {
    const notify = await simulator();
    for (const to of ['simulate-delivered@notifications.service.gov.uk', 'simulate-delivered-2@notifications.service.gov.uk']) expect((await answer(client(notify).sendEmail(EMAIL, to, { personalisation }))).status).toBe(201);
    expect((await answer(client(notify).sendSms(SMS, '07700 900 111', { personalisation }))).status).toBe(201);
    expect(notify.notifications).toEqual([]);
    for (const to of ['+447700900003', '07700900002']) await client(notify).sendSms(SMS, to, { personalisation });
    for (const to of ['temp-fail@simulator.notify', 'perm-fail@simulator.notify']) await client(notify).sendEmail(EMAIL, to, { personalisation });
    expect(notify.notifications.map(({ status }) => status)).toEqual(['temporary-failure', 'permanent-failure', 'temporary-failure', 'permanent-failure']);
  });
});

describe('callbacks from the simulator of Notify', () => {
  async function council(answers: (number | 'hang up')[]): Promise<{ readonly url: string; readonly got: { readonly authorization?: string; readonly body: Record<string, unknown> }[] }> {
    const got: { authorization?: string; body: Record<string, unknown> }[] = [];
    const server: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => { body += String(chunk); });
      request.on('end', () => {
        got.push({ authorization: request.headers.authorization, body: JSON.parse(body) as Record<string, unknown> });
        const say = answers.shift() ?? 200;
        if (say === 'hang up') request.socket.destroy();
        else response.writeHead(say).end();
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    running.push({ stop: () => { server.closeAllConnections(); return new Promise((resolve) => { server.close(resolve); }); } });
    return { url: `http://testham.localhost:${(server.address() as AddressInfo).port}/callback`, got };
  }
  const settled = async (notify: NotifySimulator): Promise<void> => {
    await client(notify).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation, reference: 'r1' });
    notify.settle(notify.notifications.at(-1)?.id ?? '', 'delivered');
    await notify.callbacksSettled();
  };

  it('bear the service\'s token and say what became of the message', async () => {
    const notify = await simulator();
    const { url, got } = await council([]);
    notify.service.deliveryCallback = { url, token: '0123456789' };
    await settled(notify);
    expect(got).toMatchObject([{ authorization: 'Bearer 0123456789', body: { id: notify.notifications[0]?.id, reference: 'r1', to: 'ann@riverbourne.example', status: 'delivered', notification_type: 'email', template_id: EMAIL, template_version: 1 } }]);
  });
  it.each<[number | 'hang up', boolean]>([[200, false], [204, false], [302, false], [400, false], [401, false], [404, false], [429, true], [500, true], [503, true], ['hang up', true]])('answered with %s are tried again: %s', async (say, isAgain) => {
    const notify = await simulator();
    const { url, got } = await council([say]);
    notify.service.deliveryCallback = { url, token: '0123456789' };
    await settled(notify);
    await notify.hurryCallbacks();
    expect(got).toHaveLength(isAgain ? 2 : 1);
  });
  it('are given up after five tries more', async () => {
    const notify = await simulator();
    const { url, got } = await council(Array.from({ length: 20 }, () => 500));
    notify.service.deliveryCallback = { url, token: '0123456789' };
    await settled(notify);
    for (let each = 0; each < 8; each++) await notify.hurryCallbacks();
    expect(got).toHaveLength(6);
    expect(notify.callbackTries.at(-1)).toMatchObject({ tries: 6, willTryAgain: false });
  });
  it('tell of a letter that came back, and of texts that residents sent', async () => {
    const notify = await simulator();
    const { url, got } = await council([]);
    notify.service.returnedLetterCallback = { url, token: '0123456789' };
    notify.service.receivedTextCallback = { url, token: '0123456789' };
    await client(notify).sendLetter(LETTER, { personalisation: { ...personalisation, address_line_1: 'Ann', address_line_2: '1 Mill Lane', address_line_3: 'ZZ99 1AA' }, reference: 'r1' });
    notify.settle(notify.notifications[0]?.id ?? '', 'returned-letter');
    notify.receiveText('07700900123', 'Help');
    await notify.callbacksSettled();
    expect(got.map(({ body }) => body['reference'] ?? body['source_number']).sort()).toEqual(['07700900123', 'r1']);
  });
});

describe('the page that drives the simulator of Notify', () => {
  const post = (notify: NotifySimulator, path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> => fetch(`${notify.origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
  it('shows what came as words, moves it on, and makes trouble', async () => {
    const notify = await simulator();
    await client(notify).sendEmail(EMAIL, 'ann@riverbourne.example', { personalisation: { subject: '<script>x</script>', body: '<img src=x> [a](https://testham.example/"onclick="x)' } });
    const page = await (await fetch(notify.origin)).text();
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<img|"onclick="/);
    await post(notify, '/settle', { id: notify.notifications[0]?.id ?? '', status: 'temporary-failure' });
    expect(notify.notifications[0]?.status).toBe('temporary-failure');
    await post(notify, '/settle', { id: notify.notifications[0]?.id ?? '', status: 'received' });
    expect(notify.notifications[0]?.status).toBe('temporary-failure');
    for (const name of Object.keys(MISBEHAVIOURS)) {
      await post(notify, '/misbehave', { how: name, once: 'on' });
      expect(notify.misbehaviour).toBe(MISBEHAVIOURS[name]);
    }
    await post(notify, '/misbehave', { how: 'nothing' });
    expect(notify.misbehaviour).toBeUndefined();
    await post(notify, '/trial', {});
    await post(notify, '/callback', { url: 'http://testham.localhost:4000/callback', token: '0123456789' });
    await post(notify, '/text', { from: '07700900123', content: 'Help' });
    expect(notify.service).toMatchObject({ isTrial: true, deliveryCallback: { token: '0123456789' } });
    expect(await (await fetch(notify.origin)).text()).toContain('07700900123: Help');
  });
  it('is not driven from another page', async () => {
    const notify = await simulator();
    expect((await post(notify, '/trial', {}, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect(notify.service.isTrial).toBe(false);
  });
  it('keeps a key over starts when it is told one, and refuses one that is malformed', async () => {
    const apiKey = 'council-aaaaaaaa-0000-4000-8000-000000000001-aaaaaaaa-0000-4000-8000-000000000002';
    const notify = await simulator({ apiKey });
    expect((await answer(client(notify, apiKey).getAllTemplates())).status).toBe(200);
    await expect(startNotifySimulator({ apiKey: 'secret' })).rejects.toThrow('apiKey');
  });
});
