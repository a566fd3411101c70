import { randomUUID } from 'node:crypto';
import { badRequest, noResult } from './fault';
import { fillTemplate } from './fill-template';
import type { Limits } from './limits';
import { withLinkedFiles } from './linked-files';
import { isFinal, receiptJson, returnedLetterJson, type NotificationStatus, type SimulatedNotification } from './notification';
import type { SendRequest } from './read-request';
import type { CallbackSender } from './send-callbacks';
import type { SimulatedKey, SimulatedService, SimulatedTemplate } from './service';
import { smsWords } from './sms-words';

const LONGEST_SMS = 918;
/** Notify answers for these and keeps nothing: for smoke tests. */
const SMOKE_TESTS = new Set(['07700900000', '07700900111', '07700900222', 'simulate-delivered@notifications.service.gov.uk', 'simulate-delivered-2@notifications.service.gov.uk', 'simulate-delivered-3@notifications.service.gov.uk']);
/** Those that fail, so that failures can be tried. */
const FAILING: Readonly<Record<string, NotificationStatus>> = { '07700900003': 'temporary-failure', '07700900002': 'permanent-failure', 'temp-fail@simulator.notify': 'temporary-failure', 'perm-fail@simulator.notify': 'permanent-failure' };
const NO_TEMPLATE: SimulatedTemplate = { id: '', type: 'letter', name: 'Pre-compiled PDF', body: '' };

/** Takes messages, keeps them, and moves them on. */
export class PostOffice {
  readonly notifications: SimulatedNotification[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  constructor(private readonly now: () => Date, private readonly limits: Limits, private readonly callbacks: CallbackSender, private readonly delivery: { readonly afterSeconds: number } | 'by-hand') {}

  /** @throws NotifyFault */
  take(service: SimulatedService, key: SimulatedKey, request: SendRequest): SimulatedNotification {
    const { type } = request;
    if (!service.may.has(type)) return badRequest(`Service is not allowed to send ${{ email: 'emails', sms: 'text messages', letter: 'letters' }[type]}`);
    this.limits.refuseTooMany(service.id, key.type, this.now());
    if (type === 'letter') refuseLetter(service, key);
    else refuseStranger(service, key, request);
    const made = this.make(service, key, request);
    this.limits.countToday(service.id, key.type, type, this.now());
    if (SMOKE_TESTS.has(plain(request.to))) return made;
    this.notifications.push(made);
    this.moveOn(service, made);
    return made;
  }

  /** Gives a message a status, as its network or the printer would, and sends a receipt when it is the last. */
  settle(service: SimulatedService, id: string, status: NotificationStatus): void {
    const found = this.notifications.find((each) => each.id === id) ?? noResult();
    found.status = status;
    found.sentAt ??= this.now();
    if (!isFinal(status)) return;
    found.completedAt = this.now();
    if (found.type !== 'letter' && service.deliveryCallback) this.callbacks.send(service.deliveryCallback, receiptJson(found));
    if (status === 'returned-letter' && service.returnedLetterCallback) this.callbacks.send(service.returnedLetterCallback, returnedLetterJson(found));
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  private make(service: SimulatedService, key: SimulatedKey, request: SendRequest): SimulatedNotification {
    const { type, precompiled } = request;
    const common = {
      id: randomUUID(), serviceId: service.id, keyType: key.type, type, reference: request.reference, to: request.to, lines: request.lines, personalisation: request.personalisation, from: senderOf(service, request),
      unsubscribeUrl: request.unsubscribeUrl, scheduledFor: request.scheduledFor, createdAt: this.now(),
    };
    if (precompiled) return { ...common, template: NO_TEMPLATE, body: '', status: 'pending-virus-check', postage: precompiled.postage };
    const template = service.templates.find(({ id }) => id === request.templateId) ?? badRequest('Template not found');
    if (template.type !== type) return badRequest(`${template.type} template is not suitable for ${type} notification`);
    if (template.isArchived) return badRequest('Template has been deleted');
    const { subject, body } = fillTemplate(template, withLinkedFiles(request.personalisation, type, service.maySendFiles !== false));
    if (!body) return badRequest('Your message is empty.');
    const words = type === 'sms' ? smsWords(body) : body;
    if (type === 'sms' && words.length > LONGEST_SMS) return badRequest(`Text messages cannot be longer than ${LONGEST_SMS} characters. Your message is ${words.length} characters long.`);
    return { ...common, template, subject, body: words, status: type === 'letter' ? 'accepted' : 'created', ...(type === 'letter' ? { postage: 'second' } : {}) };
  }

  private moveOn(service: SimulatedService, made: SimulatedNotification): void {
    if (made.type === 'letter') {
      // Nothing is printed for a test key.
      if (made.keyType === 'test' && made.template.id) this.settle(service, made.id, 'received');
      else if (this.delivery !== 'by-hand') this.later(this.delivery.afterSeconds, () => { if (made.status === 'accepted') this.settle(service, made.id, 'received'); else if (made.status === 'pending-virus-check') made.status = 'accepted'; });
      return;
    }
    const failing = FAILING[plain(made.to)] ?? (made.type === 'sms' && made.keyType !== 'test' && !this.limits.passesNetworks(plain(made.to), made.body, this.now()) ? 'permanent-failure' : undefined);
    const last: NotificationStatus = failing ?? (made.type === 'sms' && /^\+(?!44)|^00(?!44)/.test(made.to) ? 'sent' : 'delivered');
    if (failing === undefined && made.keyType !== 'test' && this.delivery === 'by-hand') return;
    if (this.delivery === 'by-hand') return this.settle(service, made.id, last);
    const { afterSeconds } = this.delivery;
    this.later(afterSeconds / 2, () => { if (made.status === 'created') { made.status = 'sending'; made.sentAt = this.now(); } });
    this.later(afterSeconds, () => { if (!isFinal(made.status)) this.settle(service, made.id, last); });
  }

  private later(seconds: number, run: () => void): void {
    const timer = setTimeout(() => { this.#timers.delete(timer); run(); }, seconds * 1000);
    timer.unref();
    this.#timers.add(timer);
  }
}

function refuseLetter(service: SimulatedService, key: SimulatedKey): void {
  if (key.type === 'team') badRequest('Cannot send letters with a team api key', 403);
  if (service.isTrial && key.type !== 'test') badRequest('Cannot send letters when service is in trial mode', 403);
}

function refuseStranger(service: SimulatedService, key: SimulatedKey, { to, isInternational }: SendRequest): void {
  const isKnown = key.type === 'test' || [...service.team].some((each) => plain(each) === plain(to)) || SMOKE_TESTS.has(plain(to)) || FAILING[plain(to)] !== undefined;
  if (key.type === 'team' && !isKnown) badRequest('Can\'t send to this recipient using a team-only API key');
  if (service.isTrial && !isKnown) badRequest('Can\'t send to this recipient when service is in trial mode - see https://www.notifications.service.gov.uk/trial-mode');
  if (isInternational && !service.may.has('international_sms')) badRequest('Cannot send to international mobile numbers');
}

function senderOf(service: SimulatedService, { type, replyToId, smsSenderId }: SendRequest): string {
  if (type === 'email') {
    const chosen = replyToId === undefined ? service.emailReplyTos.find(({ isDefault }) => isDefault) : (service.emailReplyTos.find(({ id }) => id === replyToId) ?? badRequest(`email_reply_to_id ${replyToId} does not exist in database for service id ${service.id}`));
    return chosen?.address ?? '';
  }
  if (type === 'letter') return '';
  const chosen = smsSenderId === undefined ? service.smsSenders.find(({ isDefault }) => isDefault) : (service.smsSenders.find(({ id }) => id === smsSenderId) ?? badRequest(`sms_sender_id ${smsSenderId} does not exist in database for service id ${service.id}`));
  return chosen?.sender ?? 'GOVUK';
}

/** An address or a number, however it is written: `+44 7700 900000` and `07700 900000` are one. */
function plain(to: string): string {
  return to.includes('@') ? to.trim().toLowerCase() : to.replace(/[^\d+]/g, '').replace(/^(?:\+|00)44/, '0');
}
