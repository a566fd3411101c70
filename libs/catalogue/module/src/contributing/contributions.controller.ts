import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Query } from '@nestjs/common';
import { linksOf, placeIn } from '../browsing/list-part';
import { CONTRIBUTION_ID, Contributions } from './contributions';

/** What councils and suppliers added, for anybody. */
@Controller('catalogue')
export class ContributionsController {
  constructor(private readonly contributions: Contributions) {}

  @Get('support') @Public()
  async support(@Ctx() ctx: RequestContext, @Query('after') asked?: unknown): Promise<PageResult> {
    const after = placeIn(asked, CONTRIBUTION_ID);
    const offers = await this.contributions.newest(ctx, { kind: 'offer', after });
    return page('catalogue/support', { offers: offers.items, ...linksOf(offers, '/catalogue/support', after) });
  }

  @Get('help') @Public()
  async help(@Ctx() ctx: RequestContext, @Query() asked: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const list = async (way: 'asks' | 'offers'): Promise<Readonly<Record<string, unknown>>> => {
      const after = placeIn(asked[way], CONTRIBUTION_ID);
      const part = await this.contributions.newest(ctx, { kind: 'help', way, after });
      return { items: part.items, ...linksOf(part, '/catalogue/help', after, way) };
    };
    return page('catalogue/help', { asks: await list('asks'), offers: await list('offers') });
  }

  @Get('adopters') @Public()
  async adopters(@Ctx() ctx: RequestContext, @Query('after') asked?: unknown): Promise<PageResult> {
    const after = placeIn(asked, CONTRIBUTION_ID);
    const adoptions = await this.contributions.newest(ctx, { kind: 'adoption', after });
    return page('catalogue/adopters', { adoptions: adoptions.items, ...linksOf(adoptions, '/catalogue/adopters', after) });
  }
}
