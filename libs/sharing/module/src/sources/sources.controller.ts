import { Controller, Get } from '@nestjs/common';
import { Ctx, Limited, Requires, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { READ_AGREEMENTS } from '@guildhall/sharing-contract';
import { ReadsSources } from './reads-sources';

/** A look reads other systems: nobody makes us do that without end. */
const MOST_LOOKS_A_MINUTE = 60;

/** The officer's pages of where this body tells from. */
@Controller('desk/sharing/sources')
export class SourcesController {
  constructor(private readonly sources: ReadsSources) {}

  @Get() @Requires(READ_AGREEMENTS) @Limited(MOST_LOOKS_A_MINUTE)
  async list(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('sharing/sources/sources', { sources: await this.sources.list(ctx) }); }

  @Get('rows') @Requires(READ_AGREEMENTS) @Limited(MOST_LOOKS_A_MINUTE)
  async rows(@Ctx() ctx: RequestContext): Promise<PageResult> { return page('sharing/sources/rows', await this.sources.firstRows(ctx)); }
}
