import { defineContract } from '@guildhall/kernel-contract';
import type { Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { MessageChannel, MessageLanguage, MessageSubject, MessageView, Recipient } from './message';
import type { RenderedMessage } from './rendering/content';
import type { MessagePreferences } from './preferences';
import type { MessageTemplate, MessageValues, Placeholders, ValuesFor } from './template';

/** A message to be sent. Made from a template by {@link messageOf}, which checks the values' types. @public */
export interface SendMessage {
  /** UUIDv7 made by the sender, so that it may keep it before it calls. */
  readonly messageId: string;
  /** The same key never sends twice; the same key with another message is a Conflict. At most 200 characters. */
  readonly idempotencyKey: string;
  readonly templateId: string;
  readonly to: Recipient;
  /** In order of preference, which the recipient's own comes before; those that the template, the recipient and the council's providers have in common are used. Default: email, sms, letter. */
  readonly channels?: readonly MessageChannel[];
  readonly language: MessageLanguage;
  readonly values: MessageValues;
  readonly about?: MessageSubject;
}

/** Why a message was not taken. @public */
export type SendRefusal = Refusal<
  /** No channel that the template, the recipient and the council's providers have in common, or no usable address for it. */
  | 'unreachable'
  /** It is news, and the recipient has stopped news. */
  | 'stopped'
>;
/** @public */
export type RetryRefusal = Refusal<
  /** It has not failed, or its words were wiped. */
  'not-retryable'
>;

/** A page of a log. @public */
export interface MessagePage {
  readonly messages: readonly MessageView[];
  /** Hand it back as `before` for the page after this one; absent on the last. */
  readonly next?: string;
}

/** The standard interface of notifications. @public */
export interface NotificationsApi {
  /**
   * Keeps a message and sends it soon. Returning means kept, not arrived.
   * @throws InvalidInput when the template is unknown or the values do not fit it
   * @throws Conflict when the idempotency key was used for another message
   */
  send(ctx: RequestContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>>;
  /** @throws NotFound also when the actor may not read it */
  find(ctx: RequestContext, messageId: string): Promise<MessageView>;
  /** A person's log, newest first. Residents read their own, officers with {@link READ_MESSAGES} anybody's. Secret messages have no words in it. */
  forPerson(ctx: RequestContext, personId: PersonId, page?: { readonly before?: string; readonly limit?: number }): Promise<MessagePage>;
  /** Messages about one thing, newest first, at most 100. */
  forSubject(ctx: RequestContext, subject: MessageSubject): Promise<readonly MessageView[]>;
  /** Sends a failed message again. */
  retry(ctx: RequestContext, messageId: string): Promise<Outcome<MessageView, RetryRefusal>>;
  /** How somebody wishes to hear from the council. Residents read their own, officers with {@link READ_MESSAGES} anybody's. */
  preferencesOf(ctx: RequestContext, personId: PersonId): Promise<MessagePreferences>;
  /** Replaces it. Residents change their own, others with {@link CHANGE_MESSAGE_PREFERENCES} anybody's: by telephone, too, it takes a minute. What was kept before is sent as it was kept. */
  changePreferences(ctx: RequestContext, personId: PersonId, preferences: MessagePreferences): Promise<MessagePreferences>;
  /** What a message would say, without keeping or sending it. */
  preview(ctx: RequestContext, preview: { readonly templateId: string; readonly channel: MessageChannel; readonly language: MessageLanguage; readonly values: MessageValues }): Promise<RenderedMessage>;
}

class NotificationsDispatcher implements NotificationsApi {
  constructor(private readonly pick: (ctx: RequestContext) => NotificationsApi) {}
  send(...given: Parameters<NotificationsApi['send']>): ReturnType<NotificationsApi['send']> { return this.pick(given[0]).send(...given); }
  find(...given: Parameters<NotificationsApi['find']>): ReturnType<NotificationsApi['find']> { return this.pick(given[0]).find(...given); }
  forPerson(...given: Parameters<NotificationsApi['forPerson']>): ReturnType<NotificationsApi['forPerson']> { return this.pick(given[0]).forPerson(...given); }
  forSubject(...given: Parameters<NotificationsApi['forSubject']>): ReturnType<NotificationsApi['forSubject']> { return this.pick(given[0]).forSubject(...given); }
  retry(...given: Parameters<NotificationsApi['retry']>): ReturnType<NotificationsApi['retry']> { return this.pick(given[0]).retry(...given); }
  preferencesOf(...given: Parameters<NotificationsApi['preferencesOf']>): ReturnType<NotificationsApi['preferencesOf']> { return this.pick(given[0]).preferencesOf(...given); }
  changePreferences(...given: Parameters<NotificationsApi['changePreferences']>): ReturnType<NotificationsApi['changePreferences']> { return this.pick(given[0]).changePreferences(...given); }
  preview(...given: Parameters<NotificationsApi['preview']>): ReturnType<NotificationsApi['preview']> { return this.pick(given[0]).preview(...given); }
}

/** Inject `@Inject(NOTIFICATIONS.token) notifications: NotificationsApi`. @public */
export const NOTIFICATIONS = defineContract<NotificationsApi>({ id: 'notifications', version: '0.1.0', dispatch: (pick) => new NotificationsDispatcher(pick) });

/**
 * Makes a message from a template; a missing value or one of the wrong kind does not compile.
 * @public
 * @example messageOf(subscriptionStarted, { messageId, idempotencyKey, to: { email }, language: 'cy', values: { reference: 'RB-7K3F-92QD', bins: ['…'] } })
 */
export function messageOf<P extends Placeholders>(template: MessageTemplate<P>, message: Omit<SendMessage, 'templateId' | 'values'> & { readonly values: ValuesFor<P> }): SendMessage {
  return { ...message, templateId: template.id, values: message.values as MessageValues };
}
