import { HANDLE_REQUESTS, type RightsRecord } from '@guildhall/information-rights-contract';
import { Database } from '@guildhall/kernel';
import { NotFound, demand, isUuid, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { REQUEST_COLUMNS, requestOf, type RequestRow, type RightsRequest, type Step, type StepKind } from './request';

const A_PAGE = 50;
/** Counted no further than this for a badge. */
const MOST_COUNTED = 100;
/** So many records are read in one statement. */
export const MOST_ITEMS_AT_ONCE = 1000;

/** A record on which an officer decides, or has decided, with where it is kept. */
export interface Item extends Omit<RightsRecord, 'source'> { readonly sourceId: string; readonly recordId: string }
interface ItemRow { number: number; source_id: string; record_id: string; title: Text; since: Date; proposal: Item['proposal']; because: Text | null; keep_until: string | null; must_keep: boolean; decision: Item['decision'] | null; decided_because: string | null; outcome: Item['outcome'] | null }

/** A request with its steps. */
export interface ShownRequest extends RightsRequest { readonly steps: readonly Step[] }

/** Reads requests: somebody's own, and for officers the list with the days by which they must be answered. */
@Injectable()
export class ReadsRequests {
  constructor(private readonly db: Database) {}

  /** The newest first. */
  async ofPerson(ctx: RequestContext, personId: PersonId): Promise<readonly RightsRequest[]> {
    const rows = await this.db.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and person_id = $2 order by received_at desc, request_id desc limit 100`, [ctx.council.id, personId]);
    return rows.map(requestOf);
  }

  /** @throws NotFound when it is not theirs */
  async own(ctx: RequestContext, personId: PersonId, requestId: string): Promise<ShownRequest> {
    const request = await this.find(ctx, requestId);
    if (request?.personId !== personId) throw new NotFound('There is no such request of yours.');
    return this.#withSteps(ctx, request);
  }

  /** @throws NotFound */
  async forOfficer(ctx: RequestContext, requestId: string): Promise<ShownRequest> {
    demand(ctx, HANDLE_REQUESTS);
    const request = await this.find(ctx, requestId);
    if (!request) throw new NotFound('There is no such request.');
    return this.#withSteps(ctx, request);
  }

  async find(ctx: RequestContext, requestId: string): Promise<RightsRequest | undefined> {
    const [row] = isUuid(requestId) ? await this.db.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and request_id = $2`, [ctx.council.id, requestId]) : [];
    return row && requestOf(row);
  }

  /** Those that are open, the soonest due first. @param after the place from the page before */
  async open(ctx: RequestContext, after?: { readonly dueOn: string; readonly requestId: string }): Promise<{ readonly requests: readonly RightsRequest[]; readonly next?: { readonly dueOn: string; readonly requestId: string } }> {
    demand(ctx, HANDLE_REQUESTS);
    const rows = await this.db.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and closed_at is null and (due_on, request_id) > ($2::date, $3::uuid) order by due_on, request_id limit ${A_PAGE + 1}`,
      [ctx.council.id, after?.dueOn ?? '0001-01-01', after?.requestId ?? '00000000-0000-0000-0000-000000000000']);
    const last = rows.length > A_PAGE ? rows[A_PAGE - 1] : undefined;
    return { requests: rows.slice(0, A_PAGE).map(requestOf), ...(last && { next: { dueOn: last.due_on, requestId: last.request_id } }) };
  }

  /** The newest answers. */
  async closed(ctx: RequestContext): Promise<readonly RightsRequest[]> {
    demand(ctx, HANDLE_REQUESTS);
    const rows = await this.db.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from information_rights.request where council_id = $1 and closed_at is not null order by closed_at desc, request_id desc limit ${A_PAGE}`, [ctx.council.id]);
    return rows.map(requestOf);
  }

  async countOpen(ctx: RequestContext, today: string): Promise<{ readonly count: number; readonly isCapped: boolean; readonly isLate: boolean }> {
    const rows = await this.db.query<{ is_late: boolean }>(ctx, `select due_on < $2::date and paused_for is null as is_late from information_rights.request where council_id = $1 and closed_at is null order by due_on limit ${MOST_COUNTED}`, [ctx.council.id, today]);
    return { count: rows.length, isCapped: rows.length === MOST_COUNTED, isLate: rows.some(({ is_late: isLate }) => isLate) };
  }

  /** What is decided on, in its order: all of it, however much that is. */
  async items(ctx: RequestContext, requestId: string): Promise<readonly Item[]> {
    const found: ItemRow[] = [];
    for (let after = 0, isMore = true; isMore; after = found.at(-1)?.number ?? after) {
      const rows = await this.db.query<ItemRow>(ctx, `select number, source_id, record_id, title, since, proposal, because, keep_until::text, must_keep, decision, decided_because, outcome from information_rights.item where council_id = $1 and request_id = $2 and number > $3 order by number limit ${MOST_ITEMS_AT_ONCE}`, [ctx.council.id, requestId, after]);
      found.push(...rows);
      isMore = rows.length === MOST_ITEMS_AT_ONCE;
    }
    return found.map((row) => ({
      number: row.number, sourceId: row.source_id, recordId: row.record_id, title: row.title, since: row.since, proposal: row.proposal, because: row.because ?? undefined, keepUntil: row.keep_until ?? undefined, mustKeep: row.must_keep,
      decision: row.decision ?? undefined, decidedBecause: row.decided_because ?? undefined, outcome: row.outcome ?? undefined,
    }));
  }

  async #withSteps(ctx: RequestContext, request: RightsRequest): Promise<ShownRequest> {
    const steps = await this.db.query<{ kind: StepKind; at: Date; words: string | null }>(ctx, 'select kind, at, words from information_rights.step where council_id = $1 and request_id = $2 order by number limit 100', [ctx.council.id, request.requestId]);
    return { ...request, steps: steps.map(({ kind, at, words }) => ({ kind, at, ...(words !== null && { words }) })) };
  }
}
