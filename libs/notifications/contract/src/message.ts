import type { Language, PersonId } from '@guildhall/kernel-contract';

/** How a message reaches somebody. @public */
export type MessageChannel = 'email' | 'sms' | 'letter';

/** Every channel, in the order in which they are tried when the sender has no preference. @public */
export const MESSAGE_CHANNELS: readonly MessageChannel[] = ['email', 'sms', 'letter'];

/**
 * The language of a message. `both` is for somebody whose wish is not known: Welsh first, then English
 * (Welsh Language Standards Regulations 2015: correspondence when the wish is not known).
 * @public
 */
export type MessageLanguage = Language | 'both';

/**
 * Where a message is.
 * - `created`: kept, not yet handed to a provider
 * - `sending`: a provider has it and will say what became of it
 * - `sent`: a provider has passed it on and no more news is expected (SMTP; texts abroad)
 * - `delivered`: a provider says that it arrived
 * - `failed`: see {@link DeliveryFailure}
 * @public
 */
export type MessageState = 'created' | 'sending' | 'sent' | 'delivered' | 'failed';

/**
 * Why it failed.
 * - `temporary`: full inbox, phone switched off; trying again later may work
 * - `permanent`: there is no such address; trying again will not work
 * - `technical`: a fault between us and the provider
 * @public
 */
export type DeliveryFailure = 'temporary' | 'permanent' | 'technical';

/**
 * Every move that a message may make; anything else is ignored (a late or repeated report changes nothing).
 * A delivered letter may still come back, and news of delivery may come after we gave up.
 * @public
 */
export const MESSAGE_TRANSITIONS: Readonly<Record<MessageState, readonly MessageState[]>> = {
  created: ['sending', 'sent', 'delivered', 'failed'],
  sending: ['sent', 'delivered', 'failed'],
  sent: ['delivered', 'failed'],
  delivered: ['failed'],
  failed: ['created', 'delivered'],
};

/** Whether a message may move so. @public */
export function canMove(from: MessageState, to: MessageState): boolean {
  return MESSAGE_TRANSITIONS[from].includes(to);
}

/** What a message is about: `{ type: 'case', id }`. @public */
export interface MessageSubject {
  readonly type: string;
  readonly id: string;
}

/** To whom. Give every way that is known; the message goes by one. @public */
export interface Recipient {
  /** Puts the message into this person's log in their account. */
  readonly personId?: PersonId;
  readonly name?: string;
  readonly email?: string;
  /** A mobile number as people write it, or E.164. */
  readonly phone?: string;
  /** Three to seven lines, the first with the name, the last with the postcode. */
  readonly postalLines?: readonly string[];
}

/** A message as people may read it. @public */
export interface MessageView {
  readonly id: string;
  readonly templateId: string;
  readonly channel: MessageChannel;
  readonly language: MessageLanguage;
  readonly state: MessageState;
  /** Present when the state is `failed`. */
  readonly failure?: DeliveryFailure;
  /** What the provider said, as a code: `smtp-550`, `expired`. Never a person's data. */
  readonly failureCode?: string;
  /** Where it went, made hard to read for others: `j…@riverbourne.example`, `07700 …123`, `ZZ99 1AA`. */
  readonly sentTo: string;
  /** Subject of an e-mail, heading of a letter, the template's title for a text. */
  readonly title: string;
  /** Plain text. Absent when it was a secret (a sign-in code) or its retention has passed. */
  readonly body?: string;
  readonly about?: MessageSubject;
  readonly personId?: PersonId;
  readonly tries: number;
  readonly createdAt: Date;
  /** When a provider took it. */
  readonly sentAt?: Date;
  /** When it was last heard of: delivered or failed. */
  readonly settledAt?: Date;
}
