import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { Ctx, Database, TakesFiles, Webhook, form, type FormBody, type GuildhallRequest } from '@guildhall/kernel';
import { CLOCK, NotFound, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { SEND_REPORTS } from '@guildhall/open311-contract';
import { FindRequests } from '../listing/find-requests';
import { readListRequest, wantsExtensions } from '../listing/list-request';
import { readReport } from '../receiving/report';
import { TakeReport } from '../receiving/take-report';
import { Open311Settings } from '../settings';
import { Callers } from './callers';
import { field, formOf, invalid, namedBy, queryOf, type Fields } from './fields';
import { giveDocument } from './give-document';
import { photosOf } from './photo-files';

/** Photos may stand in the fields themselves (`data:` URIs), a third larger than they are. */
export const FORM_IN_BYTES = 16 * 1024 * 1024;
/** One system speaks for everybody in a council's area. */
export const CALLS_A_MINUTE = 1200;

/** Reports of other systems: sent, listed, shown. */
@Controller('open311/v2')
export class Open311RequestsController {
  constructor(
    @Inject(Callers) private readonly callers: Callers, @Inject(Open311Settings) private readonly settings: Open311Settings, @Inject(TakeReport) private readonly taking: TakeReport,
    @Inject(FindRequests) private readonly requests: FindRequests, @Inject(CLOCK) private readonly clock: Clock, @Inject(Database) private readonly database: Database,
  ) {}

  @Post(['requests.xml', 'requests.json']) @HttpCode(200) @Webhook({ keepsRawBody: false, bodyInBytes: FORM_IN_BYTES, callsAMinute: CALLS_A_MINUTE }) @TakesFiles()
  async send(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Body(form()) body: FormBody): Promise<string> {
    const fields = formOf(req, body);
    const caller = await this.callers.demand(ctx, fields, SEND_REPORTS);
    this.settings.refuseOtherJurisdiction(ctx, field(fields, 'jurisdiction_id'));
    const key = idempotencyKeyOf(req);
    const report = readReport(fields);
    const { caseId, reference } = await this.taking.take(ctx, caller, { ...report, media: [...report.media, ...photosOf(req)] }, key);
    const named = this.settings.options(ctx).givesTokens ? { token: caseId } : { service_request_id: reference };
    return giveDocument(req, 'taken', [{ ...named, service_notice: '', account_id: '' }]);
  }

  @Get('tokens/:file') @Webhook({ keepsRawBody: false, callsAMinute: CALLS_A_MINUTE })
  async token(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('file') file: string): Promise<string> {
    const token = namedBy(file);
    this.settings.refuseOtherJurisdiction(ctx, field(queryOf(req), 'jurisdiction_id'));
    // A token was given to one sender and cannot be guessed: it needs no key.
    const [row] = isUuid(token) ? await this.database.query<{ reference: string | null }>(ctx, 'select reference from open311.request where council_id = $1 and case_id = $2', [ctx.council.id, token]) : [];
    if (!row) throw new NotFound('The token is not known here.');
    return giveDocument(req, 'tokens', [{ service_request_id: row.reference ?? '', token }]);
  }

  @Get(['requests.xml', 'requests.json']) @Webhook({ keepsRawBody: false, callsAMinute: CALLS_A_MINUTE })
  async list(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest): Promise<string> {
    const { fields, caller } = await this.reading(ctx, req);
    return giveDocument(req, 'requests', await this.requests.list(ctx, caller, readListRequest(fields, this.clock), wantsExtensions(fields)));
  }

  @Get('requests/:file') @Webhook({ keepsRawBody: false, callsAMinute: CALLS_A_MINUTE })
  async show(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('file') file: string): Promise<string> {
    const number = namedBy(file);
    const { fields, caller } = await this.reading(ctx, req);
    const found = await this.requests.find(ctx, caller, number, wantsExtensions(fields));
    if (!found) throw new NotFound('The service_request_id is not the number of a report here.');
    return giveDocument(req, 'requests', [found]);
  }

  private async reading(ctx: RequestContext, req: GuildhallRequest): Promise<{ readonly fields: Fields; readonly caller: Awaited<ReturnType<Callers['reader']>> }> {
    const fields = queryOf(req);
    const caller = await this.callers.reader(ctx, fields);
    this.settings.refuseOtherJurisdiction(ctx, field(fields, 'jurisdiction_id'));
    return { fields, caller };
  }
}

function idempotencyKeyOf(req: GuildhallRequest): string | undefined {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) throw invalid('Idempotency-Key', 'must be 8 to 200 printable characters without spaces');
  return key;
}
