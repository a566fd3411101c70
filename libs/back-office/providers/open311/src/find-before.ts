import type { HandedCase } from '@guildhall/back-office-contract';
import { writeDateTime } from '@guildhall/open311-contract';
import { unanswered, type GeoReportCalls } from './georeport-calls';

/** Clocks differ by so much at most, in milliseconds. */
const LEEWAY = 3_600_000;
/** No further pages than these are read. A case has its number within hours, and few systems list less than fifty reports at once. */
const MOST_PAGES = 5;
/** A system that does not list its reports, or not to this key. */
const DOES_NOT_LIST = new Set([401, 403, 404, 405, 501]);

/**
 * Looks whether a case is at the far end already, from a try whose answer was lost: the standard knows no key by which it would tell us itself. Nor does it know pages; systems that have them take
 * `page`, and others give the same list again.
 * @returns its number there; undefined when it is not there, or the far end does not list reports
 * @throws Unavailable
 */
export async function findBefore(calls: GeoReportCalls, handed: HandedCase, serviceCode: string, now: Date): Promise<string | undefined> {
  const query = { service_code: serviceCode, start_date: writeDateTime(new Date(handed.openedAt.getTime() - LEEWAY)), end_date: writeDateTime(new Date(now.getTime() + LEEWAY)), extensions: 'true' };
  const seen = new Set<string>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await calls.get('requests', page === 1 ? query : { ...query, page: String(page) });
    if (DOES_NOT_LIST.has(answer.status) || (page > 1 && answer.status === 400)) return undefined;
    if (answer.status !== 200) throw unanswered(answer);
    const listed = calls.read('requests', answer);
    const found = listed.find(({ description, extended_attributes: more }) => more?.fixmystreet_id === handed.reference || description.includes(handed.reference));
    if (found) return found.service_request_id;
    if (listed.every(({ service_request_id: number }) => seen.has(number))) return undefined;
    for (const { service_request_id: number } of listed) seen.add(number);
  }
  return undefined;
}
