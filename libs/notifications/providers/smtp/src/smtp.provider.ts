import { defineProvider, done } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Outcome, ProviderDependencies, ProviderInstallation } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, usableEmail } from '@guildhall/notifications-contract';
import type { AcceptedMessage, DeliveryRefusal, MessageProvider, OutgoingMessage } from '@guildhall/notifications-contract';
import { composeEmail } from './compose-email';
import { deliver, type SmtpFault } from './deliver';
import { refusalOf, unavailable } from './map-fault';
import type { SmtpOptions } from './smtp.options';

/** Sends e-mail by SMTP. What a server takes counts as `sent`: whether it arrived, SMTP does not say. */
export class SmtpProvider implements MessageProvider {
  readonly channels = ['email'] as const;
  constructor(private readonly options: SmtpOptions, private readonly dependencies: Pick<ProviderDependencies, 'clock'>) {
    if (usableEmail(options.from.address) === undefined) throw new Error(`smtp: from.address "${options.from.address}" is not an e-mail address. Give the address that messages come from, like no-reply@riverbourne.example.`);
    if (options.username !== undefined && options.security === 'none') throw new Error('smtp: a user name and password would cross the network in clear. Set security to "starttls" or "tls".');
  }

  async send(message: OutgoingMessage): Promise<Outcome<AcceptedMessage, DeliveryRefusal>> {
    if (message.channel !== 'email') return refusedAs({ reason: 'technical', code: 'no-channel', message: `SMTP does not take messages by ${message.channel}.` });
    const address = usableEmail(message.to.address);
    if (address === undefined) return refusedAs({ reason: 'permanent', code: 'address-malformed', message: 'The address is not one e-mail address.' });
    const email = await composeEmail({ ...message, to: { ...message.to, address } }, this.options, this.dependencies.clock.now());
    if (email.envelope.to.length !== 1) return refusedAs({ reason: 'permanent', code: 'address-malformed', message: 'The address is not one e-mail address.' });
    try {
      await deliver(this.options, email);
    } catch (error) {
      const fault = error as SmtpFault;
      const refusal = refusalOf(fault);
      if (!refusal) throw unavailable(this.options.host, fault);
      return refusedAs(refusal);
    }
    return done({ providerReference: email.messageId, state: 'sent' });
  }

  /** Says hello and signs in, and sends nothing. */
  async check(): Promise<ConnectionCheck> {
    const { host } = this.options;
    try {
      await deliver(this.options);
      return { ok: true, message: `${host} answers${this.options.username === undefined ? '' : ' and accepts the user name and password'}.` };
    } catch (error) {
      const { code, responseCode, message } = error as SmtpFault;
      if (code === 'EAUTH') return { ok: false, message: `${host} does not accept the user name and password. Check them with whoever runs the mail server.` };
      if (code === 'ETLS' || /certificate|altnames/i.test(message)) return { ok: false, message: `${host} cannot be spoken to over TLS. Check its certificate, or give certificateAuthority when the council signs its own.` };
      return { ok: false, message: `${host} does not answer as a mail server (${code ?? 'unknown'}${responseCode ? `, ${responseCode}` : ''}). Check host, port and security, and whether a firewall is between.` };
    }
  }
}

function refusedAs(refusal: DeliveryRefusal): { readonly ok: false; readonly refusal: DeliveryRefusal } {
  return { ok: false, refusal };
}

/**
 * Sends e-mail by the council's SMTP server.
 * @public
 * @example smtp({ host: env.string('SMTP_HOST'), username: env.string('SMTP_USER'), password: env.secret('SMTP_PASSWORD'), from: { name: 'Riverbourne Borough Council', address: 'no-reply@riverbourne.example' } })
 */
export function smtp(options: SmtpOptions): ProviderInstallation<MessageProvider> {
  return defineProvider<MessageProvider>({
    port: MESSAGE_PROVIDER, id: 'notifications.smtp', title: { en: 'Mail server', cy: 'Gweinydd e-bost' }, isSandbox: false,
    create: (dependencies) => new SmtpProvider(options, dependencies),
    check: (provider) => (provider as SmtpProvider).check(),
  });
}
