import type { HandedCase } from '@guildhall/back-office-contract';
import type { Clock } from '@guildhall/kernel-contract';
import { MOST_REQUESTS, writeDateTime } from '@guildhall/open311-contract';
import { unanswered, type GeoReportCalls } from './georeport-calls';

/** Clocks differ by so much at most, in milliseconds. */
const LEEWAY = 3_600_000;
/** Of one time no further pages than these are read: a longer list is asked for by halves, as a list that grows while it is read shows some twice and others never. */
const MOST_PAGES = 5;
/** So many calls look for one case, for so long, in milliseconds: whoever hands a case over has two minutes for all of it. */
const MOST_CALLS = 60;
const LONGEST = 60_000;
/** Times are written in whole seconds: nothing is asked for that narrowly, in milliseconds. */
const LEAST_WINDOW = 4_000;
/** A system that does not list its reports, or not to this key. */
const DOES_NOT_LIST = new Set([401, 403, 404, 405, 501]);

/** What one time has: the case's number, or a list without it, that was read to its end or not. */
interface Looked { readonly number?: string; readonly isWhole: boolean }
type Found = { readonly farReference: string } | 'too-many' | undefined;

/**
 * Looks whether a case is at the far end already, from a try whose answer was lost: the standard knows no key by which it would tell us itself. Nor does it know pages; systems that have them take
 * `page`, and others give the same list again. It came between the opening of the case and its last try.
 * @returns its number there; undefined when it is not there, or the far end does not list reports; `too-many` when it lists more than can be looked through
 * @throws Unavailable
 */
export async function findBefore(calls: GeoReportCalls, handed: HandedCase, serviceCode: string, clock: Clock): Promise<Found> {
  const began = clock.now().getTime();
  let made = 0;
  const mayAsk = (): boolean => made < MOST_CALLS && clock.now().getTime() - began < LONGEST;

  async function listed(from: number, until: number): Promise<Looked> {
    const query = { service_code: serviceCode, start_date: writeDateTime(new Date(from)), end_date: writeDateTime(new Date(until)), extensions: 'true' };
    const seen = new Set<string>();
    for (let page = 1; page <= MOST_PAGES && mayAsk(); page++) {
      made += 1;
      const answer = await calls.get('requests', page === 1 ? query : { ...query, page: String(page) });
      if (DOES_NOT_LIST.has(answer.status)) return { isWhole: true };
      // A list without pages that is as long as lists may be has left something out.
      const isWhole = seen.size < MOST_REQUESTS;
      if (page > 1 && answer.status === 400) return { isWhole };
      if (answer.status !== 200) throw unanswered(answer);
      const found = calls.read('requests', answer);
      const mine = found.find(({ description, extended_attributes: more }) => more?.fixmystreet_id === handed.reference || description.includes(handed.reference));
      if (mine) return { number: mine.service_request_id, isWhole: true };
      if (found.every(({ service_request_id: number }) => seen.has(number))) return { isWhole: found.length === 0 || isWhole };
      for (const { service_request_id: number } of found) seen.add(number);
    }
    return { isWhole: false };
  }

  async function between(from: number, until: number): Promise<Found> {
    const { number, isWhole } = await listed(from, until);
    if (number !== undefined) return { farReference: number };
    if (isWhole) return undefined;
    if (!mayAsk() || until - from <= LEAST_WINDOW) return 'too-many';
    const middle = from + Math.floor((until - from) / 2);
    const earlier = await between(from, middle);
    return typeof earlier === 'object' ? earlier : ((await between(middle, until)) ?? earlier);
  }

  return between(handed.openedAt.getTime() - LEEWAY, (handed.lastTriedAt?.getTime() ?? began) + LEEWAY);
}
