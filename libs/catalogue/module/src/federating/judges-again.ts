import type { FeedEntry, FeedItem, PackageFacts } from '@guildhall/catalogue-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, demand, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { cannotBeKept } from '../logging/cannot-be-kept';
import { WritesFeed } from '../logging/writes-feed';
import { MANAGE_CATALOGUE } from '../members/permissions';
import { JUDGEABLE, REMOVED_HERE } from './feed-conflicts';
import { FollowsFeeds } from './follows-feeds';
import { JudgeAgain } from './jobs';
import { TakesFeedItem } from './takes-feed-item';

interface Row { readonly index: string; readonly entry: FeedEntry; readonly envelope: Envelope; readonly facts: PackageFacts | null; readonly logged_at: Date }
/** Of a feed: how much of it differs, how much of that can be judged again, and when somebody had that done last. */
export interface OpenConflicts { readonly feed: string; readonly open: number; readonly judgeable: number; readonly judgedAt: string | null }
/** After so many another job goes on. */
const AT_ONCE = 100;

/** Judges what another catalogue lists and this one does not once more, in the order of its log, by what is known here now: who was let in since, what was listed since. What was kept is enough; nobody is asked. */
@Injectable()
export class JudgesAgain implements JobHandler<{ readonly feed: string; readonly after?: number }> {
  constructor(private readonly db: Database, private readonly feeds: FollowsFeeds, private readonly writing: WritesFeed, private readonly taking: TakesFeedItem, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws NotAllowed */
  async ask(ctx: RequestContext, feed: string): Promise<void> {
    demand(ctx, MANAGE_CATALOGUE);
    await this.db.run(ctx, async (tx) => {
      enqueue(tx, JudgeAgain, { feed }, { key: feed });
      audit(tx, { action: 'catalogue.feed-judged-again', subject: { type: 'catalogue.feed', id: feed } });
    });
  }

  async run(ctx: RequestContext, { feed, after = -1 }: { readonly feed: string; readonly after?: number }): Promise<void> {
    const followed = (await this.feeds.all(ctx)).find(({ name }) => name === feed);
    if (!followed || followed.alarm) return;
    const rows = await this.db.query<Row>(ctx, `select index::text as index, entry, envelope, facts, logged_at from catalogue.feed_conflict where council_id = $1 and feed = $2 and index > $3 and ${JUDGEABLE} order by index limit $4`, [ctx.council.id, feed, after, AT_ONCE]);
    // One by one: each may be what the next depends on.
    for (const row of rows) await this.#judge(ctx, feed, row).catch((error: unknown) => { if (!cannotBeKept(error)) throw error; });
    const last = rows.length === AT_ONCE ? rows.at(-1) : undefined;
    if (last) await this.db.run(ctx, async (tx) => enqueue(tx, JudgeAgain, { feed, after: Number(last.index) }, { key: `${feed} ${last.index}` }));
  }

  async open(ctx: RequestContext): Promise<readonly OpenConflicts[]> {
    const rows = await this.db.query<{ feed: string; open: number; judgeable: number; judged_at: Date | null }>(ctx, `select feed, count(*)::int as open, (count(*) filter (where ${JUDGEABLE}))::int as judgeable, max(judged_at) as judged_at from catalogue.feed_conflict c
      where council_id = $1 and not is_settled and not ${REMOVED_HERE} group by feed order by feed limit 200`, [ctx.council.id]);
    return rows.map(({ judged_at: at, ...row }) => ({ ...row, judgedAt: at?.toISOString() ?? null }));
  }

  async #judge(ctx: RequestContext, feed: string, { index, entry, envelope, facts, logged_at: loggedAt }: Row): Promise<void> {
    const item: FeedItem = { index: Number(index), entry, envelope, ...(facts && { facts }) };
    // The feed is held before the difference is, as where a feed is mirrored: the other way about the two would wait for each other.
    await this.db.run(ctx, async (tx) => this.writing.hold(tx, async (held) => {
      const [still] = await sql(tx, `select 1 as still from catalogue.feed_conflict where council_id = $1 and feed = $2 and index = $3 and ${JUDGEABLE} for update`, [tx.council.id, feed, index]);
      if (!still) return;
      const taken = await this.taking.take(tx, held, item, { feed, loggedAt });
      const { reason, message } = taken.state === 'conflict' ? taken : { reason: null, message: null };
      await sql(tx, 'update catalogue.feed_conflict set reason = coalesce($4, reason), message = coalesce($5, message), is_settled = $6, judged_at = $7 where council_id = $1 and feed = $2 and index = $3', [tx.council.id, feed, index, reason, message, taken.state !== 'conflict', this.clock.now()]);
    }), { retry: true });
  }
}
