import { assertNever } from '@guildhall/kernel-contract';
import { moneyText } from '../money-text';
import type { AddressAnswer, AnswerValue, LocationAnswer } from '../answers';
import type { Question } from '../question';
import type { RawFields } from './reading';

/** What the fields of a question would hold for an answer: to show it again, so that reading it back gives the same answer. @public */
export function typedFields(question: Question, answer: AnswerValue | null | undefined): RawFields {
  const { id } = question;
  if (answer === undefined || answer === null) return {};
  switch (question.type) {
    case 'text': case 'textarea': case 'name': case 'email': case 'phone': case 'radios': return { [id]: String(answer) };
    case 'number': return { [id]: String(answer) };
    case 'money': return { [id]: moneyText(answer as number).slice(1) };
    case 'yes-no': return { [id]: answer === true ? 'yes' : 'no' };
    case 'declaration': return answer === true ? { [id]: 'yes' } : {};
    case 'checkboxes': return { [id]: answer as readonly string[] };
    case 'date': {
      const [year = '', month = '', day = ''] = String(answer).split('-');
      return { [`${id}-day`]: String(Number(day)), [`${id}-month`]: String(Number(month)), [`${id}-year`]: year };
    }
    case 'address': {
      const { way, uprn, lines, postcode } = answer as AddressAnswer;
      if (way === 'found') return { [`${id}-choice`]: `uprn:${uprn}`, [`${id}-find`]: postcode };
      const [line1 = '', ...rest] = lines;
      const town = rest.length > 1 ? (rest.at(-1) ?? '') : '';
      return { [`${id}-line1`]: line1, [`${id}-line2`]: town ? rest.slice(0, -1).join(', ') : (rest[0] ?? ''), [`${id}-town`]: town, [`${id}-postcode`]: postcode };
    }
    case 'location': {
      const { way, uprn, usrn, lines, postcode, point, isMarked, note } = answer as LocationAnswer;
      return {
        ...(way === 'property' && { [`${id}-choice`]: `uprn:${uprn}`, [`${id}-find`]: postcode ?? '' }),
        ...(way === 'street' && { [`${id}-choice`]: `usrn:${usrn}`, [`${id}-find`]: lines?.[0] ?? '' }),
        ...(point && (isMarked || way === 'point') && { [`${id}-point`]: `${point.latitude}, ${point.longitude}` }),
        ...(note && { [`${id}-described`]: note }),
      };
    }
    case 'photos': return {};
    default: return assertNever(question);
  }
}
