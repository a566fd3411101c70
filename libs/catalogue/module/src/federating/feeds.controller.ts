import { Ctx, Public, json, page, type JsonResult, type PageResult } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { Controller, Get, Query } from '@nestjs/common';
import { OwnFeed } from '../logging/own-feed';
import { FollowsFeeds, type Followed } from './follows-feeds';

/** Which other catalogues' feeds are followed, since when each has not been heard, and in what they differ: for people, and for programs. */
@Controller()
export class FeedsController {
  constructor(private readonly feeds: FollowsFeeds, private readonly own: OwnFeed) {}

  @Get('catalogue/feeds') @Public()
  async show(@Ctx() ctx: RequestContext): Promise<PageResult> {
    const [followed, conflicts] = await Promise.all([this.feeds.all(ctx), this.feeds.conflicts(ctx)]);
    return page('catalogue/feeds', { feeds: followed.map(told), conflicts, own: { name: this.own.options(ctx).feedOrigin, key: this.own.verifierKey(ctx) } });
  }

  /** The feeds that are followed, with how far each is read and what is wrong with it. */
  @Get('api/catalogue/v1/feeds') @Public()
  async list(@Ctx() ctx: RequestContext): Promise<JsonResult> { return json({ items: (await this.feeds.all(ctx)).map(told) }); }

  /** What feeds say and is not listed here, or not any more; all of it, or about one package or publisher. */
  @Get('api/catalogue/v1/conflicts') @Public()
  async conflicts(@Ctx() ctx: RequestContext, @Query('about') about?: string): Promise<JsonResult> { return json({ items: await this.feeds.conflicts(ctx, typeof about === 'string' ? about.replaceAll('\0', '\uFFFD') : undefined) }); }
}

interface ToldFeed { readonly name: string; readonly origin: string; readonly entries: number; readonly heardAt: string | null; readonly askedAt: string | null; readonly isComplete: boolean; readonly state: 'new' | 'heard' | 'silent' | 'alarm'; readonly fault: string | null; readonly alarm: { readonly reason: string; readonly at: string; readonly notes: readonly string[] } | null }
function told({ name, origin, size, heardAt, askedAt, completeAt, fault, alarm }: Followed): ToldFeed {
  const state = alarm ? 'alarm' : fault !== undefined ? 'silent' : heardAt ? 'heard' : 'new';
  return { name, origin, entries: size, heardAt: heardAt?.toISOString() ?? null, askedAt: askedAt?.toISOString() ?? null, isComplete: completeAt !== undefined && heardAt !== undefined && completeAt >= heardAt, state, fault: fault ?? null, alarm: alarm ?? null };
}
