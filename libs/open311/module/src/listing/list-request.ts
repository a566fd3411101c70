import type { Clock } from '@guildhall/kernel-contract';
import { DAYS_LISTED, EXTENDED_STATUSES, MOST_REQUESTS, parseStatus, type ExtendedStatus } from '@guildhall/open311-contract';
import { field, fieldsOf, instant, invalid, listed, wholeNumber, type Fields } from '../http/fields';

/** Which reports are asked for. */
export interface ListRequest {
  /** Numbers override everything else. */
  readonly numbers: readonly string[];
  readonly serviceCodes: readonly string[];
  readonly from: Date;
  readonly until: Date;
  readonly statuses: readonly ExtendedStatus[];
  readonly page: number;
  readonly pageSize: number;
}

const DAY = 86_400_000;
/** Pages end somewhere: whoever wants more narrows the days. */
const MOST_PAGED = 10_000;

/** @throws InvalidInput */
export function readListRequest(fields: Fields, clock: Clock): ListRequest {
  const numbers = listed(fields, 'service_request_id');
  if (numbers.length > MOST_REQUESTS) throw invalid('service_request_id', `may name at most ${MOST_REQUESTS}`);
  const statuses = fieldsOf(fields, 'status').flatMap((text) => text.split(',')).filter((text) => text.trim()).map((text) => parseStatus(text) ?? fail(text));
  const page = wholeNumber(fields, 'page', 1, MOST_PAGED);
  const pageSize = wholeNumber(fields, 'page_size', MOST_REQUESTS, MOST_REQUESTS);
  if (page * pageSize > MOST_PAGED) throw invalid('page', `and page_size go no further than ${MOST_PAGED} reports: ask for fewer days`);
  return { numbers, serviceCodes: listed(fields, 'service_code'), ...windowOf(fields, DAYS_LISTED * DAY, clock.now()), statuses, page, pageSize };
}

/** From when until when: what is not said is so far away from the other, and at the latest now. @throws InvalidInput */
export function windowOf(fields: Fields, lengthInMs: number, now: Date): { readonly from: Date; readonly until: Date } {
  const [start, end] = [instant(fields, 'start_date'), instant(fields, 'end_date')];
  if (start && end && start > end) throw invalid('end_date', 'is before start_date');
  const until = end ?? (start ? new Date(start.getTime() + lengthInMs) : now);
  return { from: start ?? new Date(until.getTime() - lengthInMs), until };
}

/** `true` and nothing else turns extensions on. */
export function wantsExtensions(fields: Fields): boolean {
  return field(fields, 'extensions') === 'true';
}

function fail(text: string): never {
  throw invalid('status', `"${text.trim().slice(0, 40)}" is not one of ${EXTENDED_STATUSES.join(', ')}`);
}
