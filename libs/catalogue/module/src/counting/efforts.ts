import { Database } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { toldShares, type ToldCount } from './told-count';

export const OUTCOMES = ['listed', 'gave-up'] as const;
export const HOURS = ['under-2', '2-8', '8-40', 'over-40'] as const;
/** The steps of being listed, in their order. */
export const STEPS = ['nothing', 'reading', 'building', 'kit', 'words', 'signing', 'registry', 'handing-in', 'waiting'] as const;
export interface Effort { readonly outcome: (typeof OUTCOMES)[number]; readonly hours: (typeof HOURS)[number]; readonly hardest: (typeof STEPS)[number] }
/** How many said each, as it may be told. */
export interface ToldEfforts { readonly listed: readonly (ToldCount & { readonly key: string })[]; readonly gaveUp: readonly (ToldCount & { readonly key: string })[]; readonly hardest: readonly (ToldCount & { readonly key: string })[] }

/** What it costs to be listed, as those say who went through it. */
@Injectable()
export class Efforts {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Keeps the month and no more of the time: with a day somebody could be recognised. */
  async add(ctx: RequestContext, { outcome, hours, hardest }: Effort): Promise<void> {
    await this.db.query(ctx, 'insert into catalogue.effort (council_id, effort_id, month, outcome, hours, hardest) values ($1, $2, $3, $4, $5, $6)', [ctx.council.id, this.ids.uuid(), `${this.clock.now().toISOString().slice(0, 7)}-01`, outcome, hours, hardest]);
  }

  async told(ctx: RequestContext): Promise<ToldEfforts> {
    const rows = await this.db.query<Effort & { count: string }>(ctx, 'select outcome, hours, hardest, count(*)::text as count from catalogue.effort where council_id = $1 group by outcome, hours, hardest order by outcome, hours, hardest', [ctx.council.id]);
    const tell = <Key extends string>(keys: readonly Key[], has: (row: Effort, key: Key) => boolean): readonly (ToldCount & { readonly key: Key })[] => {
      const told = toldShares(keys.map((key) => rows.filter((row) => has(row, key)).reduce((sum, { count }) => sum + Number(count), 0)));
      return keys.map((key, at) => ({ key, ...(told[at] ?? { count: 0, isSmall: false }) }));
    };
    return {
      listed: tell(HOURS, ({ outcome, hours }, key) => outcome === 'listed' && hours === key), gaveUp: tell(STEPS, ({ outcome, hardest }, key) => outcome === 'gave-up' && hardest === key),
      hardest: tell(STEPS, ({ outcome, hardest }, key) => outcome === 'listed' && hardest === key),
    };
  }
}
