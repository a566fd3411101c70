/** When nothing has arrived for so long, nobody waits for it any more: five days, in milliseconds. */
const GIVEN_UP_AFTER = 5 * 24 * 3_600_000;

/** Whether a receiver at which nothing has arrived since then is given up. */
export function isGivenUp(now: Date, failingSince: Date): boolean {
  return now.getTime() - failingSince.getTime() >= GIVEN_UP_AFTER;
}
