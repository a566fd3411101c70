import type { AnswerOrigin } from '@guildhall/cases-contract';
import type { AddressAnswer, AnswerValue } from '../answers';
import type { ToldValue, WantedAnswer } from '../answer-source';
import type { Attribute, Question } from '../question';
import type { InstalledService } from '../installed-service';

/** Where each answer is from, by question. @public */
export type Origins = Readonly<Record<string, AnswerOrigin>>;

/** What a question wants to know of somebody; nothing where it names no attribute. @public */
export function wantedBy({ slug, service }: InstalledService, { attribute, purposes }: Question, personId?: WantedAnswer['personId']): WantedAnswer | undefined {
  return attribute && { ...(personId && { personId }), service: { slug, title: service.title }, attribute: attribute satisfies Attribute, purposes: purposes ?? [slug] };
}

/** What was told, as the answer to a question; nothing where the question asks for something of another form. @public */
export function answerTold({ type }: Question, value: ToldValue): AnswerValue | undefined {
  switch (type) {
    case 'yes-no': return typeof value === 'boolean' ? value : undefined;
    case 'text': case 'name': case 'date': return typeof value === 'string' ? value : undefined;
    case 'address': return typeof value === 'object' ? { way: value.uprn === undefined ? 'typed' : 'found', lines: value.lines, postcode: value.postcode, ...(value.uprn !== undefined && { uprn: value.uprn }) } : undefined;
    default: return undefined;
  }
}

/** An answer as it is told to others; nothing where its form is not one that is told. @public */
export function toldOf({ type }: Question, answer: AnswerValue | null | undefined): ToldValue | undefined {
  if (answer === null || answer === undefined) return undefined;
  switch (type) {
    case 'yes-no': return answer === true;
    case 'text': case 'name': case 'date': return String(answer);
    case 'address': {
      const { lines, postcode, uprn } = answer as AddressAnswer;
      return { lines, postcode, ...(uprn !== undefined && { uprn }) };
    }
    default: return undefined;
  }
}
