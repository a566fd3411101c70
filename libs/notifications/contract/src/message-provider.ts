import { definePort } from '@guildhall/kernel-contract';
import type { Language, Outcome, Refusal } from '@guildhall/kernel-contract';
import type { DeliveryFailure, MessageChannel, MessageLanguage } from './message';
import type { MessagePart } from './rendering/content';

interface Outgoing {
  /**
   * Our message's id, the same on every try. A provider that is able to must not send twice for one reference;
   * one that is not must make the second recognisable (SMTP: the same Message-ID).
   */
  readonly reference: string;
  readonly templateId: string;
  readonly language: MessageLanguage;
  /**
   * Which try this is, from 1. A far end that does not know one reference from another is asked whether the message went already, on every try but the first;
   * where nobody says which try it is, on every one.
   */
  readonly attempt?: number;
}
/** @public */
export interface OutgoingEmail extends Outgoing {
  readonly channel: 'email';
  readonly to: { readonly address: string; readonly name?: string };
  /** One line. */
  readonly subject: string;
  /** The plain-text part. */
  readonly text: string;
  /** A whole HTML document in the council's brand; safe: no markup in it comes from a value. */
  readonly html: string;
  /** The same before it had a form, for a provider that makes its own. */
  readonly parts: readonly MessagePart[];
  /** Where one POST without anything else stops news (RFC 8058); absent from what cannot be stopped. The words say how a person does it. */
  readonly stopAddress?: string;
}
/** @public */
export interface OutgoingSms extends Outgoing {
  readonly channel: 'sms';
  /** E.164: `+447700900123`. */
  readonly to: { readonly phone: string };
  readonly text: string;
}
/** @public */
export interface OutgoingLetter extends Outgoing {
  readonly channel: 'letter';
  /** Three to seven lines, the last a United Kingdom postcode. */
  readonly to: { readonly lines: readonly string[] };
  readonly heading: string;
  readonly text: string;
  readonly parts: readonly MessagePart[];
}
/** What a provider is given to send. @public */
export type OutgoingMessage = OutgoingEmail | OutgoingSms | OutgoingLetter;

/** What a provider says when it has taken a message. @public */
export interface AcceptedMessage {
  /** The provider's own reference, by which it will speak of the message. */
  readonly providerReference: string;
  /** `sending` when more news will come, `sent` when none will, `delivered` when it has arrived already. */
  readonly state: 'sending' | 'sent' | 'delivered';
}

/** A message that the provider would not take. @public */
export interface DeliveryRefusal extends Refusal<DeliveryFailure> {
  /** A code of few characters that says what happened, never whom it happened to: `smtp-550`. */
  readonly code: string;
  /** When it says so itself. */
  readonly retryAfterInSeconds?: number;
  /** For so long it takes nothing by this channel, from nobody: what else waits is not offered to it before. */
  readonly closedForInSeconds?: number;
}

/** News of a message that a provider took earlier. @public */
export interface DeliveryReport {
  readonly providerReference: string;
  /** Our message's id, where the provider repeats it. */
  readonly reference?: string;
  readonly state: 'sending' | 'sent' | 'delivered' | 'failed';
  readonly failure?: DeliveryFailure;
  readonly code?: string;
  readonly at?: Date;
}

/** A callback as it came: the bytes that were sent, before anything read them. @public */
export interface ProviderCallback {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/**
 * What a provider of messages does. One instance per council.
 *
 * `send` answers within a time-out of its own; it throws `Unavailable` when the far end cannot be reached or the outcome is not known,
 * and may then be called again with the same reference. It never throws for a message that was refused.
 * @public
 */
export interface MessageProvider {
  readonly channels: readonly MessageChannel[];
  /** How many messages one worker may hand over at once, each by its own `send`; one unless told. */
  readonly mostAtOnce?: number;
  send(message: OutgoingMessage): Promise<Outcome<AcceptedMessage, DeliveryRefusal>>;
  /** Asks what became of a message; undefined when the provider does not know it. Asked about as many at once as it takes messages. @throws Unavailable, with how long it wants to be left alone where it says so */
  status?(providerReference: string): Promise<DeliveryReport | undefined>;
  /**
   * Reads a callback after proving that the provider sent it; one callback may carry several reports, or none that matter.
   * @throws NotAuthenticated when it is not the provider's
   * @throws InvalidInput when it cannot be read
   */
  receive?(callback: ProviderCallback): Promise<readonly DeliveryReport[]>;
  /**
   * What it has kept so that a person may look at it, newest first: only sandboxes do. The page /outbox shows these.
   */
  outbox?: Outbox;
}

/** A message that was kept instead of being sent. @public */
export interface KeptMessage {
  readonly reference: string;
  readonly keptAt: Date;
  readonly message: OutgoingMessage;
}
/** @public */
export interface Outbox {
  /** Newest first, at most 100. */
  list(filter?: { readonly to?: string }): Promise<readonly KeptMessage[]>;
  find(reference: string): Promise<KeptMessage | undefined>;
}

/** The port for providers of messages. @public */
export const MESSAGE_PROVIDER = definePort<MessageProvider>('notifications.message-provider', '0.1.0');

/** In which of a message's languages a page or provider that knows only one should speak of it. @public */
export function mainLanguage(language: MessageLanguage): Language {
  return language === 'both' ? 'cy' : language;
}
