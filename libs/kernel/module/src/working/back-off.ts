const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds after each try that failed: ten tries over three days, as Standard Webhooks recommends (section "Deliverability and reliability"); then somebody has to look. */
const AFTER_TRIES = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;
/** So many failures in a row, of whatever was sent, and the far end is left alone for a while: a dead one costs one try now and then. */
const FAILURES_BEFORE_REST = 3;
const FIRST_REST = 30;
const LONGEST_REST = HOUR;
/** A far end cannot put us off for longer than this, in seconds. */
const LONGEST_ASKED = 24 * HOUR;

/**
 * Milliseconds: a fifth more or less than these seconds, so that a far end that comes back is not met by all at once.
 * @param chance from 0 to 1
 * @public
 */
export function withJitter(seconds: number, chance: number): number {
  return Math.round(seconds * 1000 * (0.8 + chance * 0.4));
}

/**
 * When something that did not reach another system is tried again; undefined when it is given up.
 * @param tries how many there have been, at least one
 * @param chance from 0 to 1
 * @param askedForSeconds what the far end asked for (Retry-After)
 * @public
 */
export function nextTryAt(now: Date, tries: number, chance: number, askedForSeconds = 0): Date | undefined {
  const wait = AFTER_TRIES[tries - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + Math.max(withJitter(wait, chance), Math.min(askedForSeconds, LONGEST_ASKED) * 1000));
}

/**
 * Until when a far end is left alone altogether; undefined when it is not.
 * @param failuresInRow with the one just now
 * @param chance from 0 to 1
 * @param askedForSeconds what it asked for (Retry-After)
 * @public
 */
export function restUntil(now: Date, failuresInRow: number, chance: number, askedForSeconds = 0): Date | undefined {
  const own = failuresInRow < FAILURES_BEFORE_REST ? 0 : withJitter(Math.min(FIRST_REST * 2 ** Math.min(failuresInRow - FAILURES_BEFORE_REST, 10), LONGEST_REST), chance);
  const wait = Math.max(own, Math.min(askedForSeconds, LONGEST_ASKED) * 1000);
  return wait > 0 ? new Date(now.getTime() + wait) : undefined;
}
