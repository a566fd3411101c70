import type { RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput, demand, isUuid } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { RECONCILE_PAYMENTS } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { isDay } from '../exporting/days';
import type { DifferenceRow, StoredDifference } from './stored-difference';
import { SELECT_DIFFERENCE, differenceFrom } from './stored-difference';

const DAYS_A_PAGE = 31;
const DIFFERENCES_A_PAGE = 25;
const MOST_COUNTED = 1000;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A day's settled list of a provider, summed up. */
export interface SettlementDay {
  readonly provider: string;
  readonly day: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly failure?: string;
  readonly payments: number;
  readonly paymentsInPence: number;
  readonly refunds: number;
  readonly refundsInPence: number;
  /** What was neither, and what it brought: less than nothing when it took. */
  readonly others: number;
  readonly othersInPence: number;
  readonly feesInPence: number;
  /** Reached the bank account. */
  readonly settledInPence: number;
  readonly openDifferences: number;
  readonly differences: number;
}
interface DayRow { provider: string; day: string; state: SettlementDay['state']; failure: string | null; payments: number; payments_in_pence: string; refunds: number; refunds_in_pence: string; others: number; others_in_pence: string; fees_in_pence: string; open: number; differences: number }

/** When and with which others a payment reached the bank account. */
export interface Settled { readonly on: string; readonly settlementId?: string }

/** What officers see of reconciliation. */
@Injectable()
export class ListSettlements {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The newest first; before a place that an earlier page gave, `2026-11-27` and the provider's id. */
  async days(ctx: RequestContext, before?: { readonly day: string; readonly provider: string }): Promise<{ readonly days: readonly SettlementDay[]; readonly next?: { readonly day: string; readonly provider: string } }> {
    demand(ctx, RECONCILE_PAYMENTS);
    const { day, provider } = before ?? { day: '9999-12-31', provider: '' };
    if (!isDay(day)) throw new InvalidInput('This is no day.', [{ field: 'day', message: 'must be a day, like 2026-11-27' }]);
    const rows = await this.database.query<DayRow>(ctx, `
      select s.provider, s.day::text as day, s.state, s.failure, s.payments, s.payments_in_pence::text, s.refunds, s.refunds_in_pence::text, s.others, s.others_in_pence::text, s.fees_in_pence::text,
        (select count(*)::int from payments.settlement_difference d where d.council_id = s.council_id and d.provider = s.provider and d.day = s.day and d.state = 'open') as open,
        (select count(*)::int from payments.settlement_difference d where d.council_id = s.council_id and d.provider = s.provider and d.day = s.day) as differences
      from payments.settlement_day s where s.council_id = $1 and (s.day < $2::date or (s.day = $2::date and s.provider > $3)) order by s.day desc, s.provider limit ${DAYS_A_PAGE + 1}`, [ctx.council.id, day, provider]);
    const days = rows.map((row): SettlementDay => {
      const [paymentsInPence, refundsInPence, othersInPence, feesInPence] = [row.payments_in_pence, row.refunds_in_pence, row.others_in_pence, row.fees_in_pence].map(Number) as [number, number, number, number];
      return {
        provider: row.provider, day: row.day, state: row.state, ...(row.failure ? { failure: row.failure } : {}), payments: row.payments, paymentsInPence, refunds: row.refunds, refundsInPence, others: row.others, othersInPence, feesInPence,
        settledInPence: paymentsInPence - refundsInPence + othersInPence - feesInPence,        openDifferences: row.open, differences: row.differences,
      };
    });
    const last = days[DAYS_A_PAGE - 1];
    return { days: days.slice(0, DAYS_A_PAGE), ...(days.length > DAYS_A_PAGE && last ? { next: { day: last.day, provider: last.provider } } : {}) };
  }

  /** The newest first: those that are open, or all of a provider's day. */
  async differences(ctx: RequestContext, which: { readonly provider: string; readonly day: string } | undefined, before?: string): Promise<{ readonly differences: readonly StoredDifference[]; readonly next?: string }> {
    demand(ctx, RECONCILE_PAYMENTS);
    if (which && !isDay(which.day)) throw new InvalidInput('This is no day.', [{ field: 'day', message: 'must be a day, like 2026-11-27' }]);
    if (before !== undefined && !isUuid(before)) throw new InvalidInput('This is no place in the list.', [{ field: 'before', message: 'must be the place that a page of the list gave' }]);
    const rows = await this.database.query<DifferenceRow>(ctx, `${SELECT_DIFFERENCE} where d.council_id = $1 and ${which ? 'd.provider = $3 and d.day = $4' : `d.state = 'open'`} and d.difference_id < $2 order by d.difference_id desc limit ${DIFFERENCES_A_PAGE + 1}`,
      [ctx.council.id, before ?? LAST_ID, ...(which ? [which.provider, which.day] : [])]);
    const differences = rows.map(differenceFrom);
    const last = differences[DIFFERENCES_A_PAGE - 1];
    return { differences: differences.slice(0, DIFFERENCES_A_PAGE), ...(rows.length > DIFFERENCES_A_PAGE && last ? { next: last.differenceId } : {}) };
  }

  /** How many are open, counted no further than a thousand. */
  async openDifferences(ctx: RequestContext): Promise<number> {
    demand(ctx, RECONCILE_PAYMENTS);
    const [row] = await this.database.query<{ count: number }>(ctx, `select count(*)::int as count from (select 1 from payments.settlement_difference where council_id = $1 and state = 'open' limit ${MOST_COUNTED}) as open`, [ctx.council.id]);
    return row?.count ?? 0;
  }

  /** When the money of a payment reached the bank account; nothing while it has not, or while what was settled is not what we have in our books. */
  async settledOf(ctx: RequestContext, paymentId: PaymentId): Promise<Settled | undefined> {
    demand(ctx, RECONCILE_PAYMENTS);
    const [row] = await this.database.query<{ on: string; settlement_id: string | null }>(ctx, `
      select i.settled_on::text as on, i.settlement_id from payments.attempt a
        join payments.settled_item i on i.council_id = a.council_id and i.provider = a.provider and i.provider_payment_id = a.provider_payment_id and i.provider_refund_id = ''
      where a.council_id = $1 and a.payment_id = $2 and a.money = 'booked' and i.is_listed and i.difference is null`, [ctx.council.id, paymentId]);
    return row && { on: row.on, ...(row.settlement_id ? { settlementId: row.settlement_id } : {}) };
  }
}
