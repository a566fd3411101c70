import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, Database, PageRenderer, Requires, audit, form, page, redirect } from '@guildhall/kernel';
import type { Ids, RequestContext } from '@guildhall/kernel-contract';
import { IDS, may, unlessUnavailable } from '@guildhall/kernel-contract';
import type { Payment, PaymentsApi } from '@guildhall/payments-contract';
import { PAYMENTS, REFUND_PAYMENTS, VIEW_PAYMENTS, refundId } from '@guildhall/payments-contract';
import { formatMoney } from '@guildhall/ui';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { RefundForm, RefundMistake } from '../desk/refund-form';
import { deskPath, readRefundForm } from '../desk/refund-form';
import { onDesk } from '../desk/payment-on-desk';
import { factRows, moreOf } from '../more-of-payment';
import { paymentIdIn } from './payment-id';

/** The officer's pages of a payment: in full, and paying money back. */
@Controller('desk/payments')
export class DeskController {
  constructor(
    @Inject(PAYMENTS.token) private readonly payments: PaymentsApi, @Inject(Database) private readonly database: Database, @Inject(IDS) private readonly ids: Ids, @Inject(PageRenderer) private readonly renderer: PageRenderer,
  ) {}

  @Get(':id') @Requires(VIEW_PAYMENTS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const payment = await this.found(ctx, id);
    // Who looked at whose payment is on record, like a change.
    await this.database.run(ctx, async (tx) => { audit(tx, { action: 'payments.view', subject: { type: 'payment', id: payment.paymentId }, ...(payment.personId ? { personId: payment.personId } : {}) }); });
    const shown = onDesk(payment);
    const result = shown.refunds.find((refund) => refund.id === query.done);
    const from = deskPath(query.from);
    const more = await moreOf(ctx, payment, { on: 'desk', ...(from ? { from } : {}), ...(typeof query.news === 'string' ? { news: query.news } : {}) });
    return page('payments/desk-payment', { payment: shown, more, facts: factRows(more), language: payment.language, mayRefund: may(ctx, REFUND_PAYMENTS) && shown.refundableInPence > 0, from, result, asked: query.asked });
  }

  @Post(':id/ask') @Requires(VIEW_PAYMENTS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const payment = await this.found(ctx, id);
    const answered = await unlessUnavailable(this.payments.refresh(ctx, payment.paymentId));
    return redirect(`/desk/payments/${payment.paymentId}?${parameters({ asked: answered ? 'yes' : 'no', from: deskPath(textOf(body, 'from')) })}`);
  }

  @Get(':id/refund') @Requires(REFUND_PAYMENTS)
  async askHowMuch(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('from') from?: unknown): Promise<PageResult> {
    const payment = await this.found(ctx, id);
    const { refundableInPence } = onDesk(payment);
    return this.formPage(ctx, payment, { amount: (refundableInPence / 100).toFixed(2), reason: '', refundId: this.ids.uuid(), availableInPence: refundableInPence }, deskPath(from));
  }

  /** Checks, and asks whether that is meant; the second time, pays back. */
  @Post(':id/refund') @Requires(REFUND_PAYMENTS)
  async payBack(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const payment = await this.found(ctx, id);
    const { form: asked, mistakes } = readRefundForm(body);
    const from = deskPath(textOf(body, 'from'));
    if (mistakes.length > 0 || asked.amountInPence === undefined || textOf(body, 'step') === 'change') return this.formPage(ctx, payment, asked, from, { mistakes });
    if (textOf(body, 'step') !== 'confirmed') return page('payments/desk-refund-confirm', { payment: onDesk(payment), form: asked, from });
    const outcome = await unlessUnavailable(this.payments.refund(ctx, {
      paymentId: payment.paymentId, refundId: refundId(asked.refundId), idempotencyKey: `desk:${asked.refundId}`, amountInPence: asked.amountInPence, availableInPence: asked.availableInPence, reason: asked.reason,
    }));
    // Whether it was taken is not known: the same refund again is the same refund.
    if (!outcome) return this.formPage(ctx, payment, asked, from, { refusal: 'unanswered' });
    if (outcome.ok) return redirect(`/desk/payments/${payment.paymentId}?${parameters({ done: asked.refundId, from })}`);
    const { refundableInPence } = onDesk(await this.found(ctx, id));
    return this.formPage(ctx, payment, { ...asked, refundId: this.ids.uuid(), availableInPence: refundableInPence }, from, { refusal: outcome.refusal.reason });
  }

  private formPage(ctx: RequestContext, payment: Payment, asked: RefundForm, from: string | undefined, wrong: { readonly mistakes?: readonly RefundMistake[]; readonly refusal?: string } = {}): PageResult {
    const { mistakes = [], refusal } = wrong;
    const left = formatMoney(asked.availableInPence);
    const say = (key: string): string => this.renderer.messages.t(ctx, `payments.refundForm.${key}`, { left });
    const errors = [...mistakes.map(({ field, key }) => ({ field, message: say(key) })), ...(refusal ? [{ field: '', message: say(`refusals.${refusal}`) }] : [])];
    return page('payments/desk-refund', { payment: onDesk(payment), form: asked, errors, from }, errors.length ? { status: 422 } : {});
  }

  private found(ctx: RequestContext, id: string): Promise<Payment> {
    return this.payments.find(ctx, paymentIdIn(id));
  }
}

function textOf(body: FormBody, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

function parameters(values: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
}
