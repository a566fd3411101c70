import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { Database, audit } from '@guildhall/kernel';
import { CLOCK, InvalidInput, demand, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { EXPORT_PAYMENTS } from '@guildhall/payments-contract';
import { MONEY_ACCOUNTS, receiptNumberText } from '../counter/means';
import { PaymentsSettings } from '../payments.options';
import { columnsOf, type ExportedEntry } from './export-columns';
import { dayBefore, isDay, lastClosedDay, startOfDay } from './days';

const DAYS_A_PAGE = 31;
const ENTRIES_AT_ONCE = 1000;

/** A day of the ledger, summed up. */
export interface LedgerDay { readonly day: string; readonly journals: number; readonly takenInPence: number; readonly paidBackInPence: number }

/** When the newest day begins on which something was booked before a moment: one probe of the index, however many days there are. */
const NEWEST_BEFORE = (moment: string): string => `select date_trunc('day', booked_at at time zone 'Europe/London') at time zone 'Europe/London' as start from payments.journal where council_id = $1 and booked_at < ${moment} order by booked_at desc limit 1`;

interface DayRow { day: string; journals: number; taken: string; back: string }

/** Gives the finance system the ledger, day by day: a day that is over changes no more. */
@Injectable()
export class ExportLedger {
  constructor(@Inject(Database) private readonly db: Database, @Inject(PaymentsSettings) private readonly settings: PaymentsSettings, @Inject(CLOCK) private readonly clock: Clock) {}

  /** The days on which something was booked, the newest first; before a day, or up to the last one that is over. */
  async days(ctx: RequestContext, before?: string): Promise<{ readonly days: readonly LedgerDay[]; readonly next?: string }> {
    demand(ctx, EXPORT_PAYMENTS);
    const last = before === undefined ? lastClosedDay(this.clock.now()) : dayBefore(this.read(before));
    const rows = await this.db.query<DayRow>(ctx, `
      with recursive day as (
        (${NEWEST_BEFORE('$2')})
        union all
        select (${NEWEST_BEFORE('day.start')}) from day where day.start is not null
      )
      select to_char(j.booked_at at time zone 'Europe/London', 'YYYY-MM-DD') as day, count(distinct j.journal_id)::int as journals,
        coalesce(sum(e.amount_in_pence) filter (where e.account = any($4) and e.amount_in_pence > 0), 0)::text as taken,
        coalesce(-sum(e.amount_in_pence) filter (where e.account = any($4) and e.amount_in_pence < 0), 0)::text as back
      from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id
      where j.council_id = $1 and j.booked_at < $2
        and j.booked_at >= (select min(start) from (select start from day where start is not null limit $3) as newest)
      group by 1 order by 1 desc`, [ctx.council.id, startOfDay(last, 1), DAYS_A_PAGE + 1, MONEY_ACCOUNTS]);
    const days = rows.map(({ day, journals, taken, back }) => ({ day, journals, takenInPence: Number(taken), paidBackInPence: Number(back) }));
    return { days: days.slice(0, DAYS_A_PAGE), ...(days.length > DAYS_A_PAGE && { next: days[DAYS_A_PAGE - 1]?.day }) };
  }

  /**
   * One day's entries as CSV (RFC 4180, UTF-8), read as they are sent. Who took it is on record.
   * @throws InvalidInput when it is no day, or one that is not over
   * @throws Error when the day does not come to nothing: then nothing of it is given
   */
  async day(ctx: RequestContext, asked: string): Promise<Readable> {
    demand(ctx, EXPORT_PAYMENTS);
    const day = this.read(asked);
    if (day > lastClosedDay(this.clock.now())) throw new InvalidInput('This day is not over yet.', [{ field: 'day', message: 'must be over; the last one can be had from ten past midnight' }]);
    const [from, to] = [startOfDay(day), startOfDay(day, 1)];
    const [sum] = await this.db.query<{ balance: string }>(ctx, 'select coalesce(sum(e.amount_in_pence), 0)::text as balance from payments.journal j join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id where j.council_id = $1 and j.booked_at >= $2 and j.booked_at < $3', [ctx.council.id, from, to]);
    if (sum?.balance !== '0') throw new Error(`The ledger of ${day} does not come to nothing.`);
    await this.db.run(ctx, async (tx) => { audit(tx, { action: 'payments.export', subject: { type: 'ledger', id: day } }); });
    const { headings, row } = columnsOf(this.settings.ledgerExport(ctx), day, ctx.council.languages[0]);
    const rows = Readable.from(this.entries(ctx, from, to, row));
    return rows.pipe(stringify({ header: true, columns: [...headings], record_delimiter: 'windows' })).on('close', () => rows.destroy());
  }

  private async *entries(ctx: RequestContext, from: Date, to: Date, row: (entry: ExportedEntry) => readonly string[]): AsyncGenerator<readonly string[]> {
    for (let after: ExportedEntry | undefined; ;) {
      const place = after ? [after.place, after.journal_id, after.number] : [from, '00000000-0000-0000-0000-000000000000', 0];
      const found: readonly ExportedEntry[] = await this.db.query<ExportedEntry>(ctx, `
        select j.journal_id, e.number, j.kind, j.booked_at, j.booked_at::text as place, e.account, e.detail, e.amount_in_pence::text as amount_in_pence, l.vat_rate, l.title_en as fee_en, l.title_cy as fee_cy,
          p.reference, p.description_en, p.description_cy, a.provider, a.provider_payment_id, a.receipt_number
        from payments.journal j
          join payments.ledger_entry e on e.council_id = j.council_id and e.journal_id = j.journal_id
          join payments.payment p on p.council_id = j.council_id and p.payment_id = j.payment_id
          join payments.attempt a on a.council_id = j.council_id and a.payment_id = j.payment_id and a.number = j.attempt
          left join payments.payment_line l on l.council_id = j.council_id and l.payment_id = j.payment_id and l.number = e.line
        where j.council_id = $1 and j.booked_at >= $3::timestamptz and j.booked_at < $2 and (j.booked_at, j.journal_id, e.number) > ($3::timestamptz, $4::uuid, $5)
        order by j.booked_at, j.journal_id, e.number limit ${ENTRIES_AT_ONCE}`, [ctx.council.id, to, ...place]);
      for (const entry of found) yield row(entry.receipt_number === null ? entry : { ...entry, provider_payment_id: receiptNumberText(ctx.council.referencePrefix, entry.receipt_number) });
      if (found.length < ENTRIES_AT_ONCE) return;
      after = found[found.length - 1];
    }
  }

  private read(day: string): string {
    if (!isDay(day)) throw new InvalidInput('This is no day.', [{ field: 'day', message: 'must be a day, like 2026-11-27' }]);
    return day;
  }
}
