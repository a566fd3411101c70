import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const ENTRIES_AT_ONCE = 1000;
const REFUSED = `e.kind in ('asked', 'answered', 'received') and not e.allow and e.peer is not null`;

/**
 * What an entry counts for: told when an answer went out or came in; refused when somebody decided no to a question, on this side before it was asked or on the other; a change that was told unasked; and what people said.
 * A question that this side lets through counts by its answer. One of which nobody knows who asked it counts for nothing: anybody can ask it, and name any agreement of the public register.
 */
const COUNTED = `
  select 'told' as figure, '' as reason where e.kind in ('answered', 'received') and e.allow
  union all select 'refused', '' where ${REFUSED}
  union all select 'refused-because', jsonb_array_elements_text(e.leaf::jsonb -> 'failed') where ${REFUSED}
  union all select 'told-once', '' where e.kind in ('change-told', 'change-heard') and e.allow
  union all select 'said-yes', '' where e.kind = 'choice-given'
  union all select 'said-no', '' where e.kind = 'choice-withdrawn'`;

/** Counts the log by agreement and month, so that no page has to read it. What somebody asked by an agreement that is not here is not counted: anybody may name any. */
@Injectable()
export class CountsShared implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    for (let counted = ENTRIES_AT_ONCE; counted === ENTRIES_AT_ONCE; ) counted = await this.#countSome(ctx);
  }

  /** In one transaction with how far it has come: counted twice is nothing. */
  async #countSome(ctx: RequestContext): Promise<number> {
    return this.db.run(ctx, async (tx) => {
      await sql(tx, 'insert into sharing.figures_counted (council_id, entries, at) values ($1, 0, $2) on conflict do nothing', [tx.council.id, this.clock.now()]);
      const [before] = await sql<{ entries: string }>(tx, 'select entries::text as entries from sharing.figures_counted where council_id = $1 for update', [tx.council.id]);
      const from = Number(before?.entries ?? 0);
      const [found] = await sql<{ count: number }>(tx, 'select count(*)::int as count from sharing.entry where council_id = $1 and index >= $2 and index < $3', [tx.council.id, from, from + ENTRIES_AT_ONCE]);
      const count = found?.count ?? 0;
      await sql(tx, `
        insert into sharing.figure (council_id, agreement_id, month, figure, reason, count)
        select $1, split_part(e.agreement, '@', 1), date_trunc('month', e.at at time zone 'Europe/London')::date, c.figure, c.reason, count(*)
        from sharing.entry e cross join lateral (${COUNTED}) c
        where e.council_id = $1 and e.index >= $2 and e.index < $3 and exists (select from sharing.agreement a where a.council_id = $1 and a.agreement_id = split_part(e.agreement, '@', 1))
        group by 2, 3, 4, 5
        on conflict (council_id, agreement_id, month, figure, reason) do update set count = sharing.figure.count + excluded.count`, [tx.council.id, from, from + count]);
      await sql(tx, 'update sharing.figures_counted set entries = $2, at = $3 where council_id = $1', [tx.council.id, from + count, this.clock.now()]);
      return count;
    });
  }
}
