import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { ServiceRequest } from '@guildhall/open311-contract';
import { lookingFor, privateFor, type Caller } from '../http/callers';
import { REQUEST_COLUMNS, type RequestRow } from '../request-row';
import type { ListRequest } from './list-request';
import { ShowRequest } from './show-request';

/** So many cases are looked at at a time: a long list must not keep others from the database. */
const AT_ONCE = 4;

/** Lists reports that came through Open311, and shows one of them. */
@Injectable()
export class FindRequests {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(ShowRequest) private readonly showing: ShowRequest) {}

  /** Newest first. */
  async list(ctx: RequestContext, caller: Caller | undefined, request: ListRequest, withExtensions: boolean): Promise<readonly ServiceRequest[]> {
    const rows = request.numbers.length ? await this.byNumber(ctx, caller, request.numbers) : await this.inWindow(ctx, caller, request);
    const page = rows.slice((request.page - 1) * request.pageSize, request.page * request.pageSize);
    const shown: (ServiceRequest | undefined)[] = [];
    for (let at = 0; at < page.length; at += AT_ONCE) shown.push(...(await Promise.all(page.slice(at, at + AT_ONCE).map((row) => this.show(ctx, caller, row, withExtensions)))));
    return shown.filter((one) => one !== undefined);
  }

  async find(ctx: RequestContext, caller: Caller | undefined, number: string, withExtensions: boolean): Promise<ServiceRequest | undefined> {
    const [row] = await this.byNumber(ctx, caller, [number]);
    return row && this.show(ctx, caller, row, withExtensions);
  }

  private async show(ctx: RequestContext, caller: Caller | undefined, row: RequestRow, withExtensions: boolean): Promise<ServiceRequest | undefined> {
    const found = await this.cases.find(lookingFor(ctx, caller), { caseId: row.case_id });
    return found && this.showing.of(ctx, caller, row, found, withExtensions);
  }

  private async byNumber(ctx: RequestContext, caller: Caller | undefined, numbers: readonly string[]): Promise<readonly RequestRow[]> {
    return this.database.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from open311.request where council_id = $1 and reference = any($2::text[]) and (not is_private or client_id = $3 or $4) order by requested_at desc, case_id desc limit 1000`, [ctx.council.id, numbers, ...privateFor(caller)]);
  }

  private async inWindow(ctx: RequestContext, caller: Caller | undefined, { serviceCodes, from, until, statuses, page, pageSize }: ListRequest): Promise<readonly RequestRow[]> {
    const [clientId, isForAll] = privateFor(caller);
    const exact = statuses.filter((status) => status !== 'open' && status !== 'closed');
    return this.database.query<RequestRow>(ctx, `select ${REQUEST_COLUMNS} from open311.request where council_id = $1 and reference is not null and requested_at >= $2 and requested_at <= $3 and (not is_private or client_id = $11 or $4)
      and (cardinality($5::text[]) = 0 or service_code = any($5)) and ($6 or (not is_closed and $7) or (is_closed and $8) or status = any($9::text[])) order by requested_at desc, case_id desc limit $10`,
    [ctx.council.id, from, until, isForAll, serviceCodes, statuses.length === 0, statuses.includes('open'), statuses.includes('closed'), exact, page * pageSize, clientId]);
  }
}
