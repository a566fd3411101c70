import { Conflict, InvalidInput, NotFound, demand, done, refused } from '@guildhall/kernel-contract';
import type { Outcome, PersonId, RequestContext } from '@guildhall/kernel-contract';
import type {
  Address, DeliveryFailure, MessageChannel, MessagePage, MessagePreferences, MessageSubject, MessageTemplate, MessageView, NotificationsApi, RenderedMessage, RetryRefusal, SendMessage, SendRefusal,
} from '../index';
import { MESSAGE_CHANNELS, NO_PREFERENCES, READ_MESSAGES, RETRY_MESSAGES, chooseAddress, demandChangeOfPreferences, demandPreferencesOf, maskedAddress, mayReadMessage, plainWordsOf, preferredFirst, renderMessage, titleOf } from '../index';

/** A message as it arrived at the far end of the fake. @public */
export interface ArrivedMessage {
  readonly message: SendMessage;
  readonly address: Address;
  readonly rendered: RenderedMessage;
  /** Plain text. */
  readonly words: string;
}

interface Kept { view: MessageView; readonly council: string; readonly order: number; readonly request: string; readonly message: SendMessage; readonly address: Address; readonly isSecret: boolean; rendered?: RenderedMessage; nextTry: number; readonly giveUpAt: number }

/**
 * Notifications for other modules' tests: nothing leaves, and everything can be looked at. It passes the same kit as the module.
 * @public
 */
export class InMemoryNotifications implements NotificationsApi {
  /** What arrived, the oldest first. `work()` makes kept messages arrive. */
  readonly arrived: ArrivedMessage[] = [];
  readonly #kept: Kept[] = [];
  readonly #preferences = new Map<string, MessagePreferences>();
  readonly #templates: ReadonlyMap<string, MessageTemplate>;
  readonly #channels: readonly MessageChannel[];
  readonly #now: () => Date;
  #farEnd: DeliveryFailure | 'accepts' = 'accepts';

  constructor(options: { readonly templates: readonly MessageTemplate[]; readonly channels?: readonly MessageChannel[]; readonly now?: () => Date }) {
    this.#templates = new Map(options.templates.map((template) => [template.id, template]));
    this.#channels = options.channels ?? MESSAGE_CHANNELS;
    this.#now = options.now ?? (() => new Date());
  }

  /** What the far end does with messages from now on. */
  farEnd(does: DeliveryFailure | 'accepts'): void { this.#farEnd = does; }

  /** Tries everything that is due. */
  async work(): Promise<void> {
    const now = this.#now();
    for (const kept of this.#kept) {
      if (kept.view.state !== 'created' || kept.nextTry > now.getTime() || !kept.rendered) continue;
      if (now.getTime() >= kept.giveUpAt) { this.settle(kept, { state: 'failed', failure: 'technical', failureCode: 'expired', settledAt: now }); continue; }
      const tries = kept.view.tries + 1;
      if (this.#farEnd === 'accepts') {
        this.arrived.push({ message: kept.message, address: kept.address, rendered: kept.rendered, words: plainWordsOf(kept.rendered) });
        this.settle(kept, { state: 'delivered', tries, sentAt: now, settledAt: now });
      } else if (this.#farEnd === 'permanent') this.settle(kept, { state: 'failed', failure: 'permanent', failureCode: 'refused', tries, settledAt: now });
      else {
        kept.view = { ...kept.view, tries };
        kept.nextTry = now.getTime() + 60_000;
      }
    }
  }

  async send(ctx: RequestContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>> {
    const template = this.template(message.templateId);
    const request = JSON.stringify(message);
    const same = this.#kept.find((kept) => kept.council === ctx.council.id && kept.message.idempotencyKey === message.idempotencyKey);
    if (same && same.request !== request) throw new Conflict(`The key ${message.idempotencyKey} was used for another message.`);
    if (same) return done(same.view);
    if (this.#kept.some((kept) => kept.council === ctx.council.id && kept.view.id === message.messageId)) throw new Conflict(`There is a message ${message.messageId} already.`);
    const preferences = message.to.personId ? this.preferencesIn(ctx, message.to.personId) : NO_PREFERENCES;
    const address = chooseAddress(template, message.to, preferredFirst(message.channels, preferences.channel), this.#channels);
    if (!address) {
      renderMessage(template, firstChannelOf(template), message.language, message.values, ctx.council);
      return refused('unreachable', `${message.templateId} cannot reach this recipient: no channel with a usable address is left.`);
    }
    const rendered = renderMessage(template, address.channel, message.language, message.values, ctx.council);
    if (template.isNews && preferences.stopsNews) return refused('stopped', 'The recipient has stopped news.');
    const now = this.#now();
    const view: MessageView = {
      id: message.messageId, templateId: template.id, channel: address.channel, language: message.language, state: 'created', sentTo: maskedAddress(address), title: template.isSecret ? rendered.title : titleOf(rendered),
      body: template.isSecret ? undefined : plainWordsOf(rendered), about: message.about, personId: message.to.personId, tries: 0, createdAt: now,
    };
    this.#kept.push({ view, council: ctx.council.id, order: this.#kept.length, request, message, address, isSecret: template.isSecret ?? false, rendered, nextTry: 0, giveUpAt: now.getTime() + (template.giveUpAfterMinutes ?? 1440) * 60_000 });
    return done(view);
  }

  async find(ctx: RequestContext, messageId: string): Promise<MessageView> {
    return this.readable(ctx, messageId).view;
  }

  async forPerson(ctx: RequestContext, personId: PersonId, page: { readonly before?: string; readonly limit?: number } = {}): Promise<MessagePage> {
    if (!mayReadMessage(ctx, { personId })) demand(ctx, READ_MESSAGES);
    const limit = Math.min(Math.max(page.limit ?? 20, 1), 100);
    const before = page.before === undefined ? Infinity : Number(page.before);
    const found = this.newestFirst(ctx).filter((kept) => kept.view.personId === personId && kept.order < before);
    const shown = found.slice(0, limit);
    return { messages: shown.map((kept) => kept.view), next: found.length > limit ? String(shown.at(-1)?.order) : undefined };
  }

  async forSubject(ctx: RequestContext, subject: MessageSubject): Promise<readonly MessageView[]> {
    if (ctx.actor.kind !== 'resident') demand(ctx, READ_MESSAGES);
    return this.newestFirst(ctx).map((kept) => kept.view).filter((view) => view.about?.type === subject.type && view.about.id === subject.id && mayReadMessage(ctx, view)).slice(0, 100);
  }

  async retry(ctx: RequestContext, messageId: string): Promise<Outcome<MessageView, RetryRefusal>> {
    demand(ctx, RETRY_MESSAGES);
    const kept = this.readable(ctx, messageId);
    if (kept.view.state !== 'failed' || !kept.rendered) return refused('not-retryable', `The message ${messageId} has not failed, or its words are no longer kept.`);
    kept.view = { ...kept.view, state: 'created', failure: undefined, failureCode: undefined, settledAt: undefined };
    kept.nextTry = 0;
    return done(kept.view);
  }

  async preferencesOf(ctx: RequestContext, personId: PersonId): Promise<MessagePreferences> {
    demandPreferencesOf(ctx, personId);
    return this.preferencesIn(ctx, personId);
  }

  async changePreferences(ctx: RequestContext, personId: PersonId, { channel, stopsNews }: MessagePreferences): Promise<MessagePreferences> {
    demandChangeOfPreferences(ctx, personId);
    const changed = { ...(channel && { channel }), stopsNews };
    this.#preferences.set(`${ctx.council.id} ${personId}`, changed);
    return changed;
  }

  async preview(ctx: RequestContext, preview: Parameters<NotificationsApi['preview']>[1]): Promise<RenderedMessage> {
    return renderMessage(this.template(preview.templateId), preview.channel, preview.language, preview.values, ctx.council);
  }

  private preferencesIn(ctx: RequestContext, personId: PersonId): MessagePreferences {
    return this.#preferences.get(`${ctx.council.id} ${personId}`) ?? NO_PREFERENCES;
  }

  private settle(kept: Kept, changes: Partial<MessageView>): void {
    kept.view = { ...kept.view, ...changes };
    if (kept.isSecret) kept.rendered = undefined;
  }

  private template(id: string): MessageTemplate {
    const template = this.#templates.get(id);
    if (!template) throw new InvalidInput(`There is no message template ${id}.`, [{ field: 'templateId', message: `There is no message template ${id}.` }]);
    return template;
  }

  private readable(ctx: RequestContext, messageId: string): Kept {
    const kept = this.#kept.find(({ council, view }) => council === ctx.council.id && view.id === messageId);
    if (!kept || !mayReadMessage(ctx, kept.view)) throw new NotFound(`There is no message ${messageId}.`);
    return kept;
  }

  private newestFirst(ctx: RequestContext): Kept[] {
    return this.#kept.filter((kept) => kept.council === ctx.council.id).sort((a, b) => b.order - a.order);
  }
}

/** @public */
export function inMemoryNotifications(options: ConstructorParameters<typeof InMemoryNotifications>[0]): InMemoryNotifications {
  return new InMemoryNotifications(options);
}

function firstChannelOf(template: MessageTemplate): MessageChannel {
  return MESSAGE_CHANNELS.find((channel) => template.channels[channel]) ?? 'email';
}
