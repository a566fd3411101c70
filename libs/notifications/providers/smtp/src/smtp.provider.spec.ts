import { Secret } from '@guildhall/kernel-contract';
import { FixedClock, ownCertificate } from '@guildhall/kernel-contract/testing';
import { anEmail } from '@guildhall/notifications-contract/testing';
import { MailServer, drippingServer, type Answers } from './testing/mail-server';
import { SmtpProvider } from './smtp.provider';
import type { SmtpOptions } from './smtp.options';
import { smtp } from './index';

const from = { name: 'Cyngor Tŷ-gwyn', address: 'no-reply@testham.example' };
const certificate = ownCertificate();
const servers: { close(): Promise<void> }[] = [];
afterEach(async () => { for (const server of servers.splice(0)) await server.close(); });

async function mailServer(options?: ConstructorParameters<typeof MailServer>[0]): Promise<MailServer> {
  const server = new MailServer(options);
  await server.open();
  servers.push(server);
  return server;
}
function providerFor(server: { readonly port: number }, options: Partial<SmtpOptions> = {}): SmtpProvider {
  return new SmtpProvider({ host: 'localhost', port: server.port, security: 'none', from, timeoutInSeconds: 2, ...options }, { clock: new FixedClock('2026-11-23T09:00:00Z') });
}

describe('e-mail by SMTP', () => {
  it.each<[string, Answers, object]>([
    ['a mailbox that is busy', { rcptTo: '450 4.2.1 busy' }, { reason: 'temporary', code: 'smtp-450-4.2.1' }],
    ['a full inbox, said for good', { rcptTo: '552 5.2.2 over quota' }, { reason: 'temporary', code: 'smtp-552-5.2.2' }],
    ['a full inbox without an enhanced code', { rcptTo: '552 over quota' }, { reason: 'temporary', code: 'smtp-552' }],
    ['no such address', { rcptTo: '550 5.1.1 <ADDRESS> unknown' }, { reason: 'permanent', code: 'smtp-550-5.1.1' }],
    ['no such address without an enhanced code', { rcptTo: '550 unknown' }, { reason: 'permanent', code: 'smtp-550' }],
    ['a mailbox that is closed', { rcptTo: '550 5.2.1 disabled' }, { reason: 'permanent', code: 'smtp-550-5.2.1' }],
    ['a rule of the server', { rcptTo: '550 5.7.1 policy' }, { reason: 'technical', code: 'smtp-550-5.7.1' }],
    ['a sender that the server does not like', { mailFrom: '550 5.1.8 bad sender' }, { reason: 'technical', code: 'smtp-550-5.1.8' }],
    ['a server too busy to begin a message', { mailFrom: '452 4.3.1 busy' }, { reason: 'temporary', code: 'smtp-452-4.3.1' }],
    ['trouble after the words', { data: '451 4.3.0 later' }, { reason: 'temporary', code: 'smtp-451-4.3.0' }],
    ['words that look like spam', { data: '554 refused' }, { reason: 'technical', code: 'smtp-554' }],
    ['an address found wrong only after the words', { data: '550 5.1.1 unknown' }, { reason: 'permanent', code: 'smtp-550-5.1.1' }],
  ])('knows %s', async (_, answers, refusal) => {
    const server = await mailServer();
    server.answers = answers;
    await expect(providerFor(server).send(anEmail())).resolves.toMatchObject({ ok: false, refusal });
  });

  it.each<[string, Answers]>([['turns everybody away for now', { connect: '421 4.3.2 busy' }], ['turns everybody away', { connect: '554 no' }]])('tries again with a server that %s', async (words, answers) => {
    const server = await mailServer();
    server.answers = answers;
    const sending = providerFor(server).send(anEmail());
    if (words.endsWith('now')) await expect(sending).rejects.toMatchObject({ code: 'unavailable' });
    else await expect(sending).resolves.toMatchObject({ ok: false, refusal: { reason: 'technical' } });
  });

  it('does not wait for a server that drips', async () => {
    const server = await drippingServer();
    servers.push(server);
    await expect(providerFor(server, { timeoutInSeconds: 1 }).send(anEmail())).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('writes headers that say who, when, which message and in what language, and that no machine should answer', async () => {
    const server = await mailServer();
    const message = anEmail({ language: 'both', to: { address: 'siân@tŷ-gwyn.example', name: 'Siân, "Llŷr"' } });
    const outcome = await providerFor(server, { replyTo: 'bins@testham.example' }).send(message);
    expect(outcome).toEqual({ ok: true, value: { providerReference: `<${message.reference}@testham.example>`, state: 'sent' } });
    const [taken] = server.taken;
    expect(taken?.envelopeFrom).toBe('no-reply@testham.example');
    expect(taken?.recipients).toEqual(['siân@tŷ-gwyn.example']);
    expect(taken?.email).toMatchObject({ messageId: `<${message.reference}@testham.example>`, from: { name: 'Cyngor Tŷ-gwyn', address: 'no-reply@testham.example' }, replyTo: [{ address: 'bins@testham.example' }], date: '2026-11-23T09:00:00.000Z' });
    const headers = Object.fromEntries((taken?.email.headers ?? []).map(({ key, value }) => [key, value]));
    expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated', 'content-language': 'cy, en' });
    expect(headers['x-mailer']).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  it('gives mail programs their button to stop news (RFC 8058), over TLS only', async () => {
    const server = await mailServer();
    await providerFor(server).send(anEmail({ stopAddress: 'https://testham.example/api/notifications/v1/stops/1?key=k' }));
    await providerFor(server).send(anEmail({ stopAddress: 'http://localhost/api/notifications/v1/stops/1?key=k' }));
    const headers = server.taken.map(({ email }) => Object.fromEntries(email.headerLines.map(({ key, line }) => [key, line.replace(/\s+/g, ' ')])));
    expect(headers[0]).toMatchObject({ 'list-unsubscribe': 'List-Unsubscribe: <https://testham.example/api/notifications/v1/stops/1?key=k>', 'list-unsubscribe-post': 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' });
    expect(headers[1]).not.toHaveProperty('list-unsubscribe');
  });

  it('reads no file and fetches no address that words name', async () => {
    const server = await mailServer();
    await providerFor(server).send(anEmail({ text: 'file:///etc/passwd', html: '<img src="file:///etc/passwd"><img src="http://127.0.0.1:1/x">' }));
    expect(server.taken[0]?.email.text?.trim()).toBe('file:///etc/passwd');
    expect(server.taken[0]?.email.attachments).toEqual([]);
  });

  describe('over TLS', () => {
    it('says nothing in clear to a server without STARTTLS', async () => {
      const server = await mailServer();
      await expect(providerFor(server, { security: 'starttls' }).send(anEmail())).resolves.toMatchObject({ ok: false, refusal: { reason: 'technical', message: expect.stringContaining('STARTTLS') as string } });
      expect(server.taken).toEqual([]);
    });
    it('does not trust a certificate that nobody it knows has signed', async () => {
      const server = await mailServer({ ...certificate });
      await expect(providerFor(server, { security: 'starttls' }).send(anEmail())).rejects.toMatchObject({ code: 'unavailable' });
      await expect(providerFor(server, { security: 'starttls' }).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('certificate') as string });
      expect(server.taken).toEqual([]);
    });
    it.each(['starttls', 'tls'] as const)('signs in and sends (%s) with the council\'s own authority', async (security) => {
      const server = await mailServer({ ...certificate, secure: security === 'tls', password: 'correct horse' });
      const provider = providerFor(server, { security, certificateAuthority: certificate.cert, username: 'council', password: new Secret('correct horse') });
      await expect(provider.check()).resolves.toEqual({ ok: true, message: 'localhost answers and accepts the user name and password.' });
      await expect(provider.send(anEmail())).resolves.toMatchObject({ ok: true });
      expect(server.taken).toEqual([expect.objectContaining({ isSecure: true, user: 'council' })]);
    });
    it('tells a wrong password from a wrong address, and repeats neither', async () => {
      const server = await mailServer({ ...certificate, password: 'correct horse' });
      const provider = providerFor(server, { security: 'starttls', certificateAuthority: certificate.cert, username: 'council', password: new Secret('wrong battery') });
      const outcome = await provider.send(anEmail());
      expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'technical', code: 'smtp-535-5.7.8' } });
      expect(JSON.stringify(outcome)).not.toMatch(/battery|ann@/);
      await expect(provider.check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('user name and password') as string });
    });
  });

  it('is checked without sending anything', async () => {
    const server = await mailServer();
    await expect(providerFor(server).check()).resolves.toEqual({ ok: true, message: 'localhost answers.' });
    expect(server.taken).toEqual([]);
    await server.close();
    await expect(providerFor(server).check()).resolves.toMatchObject({ ok: false, message: expect.stringContaining('does not answer') as string });
  });

  it.each([
    ['a sender that is no address', { from: { name: 'x', address: 'testham' } }, 'from.address'],
    ['a password in clear', { username: 'a', password: new Secret('b'), security: 'none' }, 'in clear'],
  ] as const)('refuses to start with %s', (_, options, words) => {
    expect(() => providerFor({ port: 1 }, options)).toThrow(words);
  });

  it('is not a sandbox', () => {
    expect(smtp({ host: 'localhost', from })).toMatchObject({ id: 'notifications.smtp', isSandbox: false });
  });
});
