import { Inject, Injectable } from '@nestjs/common';
import type { BackOfficeProvider, Progress } from '@guildhall/back-office-contract';
import { Database, LOG, sql } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type JobHandler, type Log, type RequestContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { recordAnswer, recordTrouble } from '../data/far-end';
import { keepProgress } from './keep-progress';

/** Clocks differ, and what happened may be told late: this much is asked for again each time, in minutes. What is known already is known by its id. */
const OVERLAP_IN_MINUTES = 120;
/** No further back than this, in days: far ends list no more. */
const FURTHEST_IN_DAYS = 90;
const LEASE_IN_SECONDS = 240;
const MOST_REFERENCES = 200;
const A_BATCH = 100;

interface Asking { readonly since: Date; readonly references: readonly string[] }

/** Asks every far end that can be asked what happened since we heard last. One that does not answer is left alone for a while. */
@Injectable()
export class AsksForProgress implements JobHandler<Record<never, never>> {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext): Promise<void> {
    for (const providerId of this.settings.providerIds(ctx)) {
      const provider = this.settings.provider(ctx, providerId);
      if (provider?.progress) await this.ask(ctx, providerId, provider);
    }
  }

  private async ask(ctx: RequestContext, providerId: string, provider: BackOfficeProvider): Promise<void> {
    const now = this.clock.now();
    const asking = await this.begin(ctx, providerId, now);
    if (!asking) return;
    let told: readonly Progress[];
    try {
      told = [...((await provider.progress?.({ since: asking.since, farReferences: asking.references })) ?? [])].sort((one, other) => one.at.getTime() - other.at.getTime());
    } catch (error) {
      const { code, name, retryAfterInSeconds } = error as Error & { code?: string; retryAfterInSeconds?: number };
      this.log.warn('back-office.asking-failed', { provider: providerId, error: code ?? name });
      await this.db.run(ctx, async (tx) => {
        await recordTrouble(tx, providerId, this.clock.now(), (this.ids.bytes(1)[0] ?? 128) / 255, retryAfterInSeconds);
        await sql(tx, 'update back_office.far_end set asking_until = null where council_id = $1 and provider_id = $2', [ctx.council.id, providerId]);
      });
      return;
    }
    for (let from = 0; from < told.length; from += A_BATCH) await this.db.run(ctx, (tx) => keepProgress(tx, providerId, told.slice(from, from + A_BATCH), { now: this.clock.now(), newId: () => this.ids.uuid(), after: from }));
    // Only now: whatever breaks before, the same time is asked for again.
    await this.db.run(ctx, async (tx) => {
      await recordAnswer(tx, providerId);
      await sql(tx, 'update back_office.far_end set heard_until = greatest(heard_until, $3), asking_until = null where council_id = $1 and provider_id = $2', [ctx.council.id, providerId, now]);
    });
  }

  /** Since when, and about which cases; undefined when there are none, somebody else is asking, or the far end is left alone. */
  private async begin(ctx: RequestContext, providerId: string, now: Date): Promise<Asking | undefined> {
    return this.db.run(ctx, async (tx) => {
      const [known] = await sql<{ heard_until: Date | null }>(tx, 'select heard_until from back_office.far_end where council_id = $1 and provider_id = $2', [ctx.council.id, providerId]);
      // Only before it was ever heard: later it is known since when.
      const [first] = known?.heard_until ? [{ opened_at: known.heard_until }] : await sql<{ opened_at: Date }>(tx, `select opened_at from back_office.hand_over where council_id = $1 and provider_id = $2 and state in ('handed-over', 'taken') order by opened_at limit 1`, [ctx.council.id, providerId]);
      if (!first) return undefined;
      const [leased] = await sql<{ heard_until: Date | null }>(tx, `
        insert into back_office.far_end as f (council_id, provider_id, asking_until) values ($1, $2, $3)
        on conflict (council_id, provider_id) do update set asking_until = $3 where (f.asking_until is null or f.asking_until <= $4) and (f.wait_until is null or f.wait_until <= $4) returning heard_until`,
      [ctx.council.id, providerId, new Date(now.getTime() + LEASE_IN_SECONDS * 1000), now]);
      if (!leased) return undefined;
      const open = await sql<{ far_reference: string }>(tx, `
        update back_office.hand_over h set asked_at = $3 from (select case_id from back_office.hand_over where council_id = $1 and provider_id = $2 and state = 'handed-over' and not is_closed and far_reference is not null order by asked_at nulls first limit ${MOST_REFERENCES}) as next
        where h.council_id = $1 and h.case_id = next.case_id returning h.far_reference`, [ctx.council.id, providerId, now]);
      const from = (leased.heard_until ?? first.opened_at).getTime() - OVERLAP_IN_MINUTES * 60_000;
      return { since: new Date(Math.max(from, now.getTime() - FURTHEST_IN_DAYS * 86_400_000)), references: open.map(({ far_reference: reference }) => reference) };
    });
  }
}
