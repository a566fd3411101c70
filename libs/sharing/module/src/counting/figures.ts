import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type CheckId } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A smaller number could be about somebody whom others know. */
const SMALLEST_TOLD = 5;
const MONTHS_SHOWN = 12;

/** A count as it may be told: a small one only as fewer than five, and none as none. */
export interface ToldCount { readonly count: number; readonly isSmall: boolean }
export function toldCount(count: number): ToldCount {
  const isSmall = count > 0 && count < SMALLEST_TOLD;
  return { count: isSmall ? 0 : count, isSmall };
}

/** How much was shared in a month: `2026-11`. */
export interface MonthOfSharing { readonly month: string; readonly told: ToldCount; readonly refused: ToldCount; readonly toldOnce: ToldCount; readonly saidNo: ToldCount }
/** How much is shared by an agreement, in the last twelve months. */
export interface SharingFigures { readonly countedAt?: Date; readonly months: readonly MonthOfSharing[]; readonly reasons: readonly { readonly check: CheckId; readonly count: ToldCount }[] }
/** The same in four numbers. */
export interface SharingTotals { readonly told: ToldCount; readonly refused: ToldCount; readonly toldOnce: ToldCount; readonly saidNo: ToldCount }

/** Sums in which numbers from 1 to 4 are left out. */
export interface Sums { readonly told: number; readonly refused: number; readonly saidNo: number }
/** How much is shared by several agreements, in the last twelve months. */
export interface FiguresTogether {
  readonly countedAt?: Date;
  readonly months: readonly (Sums & { readonly month: string })[];
  readonly agreements: ReadonlyMap<string, Sums>;
  readonly reasons: readonly { readonly check: CheckId; readonly count: number }[];
}

interface FigureRow { readonly agreement_id: string; readonly month: string; readonly figure: string; readonly reason: string; readonly count: string }

/** How much is shared, as it may be told. */
@Injectable()
export class Figures {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** By month, without a sum: with it a small number could be worked out. */
  async of(ctx: RequestContext, agreementId: string): Promise<SharingFigures> {
    const months = lastMonths(this.clock.now());
    const rows = await this.#rows(ctx, [agreementId]);
    const [counted] = await this.db.query<{ at: Date }>(ctx, 'select at from sharing.figures_counted where council_id = $1', [ctx.council.id]);
    const sum = (wanted: (row: FigureRow) => boolean): ToldCount => toldCount(rows.filter(wanted).reduce((all, { count }) => all + Number(count), 0));
    const reasons = [...new Set(rows.filter(({ figure }) => figure === 'refused-because').map(({ reason }) => reason))].sort();
    return {
      ...(counted && { countedAt: counted.at }),
      months: months.map((month) => {
        const of = (wanted: string): ToldCount => sum((row) => row.month === month && row.figure === wanted);
        return { month, told: of('told'), refused: of('refused'), toldOnce: of('told-once'), saidNo: of('said-no') };
      }),
      reasons: reasons.map((reason) => ({ check: reason as CheckId, count: sum((row) => row.figure === 'refused-because' && row.reason === reason) })),
    };
  }

  /** Of several agreements together, the most frequent reasons first: sums of what may be told of each and month by month, so that nothing smaller can be worked out from them. */
  async together(ctx: RequestContext, agreementIds: readonly string[]): Promise<FiguresTogether> {
    const [rows, [counted]] = await Promise.all([this.#rows(ctx, agreementIds), this.db.query<{ at: Date }>(ctx, 'select at from sharing.figures_counted where council_id = $1', [ctx.council.id])]);
    const months = lastMonths(this.clock.now());
    const counts = new Map<string, number>();
    for (const { agreement_id: id, month, figure, reason, count } of rows) {
      const key = figure === 'refused-because' ? `${id} ${reason}` : `${id} ${month} ${figure}`;
      counts.set(key, (counts.get(key) ?? 0) + Number(count));
    }
    const of = (key: string): number => toldCount(counts.get(key) ?? 0).count;
    const sum = (ids: readonly string[], wantedMonths: readonly string[], figure: string): number => ids.reduce((all, id) => all + wantedMonths.reduce((own, month) => own + of(`${id} ${month} ${figure}`), 0), 0);
    const sums = (ids: readonly string[], wantedMonths: readonly string[]): Sums => ({ told: sum(ids, wantedMonths, 'told'), refused: sum(ids, wantedMonths, 'refused'), saidNo: sum(ids, wantedMonths, 'said-no') });
    const reasons = [...new Set(rows.filter(({ figure }) => figure === 'refused-because').map(({ reason }) => reason))];
    return {
      ...(counted && { countedAt: counted.at }),
      months: months.map((month) => ({ month, ...sums(agreementIds, [month]) })),
      agreements: new Map(agreementIds.map((id) => [id, sums([id], months)])),
      reasons: reasons.map((reason) => ({ check: reason as CheckId, count: agreementIds.reduce((all, id) => all + of(`${id} ${reason}`), 0) }))
        .filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || a.check.localeCompare(b.check)),
    };
  }

  /** Of several agreements, for everybody. */
  async totals(ctx: RequestContext, agreementIds: readonly string[]): Promise<ReadonlyMap<string, SharingTotals>> {
    const rows = await this.#rows(ctx, agreementIds);
    return new Map(agreementIds.map((id) => {
      const of = (wanted: string): ToldCount => toldCount(rows.filter((row) => row.agreement_id === id && row.figure === wanted).reduce((all, { count }) => all + Number(count), 0));
      return [id, { told: of('told'), refused: of('refused'), toldOnce: of('told-once'), saidNo: of('said-no') }];
    }));
  }

  #rows(ctx: RequestContext, agreementIds: readonly string[]): Promise<readonly FigureRow[]> {
    return this.db.query<FigureRow>(ctx, `
      select agreement_id, to_char(month, 'YYYY-MM') as month, figure, reason, count::text as count from sharing.figure
      where council_id = $1 and agreement_id = any($2) and month >= $3::date order by agreement_id, month, figure, reason`, [ctx.council.id, agreementIds, `${lastMonths(this.clock.now())[0] ?? ''}-01`]);
  }
}

/** The month that it is, and eleven before it: `2026-11`. */
export function lastMonths(now: Date): readonly string[] {
  const [year = 0, month = 1] = ukDay(now).split('-').map(Number);
  return Array.from({ length: MONTHS_SHOWN }, (_one, at) => new Date(Date.UTC(year, month - 1 - (MONTHS_SHOWN - 1 - at), 1)).toISOString().slice(0, 7));
}
