import { withoutPerson, type HandedCase, type HandOverRefusal } from '@guildhall/back-office-contract';
import { retryAfterOf, type OutboundResponse } from '@guildhall/kernel-contract';
import { unanswered, type GeoReportCalls } from './georeport-calls';

/** What an answer that is no success means. @throws Unavailable when it does not say whether the report was taken */
export function refusalOf(calls: GeoReportCalls, answer: OutboundResponse, { contact, photos }: Pick<HandedCase, 'contact' | 'photos'>): HandOverRefusal {
  const { status } = answer;
  const code = `open311-${status}`;
  if (status === 401 || status === 403) return { reason: 'technical', code, message: 'It does not accept our key.' };
  if (status === 429) return { reason: 'temporary', code, message: 'It has had too many calls.', retryAfterInSeconds: retryAfterOf(answer.headers['retry-after']) };
  if (status >= 300 && status < 400) return { reason: 'technical', code, message: 'It answers at another address. Correct its endpoint.' };
  if (status < 400 || status >= 500) throw unanswered(answer);
  const errors = calls.errors(answer);
  if (!errors) return { reason: 'technical', code, message: `What answers at its address does not speak GeoReport v2 (${status}).` };
  return { reason: 'not-accepted', code, message: `It says: ${withoutPerson(errors.map(({ description }) => description).join('; '), contact, photos)}` };
}
