import { Controller, Get, Param, Query } from '@nestjs/common';
import { IDENTITY } from '@guildhall/identity-contract';
import { Ctx, ForResidents, hasContract, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS } from '@guildhall/notifications-contract';
import { ShowsLinks } from '../linking/shows-links';
import { Reminders } from '../reminding/reminders';
import { Holdings } from './holdings';
import { MayBeShared, stoppableIn } from './may-be-shared';
import { ShowsTrail } from './shows-trail';
import { placeIn } from './trail';
import { residentOf } from './whose-information';

/** A resident's own information: who looked at it, what may be shared, and what is held. */
@Controller('account/information')
export class InformationController {
  constructor(private readonly trail: ShowsTrail, private readonly shared: MayBeShared, private readonly holdings: Holdings, private readonly linking: ShowsLinks, private readonly reminders: Reminders) {}

  @Get() @ForResidents()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const personId = residentOf(ctx);
    const [trail, { agreements, stillKept }, holdings, links, remindedAt] = await Promise.all([this.trail.page(ctx, personId), this.shared.all(ctx, personId), this.holdings.of(ctx, personId), this.linking.list(ctx, personId), this.reminders.last(ctx, personId)]);
    return page('sharing/information/information', { trail, agreements, stillKept, holdings, links, remindedAt, isReminded: hasContract(ctx, IDENTITY) && hasContract(ctx, NOTIFICATIONS), stoppable: stoppableIn([...agreements, ...stillKept]) });
  }

  @Get('looked') @ForResidents()
  async older(@Ctx() ctx: RequestContext, @Query('before') before?: string): Promise<PageResult> {
    const personId = residentOf(ctx);
    const [trail, { agreements, stillKept }] = await Promise.all([this.trail.page(ctx, personId, before === undefined ? undefined : placeIn(before)), this.shared.all(ctx, personId)]);
    return page('sharing/information/looked', { trail, stoppable: stoppableIn([...agreements, ...stillKept]) });
  }

  @Get('entries/:index') @ForResidents()
  async proof(@Ctx() ctx: RequestContext, @Param('index') index: string): Promise<PageResult> {
    return page('sharing/information/proof', await this.trail.line(ctx, residentOf(ctx), index));
  }
}
