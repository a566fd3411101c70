import type { Clock, Ids, JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, isGuildhallError } from '@guildhall/kernel-contract';
import { Database, LOG, enqueue, sql } from '@guildhall/kernel';
import type { PaymentProvider, SettlementPage } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { daysAfter } from '../exporting/days';
import { settlingProviders } from '../keeping/council-providers';
import type { Noting } from './compare-items';
import { compareAgain, itemId, keepItems, tell } from './compare-items';
import { FindUnsettled } from './find-unsettled';
import { ReadSettlementsJob } from './jobs';

/** A day's list that is being read. */
interface Reading { readonly provider: string; readonly day: string; readonly reading: number }
interface Place { readonly page: number; readonly place: string | null }

/** A job ends well before a worker is thought dead; the next goes on where it ended. */
const AT_A_TIME = 20_000;
/** No list is longer: a provider that turns its pages for ever is stopped. */
const MOST_PAGES = 100_000;
/** Differences and items that are looked at in one transaction. */
const AT_ONCE = 500;

/**
 * Reads a day's settled list, page by page, and compares each page with our books as it comes: however long the list is, a page of it is in memory. Where it stands is kept with what the page
 * brought, in one transaction, and only by whoever read the page that was due: a worker that dies, is thought dead or comes twice does nothing twice.
 */
@Injectable()
export class ReadSettlements implements JobHandler<Reading> {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(FindUnsettled) private readonly unsettled: FindUnsettled,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, reading: Reading): Promise<void> {
    const provider = settlingProviders(ctx).find(({ id }) => id === reading.provider)?.provider;
    if (!provider) return this.#fail(ctx, reading, 'provider-gone');
    const began = performance.now();
    for (let at = await this.#place(ctx, reading); at; ) {
      if (performance.now() - began > AT_A_TIME) return this.#goOnLater(ctx, reading, at);
      const page = await this.#ask(ctx, provider, reading, at);
      if (!page) return this.#fail(ctx, reading, 'provider-unanswered');
      const next = page.next;
      if (next !== undefined && (next === at.place || at.page >= MOST_PAGES)) return this.#fail(ctx, reading, 'list-without-end');
      const isOurs = await this.#keep(ctx, reading, at, page);
      if (!isOurs) return;
      if (next === undefined) return this.#finish(ctx, reading);
      at = { page: at.page + 1, place: next };
    }
  }

  async #place(ctx: RequestContext, { provider, day, reading }: Reading): Promise<Place | undefined> {
    const [row] = await this.database.query<{ page: number; place: string | null; state: string; reading: number }>(ctx, 'select page, place, state, reading from payments.settlement_day where council_id = $1 and provider = $2 and day = $3', [ctx.council.id, provider, day]);
    return row?.state === 'running' && row.reading === reading ? row : undefined;
  }

  /** Nothing when the provider does not answer. */
  async #ask(ctx: RequestContext, provider: PaymentProvider, { day }: Reading, { place }: Place): Promise<SettlementPage | undefined> {
    try {
      return await provider.settlements?.(ctx, { from: day, before: daysAfter(day, 1), ...(place === null ? {} : { after: place }) });
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      return undefined;
    }
  }

  /** @returns whether this page was still to be read, and by us */
  async #keep(ctx: RequestContext, given: Reading, { page }: Place, { items: listed, next }: SettlementPage): Promise<boolean> {
    const { provider, day, reading } = given;
    // A list that grows while it is read may bring a thing twice.
    const items = [...new Map(listed.filter((item) => item.settledOn === day).map((item) => [`${item.providerPaymentId} ${itemId(item)}`, item])).values()];
    const noting = this.#noting();
    return this.database.run(ctx, async (tx) => {
      const moved = await sql(tx, `update payments.settlement_day set page = page + 1, place = $6, changed_at = $7 where council_id = $1 and provider = $2 and day = $3 and reading = $4 and page = $5 and state = 'running' returning 1 as moved`,
        [tx.council.id, provider, day, reading, page, next ?? null, noting.now]);
      if (moved.length > 0) await keepItems(tx, given, items, noting);
      return moved.length > 0;
    });
  }

  /** The list is read: what is no longer on it is no longer settled; what differed before is looked at again; then the day is summed up, and what should have been settled by now is looked for. */
  async #finish(ctx: RequestContext, given: Reading): Promise<void> {
    const { provider, day, reading } = given;
    await this.database.run(ctx, async (tx) => {
      await sql(tx, 'update payments.settled_item set is_listed = false, difference = null where council_id = $1 and provider = $2 and settled_on = $3 and reading < $4 and is_listed', [tx.council.id, provider, day, reading]);
      // What was once settled there and is no longer listed anywhere differs no more in that; that it is not settled is found in its own time.
      tell(tx, await sql<{ difference_id: string }>(tx, `
        update payments.settlement_difference d set state = 'agreed', agreed_at = $4, version = d.version + 1
        where d.council_id = $1 and d.provider = $2 and d.day = $3 and d.state <> 'agreed' and d.kind not in ('not-settled', 'refund-not-settled')
          and not exists (select from payments.settled_item i where i.council_id = d.council_id and i.provider = d.provider and i.provider_payment_id = d.provider_payment_id and i.provider_refund_id = d.provider_refund_id and i.is_listed)
        returning d.difference_id`, [tx.council.id, provider, day, this.clock.now()]));
    });
    await this.#lookAgain(ctx, provider);
    const done = await this.database.run(ctx, async (tx) => sql(tx, `
      with sums as (
        select count(*) filter (where provider_refund_id = '')::int as payments, coalesce(sum(amount_in_pence) filter (where provider_refund_id = ''), 0) as payments_in_pence,
          count(*) filter (where provider_refund_id <> '' and movement is null)::int as refunds, coalesce(sum(amount_in_pence) filter (where provider_refund_id <> '' and movement is null), 0) as refunds_in_pence,
          count(*) filter (where amount_in_pence <> 0 and movement is not null)::int as others, coalesce(sum(amount_in_pence) filter (where movement is not null), 0) as others_in_pence, coalesce(sum(fee_in_pence), 0) as fees_in_pence
        from payments.settled_item where council_id = $1 and provider = $2 and settled_on = $3 and is_listed)
      update payments.settlement_day d set state = 'done', place = null, payments = sums.payments, payments_in_pence = sums.payments_in_pence, refunds = sums.refunds, refunds_in_pence = sums.refunds_in_pence, others = sums.others, others_in_pence = sums.others_in_pence, fees_in_pence = sums.fees_in_pence, changed_at = $5, finished_at = $5
      from sums where d.council_id = $1 and d.provider = $2 and d.day = $3 and d.reading = $4 and d.state = 'running'
      returning d.payments, d.refunds`, [tx.council.id, provider, day, reading, this.clock.now()]));
    if (done.length === 0) return;
    this.log.info('payments.settlements-read', { council: ctx.council.slug, provider, day, ...done[0] });
    await this.unsettled.lookAfter(ctx, provider);
  }

  /** Our own books may have caught up with what differed. */
  async #lookAgain(ctx: RequestContext, provider: string): Promise<void> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const open = await this.database.query<{ difference_id: string; provider_payment_id: string; provider_refund_id: string }>(ctx, `
        select difference_id, provider_payment_id, provider_refund_id from payments.settlement_difference where council_id = $1 and provider = $2 and state in ('open', 'cleared-up') and difference_id > $3 order by difference_id limit ${AT_ONCE}`, [ctx.council.id, provider, after]);
      const last = open.at(-1);
      if (!last) return;
      await this.database.run(ctx, (tx) => compareAgain(tx, provider, open, this.#noting()));
      after = last.difference_id;
    }
  }

  async #goOnLater(ctx: RequestContext, reading: Reading, { page }: Place): Promise<void> {
    await this.database.run(ctx, async (tx) => { enqueue(tx, ReadSettlementsJob, reading, { key: `${reading.provider} ${reading.day} ${reading.reading} ${page}` }); });
  }

  /** The plan begins it again within the hour. */
  async #fail(ctx: RequestContext, { provider, day, reading }: Reading, failure: string): Promise<void> {
    this.log.warn('payments.settlements-failed', { council: ctx.council.slug, provider, day, failure });
    await this.database.query(ctx, `update payments.settlement_day set state = 'failed', failure = $5, changed_at = $6 where council_id = $1 and provider = $2 and day = $3 and reading = $4 and state = 'running'`, [ctx.council.id, provider, day, reading, failure, this.clock.now()]);
  }

  #noting(): Noting { return { now: this.clock.now(), newId: () => this.ids.uuid() }; }
}
