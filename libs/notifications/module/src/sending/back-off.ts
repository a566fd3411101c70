import { withJitter } from '@guildhall/kernel';

const FIRST_MINUTES = 1;
const MOST_MINUTES = 60;
/** What waits for one and the same moment comes spread over so long after it. */
export const SPREAD_SECONDS = 60;

/**
 * When to try again: one minute, then twice as long each time, an hour at most, with a fifth more or less so that a provider that comes back is not met by all at once.
 * @param tries how many there have been, at least one
 * @param chance from 0 to 1
 * @param askedForSeconds what the provider asked for; kept to even when it is more
 */
export function nextTryAt(now: Date, tries: number, chance: number, askedForSeconds = 0): Date {
  const minutes = Math.min(FIRST_MINUTES * 2 ** (tries - 1), MOST_MINUTES);
  return new Date(now.getTime() + Math.max(withJitter(minutes * 60, chance), askedForSeconds * 1000));
}
