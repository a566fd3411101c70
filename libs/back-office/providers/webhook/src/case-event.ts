import type { HandedCase, HandedWords } from '@guildhall/back-office-contract';
import type { CloudEvent } from '@guildhall/subscriptions-contract';

/** Types of what is sent. A receiver answers 2xx to the last and does nothing. */
export const CASE_HANDED_OVER = 'back-office.case-handed-over';
export const WORDS_WRITTEN = 'back-office.words-written';
export const CONNECTION_CHECKED = 'back-office.connection-checked';

/** A case as it leaves, in the envelope of CloudEvents 1.0: the same bytes at each try. */
export function caseEvent({ attempt: _attempt, openedAt, ...handed }: HandedCase, source: string): CloudEvent {
  return { specversion: '1.0', id: handed.caseId, source, type: CASE_HANDED_OVER, subject: handed.caseId, time: openedAt.toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { ...handed, openedAt: openedAt.toISOString() } };
}

/** What a resident wrote later, in the same envelope. */
export function wordsEvent({ wordsId, at, ...words }: HandedWords, source: string): CloudEvent {
  return { specversion: '1.0', id: wordsId, source, type: WORDS_WRITTEN, subject: words.caseId, time: at.toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { ...words, at: at.toISOString() } };
}
