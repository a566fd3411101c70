import { Ctx, Public, download, page, type DownloadResult, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Param, Query } from '@nestjs/common';
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

  /** What an assessor signed, as a file: whoever was assessed says against it what they have to say. */
  @Get(':digest') @Public()
  async signed(@Ctx() ctx: RequestContext, @Param('digest') digest: string): Promise<DownloadResult> {
    return download(Buffer.from(JSON.stringify(await this.assurance.signed(ctx, digest), undefined, 2)), { filename: 'assessment.json', type: 'application/json' });
  }
}
