import { Database, enqueue } from '@guildhall/kernel';
import type { JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { FollowsFeeds } from './follows-feeds';
import { MirrorFeed } from './jobs';

/** Has each feed that is followed read on; none waits for another. */
@Injectable()
export class MirrorsFeeds implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, private readonly feeds: FollowsFeeds) {}

  async run(ctx: RequestContext): Promise<void> {
    const followed = (await this.feeds.all(ctx)).filter(({ alarm }) => !alarm);
    if (followed.length > 0) await this.db.run(ctx, async (tx) => { for (const { name } of followed) enqueue(tx, MirrorFeed, { feed: name }, { key: name }); });
  }
}
