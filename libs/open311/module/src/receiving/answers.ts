import type { PlainDate } from '@guildhall/cases-contract';
import { dayOf } from '@guildhall/cases-contract';
import { InvalidInput, type FieldError } from '@guildhall/kernel-contract';
import { readDateTime } from '@guildhall/open311-contract';
import { progressOf, readPage, submissionOf, type AnswerValue, type Progress, type Question, type RawFields, type Submission } from '@guildhall/services-contract';
import type { ReportableService } from '../offering/reportable-service';
import { placeAnswer, type Place } from './place';
import type { Report } from './report';

/**
 * Takes a report through the service's own journey: the same questions, the same rules, so that an officer's case is the same however it came.
 * @throws InvalidInput naming every attribute at fault
 */
export function submissionFor(service: ReportableService, report: Report, place: Place, today: PlainDate): Submission {
  const { installed, terms } = service;
  const progress = walked(service, report, place, today);
  const made = submissionOf(installed, progress);
  const isLeftOut = (code: string | undefined): boolean => code !== undefined && (code === terms.description || Object.hasOwn(terms.given ?? {}, code) || installed.questions.get(code)?.type === 'photos' || progress.reachable[code] === null);
  return { ...made, answers: made.answers.filter(({ code }) => !isLeftOut(code)), documents: [] };
}

function walked(service: ReportableService, report: Report, place: Place, today: PlainDate): Progress {
  const { installed, settled } = service;
  const missing = missingOf(service, report);
  if (missing.length) throw new InvalidInput('The request has mistakes.', missing);
  const raw = rawFields(service, report);
  const answers: Record<string, AnswerValue | null> = { ...settled };
  for (;;) {
    const progress = progressOf(installed, answers, today);
    if (progress.ending) throw new InvalidInput(`This cannot be reported so: ${progress.ending.title.en}. ${progress.ending.ending.map(({ en }) => en).join(' ')}`);
    const step = progress.firstUnfinished;
    if (!step) return progress;
    const open = step.questions.filter(({ id }) => answers[id] === undefined);
    const given = Object.fromEntries(open.flatMap((question): [string, AnswerValue | null][] => direct(question, service, report, place)));
    const read = readPage(open.filter(({ id }) => !Object.hasOwn(given, id)), raw, { today });
    if (read.problems.length) throw new InvalidInput('The request has mistakes.', read.problems.map(({ question, message }) => ({ field: fieldFor(installed.questions.get(question), service), message: `is not right: ${message.en}` })));
    Object.assign(answers, given, read.answers);
    // What is answered and still not finished would be asked for ever.
    if (open.length === 0 || open.some(({ id }) => answers[id] === undefined)) throw new Error(`The service ${installed.slug} does not finish its page ${step.page.slug} over Open311.`);
  }
}

/** Answers that are not fields: the place, the photos, and the description that stands by itself. */
function direct(question: Question, { installed, terms }: ReportableService, { media }: Report, place: Place): [string, AnswerValue | null][] {
  if ([installed.service.opens.location ?? []].flat().includes(question.id)) return [[question.id, placeAnswer(question, place)]];
  if (question.id === terms.description) return question.optional ? [[question.id, null]] : [[question.id, '-']];
  if (question.type !== 'photos') return [];
  if (question.optional) return [[question.id, null]];
  if (media.length === 0) throw new InvalidInput('The request has mistakes.', [{ field: 'media_url', message: 'is missing: this service needs a photo' }]);
  return [[question.id, [{ documentId: 'to-come', filename: 'photo' }]]];
}

function missingOf({ asked }: ReportableService, { attributes }: Report): readonly FieldError[] {
  return asked.filter(({ question, isRequired }) => isRequired && !attributes.has(question.id)).map(({ question }) => ({ field: `attribute[${question.id}]`, message: 'is missing' }));
}

function fieldFor(question: Question | undefined, { installed: { service } }: ReportableService): string {
  const { name, email, phone } = service.opens.contact ?? {};
  return question?.id === name ? 'first_name' : question?.id === email ? 'email' : question?.id === phone ? 'phone' : `attribute[${question?.id ?? ''}]`;
}

/** The attributes as a page's form would hold them. */
function rawFields({ installed: { service }, asked }: ReportableService, { attributes, contact }: Report): RawFields {
  const fields: Record<string, string | readonly string[]> = {};
  for (const { question } of asked) {
    const values = attributes.get(question.id);
    const first = values?.[0];
    if (!values || first === undefined) continue;
    if (question.type === 'date') fields[`${question.id}-day`] = dayIn(first);
    else if (question.type === 'address') Object.assign(fields, addressFields(question.id, first));
    else if (question.type === 'location') fields[`${question.id}-described`] = first;
    else fields[question.id] = question.type === 'checkboxes' ? values.flatMap((text) => text.split(',')).map((text) => text.trim()) : first;
  }
  const { name, email, phone } = service.opens.contact ?? {};
  if (name && contact.name) fields[name] = contact.name;
  if (email && contact.email) fields[email] = contact.email;
  if (phone && contact.phone) fields[phone] = contact.phone;
  return fields;
}

/** The council's day of an instant; a day as it is. */
function dayIn(text: string): string {
  const at = readDateTime(text);
  return at ? dayOf(at) : text;
}

function addressFields(id: string, text: string): RawFields {
  const parts = text.split(/[,\n]/).map((part) => part.trim()).filter(Boolean);
  return { [`${id}-line1`]: parts[0] ?? '', [`${id}-line2`]: parts.slice(1, -2).join(', '), [`${id}-town`]: parts.length > 2 ? (parts.at(-2) ?? '') : '', [`${id}-postcode`]: parts.length > 1 ? (parts.at(-1) ?? '') : '' };
}
