import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, ASK_OTHERS, DEVICES, NETWORKS, READ_AGREEMENTS, SHARING, type AgreementInForce, type AttributeId, type PersonChoice, type SharingApi, type SharingChannel, type TrailItems } from '@guildhall/sharing-contract';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is to be asked of another body. */
export class AskAnother {
  @IsString() @Matches(SLUG) @Length(1, 100) agreement!: string;
  @IsString() @Matches(SLUG) @Length(1, 100) holder!: string;
  /** Who it is about, as this body knows them. */
  @IsString() @Length(1, 200) person!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @IsString({ each: true }) @Matches(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, { each: true }) attributes!: AttributeId[];
  @IsString() @Length(1, 300) because!: string;
  @IsOptional() @IsString() @Matches(SLUG) @Length(1, 100) service?: string;
  /** Who looks, by a name that is none of theirs. */
  @IsOptional() @IsString() @Length(1, 100) officer?: string;
  @IsIn(NETWORKS) network!: SharingChannel['network'];
  @IsIn(DEVICES) device!: SharingChannel['device'];
}

/** Sharing for the body's own systems: the contract over HTTP, errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/sharing/v1')
export class SharingApiController {
  constructor(@Inject(SHARING.token) private readonly sharing: SharingApi) {}

  @Get('agreements') @Requires(READ_AGREEMENTS)
  agreements(@Ctx() ctx: RequestContext): Promise<readonly AgreementInForce[]> { return this.sharing.agreements(ctx); }

  @Post('exchanges') @Requires(ASK_OTHERS)
  async ask(@Ctx() ctx: RequestContext, @Body(dto(AskAnother)) question: AskAnother): Promise<JsonResult> { return json(await this.sharing.ask(ctx, question)); }

  @Get('people/:person/trail') @Requires(ACT_ON_SHARING)
  trail(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('before') before?: string): Promise<TrailItems> { return this.sharing.trail(ctx, personId, { before }); }

  @Get('people/:person/choices') @Requires(ACT_ON_SHARING)
  choices(@Ctx() ctx: RequestContext, @Param('person') personId: string): Promise<readonly PersonChoice[]> { return this.sharing.choices(ctx, personId); }
}
