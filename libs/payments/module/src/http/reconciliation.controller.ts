import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, Database, Requires, audit, form, hasContract, page, providerTitleOf, redirect } from '@guildhall/kernel';
import { CASES, SEE_CASES } from '@guildhall/cases-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { InvalidInput, may } from '@guildhall/kernel-contract';
import { RECONCILE_PAYMENTS, VIEW_PAYMENTS } from '@guildhall/payments-contract';
import type { Clock } from '@guildhall/kernel-contract';
import { CLOCK } from '@guildhall/kernel-contract';
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { isDay, lastClosedDay } from '../exporting/days';
import { settlingProviders } from '../keeping/council-providers';
import { WHAT_DIFFERS, shortly } from '../settling/difference-words';
import { ListSettlements } from '../settling/list-settlements';
import { PlanSettlements } from '../settling/plan-settlements';

/** Reconciliation on the desk: each day's settled list of each provider, what differs, and reading a list again. */
@Controller('desk/reconciliation')
export class ReconciliationController {
  constructor(
    @Inject(ListSettlements) private readonly listing: ListSettlements, @Inject(PlanSettlements) private readonly plan: PlanSettlements, @Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get() @Requires(RECONCILE_PAYMENTS)
  async list(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const before = typeof query.before === 'string' ? { day: query.before, provider: typeof query.provider === 'string' ? query.provider : '' } : undefined;
    const [found, openDifferences] = await Promise.all([this.listing.days(ctx, before), this.listing.openDifferences(ctx)]);
    return page('payments/desk-reconciliation', { ...found, days: found.days.map((day) => ({ ...day, providerTitle: providerTitleOf(ctx, day.provider) })), openDifferences, isFirstPage: before === undefined, again: query.again, hasProviders: settlingProviders(ctx).length > 0 });
  }

  /** Reads a day's list again from its beginning: pressed twice, it is read once. */
  @Post() @Requires(RECONCILE_PAYMENTS)
  async again(@Ctx() ctx: RequestContext, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const { provider, day } = body;
    if (typeof day !== 'string' || !isDay(day) || day > lastClosedDay(this.clock.now())) throw new InvalidInput('This day is not over.', [{ field: 'day', message: 'must be a day that is over, like 2026-11-27' }]);
    const known = settlingProviders(ctx).find(({ id }) => id === provider);
    if (!known) throw new InvalidInput('This provider does not tell what it has settled.', [{ field: 'provider', message: 'must be a provider that tells what it has settled' }]);
    await this.database.run(ctx, async (tx) => { audit(tx, { action: 'payments.reconcile-again', subject: { type: 'settlement-day', id: `${known.id} ${day}` } }); });
    return redirect(`/desk/reconciliation?again=${(await this.plan.begin(ctx, known.id, day)) ? 'yes' : 'no'}`);
  }

  @Get('differences') @Requires(RECONCILE_PAYMENTS)
  async differences(@Ctx() ctx: RequestContext, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const which = typeof query.provider === 'string' && typeof query.day === 'string' ? { provider: query.provider, providerTitle: providerTitleOf(ctx, query.provider), day: query.day } : undefined;
    const before = typeof query.before === 'string' ? query.before : undefined;
    const { differences, next } = await this.listing.differences(ctx, which, before);
    const maySeeCases = hasContract(ctx, CASES) && may(ctx, SEE_CASES);
    return page('payments/desk-differences', {
      which, next, isFirstPage: before === undefined, maySeePayments: may(ctx, VIEW_PAYMENTS),
      differences: differences.map(({ caseReference, ...one }) => ({ ...one, providerTitle: providerTitleOf(ctx, one.provider), title: shortly(one).en, what: WHAT_DIFFERS[one.kind].en, ...(maySeeCases && caseReference ? { caseReference } : {}) })),
    });
  }
}
