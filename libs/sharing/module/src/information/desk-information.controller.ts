import { Controller, Get, Param, Query } from '@nestjs/common';
import { Ctx, Requires, page, type PageResult } from '@guildhall/kernel';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, LOOK_AT_OTHERS } from '@guildhall/sharing-contract';
import { ShowsLinks } from '../linking/shows-links';
import { Holdings } from './holdings';
import { MayBeShared, stoppableIn } from './may-be-shared';
import { PersonOnDesk } from './person-on-desk';
import { ShowsTrail } from './shows-trail';
import { placeIn } from './trail';
import { caseIn, fromCase } from './way-back';
import { lookingAt, onDesk } from './whose-information';

/** A resident's information, as an adviser reads it to them on the telephone. */
@Controller('desk/information/people/:person')
export class DeskInformationController {
  constructor(private readonly trail: ShowsTrail, private readonly shared: MayBeShared, private readonly holdings: Holdings, private readonly links: ShowsLinks, private readonly people: PersonOnDesk) {}

  @Get() @Requires(ACT_ON_SHARING)
  async show(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('from') from?: unknown): Promise<PageResult> {
    const [name, cameFrom] = [await this.people.look(ctx, personId), caseIn(from)];
    const [trail, { agreements, stillKept }, holdings, links] = await Promise.all([this.trail.page(ctx, personId), this.shared.all(ctx, personId), this.holdings.of(ctx, personId), this.links.list(ctx, personId)]);
    return page('sharing/information/information', { ...onDesk(personId, name), cameFrom, trail, agreements, stillKept, holdings, links, stoppable: stoppableIn([...agreements, ...stillKept]), ...(may(ctx, LOOK_AT_OTHERS) && { lookHref: fromCase(lookingAt(personId), cameFrom?.reference) }) });
  }

  @Get('looked') @Requires(ACT_ON_SHARING)
  async older(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Query('before') before?: string): Promise<PageResult> {
    const name = await this.people.look(ctx, personId);
    const [trail, { agreements, stillKept }] = await Promise.all([this.trail.page(ctx, personId, before === undefined ? undefined : placeIn(before)), this.shared.all(ctx, personId)]);
    return page('sharing/information/looked', { ...onDesk(personId, name), trail, stoppable: stoppableIn([...agreements, ...stillKept]) });
  }

  @Get('entries/:index') @Requires(ACT_ON_SHARING)
  async proof(@Ctx() ctx: RequestContext, @Param('person') personId: string, @Param('index') index: string): Promise<PageResult> {
    const name = await this.people.look(ctx, personId);
    return page('sharing/information/proof', { ...onDesk(personId, name), ...(await this.trail.line(ctx, personId, index)) });
  }
}
