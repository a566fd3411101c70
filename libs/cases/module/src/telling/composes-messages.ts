import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { extensionsOf } from '@guildhall/kernel';
import { MESSAGE_TEMPLATE, placeholderKey, type MessageValue, type SendMessage } from '@guildhall/notifications-contract';
import { areReasonsPublic, dayOf, decisionLetter, dueOn, stateOf, weekdayInWords } from '@guildhall/cases-contract';
import type { CaseRecord, CaseTransition, CaseType, TimelineEntry, Words } from '@guildhall/cases-contract';
import { statusPathOf } from '../status/status-key';
import { caseDecided, caseMoved, caseOpened, caseUpdated, caseWaiting } from './templates';

/** What a message is about. */
export interface Telling { readonly record: CaseRecord; readonly type: CaseType; readonly entry: TimelineEntry; readonly transition?: CaseTransition }

/** Which template tells of an entry; undefined when nothing is to be told. */
export function templateFor({ type, entry, transition }: Telling): string | undefined {
  const named = entry.kind === 'opened' ? (type.openedMessage ?? caseOpened.id) : entry.kind === 'update' ? caseUpdated.id : transition ? (transition.message ?? standardTemplate(type, transition)) : undefined;
  return named === 'none' ? undefined : named;
}

function standardTemplate(type: CaseType, transition: CaseTransition): string {
  if (transition.decision) return caseDecided.id;
  return stateOf(type, transition.to).kind === 'waiting' && transition.reasons ? caseWaiting.id : caseMoved.id;
}

/** Everything that a template about a case may name. */
function valuesOf(ctx: RequestContext, { record, type, entry, transition }: Telling): Readonly<Record<string, MessageValue>> {
  const language = record.language ?? 'en';
  const reasons = transition && areReasonsPublic(transition) ? (entry.reasons ?? '') : '';
  const due = dueOn(type, record.state, record.clock);
  const letter = transition?.decision && decisionLetter(ctx.council, type, record, transition, { reasons: entry.reasons ?? '', officer: entry.by.name, today: dayOf(entry.at), language });
  const text = (words: Words | undefined): string | Text => words ?? '';
  return {
    what: type.title, summary: text(record.summary), reference: record.reference, sentence: text(entry.text), update: text(entry.text), reasons, hasreasons: reasons !== '', hasduedate: due !== undefined, dueon: due ? weekdayInWords(due) : '',
    link: statusPathOf(ctx, record), council: ctx.council.name, name: record.contact?.name ?? '', heading: letter?.heading ?? text(type.title), letter: letter?.body ?? '',
  };
}

/** Only what the template names: a message with values that nobody asked for is refused. */
function chosen(ctx: RequestContext, templateId: string, values: Readonly<Record<string, MessageValue>>): Readonly<Record<string, MessageValue>> {
  const template = extensionsOf(ctx, MESSAGE_TEMPLATE).find(({ id }) => id === templateId);
  if (!template) throw new Error(`The message template ${templateId} is named by a case type, and nothing registers it at notifications.message-template.`);
  return Object.fromEntries(Object.keys(template.placeholders).map((name) => [name, values[placeholderKey(name)] ?? '']));
}

/** The message that tells a resident of an entry; undefined when there is none to send. Named after the event, so that an event that comes twice sends one. */
export function messageAbout(ctx: RequestContext, telling: Telling, eventId: string, to: SendMessage['to']): SendMessage | undefined {
  const templateId = templateFor(telling);
  if (!templateId) return undefined;
  return { messageId: eventId, idempotencyKey: `cases:${eventId}`, templateId, to, language: telling.record.language ?? ctx.language, values: chosen(ctx, templateId, valuesOf(ctx, telling)), about: { type: 'case', id: telling.record.id } };
}
