import { Ctx, Public, page, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get } from '@nestjs/common';
import { OwnFeed } from '../logging/own-feed';
import { FollowsFeeds } from './follows-feeds';
import { toldFeed } from './told-feed';

/** Which other catalogues' feeds are followed, since when each has not been heard, and in what they differ, for people. */
@Controller('catalogue/feeds')
export class FeedsController {
  constructor(private readonly feeds: FollowsFeeds, private readonly own: OwnFeed) {}

  @Get() @Public()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const [followed, conflicts] = await Promise.all([this.feeds.all(ctx), this.feeds.conflicts(ctx)]);
    return page('catalogue/feeds', { feeds: followed.map(toldFeed), conflicts, own: { name: this.own.options(ctx).feedOrigin, key: this.own.verifierKey(ctx) } });
  }
}
