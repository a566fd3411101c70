import { placeholderKey, type MessageChannel, type OutgoingMessage } from '@guildhall/notifications-contract';
import { notifyMarkdown } from './notify-markdown';

/** The placeholders that we fill, by channel. A letter's address lines are Notify's own and stand in no template. */
export const SENT_PLACEHOLDERS = { email: ['subject', 'body'], sms: ['body'], letter: ['heading', 'body'] } as const satisfies Readonly<Record<MessageChannel, readonly string[]>>;

/** A message as the values of its carrier template's placeholders. */
export function personalisationOf(message: OutgoingMessage): Readonly<Record<string, string>> {
  switch (message.channel) {
    case 'email': return { subject: message.subject, body: notifyMarkdown(message.parts, 'markdown') };
    case 'sms': return { body: message.text };
    case 'letter': return { ...Object.fromEntries(message.to.lines.map((line, index) => [`address_line_${index + 1}`, line])), heading: message.heading, body: notifyMarkdown(message.parts, 'written-out') };
  }
}

/** A template as Notify shows it. */
export interface NotifyTemplate { readonly type: string; readonly name: string; readonly subject: string; readonly body: string }

/** Reads an answer about a template; undefined when it is none. */
export function readTemplate(json: unknown): NotifyTemplate | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { type, name, subject, body } = json as { type?: unknown; name?: unknown; subject?: unknown; body?: unknown };
  if (typeof type !== 'string' || typeof body !== 'string') return undefined;
  return { type, name: typeof name === 'string' ? name : '', subject: typeof subject === 'string' ? subject : '', body };
}

/** What keeps a template from carrying our messages, in sentences for whoever edits it; empty when nothing does. */
export function faultsOf(template: NotifyTemplate, channel: MessageChannel): readonly string[] {
  if (template.type !== channel) return [`it is a template for ${template.type}, and stands in the settings for ${channel}.`];
  const sent = SENT_PLACEHOLDERS[channel];
  const used = { subject: placeholdersIn(template.subject), body: placeholdersIn(template.body) };
  const faults: string[] = [];
  for (const name of sent) {
    const place = name === 'body' ? 'body' : 'subject';
    if (!used[place].some((found) => found.key === name && !found.isCondition)) faults.push(`its ${name === 'body' ? 'message' : name} lacks ((${name})): the words would not be sent.`);
  }
  for (const found of [...used.subject, ...used.body]) if (!sent.some((name) => name === found.key)) faults.push(`it asks for ((${found.name})), which Guildhall does not send: Notify would refuse every message.`);
  return faults;
}

/** Placeholders in Notify's syntax: `((name))` and `((name??words))`. */
function placeholdersIn(text: string): readonly { readonly name: string; readonly key: string; readonly isCondition: boolean }[] {
  return [...text.matchAll(/\(\(([^()]+)\)\)/g)].map(([, inside = '']) => {
    const [name = '', ...condition] = inside.split('??');
    return { name: name.trim(), key: placeholderKey(name), isCondition: condition.length > 0 };
  });
}
