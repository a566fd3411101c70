import { Inject, Injectable } from '@nestjs/common';
import { may, type RequestContext } from '@guildhall/kernel-contract';
import type { DeskArea, DeskBadge } from '@guildhall/portal-contract';
import { MANAGE_SUBSCRIPTIONS } from '@guildhall/subscriptions-contract';
import { ReadsSubscriptions } from '../reading/reads-subscriptions';

/** The desk's area for other systems. */
@Injectable()
export class SubscriptionsOnDesk implements DeskArea {
  readonly id = 'subscriptions.other-systems';
  readonly order = 800;
  readonly titleKey = 'subscriptions.desk.area';
  readonly href = '/desk/subscriptions';
  readonly permission = MANAGE_SUBSCRIPTIONS;
  constructor(@Inject(ReadsSubscriptions) private readonly reading: ReadsSubscriptions) {}

  async badge(ctx: RequestContext): Promise<DeskBadge | undefined> {
    if (!may(ctx, MANAGE_SUBSCRIPTIONS)) return undefined;
    const { count, isCapped } = await this.reading.countTroubles(ctx);
    return count ? { count, isCapped } : undefined;
  }
}
