import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, Conflict, demand, done, refused, type Clock, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { CreateSubscription, MANAGE_SUBSCRIPTIONS, checkRequest, type SubscribeRefusal, type SubscriptionWithSecret } from '@guildhall/subscriptions-contract';
import { SUBSCRIPTION_COLUMNS, toSubscription, type SubscriptionRow } from '../data/subscription-row';
import { secretFor } from '../delivering/secrets';
import { Limits } from '../subscriptions.limits';
import { MOST_SUBSCRIPTIONS, checkChoices, type Choices } from './check-choices';

/** Begins to tell another system. */
@Injectable()
export class CreatesSubscription {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(Limits) private readonly limits: Limits) {}

  async create(ctx: RequestContext, request: CreateSubscription): Promise<Outcome<SubscriptionWithSecret, SubscribeRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(CreateSubscription, request);
    const checked = checkChoices(ctx, request, this.limits.privateReceivers(ctx));
    if (!checked.ok) return checked;
    const row = await this.db.run(ctx, (tx) => this.insert(tx, request.subscriptionId, checked.choices));
    if (!row) return refused('too-many', `A council has at most ${MOST_SUBSCRIPTIONS} subscriptions. Remove one that nobody needs.`);
    return done({ subscription: toSubscription(row, this.clock.now()), secret: secretFor(ctx, row) });
  }

  private async insert(tx: TransactionContext, id: string, { title, url, eventTypes, caseTypes }: Choices): Promise<SubscriptionRow | undefined> {
    // One after the other, or two that come together would both be the last that is allowed.
    await sql(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0)) is null as waited', [`${tx.council.id} subscriptions`]);
    const stored = await this.stored(tx, id);
    if (!stored) {
      const [counted] = await sql<{ count: number }>(tx, 'select count(*)::int as count from subscriptions.subscription where council_id = $1', [tx.council.id]);
      if ((counted?.count ?? 0) >= MOST_SUBSCRIPTIONS) return undefined;
      const [made] = await sql<SubscriptionRow>(tx, `
        insert into subscriptions.subscription (council_id, subscription_id, title, url, event_types, case_types, state, created_at) values ($1, $2, $3, $4, $5, $6, 'active', $7) returning ${SUBSCRIPTION_COLUMNS}`, [tx.council.id, id, title, url, eventTypes, caseTypes, this.clock.now()]);
      audit(tx, { action: 'subscriptions.created', subject: { type: 'subscription', id } });
      return made;
    }
    const same = stored.title === title && stored.url === url && String(stored.event_types) === String(eventTypes) && String(stored.case_types) === String(caseTypes);
    if (!same) throw new Conflict('There is another subscription with this id. Make a new id for a new subscription.');
    // Asking again shows the secret again.
    audit(tx, { action: 'subscriptions.secret-seen', subject: { type: 'subscription', id } });
    return stored;
  }

  private async stored(tx: TransactionContext, id: string): Promise<SubscriptionRow | undefined> {
    const [row] = await sql<SubscriptionRow>(tx, `select ${SUBSCRIPTION_COLUMNS} from subscriptions.subscription where council_id = $1 and subscription_id = $2`, [tx.council.id, id]);
    return row;
  }
}
