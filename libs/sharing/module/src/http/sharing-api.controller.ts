import { Body, Controller, Post } from '@nestjs/common';
import { Ctx, Requires, dto, json, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ASK_OTHERS, DEVICES, NETWORKS, type AttributeId, type SharingChannel } from '@guildhall/sharing-contract';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { AsksExchange } from '../asking/asks-exchange';

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

/** Asking for the body's own systems: errors as RFC 9457, refusals as `{ ok: false, refusal }` with 422. */
@Controller('api/sharing/v1')
export class SharingApiController {
  constructor(private readonly asks: AsksExchange) {}

  @Post('exchanges') @Requires(ASK_OTHERS)
  async ask(@Ctx() ctx: RequestContext, @Body(dto(AskAnother)) { agreement, holder, person, attributes, because, service, officer, network, device }: AskAnother): Promise<JsonResult> {
    return json(await this.asks.ask(ctx, { agreementId: agreement, holder, localId: person, attributes, because, by: { service: service ?? null, officer: officer ?? null, network, device } }));
  }
}
