import type { PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, LOG, Public, extensionsOf, page, redirect } from '@guildhall/kernel';
import type { Actor, Log, RequestContext } from '@guildhall/kernel-contract';
import { NotAuthenticated, NotFound, isGuildhallError, unlessUnavailable } from '@guildhall/kernel-contract';
import type { Payment, PaymentId, PaymentsApi } from '@guildhall/payments-contract';
import { PAYMENTS, PAYMENT_STATES, VIEW_PAYMENTS, demandSight } from '@guildhall/payments-contract';
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { moreOf } from '../more-of-payment';
import { PAYMENT_PAGES } from '../page-settings';
import { paymentIdIn } from './payment-id';
import { onPage, vatOnReceipt } from './payment-on-page';

/** The pages between the council's service and the provider's: what will be paid, what became of it, and the receipt. */
@Controller('payments')
export class PayerController {
  constructor(@Inject(PAYMENTS.token) private readonly payments: PaymentsApi, @Inject(LOG) private readonly log: Log) {}

  /** What is to be paid, and the button that leads on. */
  @Get(':id') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (!payment) return unanswered(`/payments/${id}`);
    if (PAYMENT_STATES[payment.state].isPaid) return redirect(pathOncePaid(payment, ctx.actor.kind));
    if (payment.state === 'submitted') return redirect(`/payments/${payment.paymentId}/return`);
    if (payment.state === 'withdrawn') return page('payments/outcome', { payment: onPage(payment, ctx.actor.kind), outcome: 'withdrawn' });
    return page('payments/pay', { payment: onPage(payment, ctx.actor.kind) });
  }

  @Post(':id/start') @Public()
  async start(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (!payment) return unanswered(`/payments/${id}`);
    try {
      const started = await this.payments.start(ctx, payment.paymentId);
      if (started.ok) return redirect(started.value.nextUrl);
      if (started.refusal.reason === 'provider-refused') return page('payments/outcome', { payment: onPage(payment, ctx.actor.kind), outcome: 'refused' }, { status: 502, gotAt: `/payments/${payment.paymentId}` });
      return redirect(`/payments/${payment.paymentId}/return`);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      this.log.warn('payments.start-unanswered', { council: ctx.council.slug, payment: payment.paymentId });
      return page('payments/outcome', { payment: onPage(payment, ctx.actor.kind), outcome: 'unavailable' }, { status: 503, gotAt: `/payments/${payment.paymentId}` });
    }
  }

  /** Where the provider sends the payer's browser, whatever happened. Only the provider's own answer counts; the address says nothing. */
  @Get(':id/return') @Public()
  async comeBack(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    // A payer whose session ended at the provider has paid all the same: that is written down before they are asked who they are.
    const answered = await this.asked(ctx, paymentIdIn(id));
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (!payment) return page('payments/waiting', { payment: { id } });
    // Whoever comes back from the provider has paid: an officer, too, for whatever they asked for in this browser. What belongs to a resident is never an officer's own.
    if (PAYMENT_STATES[payment.state].isPaid) return redirect(pathOncePaid(payment, payment.personId && ctx.actor.kind === 'officer' ? 'officer' : 'nobody'));
    const data = { payment: onPage(payment, ctx.actor.kind) };
    switch (payment.state) {
      case 'submitted': return page('payments/waiting', data);
      case 'requested': case 'started': return answered ? page('payments/outcome', { ...data, outcome: 'unfinished' }) : page('payments/waiting', data);
      default: return page('payments/outcome', { ...data, outcome: payment.state });
    }
  }

  @Get(':id/receipt') @Public()
  async receipt(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (!payment) return unanswered(`/payments/${id}/receipt`);
    if (!PAYMENT_STATES[payment.state].isPaid) return redirect(`/payments/${payment.paymentId}`);
    return page('payments/receipt', { payment: onPage(payment, ctx.actor.kind), isOwn: ctx.actor.kind === 'resident', more: await moreOf(ctx, payment, { on: 'receipt' }), ...vatOnReceipt(payment, extensionsOf(ctx, PAYMENT_PAGES)[0]?.vatNumber(ctx)) });
  }

  /** Nothing when the payments are kept elsewhere, and nobody answers there. */
  private async seen(ctx: RequestContext, id: PaymentId): Promise<Payment | undefined> {
    const payment = await unlessUnavailable(this.payments.find(looking(ctx), id));
    if (!payment) return undefined;
    // It is shown in the app of whoever asked for it.
    if (payment.askedBy?.isElsewhere && (ctx.actor.kind === 'nobody' || ctx.actor.kind === 'resident')) throw new NotFound(`There is no payment ${id} here.`);
    // Whose session has ended signs in and comes back here.
    if (payment.personId && ctx.actor.kind === 'nobody') throw new NotAuthenticated();
    demandSight(ctx, id, payment);
    return payment;
  }

  /** Whether the provider answered. */
  private async asked(ctx: RequestContext, id: PaymentId): Promise<boolean> {
    if (await unlessUnavailable(this.payments.refresh(looking(ctx), id))) return true;
    this.log.warn('payments.return-unanswered', { council: ctx.council.slug, payment: id });
    return false;
  }
}

/** The pages' own authority: to look before it is decided who may see, and nothing else. */
function looking(ctx: RequestContext): RequestContext {
  return Object.freeze({ ...ctx, actor: Object.freeze({ kind: 'system' as const, job: 'payments.pages', permissions: new Set([VIEW_PAYMENTS.id]) }) });
}

function unanswered(path: string): PageResult {
  return page('payments/unanswered', { again: path }, { status: 503 });
}

/** Back into the service; to the receipt for who came by a link to this payment alone. */
function pathOncePaid(payment: Payment, to: Actor['kind']): string {
  const { onwardPath, id } = onPage(payment, to);
  return onwardPath ?? `/payments/${id}/receipt`;
}
