import { join } from 'node:path';
import { defineProvider, done, refused } from '@guildhall/kernel-contract';
import type { Outcome, ProviderDependencies, ProviderInstallation } from '@guildhall/kernel-contract';
import { MESSAGE_CHANNELS, MESSAGE_PROVIDER, usableEmail } from '@guildhall/notifications-contract';
import type { AcceptedMessage, DeliveryRefusal, MessageChannel, MessageProvider, OutgoingMessage } from '@guildhall/notifications-contract';
import { KeptMessages, recipientOf } from './kept-messages';
import type { OutboxOptions } from './outbox.options';

/** Recipients that fail, so that failures can be seen without a real network. The numbers are those of GOV.UK Notify's simulator. */
const FAILS: Readonly<Record<string, 'temporary' | 'permanent'>> = { '+447700900003': 'temporary', '+447700900002': 'permanent', 'temp-fail': 'temporary', 'perm-fail': 'permanent' };

/** Keeps messages instead of sending them. */
export class OutboxProvider implements MessageProvider {
  readonly channels: readonly MessageChannel[];
  readonly outbox: KeptMessages;

  constructor(options: OutboxOptions, { council, clock, dataFolder }: Pick<ProviderDependencies, 'council' | 'clock' | 'dataFolder'>) {
    this.channels = options.channels ?? MESSAGE_CHANNELS;
    this.outbox = new KeptMessages(join(dataFolder, 'outbox', council.id), () => clock.now());
  }

  async send(message: OutgoingMessage): Promise<Outcome<AcceptedMessage, DeliveryRefusal>> {
    if (!this.channels.includes(message.channel)) return refusedAs('technical', 'no-channel', `This outbox does not take messages by ${message.channel}.`);
    if (message.channel === 'email' && usableEmail(message.to.address) === undefined) return refusedAs('permanent', 'address-malformed', 'The address is not one e-mail address.');
    const fails = FAILS[message.channel === 'email' ? (message.to.address.split('@')[0] ?? '') : recipientOf(message)];
    if (fails) return refusedAs(fails, `outbox-${fails}`, `This recipient fails for trying out: ${fails}.`);
    await this.outbox.keep(message);
    return done({ providerReference: message.reference, state: 'delivered' });
  }
}

function refusedAs(reason: DeliveryRefusal['reason'], code: string, message: string): { readonly ok: false; readonly refusal: DeliveryRefusal } {
  return { ok: false, refusal: { ...refused(reason, message).refusal, code } };
}

/**
 * Keeps messages instead of sending them, and shows them at `/outbox`. For development and trials: it refuses to start in production unless
 * the council accepts `notifications.outbox` by name.
 *
 * E-mails to `temp-fail@…` and `perm-fail@…` and texts to 07700 900003 and 07700 900002 fail, temporarily and permanently.
 * @public
 * @example notifications({ providers: [outbox()] })
 */
export function outbox(options: OutboxOptions = {}): ProviderInstallation<MessageProvider> {
  return defineProvider<MessageProvider>({ port: MESSAGE_PROVIDER, id: 'notifications.outbox', title: { en: 'Practice outbox', cy: 'Blwch anfon ymarfer' }, isSandbox: true, page: { title: 'messages', path: '/outbox' }, create: (dependencies) => new OutboxProvider(options, dependencies) });
}
