import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { InvalidInput, NotFound } from '@guildhall/kernel-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Ctx, Requires, dto, json, type GuildhallRequest, type JsonResult } from '@guildhall/kernel';
import { AssignCase, CASES, MoveCase, NoteOnCase, OPEN_CASES, OpenCase, SEE_CASES, TellResident, WriteToCouncil, parseReference } from '@guildhall/cases-contract';
import type { CaseCount, CasePage, CaseView, CasesApi, ChangeCase, TimelinePage, WhichCase } from '@guildhall/cases-contract';
import { actingContext } from './acting';
import { listRequestFrom, wholeNumber, type Query as QueryString } from './list-request';

/** Cases for programs: the contract over HTTP, errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/cases/v1/cases')
export class CasesApiController {
  constructor(@Inject(CASES.token) private readonly cases: CasesApi) {}

  @Post()
  @Requires(OPEN_CASES)
  async open(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Body(dto(OpenCase)) request: OpenCase): Promise<JsonResult> {
    return json(await this.cases.open(actingContext(ctx, req), request), 201);
  }

  @Get()
  @Requires(SEE_CASES)
  async list(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Query() query: QueryString): Promise<CasePage> {
    return this.cases.list(actingContext(ctx, req), await listRequestFrom(query));
  }

  @Get('count')
  @Requires(SEE_CASES)
  async count(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Query() query: QueryString): Promise<CaseCount> {
    return this.cases.count(actingContext(ctx, req), await listRequestFrom(query), wholeNumber(query, 'most', 1, 1000));
  }

  @Get('by-reference/:reference')
  @Requires(SEE_CASES)
  async findByReference(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('reference') reference: string): Promise<CaseView> {
    return this.found(ctx, req, byReference(ctx, req, reference));
  }

  @Get('by-reference/:reference/timeline')
  @Requires(SEE_CASES)
  async timelineByReference(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('reference') reference: string, @Query() query: QueryString): Promise<TimelinePage> {
    return this.timelineOf(ctx, req, byReference(ctx, req, reference), query);
  }

  @Get(':caseId')
  @Requires(SEE_CASES)
  async find(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string): Promise<CaseView> {
    return this.found(ctx, req, { caseId });
  }

  @Get(':caseId/timeline')
  @Requires(SEE_CASES)
  async timeline(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Query() query: QueryString): Promise<TimelinePage> {
    return this.timelineOf(ctx, req, { caseId }, query);
  }

  @Post(':caseId/moves')
  @HttpCode(200)
  @Requires(SEE_CASES)
  async move(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Body(dto(MoveCase)) request: MoveCase): Promise<JsonResult> {
    return json(await this.cases.move(actingContext(ctx, req), sameCase(caseId, request)));
  }

  @Post(':caseId/notes')
  @Requires(SEE_CASES)
  async note(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Body(dto(NoteOnCase)) request: NoteOnCase): Promise<JsonResult> {
    return json(await this.cases.note(actingContext(ctx, req), sameCase(caseId, request)), 201);
  }

  @Post(':caseId/updates')
  @Requires(SEE_CASES)
  async tell(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Body(dto(TellResident)) request: TellResident): Promise<JsonResult> {
    return json(await this.cases.tell(actingContext(ctx, req), sameCase(caseId, request)), 201);
  }

  @Post(':caseId/answers')
  @Requires(SEE_CASES)
  async write(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Body(dto(WriteToCouncil)) request: WriteToCouncil): Promise<JsonResult> {
    return json(await this.cases.write(actingContext(ctx, req), sameCase(caseId, request)), 201);
  }

  @Post(':caseId/assignments')
  @HttpCode(200)
  @Requires(SEE_CASES)
  async assign(@Ctx() ctx: RequestContext, @Req() req: GuildhallRequest, @Param('caseId') caseId: string, @Body(dto(AssignCase)) request: AssignCase): Promise<JsonResult> {
    return json(await this.cases.assign(actingContext(ctx, req), sameCase(caseId, request)));
  }

  private async found(ctx: RequestContext, req: GuildhallRequest, which: WhichCase): Promise<CaseView> {
    const found = await this.cases.find(actingContext(ctx, req), which);
    if (!found) throw new NotFound('There is no such case here.');
    return found;
  }

  private async timelineOf(ctx: RequestContext, req: GuildhallRequest, which: WhichCase, query: QueryString): Promise<TimelinePage> {
    const { after } = query;
    return this.cases.timeline(actingContext(ctx, req), which, { limit: wholeNumber(query, 'limit', 1, 100), ...(typeof after === 'string' && { after }) });
  }
}

/** References are read as people write them; the key of a status page comes in a header, for addresses are written into logs. */
function byReference(ctx: RequestContext, req: GuildhallRequest, typed: string): WhichCase {
  const reference = parseReference(typed, ctx.council.referencePrefix) ?? typed;
  const statusKey = req.headers['guildhall-status-key'];
  return typeof statusKey === 'string' ? { reference, statusKey } : { reference };
}

function sameCase<Request extends ChangeCase>(caseId: string, request: Request): Request {
  if (request.caseId !== caseId) throw new InvalidInput('The case in the body is not the case in the address.', [{ field: 'caseId', message: 'is not the case in the address' }]);
  return request;
}
