import { Controller, Get } from '@nestjs/common';
import { Ctx, Public, json, type JsonResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { OwnDeployment } from './own-deployment';

/** What other bodies fetch instead of having it typed in: what runs here, and what assessors have found of it. */
@Controller('sharing')
export class AssuranceController {
  constructor(private readonly deployment: OwnDeployment) {}

  @Get('assurance') @Public()
  async assurance(@Ctx() ctx: RequestContext): Promise<JsonResult> { return json(await this.deployment.published(ctx)); }
}
