import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MOST_TWINS, type Checkpoint, type Entry } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { keepHeard } from '../knowing/peers';

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const DAY_IN_MS = 24 * HOUR_IN_MS;
/** An exchange that is on its way is none that is missing. */
const SETTLED_AFTER_MS = 2 * MINUTE_IN_MS;
/** For so long it is looked for every hour; after that once a day. */
const LOOKED_FOR_MS = 7 * DAY_IN_MS;
const ENTRIES_AT_ONCE = 1000;

/** An entry of which the other half is to be found. */
export interface OpenTwin { readonly index: string; readonly exchange: string; readonly entry: Entry }
/** What was found: `missing` of a question of ours means that the other body has its half, and we have not. */
export interface FoundTwin { readonly index: string; readonly state: 'open' | 'there' | 'missing'; readonly allow: boolean | null }

/** Looked for now: what never was, and what was not found when it was last. A question that never arrived has nothing to be found, and is let be in the end. */
const DUE = `t.council_id = $1 and t.state <> 'there' and (t.looked_at is null or t.looked_at <= case when t.at > $2 then $3::timestamptz else $4::timestamptz end) and (t.kind <> 'asked' or t.at > $2)`;

/** Which entries of the log still wait for the other body's half: kept beside the log, so that nobody goes through all of it again. */
@Injectable()
export class OpenTwins {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Takes in what has come into the log and is settled, as much as can be until then, and lets go of questions that were answered late. */
  async takeIn(ctx: RequestContext, until: Date): Promise<void> {
    for (let taken = ENTRIES_AT_ONCE; taken === ENTRIES_AT_ONCE && this.clock.now() < until; ) taken = await this.#takeInSome(ctx);
    await this.db.query(ctx, `
      update sharing.entry_twin t set state = 'there' where t.council_id = $1 and t.kind = 'asked' and t.state <> 'there'
        and exists (select from sharing.entry r where r.council_id = t.council_id and r.exchange_id = t.exchange_id and r.kind = 'received')`, [ctx.council.id]);
  }

  async #takeInSome(ctx: RequestContext): Promise<number> {
    return this.db.run(ctx, async (tx) => {
      await sql(tx, 'insert into sharing.twins_begun (council_id, entries) values ($1, 0) on conflict do nothing', [tx.council.id]);
      const [before] = await sql<{ entries: string }>(tx, 'select entries::text as entries from sharing.twins_begun where council_id = $1 for update', [tx.council.id]);
      const from = Number(before?.entries ?? 0);
      const settled = new Date(this.clock.now().getTime() - SETTLED_AFTER_MS);
      const [found] = await sql<{ count: number }>(tx, `
        select count(*)::int as count from (select bool_and(at <= $4) over (order by index) as is_settled from sharing.entry where council_id = $1 and index >= $2 and index < $3) e where is_settled`, [tx.council.id, from, from + ENTRIES_AT_ONCE, settled]);
      const count = found?.count ?? 0;
      // What was received proved the other half when it came. What was refused here never left.
      await sql(tx, `
        insert into sharing.entry_twin (council_id, index, kind, exchange_id, peer_id, state, at)
        select e.council_id, e.index, e.kind, e.exchange_id, e.peer, 'open', e.at from sharing.entry e
        where e.council_id = $1 and e.index >= $2 and e.index < $3 and e.exchange_id is not null and e.peer is not null and e.subject <> 'nobody'
          and (e.kind in ('answered', 'change-heard') or (e.kind = 'change-told' and e.allow)
            or (e.kind = 'asked' and e.allow and not exists (select from sharing.entry r where r.council_id = e.council_id and r.exchange_id = e.exchange_id and r.kind = 'received')))
        on conflict do nothing`, [tx.council.id, from, from + count]);
      await sql(tx, 'update sharing.twins_begun set entries = $2 where council_id = $1', [tx.council.id, from + count]);
      return count;
    });
  }

  /** The bodies of which something is to be found, in no order: none is always the one for which no time is left. */
  async peers(ctx: RequestContext): Promise<readonly string[]> {
    const rows = await this.db.query<{ peer_id: string }>(ctx, `select t.peer_id from sharing.entry_twin t where ${DUE} group by t.peer_id order by random()`, this.#due(ctx));
    return rows.map(({ peer_id: id }) => id);
  }

  /** What is to be found at one of them, as much as can be asked at once: what was never looked for comes first, and of that the newest, so that it does not wait behind years that are made up for. */
  async of(ctx: RequestContext, peerId: string): Promise<readonly OpenTwin[]> {
    const rows = await this.db.query<{ index: string; exchange_id: string; leaf: string }>(ctx, `
      select t.index::text as index, t.exchange_id, e.leaf from sharing.entry_twin t join sharing.entry e on e.council_id = t.council_id and e.index = t.index
      where ${DUE} and t.peer_id = $5 order by t.looked_at nulls first, t.index desc limit ${MOST_TWINS}`, [...this.#due(ctx), peerId]);
    return rows.map(({ index, exchange_id: exchange, leaf }) => ({ index, exchange, entry: JSON.parse(leaf) as Entry }));
  }

  /** Keeps what was found, and what the other body said of its log with it. */
  async keep(ctx: RequestContext, peerId: string, found: readonly FoundTwin[], said: { readonly checkpoint: Checkpoint; readonly note: string }): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `
        update sharing.entry_twin t set state = found.state, allow = found.allow, looked_at = $2 from unnest($3::bigint[], $4::text[], $5::boolean[]) as found (index, state, allow)
        where t.council_id = $1 and t.index = found.index and t.state <> 'there'`, [tx.council.id, this.clock.now(), found.map(({ index }) => index), found.map(({ state }) => state), found.map(({ allow }) => allow)]);
      keepHeard(tx, peerId, said.checkpoint, said.note);
    });
  }

  /** A body that does not answer is let be for an hour: others wait. */
  async letBe(ctx: RequestContext, peerId: string): Promise<void> {
    await this.db.query(ctx, `update sharing.entry_twin t set looked_at = $6 where ${DUE} and t.peer_id = $5`, [...this.#due(ctx), peerId, this.clock.now()]);
  }

  #due({ council }: RequestContext): readonly unknown[] {
    const now = this.clock.now().getTime();
    return [council.id, new Date(now - LOOKED_FOR_MS), new Date(now - HOUR_IN_MS), new Date(now - DAY_IN_MS)];
  }
}
