import { Ctx, Public } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Query } from '@nestjs/common';
import { FollowsFeeds, type FeedConflict } from './follows-feeds';
import { toldFeed, type ToldFeed } from './told-feed';

/** Which other catalogues' feeds are followed, and in what they differ, for programs. */
@Controller('api/catalogue/v1')
export class FeedsApiController {
  constructor(private readonly feeds: FollowsFeeds) {}

  /** The feeds that are followed, with how far each is read and what is wrong with it. */
  @Get('feeds') @Public()
  async list(@Ctx() ctx: RequestContext): Promise<{ readonly items: readonly ToldFeed[] }> { return { items: (await this.feeds.all(ctx)).map(toldFeed) }; }

  /** What feeds say and is not listed here, or not any more; all of it, or about one package or publisher. */
  @Get('conflicts') @Public()
  async conflicts(@Ctx() ctx: RequestContext, @Query('about') about?: string): Promise<{ readonly items: readonly FeedConflict[] }> { return { items: await this.feeds.conflicts(ctx, typeof about === 'string' ? about.replaceAll('\0', '\uFFFD') : undefined) }; }
}
