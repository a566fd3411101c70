import { ASSIST_PEOPLE, MANAGE_MACHINES, READ_PEOPLE, READ_STAFF, REGISTER_PEOPLE } from '@guildhall/identity-contract';
import type { MachineCredential, MachinePage, OfficerView, Person, PersonContact, Team } from '@guildhall/identity-contract';
import { Ctx, JsonResult, Requires, dto, json } from '@guildhall/kernel';
import { NotFound } from '@guildhall/kernel-contract';
import type { OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { IdentityService } from '../identity.service';
import { AssistedBody, ClaimCodeBody, ContactChangesBody, FindOrCreateBody, MachineBody } from './identity-requests';

/** Identity over HTTP, for other systems of the council's. */
@Controller('api/identity/v1')
export class IdentityApiController {
  constructor(@Inject(IdentityService) private readonly identity: IdentityService) {}

  @Get('people/:person') @Requires(READ_PEOPLE)
  async person(@Ctx() ctx: RequestContext, @Param('person') person: string): Promise<Person> {
    return found(await this.identity.person(ctx, person as PersonId));
  }

  @Get('people/:person/contact') @Requires(READ_PEOPLE)
  async contact(@Ctx() ctx: RequestContext, @Param('person') person: string): Promise<PersonContact> {
    return found(await this.identity.contactOf(ctx, person as PersonId));
  }

  @Post('people') @Requires(REGISTER_PEOPLE)
  async findOrCreate(@Ctx() ctx: RequestContext, @Body(dto(FindOrCreateBody)) body: FindOrCreateBody): Promise<JsonResult> {
    const result = await this.identity.findOrCreate(ctx, body);
    return json(result, result.isNew ? 201 : 200);
  }

  @Patch('people/:person') @Requires(ASSIST_PEOPLE)
  async updateContact(@Ctx() ctx: RequestContext, @Param('person') person: string, @Body(dto(ContactChangesBody)) body: ContactChangesBody): Promise<JsonResult> {
    return json(await this.identity.updateContact(ctx, person as PersonId, body));
  }

  @Post('assisted-people') @Requires(ASSIST_PEOPLE)
  async createForAssisted(@Ctx() ctx: RequestContext, @Body(dto(AssistedBody)) body: AssistedBody): Promise<JsonResult> {
    return json(await this.identity.createForAssisted(ctx, body), 201);
  }

  @Post('claim-codes') @Requires(ASSIST_PEOPLE)
  async issueClaimCode(@Ctx() ctx: RequestContext, @Body(dto(ClaimCodeBody)) body: ClaimCodeBody): Promise<JsonResult> {
    return json(await this.identity.issueClaimCode(ctx, body), 201);
  }

  @Get('officers') @Requires(READ_STAFF)
  officers(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<readonly OfficerView[]> {
    return this.identity.officers(ctx, { team: typeof query.team === 'string' ? query.team : undefined, includeInactive: query.includeInactive === 'true' });
  }

  @Get('officers/:officer') @Requires(READ_STAFF)
  async officer(@Ctx() ctx: RequestContext, @Param('officer') officer: string): Promise<OfficerView> {
    return found(await this.identity.officer(ctx, officer as OfficerId));
  }

  @Get('teams') @Requires(READ_STAFF)
  teams(@Ctx() ctx: RequestContext): Promise<readonly Team[]> {
    return this.identity.teams(ctx);
  }

  @Get('machine-clients') @Requires(MANAGE_MACHINES)
  machines(@Ctx() ctx: RequestContext, @Query('after') after?: string): Promise<MachinePage> {
    return this.identity.machines(ctx, after);
  }

  @Put('machine-clients/:client') @Requires(MANAGE_MACHINES)
  registerMachine(@Ctx() ctx: RequestContext, @Param('client') clientId: string, @Body(dto(MachineBody)) body: MachineBody): Promise<MachineCredential> {
    return this.identity.registerMachine(ctx, { clientId, ...body });
  }

  @Delete('machine-clients/:client') @Requires(MANAGE_MACHINES) @HttpCode(204)
  async endMachine(@Ctx() ctx: RequestContext, @Param('client') clientId: string): Promise<void> {
    await this.identity.endMachine(ctx, clientId);
  }
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new NotFound();
  return value;
}
