import type { HandedCase, HandedPhoto, HandedWords } from '@guildhall/back-office-contract';
import type { CloudEvent } from '@guildhall/subscriptions-contract';

/** Types of what is sent. A receiver answers 2xx to the last and does nothing. */
export const CASE_HANDED_OVER = 'back-office.case-handed-over';
export const WORDS_WRITTEN = 'back-office.words-written';
export const CONNECTION_CHECKED = 'back-office.connection-checked';

/** What the receiver needs to fetch photos, and to see that it has them. */
function photosOf(photos: readonly HandedPhoto[] | undefined): { readonly photos?: readonly object[] } {
  return photos ? { photos: photos.map(({ photoId, contentType, sizeInBytes, sha256, url, until }) => ({ photoId, contentType, sizeInBytes, sha256, url, until: until.toISOString() })) } : {};
}

/** A case as it leaves, in the envelope of CloudEvents 1.0: the same bytes at each try, but for the links to photos. */
export function caseEvent({ attempt: _attempt, openedAt, photos, ...handed }: HandedCase, source: string): CloudEvent {
  return { specversion: '1.0', id: handed.caseId, source, type: CASE_HANDED_OVER, subject: handed.caseId, time: openedAt.toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { ...handed, openedAt: openedAt.toISOString(), ...photosOf(photos) } };
}

/** What a resident wrote later, in the same envelope. */
export function wordsEvent({ wordsId, at, photos, ...words }: HandedWords, source: string): CloudEvent {
  return { specversion: '1.0', id: wordsId, source, type: WORDS_WRITTEN, subject: words.caseId, time: at.toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { ...words, at: at.toISOString(), ...photosOf(photos) } };
}
