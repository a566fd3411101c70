import type { PersonId } from '@guildhall/kernel-contract';
import { plainWordsOf, type Address, type DeliveryFailure, type MessageChannel, type MessageLanguage, type MessageState, type MessageView, type RenderedMessage } from '@guildhall/notifications-contract';

/** One row of notifications.message. */
export interface MessageRow {
  readonly message_id: string;
  readonly template_id: string;
  readonly channel: MessageChannel;
  readonly language: MessageLanguage;
  readonly state: MessageState;
  readonly failure: DeliveryFailure | null;
  readonly failure_code: string | null;
  readonly last_failure: 'temporary' | 'technical' | null;
  readonly is_secret: boolean;
  readonly is_news: boolean;
  readonly plain_title: string;
  readonly title: string;
  readonly sent_to: string;
  readonly address: Address | null;
  readonly content: RenderedMessage | null;
  readonly person_id: string | null;
  readonly about_type: string | null;
  readonly about_id: string | null;
  readonly provider_id: string | null;
  readonly provider_reference: string | null;
  readonly tries: number;
  readonly next_try_at: Date;
  readonly give_up_at: Date;
  readonly claimed_until: Date | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly settled_at: Date | null;
  readonly dealt_with_at: Date | null;
}

/** The columns of {@link MessageRow}: a prepared statement names its columns. */
export const MESSAGE_COLUMNS = 'message_id, template_id, channel, language, state, failure, failure_code, last_failure, is_secret, is_news, plain_title, title, sent_to, address, content, person_id, about_type, about_id, provider_id, provider_reference, tries, next_try_at, give_up_at, claimed_until, created_at, sent_at, settled_at, dealt_with_at';

/** The one bridge from a row to what people and programs may read. */
export function toView(row: MessageRow): MessageView {
  return {
    id: row.message_id, templateId: row.template_id, channel: row.channel, language: row.language, state: row.state, failure: row.failure ?? undefined, failureCode: row.failure_code ?? undefined,
    sentTo: row.sent_to, title: row.title, body: row.is_secret || !row.content ? undefined : plainWordsOf(row.content),
    about: row.about_type !== null && row.about_id !== null ? { type: row.about_type, id: row.about_id } : undefined, personId: (row.person_id as PersonId | null) ?? undefined,
    tries: row.tries, createdAt: row.created_at, sentAt: row.sent_at ?? undefined, settledAt: row.settled_at ?? undefined,
  };
}

/** Whether it can be sent again: it has failed, and what it said and where to is still kept. */
export function isRetryable(row: MessageRow): boolean {
  return row.state === 'failed' && row.content !== null && row.address !== null;
}
