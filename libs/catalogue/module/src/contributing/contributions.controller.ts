import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get } from '@nestjs/common';
import { Contributions } from './contributions';

/** What councils and suppliers added, for anybody. */
@Controller('catalogue')
export class ContributionsController {
  constructor(private readonly contributions: Contributions) {}

  @Get('support') @Public()
  async support(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('catalogue/support', { offers: await this.contributions.newest(ctx, 'offer') }); }

  @Get('help') @Public()
  async help(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const all = await this.contributions.newest(ctx, 'help');
    return page('catalogue/help', { asks: all.filter(({ written }) => written['way'] === 'asks'), offers: all.filter(({ written }) => written['way'] === 'offers') });
  }

  @Get('adopters') @Public()
  async adopters(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('catalogue/adopters', { adoptions: await this.contributions.newest(ctx, 'adoption') }); }
}
