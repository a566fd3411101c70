import { ASK_FOR_RESIDENTS, HANDLE_REQUESTS, INFORMATION_RIGHTS, type InformationRightsApi, type RightsRecord, type RightsRequestInFull, type RightsRequestPage, type RightsRequestView } from '@guildhall/information-rights-contract';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { AskBody, DecideErasureBody, GiveCopyBody, PauseBody, SaidBody, SeenBody } from './rights-api.dto';

/** Information rights for the council's systems: the contract over HTTP, errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/information-rights/v1')
export class RightsApiController {
  constructor(@Inject(INFORMATION_RIGHTS.token) private readonly rights: InformationRightsApi) {}

  @Get('requests') @Requires(HANDLE_REQUESTS)
  open(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<RightsRequestPage> { return this.rights.open(ctx, { ...(after !== undefined && { after }) }); }

  @Post('requests') @Requires(ASK_FOR_RESIDENTS)
  ask(@Ctx() ctx: RequestContext, @Body(dto(AskBody)) asked: AskBody): Promise<RightsRequestView> { return this.rights.ask(ctx, asked); }

  @Get('people/:person/requests') @Requires(HANDLE_REQUESTS)
  requestsOf(@Ctx() ctx: RequestContext, @Param('person') personId: string): Promise<readonly RightsRequestView[]> { return this.rights.requestsOf(ctx, personId); }

  @Get('requests/:request') @Requires(HANDLE_REQUESTS)
  find(@Ctx() ctx: RequestContext, @Param('request') id: string): Promise<RightsRequestInFull> { return this.rights.find(ctx, id); }

  @Get('requests/:request/records') @Requires(HANDLE_REQUESTS)
  records(@Ctx() ctx: RequestContext, @Param('request') id: string): Promise<readonly RightsRecord[]> { return this.rights.records(ctx, id); }

  @Get('requests/:request/copy') @Requires(HANDLE_REQUESTS)
  copy(@Ctx() ctx: RequestContext, @Param('request') id: string): Promise<unknown> { return this.rights.copy(ctx, id); }

  @Post('requests/:request/pause') @Requires(HANDLE_REQUESTS)
  async pause(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(PauseBody)) said: PauseBody): Promise<JsonResult> { return json(await this.rights.pause(ctx, id, said)); }

  @Post('requests/:request/resume') @Requires(HANDLE_REQUESTS)
  async resume(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(SeenBody)) seen: SeenBody): Promise<JsonResult> { return json(await this.rights.resume(ctx, id, seen)); }

  @Post('requests/:request/extend') @Requires(HANDLE_REQUESTS)
  async extend(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(SaidBody)) said: SaidBody): Promise<JsonResult> { return json(await this.rights.extend(ctx, id, said)); }

  @Post('requests/:request/refuse') @Requires(HANDLE_REQUESTS)
  async refuse(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(SaidBody)) said: SaidBody): Promise<JsonResult> { return json(await this.rights.refuse(ctx, id, said)); }

  @Post('requests/:request/give-copy') @Requires(HANDLE_REQUESTS)
  async giveCopy(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(GiveCopyBody)) given: GiveCopyBody): Promise<JsonResult> { return json(await this.rights.giveCopy(ctx, id, given)); }

  @Post('requests/:request/decide-erasure') @Requires(HANDLE_REQUESTS)
  async decideErasure(@Ctx() ctx: RequestContext, @Param('request') id: string, @Body(dto(DecideErasureBody)) decided: DecideErasureBody): Promise<JsonResult> { return json(await this.rights.decideErasure(ctx, id, decided)); }
}
