import { Inject, Injectable } from '@nestjs/common';
import { Database, extensionsOf } from '@guildhall/kernel';
import { CASES, CASE_TYPE, entryFor, findCaseType, wordsIn, type CasesApi, type TimelineEntry } from '@guildhall/cases-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { writeDateTime, type ExtendedStatus, type RequestUpdate } from '@guildhall/open311-contract';
import { lookingFor, privateFor, type Caller } from '../http/callers';
import { ShowRequest } from '../listing/show-request';

/** Which updates are asked for. */
export interface UpdatesRequest { readonly from: Date; readonly until: Date; readonly page: number; readonly pageSize: number }

interface UpdateRow { readonly entry_id: string; readonly case_id: string; readonly status: ExtendedStatus; readonly at: Date; /** The same, as exactly as the database has it. */ readonly place: string; readonly reference: string; readonly client_id: string; readonly fixmystreet_id: string | null; readonly case_type: string }

const MOST_TIMELINE_PAGES = 10;

/** Lists what the council did and wrote about reports: what stands on the case's own public timeline, oldest first. What the reporting system wrote itself does not come back to it. */
@Injectable()
export class ListUpdates {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(ShowRequest) private readonly showing: ShowRequest) {}

  async list(ctx: RequestContext, caller: Caller | undefined, { from, until, page, pageSize }: UpdatesRequest): Promise<readonly RequestUpdate[]> {
    const rows = await this.rows(ctx, caller, { from, until }, page * pageSize);
    const updates = await this.shown(ctx, caller, rows.slice((page - 1) * pageSize));
    // A page that is not full is taken for the last one: what the sender does not get back is made up for.
    for (let last = rows.length < page * pageSize ? undefined : rows.at(-1); last && updates.length < pageSize;) {
      const more = await this.rows(ctx, caller, { from, until }, pageSize, last);
      updates.push(...(await this.shown(ctx, caller, more)));
      last = more.length < pageSize ? undefined : more.at(-1);
    }
    return updates.slice(0, pageSize);
  }

  private rows(ctx: RequestContext, caller: Caller | undefined, { from, until }: Pick<UpdatesRequest, 'from' | 'until'>, limit: number, after?: UpdateRow): Promise<readonly UpdateRow[]> {
    return this.database.query<UpdateRow>(ctx, `select u.entry_id, u.case_id, u.status, u.at, u.at::text as place, r.reference, r.client_id, r.fixmystreet_id, r.case_type from open311.update u join open311.request r on r.council_id = u.council_id and r.case_id = u.case_id
      where u.council_id = $1 and u.at >= $2 and u.at <= $3 and r.reference is not null and (not r.is_private or r.client_id = $4 or $5) ${after ? 'and (u.at, u.entry_id) > ($7::timestamptz, $8)' : ''} order by u.at, u.entry_id limit $6`, [ctx.council.id, from, until, ...privateFor(caller), limit, ...(after ? [after.place, after.entry_id] : [])]);
  }

  /** As the caller may read them, without what the reporting system wrote itself. */
  private async shown(ctx: RequestContext, caller: Caller | undefined, rows: readonly UpdateRow[]): Promise<RequestUpdate[]> {
    const entries = new Map<string, TimelineEntry>();
    for (const caseId of new Set(rows.map(({ case_id }) => case_id))) await this.collect(ctx, caller, caseId, new Set(rows.filter((row) => row.case_id === caseId).map(({ entry_id }) => entry_id)), entries);
    const updates: RequestUpdate[] = [];
    for (const row of rows) {
      const entry = entries.get(row.entry_id);
      if (entry && !(entry.by.kind === 'machine' && entry.by.id === row.client_id)) updates.push(await this.updateOf(ctx, caller, row, entry));
    }
    return updates;
  }

  private async collect(ctx: RequestContext, caller: Caller | undefined, caseId: string, wanted: Set<string>, found: Map<string, TimelineEntry>): Promise<void> {
    let after: string | undefined;
    for (let page = 0; page < MOST_TIMELINE_PAGES && wanted.size > 0; page++) {
      const timeline = await this.cases.timeline(lookingFor(ctx, caller), { caseId }, { limit: 100, ...(after !== undefined && { after }) });
      for (const entry of timeline.items) if (wanted.delete(entry.id)) found.set(entry.id, entry);
      after = timeline.next;
      if (after === undefined) return;
    }
  }

  private async updateOf(ctx: RequestContext, caller: Caller | undefined, row: UpdateRow, entry: TimelineEntry): Promise<RequestUpdate> {
    const type = findCaseType(extensionsOf(ctx, CASE_TYPE), row.case_type);
    // As whoever follows the case reads it: not which officer, and reasons only where they are for everybody.
    const seen = type ? entryFor('follower', type, entry) : undefined;
    const words = [seen?.text && wordsIn(seen.text, ctx.language), seen?.reasons].filter(Boolean).join('\n\n');
    const photos = caller ? await this.showing.photosOf(ctx, caller, row.case_id, seen?.documents ?? []) : [];
    return {
      update_id: row.entry_id, service_request_id: row.reference, status: row.status, updated_datetime: writeDateTime(row.at), description: words, media_url: photos.length > 1 ? photos : (photos[0] ?? ''),
      ...(entry.to !== undefined && { external_status_code: entry.to }), customer_reference: row.reference, ...(row.fixmystreet_id !== null && { fixmystreet_id: row.fixmystreet_id }),
    };
  }
}
