import type { Language, Secret } from '@guildhall/kernel-contract';
import type { MessageChannel } from '@guildhall/notifications-contract';

/** One id for every language, or one for each. `both` is for messages in both languages; without it they use Welsh's. @public */
export type IdByLanguage = string | (Readonly<Partial<Record<Language, string>>> & { readonly both?: string });

/**
 * Ids of the templates that carry our messages, by channel; a channel that is not named is not offered. The words are in Guildhall's own templates:
 * at Notify an e-mail template has the subject `((subject))` and the message `((body))`, a text template `((body))`, a letter template the heading `((heading))` and `((body))`.
 * Words of the council's own may stand around them.
 * @public
 */
export type NotifyTemplates = Readonly<Partial<Record<MessageChannel, IdByLanguage>>>;

/** What a council sets. @public */
export interface GovUkNotifyOptions {
  /** As Notify shows it once: the key's name, the service's id and the secret, joined by hyphens. */
  readonly apiKey: Secret;
  /**
   * As an object, or in one line for a setting: `email-en=<id> email-cy=<id> sms=<id> letter=<id>`, with spaces or commas between; without a language an id is for all.
   */
  readonly templates: NotifyTemplates | string;
  /** The bearer token of the callbacks for delivery receipts, as given to Notify; at least ten characters. Without it Notify is asked every quarter of an hour instead. */
  readonly callbackToken?: Secret;
  /** The token before, while the new one is being given to Notify. */
  readonly previousCallbackToken?: Secret;
  /** Where answers to e-mails go: an id from Notify's settings. Without it the service's default. */
  readonly emailReplyToId?: IdByLanguage;
  /** Who texts seem to come from: an id from Notify's settings. Without it the service's default. */
  readonly smsSenderId?: IdByLanguage;
  /** Another address than `https://api.notifications.service.gov.uk`: the simulator's. One on this machine counts as a sandbox. */
  readonly origin?: string;
  /** For each call; 10 unless told. A send makes three at most, and must be over before the claim on its message is (50 seconds). */
  readonly timeoutInSeconds?: number;
}
