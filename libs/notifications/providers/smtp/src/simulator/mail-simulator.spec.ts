import { testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { smtp } from '../smtp.provider';
import { startMailSimulator, type MailSimulator } from './mail-simulator';

let mail: MailSimulator;
beforeEach(async () => { mail = await startMailSimulator(); });
afterEach(() => mail.stop());

const provider = () => smtp({ host: 'localhost', port: mail.smtpPort, security: 'none', from: { name: 'Testham Borough Council', address: 'no-reply@testham.example' } }).create(testProviderDependencies({ council: testCouncil() }));
const message = (address: string, body = 'We have <b>your</b> report.') => ({
  messageId: '01990000-0000-7000-8000-0000000000c1', reference: '01990000-0000-7000-8000-0000000000c1', attempt: 1, channel: 'email' as const, language: 'en' as const, to: { address }, subject: 'Your report', body,
}) as never;

it('keeps what it is given, and shows it on its page without letting it do anything there', async () => {
  expect(await provider().send(message('ann.resident@post.example'))).toMatchObject({ ok: true });
  expect(mail.received).toMatchObject([{ to: ['ann.resident@post.example'], from: 'no-reply@testham.example', subject: 'Your report' }]);
  const page = await (await fetch(mail.origin)).text();
  expect(page).toContain('ann.resident@post.example');
  expect(page).not.toContain('<b>');
  expect((await fetch(mail.origin, { method: 'POST' })).status).toBe(405);
});

it.each([['for-now@refused.example', 'temporary'], ['for-good@refused.example', 'permanent']])('refuses %s: %s', async (address, reason) => {
  expect(await provider().send(message(address))).toMatchObject({ ok: false, refusal: { reason } });
  expect(mail.received).toEqual([]);
});
