import { createSecretKey, type KeyObject } from 'node:crypto';
import { NotifyClient } from 'notifications-node-client';
import { Unavailable, type Outbound } from '@guildhall/kernel-contract';
import type { NotifySettings } from './settings';

/** What Notify answered: any status; `json` is undefined when the body was none. */
export interface NotifyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}

interface RestRequest { readonly method: string; readonly url: string; readonly data?: object; readonly headers: Readonly<Record<string, string>> }
/** Where the client has what it signs its tokens with: `jsonwebtoken` takes either. */
interface SigningClient { readonly apiClient: { apiKeyId: string | KeyObject } }
type RestClient = Parameters<NotifyClient['setClient']>[0];

/**
 * The calls to Notify, made by the official client (its token, paths and bodies) over the kernel's door to the outside (its time-outs, and its refusal to be used inside a transaction)
 * in place of axios. The client throws for no status here; what comes back is not believed yet.
 * Written against notifications-node-client 8.4.0 and Notify's API as of August 2026.
 */
export class NotifyCalls {
  readonly #client: NotifyClient;
  constructor(settings: Pick<NotifySettings, 'origin' | 'serviceId' | 'keySecret' | 'timeoutInSeconds'>, outbound: Outbound) {
    this.#client = new NotifyClient(settings.origin, settings.serviceId, settings.keySecret);
    this.#client.setClient(restClient(outbound, settings.timeoutInSeconds));
    // As text the secret is read as a private key first, anew for the token of each call and in vain: that was two fifths of what a worker's handing over cost.
    (this.#client as unknown as SigningClient).apiClient.apiKeyId = createSecretKey(Buffer.from(settings.keySecret));
  }

  email(templateId: string, address: string, options: { readonly reference: string; readonly personalisation: object; readonly emailReplyToId?: string; readonly oneClickUnsubscribeURL?: string }): Promise<NotifyAnswer> { return answer(this.#client.sendEmail(templateId, address, options)); }
  sms(templateId: string, phone: string, options: { readonly reference: string; readonly personalisation: object; readonly smsSenderId?: string }): Promise<NotifyAnswer> { return answer(this.#client.sendSms(templateId, phone, options)); }
  letter(templateId: string, options: { readonly reference: string; readonly personalisation: object }): Promise<NotifyAnswer> { return answer(this.#client.sendLetter(templateId, options)); }
  notification(id: string): Promise<NotifyAnswer> { return answer(this.#client.getNotificationById(encodeURIComponent(id))); }
  withReference(reference: string): Promise<NotifyAnswer> { return answer(this.#client.getNotifications(undefined, undefined, reference)); }
  template(id: string): Promise<NotifyAnswer> { return answer(this.#client.getTemplateById(encodeURIComponent(id))); }
}

/** What is thrown when the outcome is not known: the module tries again, and looks by the reference before it sends again. */
export function unknownOutcome(status: number): Unavailable {
  return new Unavailable(`GOV.UK Notify answered with ${status} and nothing that can be read. The message will be tried again.`);
}

/** The client calls its REST library as a function and hands on what comes back; nothing else of axios is used. */
function restClient(outbound: Outbound, timeoutInSeconds: number): RestClient {
  const call = async ({ method, url, data, headers }: RestRequest): Promise<NotifyAnswer> => {
    const response = await outbound.fetch(url, { method: method === 'post' ? 'POST' : 'GET', headers, body: data, timeoutInSeconds });
    let json: unknown;
    try { json = response.json(); } catch { json = undefined; }
    return { status: response.status, headers: response.headers, json };
  };
  return call as unknown as RestClient;
}

function answer(called: Promise<unknown>): Promise<NotifyAnswer> {
  return called as Promise<NotifyAnswer>;
}
