import { themeOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { plainWordsOf, toPlainText, type OutgoingMessage } from '@guildhall/notifications-contract';
import type { MessageRow } from '../data/message-row';
import { stopAddresses } from '../preferring/stop-key';
import { emailHtml } from './email-html';
import { withStopNote } from './stop-note';

/** What the provider is given for the next try; undefined when the words or the address have been wiped. */
export function toOutgoing(ctx: RequestContext, row: MessageRow): OutgoingMessage | undefined {
  const { content, address } = row;
  if (!content || !address) return undefined;
  const common = { reference: row.message_id, templateId: row.template_id, language: row.language, attempt: row.tries + 1 };
  const text = plainWordsOf(content);
  if (content.channel === 'email' && address.channel === 'email') {
    const stop = row.is_news ? stopAddresses(ctx, row.message_id) : undefined;
    const parts = stop ? withStopNote(content.parts, stop.page) : content.parts;
    const html = emailHtml(content.subject, row.language, parts, { council: ctx.council, theme: themeOf(ctx) });
    return { ...common, channel: 'email', to: { address: address.email, name: address.name }, subject: content.subject, text: toPlainText(parts), html, parts, ...(stop && { stopAddress: stop.oneClick }) };
  }
  if (content.channel === 'sms' && address.channel === 'sms') return { ...common, channel: 'sms', to: { phone: address.phone }, text };
  if (content.channel === 'letter' && address.channel === 'letter') return { ...common, channel: 'letter', to: { lines: address.lines }, heading: content.heading, text, parts: content.parts };
  return undefined;
}
