import type { HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { messageProviderKit, type MessageProviderHarness } from '@guildhall/notifications-contract/testing';
import { SmtpProvider } from '../smtp.provider';
import { MailServer } from './mail-server';

interface Harness extends MessageProviderHarness { readonly server: MailServer }

export const source: HarnessSource<Harness> = {
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

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: messageProviderKit.id, source }];
