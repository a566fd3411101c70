import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Query } from '@nestjs/common';
import { linksOf, placeIn } from '../browsing/list-part';
import { ASSESSMENT_DIGEST, ReadsAssurance } from './reads-assurance';

/** What was found, by principle and by whom. */
@Controller('catalogue/assurance')
export class AssuranceController {
  constructor(private readonly assurance: ReadsAssurance) {}

  @Get() @Public()
  async show(@Ctx() ctx: RequestContext, @Query('after') asked?: unknown): Promise<PageResult> {
    const after = placeIn(asked, ASSESSMENT_DIGEST);
    const found = await this.assurance.byPrinciple(ctx, after);
    return page('catalogue/assurance', { principles: found.items, ...linksOf(found, '/catalogue/assurance', after) });
  }
}
