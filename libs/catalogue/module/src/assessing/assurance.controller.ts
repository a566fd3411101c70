import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get } from '@nestjs/common';
import { ReadsAssurance } from './reads-assurance';

/** What was found, by principle and by whom. */
@Controller('catalogue/assurance')
export class AssuranceController {
  constructor(private readonly assurance: ReadsAssurance) {}

  @Get() @Public()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('catalogue/assurance', { principles: await this.assurance.byPrinciple(ctx) }); }
}
