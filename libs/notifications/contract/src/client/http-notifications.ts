import { RemoteApi } from '@guildhall/kernel-contract';
import type { Outcome, PersonId, RemoteApiOptions, RequestContext } from '@guildhall/kernel-contract';
import type { MessageSubject, MessageView } from '../message';
import type { MessagePage, NotificationsApi, RetryRefusal, SendMessage, SendRefusal } from '../notifications-api';
import type { MessagePreferences } from '../preferences';
import type { RenderedMessage } from '../rendering/content';
import { messageFromJson, messagesFromJson, pageFromJson, preferencesFromJson, renderedFromJson } from './message-from-json';

const BASE = '/api/notifications/v1';

/**
 * Notifications at another address, over the REST API. The other side knows this app by its machine credential and not who acts in it:
 * what the credential may do decides (`notifications.send`, `.read`, `.retry`, `.change-preferences`).
 * @public
 */
export class HttpNotifications implements NotificationsApi {
  readonly #remote: RemoteApi;
  constructor(options: RemoteApiOptions) { this.#remote = new RemoteApi(options); }

  async send(_ctx: RequestContext, message: SendMessage): Promise<Outcome<MessageView, SendRefusal>> {
    return this.#remote.outcome<MessageView, SendRefusal>(messageFromJson, `${BASE}/messages`, { method: 'POST', body: message });
  }
  async find(_ctx: RequestContext, messageId: string): Promise<MessageView> {
    return messageFromJson(await this.#remote.call(`${BASE}/messages/${encodeURIComponent(messageId)}`));
  }
  async forPerson(_ctx: RequestContext, personId: PersonId, page: { readonly before?: string; readonly limit?: number } = {}): Promise<MessagePage> {
    return pageFromJson(await this.#remote.call(`${BASE}/people/${encodeURIComponent(personId)}/messages`, { query: { before: page.before, limit: page.limit?.toString() } }));
  }
  async forSubject(_ctx: RequestContext, subject: MessageSubject): Promise<readonly MessageView[]> {
    return messagesFromJson(await this.#remote.call(`${BASE}/subjects/${encodeURIComponent(subject.type)}/${encodeURIComponent(subject.id)}/messages`));
  }
  async retry(_ctx: RequestContext, messageId: string): Promise<Outcome<MessageView, RetryRefusal>> {
    return this.#remote.outcome<MessageView, RetryRefusal>(messageFromJson, `${BASE}/messages/${encodeURIComponent(messageId)}/retries`, { method: 'POST' });
  }
  async preferencesOf(_ctx: RequestContext, personId: PersonId): Promise<MessagePreferences> {
    return preferencesFromJson(await this.#remote.call(preferencesPath(personId)));
  }
  async changePreferences(_ctx: RequestContext, personId: PersonId, preferences: MessagePreferences): Promise<MessagePreferences> {
    return preferencesFromJson(await this.#remote.call(preferencesPath(personId), { method: 'PUT', body: preferences }));
  }
  async preview(_ctx: RequestContext, preview: Parameters<NotificationsApi['preview']>[1]): Promise<RenderedMessage> {
    return renderedFromJson(await this.#remote.call(`${BASE}/previews`, { method: 'POST', body: preview }));
  }
}

function preferencesPath(personId: PersonId): string {
  return `${BASE}/people/${encodeURIComponent(personId)}/preferences`;
}
