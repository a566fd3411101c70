import type { Clock, Ids, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import { Database, sql } from '@guildhall/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { daysAfter, firstCaughtUpWith, startOfDay } from '../exporting/days';
import { PaymentsSettings } from '../payments.options';
import { noteDifferences } from './compare-items';

const AT_ONCE = 500;

interface Unsettled { id: string; at: string; payment_id: string; provider_payment_id: string; provider_refund_id: string; ours: string }

/** What was taken of a provider on a day, with the place of each in the order. */
const TAKEN = `
  select a.payment_id::text as id, a.finished_at::text as at, a.payment_id, a.provider_payment_id, '' as provider_refund_id, a.taken_in_pence::text as ours, exists (
      select from payments.settled_item i where i.council_id = a.council_id and i.provider = a.provider and i.provider_payment_id = a.provider_payment_id and i.provider_refund_id = '' and i.is_listed) as is_settled
  from payments.attempt a
  where a.council_id = $1 and a.provider = $2 and a.money <> 'none' and a.provider_payment_id is not null and a.finished_at >= $3 and a.finished_at < $4 and (a.finished_at, a.payment_id) > ($5::timestamptz, $6::uuid)
  order by a.finished_at, a.payment_id limit ${AT_ONCE}`;
/** What was paid back through it. */
const PAID_BACK = `
  select r.refund_id::text as id, r.finished_at::text as at, r.payment_id, a.provider_payment_id, r.provider_refund_id, r.amount_in_pence::text as ours, a.provider <> $2 or a.provider_payment_id is null or r.provider_refund_id is null or exists (
      select from payments.settled_item i where i.council_id = a.council_id and i.provider = a.provider and i.provider_payment_id = a.provider_payment_id and i.provider_refund_id = r.provider_refund_id and i.is_listed) as is_settled
  from payments.refund r join payments.attempt a on a.council_id = r.council_id and a.payment_id = r.payment_id and a.number = r.attempt
  where r.council_id = $1 and r.state = 'succeeded' and r.finished_at >= $3 and r.finished_at < $4 and (r.finished_at, r.refund_id) > ($5::timestamptz, $6::uuid)
  order by r.finished_at, r.refund_id limit ${AT_ONCE}`;

/**
 * Finds what was paid here, or paid back, and has not reached the bank, or left it, when it should have by now. Only while every list up to then has been read, or is too old to be caught up with: what could still be read is nobody's debt.
 * A provider that has never told of anything settled does not tell: GOV.UK Pay tells only of accounts with Stripe (Pay documentation, "Reconcile payments").
 */
@Injectable()
export class FindUnsettled {
  constructor(@Inject(Database) private readonly database: Database, @Inject(PaymentsSettings) private readonly settings: PaymentsSettings, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async lookAfter(ctx: RequestContext, provider: string): Promise<void> {
    const due = await this.database.query<{ day: string }>(ctx, `
      with read as (select coalesce(min(day) filter (where state <> 'done' and day >= $4::date) - 1, max(day)) as until from payments.settlement_day where council_id = $1 and provider = $2)
      select d.day::text as day from payments.settlement_day d, read
      where d.council_id = $1 and d.provider = $2 and not d.is_looked_after and d.day + $3::int <= read.until and exists (select from payments.settled_item i where i.council_id = $1 and i.provider = $2)
      order by d.day limit 100`, [ctx.council.id, provider, this.settings.unsettledAfterDays(ctx), firstCaughtUpWith(this.clock.now())]);
    for (const { day } of due) {
      await this.#lookFor(ctx, provider, day, TAKEN, 'not-settled');
      await this.#lookFor(ctx, provider, day, PAID_BACK, 'refund-not-settled');
      await this.database.query(ctx, 'update payments.settlement_day set is_looked_after = true where council_id = $1 and provider = $2 and day = $3', [ctx.council.id, provider, day]);
    }
  }

  async #lookFor(ctx: RequestContext, provider: string, day: string, what: string, kind: 'not-settled' | 'refund-not-settled'): Promise<void> {
    const [from, before] = [startOfDay(day), startOfDay(daysAfter(day, 1))];
    for (let place = ['-infinity', '00000000-0000-0000-0000-000000000000']; ; ) {
      const found = await this.database.run(ctx, async (tx) => {
        const rows = await sql<Unsettled & { is_settled: boolean }>(tx, what, [tx.council.id, provider, from, before, ...place]);
        await noteDifferences(tx, provider, rows.filter((row) => !row.is_settled).map((row) => ({
          providerPaymentId: row.provider_payment_id, providerRefundId: row.provider_refund_id, kind, paymentId: row.payment_id, day, oursInPence: Number(row.ours), theirsInPence: null,
        })), { now: this.clock.now(), newId: () => this.ids.uuid() });
        return rows;
      });
      const last = found.at(-1);
      if (!last || found.length < AT_ONCE) return;
      place = [last.at, last.id];
    }
  }
}
