import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { defineSimulated } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER } from '@guildhall/notifications-contract';
import type { MessageProvider } from '@guildhall/notifications-contract';
import { smtp } from '../smtp.provider';
import { startMailSimulator } from './mail-simulator';

/** The mail server has a port so far above that of its page: both ends know it without telling each other. */
const MAIL_ABOVE = 1000;

const simulator: Companion = Object.freeze<Companion>({
  id: 'notifications.smtp-simulator', title: 'Mail server, simulated: messages are here',
  start: ({ port }) => startMailSimulator({ port, smtpPort: port + MAIL_ABOVE }),
});

/**
 * The council's mail server as it will be, at a simulator that starts beside the council's server: nothing is sent to anybody.
 * @public
 * @example notifications({ providers: [simulatedSmtp(), …] })
 */
export function simulatedSmtp(): ProviderInstallation<MessageProvider> {
  return defineSimulated<MessageProvider>({
    port: MESSAGE_PROVIDER, id: 'notifications.smtp', title: { en: 'Mail server (simulated)', cy: 'Gweinydd e-bost (efelychiad)' }, simulator,
    at: (origin, { council }) => smtp({ host: 'localhost', port: Number(new URL(origin).port) + MAIL_ABOVE, security: 'none', from: { name: council.name[council.languages[0]], address: `no-reply@${council.slug}.example` } }),
  });
}
