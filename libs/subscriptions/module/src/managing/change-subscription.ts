import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, demand, done, refused, type Clock, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { ChangeSubscription, MANAGE_SUBSCRIPTIONS, checkRequest, type ChangeRefusal, type SubscriptionView } from '@guildhall/subscriptions-contract';
import { SUBSCRIPTION_COLUMNS, toSubscription, type SubscriptionRow } from '../data/subscription-row';
import { DeliverDue } from '../delivering/jobs';
import { Limits } from '../subscriptions.limits';
import { checkChoices, type Choices } from './check-choices';
import { lockSubscription } from './find-subscription';

/** Changes what another system is told, or where. */
@Injectable()
export class ChangesSubscription {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(Limits) private readonly limits: Limits) {}

  async change(ctx: RequestContext, id: string, request: ChangeSubscription): Promise<Outcome<SubscriptionView, ChangeRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(ChangeSubscription, request);
    const checked = checkChoices(ctx, request, this.limits.privateReceivers(ctx));
    if (!checked.ok) return checked;
    const row = await this.db.run(ctx, (tx) => this.update(tx, id, request.version, checked.choices));
    return row ? done(toSubscription(row, this.clock.now())) : refused('changed-meanwhile', 'Somebody else has changed this subscription meanwhile. Look at how it is now, then change it.');
  }

  private async update(tx: TransactionContext, id: string, version: number, { title, url, eventTypes, caseTypes }: Choices): Promise<SubscriptionRow | undefined> {
    const before = await lockSubscription(tx, id);
    if (before.version !== version) return undefined;
    const moves = before.url !== url;
    // Of another address nothing bad is known yet.
    const [row] = await sql<SubscriptionRow>(tx, `
      update subscriptions.subscription set title = $3, url = $4, event_types = $5, case_types = $6, version = version + 1${moves ? ', failures_in_row = 0, failing_since = null, wait_until = null' : ''}
      where council_id = $1 and subscription_id = $2 returning ${SUBSCRIPTION_COLUMNS}`, [tx.council.id, id, title, url, eventTypes, caseTypes]);
    if (moves) enqueue(tx, DeliverDue, { subscriptionId: id }, { key: `now:${id}` });
    audit(tx, { action: 'subscriptions.changed', subject: { type: 'subscription', id }, detail: { moves } });
    return row;
  }
}
