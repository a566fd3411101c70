import type { HandedCase } from '@guildhall/back-office-contract';
import { writeDateTime } from '@guildhall/open311-contract';
import { unanswered, type GeoReportCalls } from './georeport-calls';

/** Clocks differ by so much at most, in milliseconds. */
const LEEWAY = 3_600_000;
/** A system that does not list its reports, or not to this key. */
const DOES_NOT_LIST = new Set([401, 403, 404, 405, 501]);

/**
 * Looks whether a case is at the far end already, from a try whose answer was lost: the standard knows no key by which it would tell us itself.
 * @returns its number there; undefined when it is not there, or the far end does not list reports
 * @throws Unavailable
 */
export async function findBefore(calls: GeoReportCalls, handed: HandedCase, serviceCode: string, now: Date): Promise<string | undefined> {
  const answer = await calls.get('requests', { service_code: serviceCode, start_date: writeDateTime(new Date(handed.openedAt.getTime() - LEEWAY)), end_date: writeDateTime(new Date(now.getTime() + LEEWAY)), extensions: 'true' });
  if (DOES_NOT_LIST.has(answer.status)) return undefined;
  if (answer.status !== 200) throw unanswered(answer);
  return calls.read('requests', answer).find(({ description, extended_attributes: more }) => more?.fixmystreet_id === handed.reference || description.includes(handed.reference))?.service_request_id;
}
