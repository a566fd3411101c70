import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, demand, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, RollSecret, checkRequest, type SubscriptionWithSecret } from '@guildhall/subscriptions-contract';
import { SUBSCRIPTION_COLUMNS, toSubscription, type SubscriptionRow } from '../data/subscription-row';
import { secretFor } from '../delivering/secrets';
import { lockSubscription } from './find-subscription';

const HOUR = 3_600_000;
const FORMER_SIGNS_FOR_HOURS = 24;

/** Hands out the secret by which a receiver knows the council, and makes another. */
@Injectable()
export class HandsOutSecret {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async reveal(ctx: RequestContext, id: string): Promise<SubscriptionWithSecret> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const row = await this.db.run(ctx, async (tx) => {
      const found = await lockSubscription(tx, id);
      audit(tx, { action: 'subscriptions.secret-seen', subject: { type: 'subscription', id } });
      return found;
    });
    return this.shown(ctx, row);
  }

  /** Of three secrets the oldest no longer signs. */
  async roll(ctx: RequestContext, id: string, request: RollSecret): Promise<SubscriptionWithSecret> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(RollSecret, request);
    const formerSecretForHours = request.formerSecretForHours ?? FORMER_SIGNS_FOR_HOURS;
    const row = await this.db.run(ctx, async (tx) => {
      const before = await lockSubscription(tx, id);
      audit(tx, { action: 'subscriptions.secret-rolled', subject: { type: 'subscription', id }, detail: { formerSecretForHours } });
      const [rolled] = await sql<SubscriptionRow>(tx, `
        update subscriptions.subscription set secret_number = secret_number + 1, former_secret_until = $3, version = version + 1 where council_id = $1 and subscription_id = $2 returning ${SUBSCRIPTION_COLUMNS}`, [tx.council.id, id, new Date(this.clock.now().getTime() + formerSecretForHours * HOUR)]);
      return rolled ?? before;
    });
    return this.shown(ctx, row);
  }

  private shown(ctx: RequestContext, row: SubscriptionRow): SubscriptionWithSecret {
    return { subscription: toSubscription(row, this.clock.now()), secret: secretFor(ctx, row) };
  }
}
