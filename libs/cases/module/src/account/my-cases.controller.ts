import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Ctx, ForResidents, page, type PageResult } from '@guildhall/kernel';
import { ListsCases } from '../finding/lists-cases';
import { shownCase } from './cases-in-account';

/** All of a resident's cases, page by page. */
@Controller('account/cases')
export class MyCasesController {
  constructor(@Inject(ListsCases) private readonly lists: ListsCases) {}

  @Get()
  @ForResidents()
  async show(@Ctx() ctx: RequestContext, @Query('after') cursor?: string | string[]): Promise<PageResult> {
    const after = typeof cursor === 'string' && cursor ? cursor : undefined;
    const found = await this.lists.list(ctx, { status: 'any', sort: 'moved', limit: 25, ...(after && { after }) });
    return page('cases/my-cases', { items: found.items.map((item) => shownCase(ctx, item)), nextHref: found.next && `/account/cases?after=${found.next}`, firstHref: after && '/account/cases' });
  }
}
