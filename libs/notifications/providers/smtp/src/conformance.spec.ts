import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testReportedConformance, type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { messageProviderKit, type MessageProviderHarness } from '@guildhall/notifications-contract/testing';
import { MailServer } from '../test/mail-server';
import { SmtpProvider } from './smtp.provider';

interface Harness extends MessageProviderHarness { readonly server: MailServer }

const source: HarnessSource<Harness> = {
  abilities: ['email', 'far-end'],
  async open() {
    const server = new MailServer();
    await server.open();
    const provider = new SmtpProvider({ host: '127.0.0.1', port: server.port, security: 'none', from: { name: 'Testham Borough Council', address: 'no-reply@testham.example' }, timeoutInSeconds: 2 }, { clock: new FixedClock() });
    return {
      server, provider,
      received: async () => server.taken.map(({ recipients, email }) => ({ identity: email.messageId ?? '', recipients, title: email.subject, text: email.text ?? '', html: email.html })),
      async farEnd(behaviour) {
        await server.close();
        server.answers = behaviour === 'refuse-for-now' ? { rcptTo: '451 4.7.1 <ADDRESS> greylisted, come back later' } : behaviour === 'refuse-for-good' ? { rcptTo: '550 5.1.1 <ADDRESS> no such user' } : {};
        server.isSilent = behaviour === 'silent';
        server.vanishes = behaviour === 'accept-then-vanish';
        if (behaviour !== 'unreachable') await server.open();
      },
    };
  },
  close: ({ server }) => server.close(),
};

const reported = testReportedConformance(messageProviderKit, { describe, it }, source);

it('conformance.json says what the kit says now (GUILDHALL_WRITE_REPORTS=1 writes it)', async () => {
  const file = join(__dirname, '../conformance.json');
  const report = reported('@guildhall/notifications-provider-smtp');
  if (process.env.GUILDHALL_WRITE_REPORTS) await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
});
