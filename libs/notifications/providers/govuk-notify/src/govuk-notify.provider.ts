import { Unavailable, defineProvider, done } from '@guildhall/kernel-contract';
import type { ConnectionCheck, Outcome, ProviderDependencies, ProviderInstallation } from '@guildhall/kernel-contract';
import { MESSAGE_PROVIDER, mobileNumber, usableEmail, usablePostalLines } from '@guildhall/notifications-contract';
import type { AcceptedMessage, DeliveryRefusal, DeliveryReport, MessageChannel, MessageProvider, OutgoingEmail, OutgoingMessage } from '@guildhall/notifications-contract';
import { faultsOf, personalisationOf, readTemplate } from './carrier';
import { checkConnection } from './check-connection';
import type { GovUkNotifyOptions } from './govuk-notify.options';
import { refusalOf } from './map-refusal';
import { reportOf } from './map-status';
import { NotifyCalls, unknownOutcome, type NotifyAnswer } from './notify-calls';
import { readCallback } from './read-callback';
import { readNotification, readNotifications, stillCounting } from './read-notification';
import { idFor, isOnThisMachine, readSettings, type NotifySettings } from './settings';

type Taken = Outcome<AcceptedMessage, DeliveryRefusal>;
type Dependencies = Pick<ProviderDependencies, 'council' | 'clock' | 'ids' | 'log' | 'outbound'>;

/** Two lanes of a worker then fill the connections that it keeps to one origin, and no call spends its time waiting for one. */
const MOST_AT_ONCE = 25;
/** A template may be edited at Notify while we run. */
const TEMPLATE_KNOWN_FOR_MINUTES = 15;

/** Sends e-mails, texts and letters by GOV.UK Notify. */
export class GovUkNotifyProvider implements MessageProvider {
  readonly channels: readonly MessageChannel[];
  readonly mostAtOnce = MOST_AT_ONCE;
  /** Present when the council has given a callback token. */
  readonly receive: MessageProvider['receive'];
  readonly #settings: NotifySettings;
  readonly #calls: NotifyCalls;
  /** Until when each template is known to fit. */
  readonly #fitting = new Map<string, number>();

  constructor(options: GovUkNotifyOptions, private readonly dependencies: Dependencies) {
    this.#settings = readSettings(options, dependencies.council.languages);
    this.#calls = new NotifyCalls(this.#settings, dependencies.outbound);
    this.channels = this.#settings.channels;
    const { callbackTokens } = this.#settings;
    this.receive = callbackTokens.length ? async (callback) => readCallback(callback, callbackTokens, dependencies.log) : undefined;
  }

  async send(message: OutgoingMessage): Promise<Taken> {
    const ready = this.readyToGo(message);
    if (!ready.ok) return ready;
    const templateId = ready.value;
    // Notify does not know our references from each other: what may have gone already is looked for before it goes again.
    if (message.attempt !== 1) {
      const found = await this.sentBefore(message);
      if (found) return found;
    }
    const unfit = await this.unfit(templateId, message.channel);
    if (unfit) return unfit;
    const answer = await this.post(templateId, message);
    if (answer.status === 201) {
      const id: unknown = typeof answer.json === 'object' && answer.json !== null ? (answer.json as { id?: unknown }).id : undefined;
      if (typeof id === 'string' && id) return done({ providerReference: id, state: 'sending' });
    }
    return this.refusedBy(answer);
  }

  async status(providerReference: string): Promise<DeliveryReport | undefined> {
    const answer = await this.#calls.notification(providerReference);
    // Not an id of Notify's (400), or older than the service keeps them (404).
    if (answer.status === 404 || answer.status === 400) return undefined;
    const notification = answer.status === 200 ? readNotification(answer.json) : undefined;
    if (!notification) throw new Unavailable(`GOV.UK Notify answered with ${answer.status} when it was asked about a message.`, refusalOf(answer, this.dependencies.clock.now(), 0)?.closedForInSeconds);
    return reportOf({ ...notification, id: providerReference }) ?? { providerReference, state: 'sending' };
  }

  /** Whether Notify can be reached, accepts the key and the clock, and has templates that fit. */
  check(): Promise<ConnectionCheck> {
    return checkConnection(this.#settings, this.#calls, this.dependencies.clock);
  }

  /** What can be refused without asking Notify; else the id of the template. */
  private readyToGo(message: OutgoingMessage): Outcome<string, DeliveryRefusal> {
    const templateId = idFor(this.#settings.templates[message.channel], message.language);
    if (templateId === undefined) return refusedAs('technical', this.channels.includes(message.channel) ? 'notify-no-language' : 'no-channel', `No template at Notify is set for ${message.channel} in this language.`);
    const isUsable = message.channel === 'email' ? usableEmail(message.to.address) === message.to.address : message.channel === 'sms' ? mobileNumber(message.to.phone) !== undefined : usablePostalLines(message.to.lines) !== undefined;
    return isUsable ? done(templateId) : refusedAs('permanent', 'address-malformed', 'The address is not one that Notify can send to.');
  }

  private async sentBefore({ reference }: OutgoingMessage): Promise<Taken | undefined> {
    const answer = await this.#calls.withReference(reference);
    const notifications = answer.status === 200 ? readNotifications(answer.json) : undefined;
    // Only a key that does not hold and "too many" say of a question what they say of a message; after anything else it is not known whether it went.
    if (!notifications) return [401, 403, 429].includes(answer.status) ? this.refusedBy(answer) : refuseToGuess(answer);
    const found = stillCounting(notifications);
    return found && done({ providerReference: found.providerReference, state: found.state });
  }

  /** A template without ((body)) would send residents a message that says nothing, so it is looked at before it is first used and from time to time after. */
  private async unfit(templateId: string, channel: MessageChannel): Promise<Taken | undefined> {
    const now = this.dependencies.clock.now().getTime();
    if ((this.#fitting.get(templateId) ?? 0) > now) return undefined;
    const answer = await this.#calls.template(templateId);
    const template = answer.status === 200 ? readTemplate(answer.json) : undefined;
    // Only what was seen to be wrong stops a message: whatever else is the matter, Notify says when it is sent.
    if (!template) return undefined;
    if (faultsOf(template, channel).length) {
      this.dependencies.log.error('notify.template-does-not-fit', { template: templateId, channel });
      return refusedAs('technical', 'notify-template', 'The template at Notify does not fit what is sent. "doctor" says what to change.');
    }
    this.#fitting.set(templateId, now + TEMPLATE_KNOWN_FOR_MINUTES * 60_000);
    return undefined;
  }

  private post(templateId: string, message: OutgoingMessage): Promise<NotifyAnswer> {
    const common = { reference: message.reference, personalisation: personalisationOf(message) };
    switch (message.channel) {
      case 'email': return this.#calls.email(templateId, message.to.address, { ...common, emailReplyToId: idFor(this.#settings.emailReplyToId, message.language), oneClickUnsubscribeURL: stopAddressOf(message) });
      case 'sms': return this.#calls.sms(templateId, message.to.phone, { ...common, smsSenderId: idFor(this.#settings.smsSenderId, message.language) });
      case 'letter': return this.#calls.letter(templateId, common);
    }
  }

  /** @throws Unavailable when it is not known whether the message was taken */
  private refusedBy(answer: NotifyAnswer): Taken {
    const refusal = refusalOf(answer, this.dependencies.clock.now(), (this.dependencies.ids.bytes(1)[0] ?? 0) / 255);
    if (!refusal) throw unknownOutcome(answer.status);
    this.dependencies.log.warn('notify.refused', { code: refusal.code, status: answer.status });
    return { ok: false, refusal };
  }
}

/** @throws Unavailable */
function refuseToGuess({ status }: NotifyAnswer): never {
  throw unknownOutcome(status);
}

function refusedAs(reason: DeliveryRefusal['reason'], code: string, message: string): { readonly ok: false; readonly refusal: DeliveryRefusal } {
  return { ok: false, refusal: { reason, code, message } };
}

/**
 * Sends e-mails, texts and letters by GOV.UK Notify. docs/guides/govuk-notify.md says how to register and go live.
 * @public
 * @example notifications({ providers: [govUkNotify({ apiKey: env.secret('GOVUK_NOTIFY_KEY'), templates: env.string('GOVUK_NOTIFY_TEMPLATES'), callbackToken: env.secret('GOVUK_NOTIFY_CALLBACK_TOKEN') })] })
 */
export function govUkNotify(options: GovUkNotifyOptions): ProviderInstallation<MessageProvider> {
  return defineProvider<MessageProvider>({
    port: MESSAGE_PROVIDER, id: 'notifications.govuk-notify', title: { en: 'GOV.UK Notify', cy: 'GOV.UK Notify' }, isSandbox: isOnThisMachine(options.origin),
    create: (dependencies) => new GovUkNotifyProvider(options, dependencies),
    check: (provider) => (provider as GovUkNotifyProvider).check(),
  });
}

/** Notify takes no other than https for its button to unsubscribe. */
function stopAddressOf({ stopAddress }: OutgoingEmail): string | undefined {
  return stopAddress?.startsWith('https://') ? stopAddress : undefined;
}
