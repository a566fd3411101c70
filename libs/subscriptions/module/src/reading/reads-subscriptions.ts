import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { CLOCK, InvalidInput, demand, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, type SubscriptionPage, type SubscriptionView } from '@guildhall/subscriptions-contract';
import { SUBSCRIPTION_COLUMNS, toSubscription, type SubscriptionRow } from '../data/subscription-row';
import { noSubscription } from '../managing/find-subscription';
import { limitOf } from './place-in-list';

const MOST_COUNTED = 100;

/** Which systems are told what. */
@Injectable()
export class ReadsSubscriptions {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async list(ctx: RequestContext, page: { readonly after?: string; readonly limit?: number } = {}): Promise<SubscriptionPage> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const limit = limitOf(page.limit);
    if (page.after !== undefined && !isUuid(page.after)) throw new InvalidInput('This page of the list is not known. Begin at the first page.', [{ field: 'after', message: 'is not a place in this list' }]);
    const rows = await this.db.query<SubscriptionRow>(ctx, `select ${SUBSCRIPTION_COLUMNS} from subscriptions.subscription where council_id = $1 ${page.after ? 'and subscription_id > $3' : ''} order by subscription_id limit $2`, [ctx.council.id, limit + 1, ...(page.after ? [page.after] : [])]);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { subscriptions: rows.slice(0, limit).map((row) => toSubscription(row, this.clock.now())), ...(last && { next: last.subscription_id }) };
  }

  /** @throws NotFound */
  async find(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return toSubscription(await this.row(ctx, id), this.clock.now());
  }

  /** @throws NotFound */
  async row(ctx: RequestContext, id: string): Promise<SubscriptionRow> {
    const [row] = isUuid(id) ? await this.db.query<SubscriptionRow>(ctx, `select ${SUBSCRIPTION_COLUMNS} from subscriptions.subscription where council_id = $1 and subscription_id = $2`, [ctx.council.id, id]) : [];
    if (!row) throw noSubscription();
    return row;
  }

  /** Subscriptions that were disabled and events that were given up, counted to a hundred. */
  async countTroubles(ctx: RequestContext): Promise<{ readonly count: number; readonly isCapped: boolean }> {
    const [found] = await this.db.query<{ count: number }>(ctx, `
      select count(*)::int as count from (
        select from subscriptions.subscription where council_id = $1 and state = 'disabled'
        union all (select from subscriptions.delivery where council_id = $1 and state = 'dead' and not is_test limit ${MOST_COUNTED + 1})) as troubles`, [ctx.council.id]);
    const count = found?.count ?? 0;
    return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
  }
}
