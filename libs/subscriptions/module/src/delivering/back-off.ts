const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** What Standard Webhooks recommends: ten tries over three days, in seconds after each that failed. */
const AFTER_TRIES = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;
/** So many failures in a row, of whichever events, and the receiver is left alone for a while. */
const FAILURES_BEFORE_REST = 3;
const FIRST_REST = 30;
const LONGEST_REST = HOUR;
/** A receiver cannot put us off for longer than this, in seconds. */
const LONGEST_ASKED = 24 * HOUR;
/** When nothing has arrived for so long, nobody waits for it any more: five days, in milliseconds. */
const GIVEN_UP_AFTER = 5 * 24 * HOUR * 1000;

const spread = (seconds: number, chance: number): number => Math.round(seconds * 1000 * (0.8 + chance * 0.4));

/**
 * When one event is tried again, with a fifth more or less so that a receiver that comes back is not met by all at once; undefined when it is given up.
 * @param tries how many there have been, at least one
 * @param chance from 0 to 1
 * @param askedForSeconds what the receiver asked for (Retry-After)
 */
export function nextTryAt(now: Date, tries: number, chance: number, askedForSeconds = 0): Date | undefined {
  const wait = AFTER_TRIES[tries - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + Math.max(spread(wait, chance), askedForSeconds * 1000));
}

/**
 * Until when a receiver is left alone altogether: one that is dead costs one try now and then instead of one for each event. Undefined when it is not.
 * @param failuresInRow with the one just now
 */
export function restUntil(now: Date, failuresInRow: number, chance: number, askedForSeconds = 0): Date | undefined {
  const own = failuresInRow < FAILURES_BEFORE_REST ? 0 : spread(Math.min(FIRST_REST * 2 ** Math.min(failuresInRow - FAILURES_BEFORE_REST, 10), LONGEST_REST), chance);
  const wait = Math.max(own, askedForSeconds * 1000);
  return wait > 0 ? new Date(now.getTime() + wait) : undefined;
}

/** Whether a receiver at which nothing has arrived since then is given up. */
export function isGivenUp(now: Date, failingSince: Date): boolean {
  return now.getTime() - failingSince.getTime() >= GIVEN_UP_AFTER;
}

/** Retry-After (RFC 9110, 10.2.3) in seconds: a number of them, or a date. Nothing when it is neither or past. */
export function retryAfterOf(header: string | undefined, now: Date): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), LONGEST_ASKED) : undefined;
}
