import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, PageRenderer, Requires, form, page, redirect } from '@guildhall/kernel';
import type { Clock, FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, NotFound } from '@guildhall/kernel-contract';
import { REFUND_PAYMENTS, refundId, refundedOf } from '@guildhall/payments-contract';
import { deskPath, paymentIdIn } from '@guildhall/payments-pages';
import { formatMoney } from '@guildhall/ui';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { PayBackForm } from '../counter/counter-form';
import { payBackMeansFor, readPayBackForm } from '../counter/counter-form';
import type { CounterReceipt } from '../counter/counter-receipts';
import { CounterReceipts } from '../counter/counter-receipts';
import { receiptNumberText } from '../counter/means';
import { PayBackLater } from '../counter/pay-back-later';
import { isReversible } from '../counter/reverse-receipt';
import { PaymentBook } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';

/** Money that came over the counter and goes back after its day. */
@Controller('desk/payments/:id/pay-back')
export class PayBackController {
  constructor(
    @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(CounterReceipts) private readonly receipts: CounterReceipts, @Inject(PayBackLater) private readonly later: PayBackLater,
    @Inject(IDS) private readonly ids: Ids, @Inject(CLOCK) private readonly clock: Clock, @Inject(PageRenderer) private readonly renderer: PageRenderer,
  ) {}

  @Get() @Requires(REFUND_PAYMENTS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('from') from?: unknown): Promise<PageResult> {
    const { payment, receipt } = await this.found(ctx, id);
    return this.formPage(ctx, payment, receipt, this.anew(payment, receipt), deskPath(from));
  }

  @Post() @Requires(REFUND_PAYMENTS)
  async payBack(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const { payment, receipt } = await this.found(ctx, id);
    const from = deskPath(body['from']);
    const { form: given, mistakes } = readPayBackForm(body, payBackMeansFor(receipt.means));
    const { amountInPence, means, number, reason, availableInPence } = given;
    if (mistakes.length > 0 || amountInPence === undefined || means === undefined) return this.formPage(ctx, payment, receipt, given, from, mistakes.map(({ field, key }) => ({ field, message: this.say(ctx, key, availableInPence) })));
    const paid = await this.later.payBack(ctx, { paymentId: payment.paymentId, refundId: refundId(given.refundId), amountInPence, availableInPence, means, ...(number ? { number } : {}), reason });
    if (paid.ok) return redirect(`/desk/payments/${payment.paymentId}?${new URLSearchParams({ done: given.refundId, ...(from ? { from } : {}) }).toString()}`);
    const now = await this.found(ctx, id);
    const { refundId: newId, availableInPence: left } = this.anew(now.payment, now.receipt);
    return this.formPage(ctx, now.payment, now.receipt, { ...given, refundId: newId, availableInPence: left }, from, [{ field: '', message: this.say(ctx, `refusals.${paid.refusal.reason}`, left) }]);
  }

  private anew(payment: StoredPayment, { attempt, amountInPence }: CounterReceipt): PayBackForm {
    const availableInPence = amountInPence - refundedOf(attempt, payment.refunds);
    return { refundId: this.ids.uuid(), amount: (availableInPence / 100).toFixed(2), availableInPence, number: '', reason: '' };
  }

  private formPage(ctx: RequestContext, { paymentId, reference }: StoredPayment, receipt: CounterReceipt, given: PayBackForm, from: string | undefined, errors: readonly FieldError[] = []): PageResult {
    const standing = isReversible(receipt, this.clock.now()) ? 'same-day' : given.availableInPence === 0 ? 'more-than-left' : undefined;
    return page('payments/desk-pay-back', { payment: { id: paymentId, reference }, receipt, receiptNumber: receiptNumberText(ctx.council.referencePrefix, receipt.number), form: given, standing, errors, from }, errors.length ? { status: 422 } : {});
  }

  private say(ctx: RequestContext, key: string, leftInPence: number): string { return this.renderer.messages.t(ctx, `payments.payBack.${key}`, { left: formatMoney(leftInPence) }); }

  private async found(ctx: RequestContext, id: string): Promise<{ readonly payment: StoredPayment; readonly receipt: CounterReceipt }> {
    const paymentId = paymentIdIn(id);
    const [payment, receipt] = await Promise.all([this.book.find(ctx, paymentId), this.receipts.ofPayment(ctx, paymentId)]);
    if (!payment || !receipt) throw new NotFound('This was not paid at the counter.');
    return { payment, receipt };
  }
}
