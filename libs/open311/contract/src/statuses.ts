/** What GeoReport v2 itself knows. @public */
export const STANDARD_STATUSES = ['open', 'closed'] as const;
/** @public */
export type StandardStatus = (typeof STANDARD_STATUSES)[number];

/**
 * What mySociety's extension knows besides: FixMyStreet and the councils that it speaks to use these words in updates, in both directions.
 * @see mysociety/open311-adapter, the extended statuses of its schema
 * @public
 */
export const EXTENDED_STATUSES = [
  'open', 'investigating', 'in_progress', 'planned', 'action_scheduled', 'no_further_action', 'not_councils_responsibility', 'duplicate', 'internal_referral', 'cancelled', 'fixed', 'closed', 'reopen', 'for_triage', 'unchanged',
] as const;
/** @public */
export type ExtendedStatus = (typeof EXTENDED_STATUSES)[number];

const CLOSED: ReadonlySet<ExtendedStatus> = new Set(['no_further_action', 'not_councils_responsibility', 'duplicate', 'cancelled', 'fixed', 'closed']);

/** What an extended status comes to for a client that knows only the standard. @public */
export function standardStatusOf(status: ExtendedStatus): StandardStatus {
  return CLOSED.has(status) ? 'closed' : 'open';
}

/** Reads a status as others write it: in capitals in updates that are sent to us, with spaces or hyphens by some. @public @returns undefined when it is none */
export function parseStatus(written: string): ExtendedStatus | undefined {
  const word = written.trim().toLowerCase().replace(/[\s-]+/g, '_');
  return EXTENDED_STATUSES.find((status) => status === word);
}
