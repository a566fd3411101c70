import type { FormBody, PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, PageRenderer, Requires, form, page, redirect } from '@guildhall/kernel';
import type { Clock, FieldError, Ids, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, InvalidInput, NotFound, isUuid } from '@guildhall/kernel-contract';
import { PAYMENT_STATES, RECEIVE_PAYMENTS, REFUND_PAYMENTS } from '@guildhall/payments-contract';
import { deskPath, paymentIdIn } from '@guildhall/payments-pages';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import type { CounterForm, CounterMistake } from '../counter/counter-form';
import { readCounterForm, readReason } from '../counter/counter-form';
import { CounterReceipts } from '../counter/counter-receipts';
import { receiptNumberOf } from '../counter/means';
import { ReverseReceipt, isReversible } from '../counter/reverse-receipt';
import { TakeAtCounter } from '../counter/take-at-counter';
import { PaymentBook } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';

/** The counter: find a payment by its reference, take the money, print the receipt, and on the same day give it back. */
@Controller('desk')
export class CounterController {
  constructor(
    @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(CounterReceipts) private readonly receipts: CounterReceipts, @Inject(TakeAtCounter) private readonly taking: TakeAtCounter,
    @Inject(ReverseReceipt) private readonly reversing: ReverseReceipt, @Inject(IDS) private readonly ids: Ids, @Inject(CLOCK) private readonly clock: Clock, @Inject(PageRenderer) private readonly renderer: PageRenderer,
  ) {}

  @Get('counter') @Requires(RECEIVE_PAYMENTS)
  async find(@Ctx() ctx: RequestContext, @Query('reference') asked?: unknown): Promise<PageResult | RedirectResult> {
    const reference = typeof asked === 'string' ? asked.trim().slice(0, 50) : undefined;
    if (reference === undefined) return page('payments/desk-counter', { reference: '', errors: [] });
    const found = reference === '' ? undefined : await this.receipts.paymentReferred(ctx, reference);
    if (found) return redirect(`/desk/payments/${found}/counter?from=/desk/counter`);
    return page('payments/desk-counter', { reference, errors: this.errors(ctx, [{ field: 'reference', key: reference === '' ? 'referenceMissing' : 'referenceUnknown' }]) }, { status: 422 });
  }

  @Get('payments/:id/counter') @Requires(RECEIVE_PAYMENTS)
  async ask(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('from') from?: unknown): Promise<PageResult | RedirectResult> {
    const payment = await this.found(ctx, id);
    return this.takingPage(ctx, payment, { receiptId: this.ids.uuid(), amountInPence: payment.amountInPence, slip: '' }, deskPath(from));
  }

  @Post('payments/:id/counter') @Requires(RECEIVE_PAYMENTS)
  async take(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const payment = await this.found(ctx, id);
    const from = deskPath(body['from']);
    const { form: given, mistakes } = readCounterForm(body);
    if (!isUuid(given.receiptId)) throw new InvalidInput('This form was not made here.', [{ field: 'receiptId', message: 'must be the id that came with the form' }]);
    if (mistakes.length > 0 || given.means === undefined) return this.takingPage(ctx, payment, given, from, { errors: this.errors(ctx, mistakes) });
    const taken = await this.taking.take(ctx, { paymentId: payment.paymentId, receiptId: given.receiptId, means: given.means, ...(given.slip ? { slip: given.slip } : {}), amountInPence: given.amountInPence });
    if (taken.ok) return redirect(`/desk/payments/${payment.paymentId}?${new URLSearchParams({ news: 'taken', ...(from ? { from } : {}) }).toString()}`);
    const now = await this.found(ctx, id);
    return this.takingPage(ctx, now, { ...given, amountInPence: now.amountInPence }, from, { errors: [{ field: '', message: this.renderer.messages.t(ctx, `payments.counter.refusals.${taken.refusal.reason}`) }] });
  }

  @Get('payments/:id/reversal') @Requires(REFUND_PAYMENTS)
  async askWhy(@Ctx() ctx: RequestContext, @Param('id') id: string, @Query('from') from?: unknown): Promise<PageResult> {
    return this.reversalPage(ctx, await this.found(ctx, id), '', deskPath(from));
  }

  @Post('payments/:id/reversal') @Requires(REFUND_PAYMENTS)
  async reverse(@Ctx() ctx: RequestContext, @Param('id') id: string, @Body(form()) body: FormBody): Promise<PageResult | RedirectResult> {
    const payment = await this.found(ctx, id);
    const from = deskPath(body['from']);
    const { reason, mistakes } = readReason(body);
    if (mistakes.length > 0) return this.reversalPage(ctx, payment, reason, from, this.errors(ctx, mistakes));
    const reversed = await this.reversing.reverse(ctx, { paymentId: payment.paymentId, reason });
    if (reversed.ok) return redirect(`/desk/payments/${payment.paymentId}?${new URLSearchParams({ news: 'reversed', ...(from ? { from } : {}) }).toString()}`);
    return this.reversalPage(ctx, payment, reason, from, [{ field: '', message: this.renderer.messages.t(ctx, `payments.counter.refusals.${reversed.refusal.reason}`) }]);
  }

  private takingPage(ctx: RequestContext, payment: StoredPayment, given: CounterForm, from: string | undefined, { errors = [] }: { readonly errors?: readonly FieldError[] } = {}): PageResult {
    const { isPaid } = PAYMENT_STATES[payment.state];
    const standing = isPaid ? 'already-paid' : payment.state === 'withdrawn' ? 'withdrawn' : payment.state === 'submitted' ? 'being-processed' : undefined;
    return page('payments/desk-counter-take', { payment: atCounter(payment), form: given, errors, from, standing, isOpenOnline: payment.state === 'started', receiptNumber: receiptNumberOf(ctx, payment) }, errors.length ? { status: 422 } : {});
  }

  private async reversalPage(ctx: RequestContext, payment: StoredPayment, reason: string, from: string | undefined, errors: readonly FieldError[] = []): Promise<PageResult> {
    const receipt = await this.receipts.ofPayment(ctx, payment.paymentId);
    if (!receipt) throw new NotFound('This was not paid at the counter.');
    return page('payments/desk-reversal', { payment: atCounter(payment), receipt, receiptNumber: receiptNumberOf(ctx, payment), reason, errors, from, isReversible: isReversible(receipt, this.clock.now()) }, errors.length ? { status: 422 } : {});
  }

  private errors(ctx: RequestContext, mistakes: readonly CounterMistake[]): readonly FieldError[] {
    return mistakes.map(({ field, key }) => ({ field, message: this.renderer.messages.t(ctx, `payments.counter.${key}`) }));
  }

  private async found(ctx: RequestContext, id: string): Promise<StoredPayment> {
    const payment = await this.book.find(ctx, paymentIdIn(id));
    if (!payment) throw new NotFound('There is no such payment.');
    return payment;
  }
}

/** What an officer at the counter has to see of a payment. */
function atCounter({ paymentId, reference, amountInPence, lines }: StoredPayment): object {
  return { id: paymentId, reference, amountInPence, lines: lines.map((line) => ({ title: line.title.en, amountInPence: line.amountInPence })) };
}
