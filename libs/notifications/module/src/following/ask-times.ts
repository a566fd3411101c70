const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Callbacks come within seconds, mostly. */
export const FIRST_ASKED_AFTER_MINUTES = 10;
/** Most news comes early; a letter is on its way for days. */
const EVERY: readonly { readonly untilMinutes: number; readonly minutes: number }[] = [{ untilMinutes: 120, minutes: 15 }, { untilMinutes: 24 * 60, minutes: 60 }, { untilMinutes: Number.POSITIVE_INFINITY, minutes: 360 }];
/** Providers try for three days; after a week nobody will say more. */
const NO_MORE_NEWS_AFTER_DAYS = 7;
/** When nobody could be asked on the last day, there is this much more. */
const ASKED_AT_MOST_FOR_DAYS = 8;

/** When no more news is expected of a message. */
export function noMoreNewsAt(sentAt: Date): Date { return new Date(sentAt.getTime() + NO_MORE_NEWS_AFTER_DAYS * DAY); }

/** When to ask about it again; once more at the end. */
export function nextAskAt(sentAt: Date, now: Date): Date {
  const age = (now.getTime() - sentAt.getTime()) / MINUTE;
  const { minutes } = EVERY.find(({ untilMinutes }) => age < untilMinutes) ?? { minutes: 360 };
  const [next, last] = [now.getTime() + minutes * MINUTE, noMoreNewsAt(sentAt).getTime()];
  return new Date(now.getTime() < last ? Math.min(next, last) : next);
}

/** Whether what is not known now will not be known: somebody was asked, or there has been nobody to ask for long enough. */
export function isPastNews(sentAt: Date, now: Date, isAnswered: boolean): boolean {
  return now.getTime() - sentAt.getTime() >= (isAnswered ? NO_MORE_NEWS_AFTER_DAYS : ASKED_AT_MOST_FOR_DAYS) * DAY;
}
