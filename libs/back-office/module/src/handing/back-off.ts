const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds after each try that failed: ten tries over three days, as Standard Webhooks recommends; then somebody has to look. */
const AFTER_TRIES = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;
/** Seconds between questions for a reference that is still to come; the last one again and again. */
const AFTER_QUESTIONS = [2, 10, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR] as const;
/** So many failures in a row, of whatever case, and the far end is left alone for a while: a dead one costs one try now and then. */
const FAILURES_BEFORE_REST = 3;
const FIRST_REST = 30;
const LONGEST_REST = HOUR;
/** A far end cannot put us off for longer than this, in seconds. */
const LONGEST_ASKED = 24 * HOUR;

/** A fifth more or less, so that a far end that comes back is not met by all at once. */
const spread = (seconds: number, chance: number): number => Math.round(seconds * 1000 * (0.8 + chance * 0.4));

/**
 * When a case is tried again; undefined when it is given up.
 * @param tries how many there have been, at least one
 * @param chance from 0 to 1
 * @param askedForSeconds what the far end asked for
 */
export function nextTryAt(now: Date, tries: number, chance: number, askedForSeconds = 0): Date | undefined {
  const wait = AFTER_TRIES[tries - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + Math.max(spread(wait, chance), Math.min(askedForSeconds, LONGEST_ASKED) * 1000));
}

/** When the far end is asked again for a reference. @param asked how often it has been, from 0 */
export function nextQuestionAt(now: Date, asked: number, chance: number): Date {
  return new Date(now.getTime() + spread(AFTER_QUESTIONS[Math.min(asked, AFTER_QUESTIONS.length - 1)] ?? HOUR, chance));
}

/** Until when a far end is left alone altogether; undefined when it is not. @param failuresInRow with the one just now */
export function restUntil(now: Date, failuresInRow: number, chance: number, askedForSeconds = 0): Date | undefined {
  const own = failuresInRow < FAILURES_BEFORE_REST ? 0 : spread(Math.min(FIRST_REST * 2 ** Math.min(failuresInRow - FAILURES_BEFORE_REST, 10), LONGEST_REST), chance);
  const wait = Math.max(own, Math.min(askedForSeconds, LONGEST_ASKED) * 1000);
  return wait > 0 ? new Date(now.getTime() + wait) : undefined;
}
