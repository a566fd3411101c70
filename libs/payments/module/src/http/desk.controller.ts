import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, Database, PageRenderer, Requires, audit, form, page, redirect } from '@guildhall/kernel';
import type { Clock, Ids, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, NotFound, isGuildhallError, may } from '@guildhall/kernel-contract';
import { PAYMENT_STATES, RECEIVE_PAYMENTS, RECONCILE_PAYMENTS, REFUND_PAYMENTS, VIEW_PAYMENTS, refundId } from '@guildhall/payments-contract';
import { formatMoney } from '@guildhall/ui';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CounterReceipts } from '../counter/counter-receipts';
import { receiptNumberOf } from '../counter/means';
import { isReversible } from '../counter/reverse-receipt';
import type { RefundForm, RefundMistake } from '../desk/refund-form';
import { deskPath, readRefundForm } from '../desk/refund-form';
import { onDesk } from '../desk/payment-on-desk';
import { PaymentBook } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { AskProvider } from '../reconciling/ask-provider';
import { RefundPayment } from '../refunding/refund-payment';
import { ListSettlements } from '../settling/list-settlements';
import { paymentIdIn } from './payment-id';

/** The officer's pages of a payment: in full, and paying money back. */
@Controller('desk/payments')
export class DeskController {
  constructor(
    @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(RefundPayment) private readonly refunding: RefundPayment, @Inject(AskProvider) private readonly asking: AskProvider,
    @Inject(Database) private readonly database: Database, @Inject(IDS) private readonly ids: Ids, @Inject(PageRenderer) private readonly renderer: PageRenderer, @Inject(ListSettlements) private readonly settlements: ListSettlements,
    @Inject(CounterReceipts) private readonly receipts: CounterReceipts, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id') @Requires(VIEW_PAYMENTS)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query() query: Readonly<Record<string, unknown>>): Promise<PageResult> {
    const payment = await this.found(ctx, id);
    // Who looked at whose payment is on record, like a change.
    await this.database.run(ctx, async (tx) => { audit(tx, { action: 'payments.view', subject: { type: 'payment', id: payment.paymentId }, ...(payment.personId ? { personId: payment.personId } : {}) }); });
    const shown = onDesk(payment);
    const result = shown.refunds.find((refund) => refund.id === query.done);
    const settled = may(ctx, RECONCILE_PAYMENTS) ? await this.settlements.settledOf(ctx, payment.paymentId) : undefined;
    const receipt = shown.counter ? await this.receipts.ofPayment(ctx, payment.paymentId) : undefined;
    return page('payments/desk-payment', { payment: shown, settled, mayRefund: may(ctx, REFUND_PAYMENTS) && shown.refundableInPence > 0 && !shown.counter,
      receipt, receiptNumber: receiptNumberOf(ctx, payment), language: payment.language, mayReceive: may(ctx, RECEIVE_PAYMENTS) && PAYMENT_STATES[payment.state].canBeTried, mayReverse: may(ctx, REFUND_PAYMENTS) && isReversible(receipt, this.clock.now()), from: deskPath(query.from), result, asked: query.asked, taken: query.taken !== undefined && receipt !== undefined, reversed: query.reversed !== undefined && receipt?.reversedAt !== undefined });
  }

  @Post(':id/ask') @Requires(VIEW_PAYMENTS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<RedirectResult> {
    const payment = await this.found(ctx, id);
    const answered = await this.asking.about(ctx, payment.paymentId).then(() => true, (error: unknown) => { if (isGuildhallError(error) && error.code === 'unavailable') return false; throw error; });
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
    const outcome = await this.refunding.refund(ctx, {
      paymentId: payment.paymentId, refundId: refundId(asked.refundId), idempotencyKey: `desk:${asked.refundId}`, amountInPence: asked.amountInPence, availableInPence: asked.availableInPence, reason: asked.reason,
    });
    if (outcome.ok) return redirect(`/desk/payments/${payment.paymentId}?${parameters({ done: asked.refundId, from })}`);
    const { refundableInPence } = onDesk(await this.found(ctx, id));
    return this.formPage(ctx, payment, { ...asked, refundId: this.ids.uuid(), availableInPence: refundableInPence }, from, { refusal: outcome.refusal.reason });
  }

  private formPage(ctx: RequestContext, payment: StoredPayment, asked: RefundForm, from: string | undefined, wrong: { readonly mistakes?: readonly RefundMistake[]; readonly refusal?: string } = {}): PageResult {
    const { mistakes = [], refusal } = wrong;
    const left = formatMoney(asked.availableInPence);
    const say = (key: string): string => this.renderer.messages.t(ctx, `payments.refundForm.${key}`, { left });
    const errors = [...mistakes.map(({ field, key }) => ({ field, message: say(key) })), ...(refusal ? [{ field: '', message: say(`refusals.${refusal}`) }] : [])];
    return page('payments/desk-refund', { payment: onDesk(payment), form: asked, errors, from }, errors.length ? { status: 422 } : {});
  }

  private async found(ctx: RequestContext, id: string): Promise<StoredPayment> {
    const payment = await this.book.find(ctx, paymentIdIn(id));
    if (!payment) throw new NotFound('There is no such payment.');
    return payment;
  }
}

function textOf(body: FormBody, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

function parameters(values: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
}
