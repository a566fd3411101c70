import type { PageResult, RedirectResult } from '@guildhall/kernel';
import { Ctx, LOG, Public, page, redirect } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { NotAuthenticated, isGuildhallError } from '@guildhall/kernel-contract';
import type { PaymentId } from '@guildhall/payments-contract';
import { PAYMENT_STATES, demandSight } from '@guildhall/payments-contract';
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { receiptNumberOf } from '../counter/means';
import { PaymentBook } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { PaymentsSettings } from '../payments.options';
import { AskProvider } from '../reconciling/ask-provider';
import { StartPayment } from '../taking/start-payment';
import { paymentIdIn } from './payment-id';
import { onPage, vatOnReceipt } from './payment-on-page';

/** The pages between the council's service and the provider's: what will be paid, what became of it, and the receipt. */
@Controller('payments')
export class PayerController {
  constructor(
    @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(StartPayment) private readonly starting: StartPayment,
    @Inject(AskProvider) private readonly asking: AskProvider, @Inject(PaymentsSettings) private readonly settings: PaymentsSettings, @Inject(LOG) private readonly log: Log,
  ) {}

  /** What is to be paid, and the button that leads on. */
  @Get(':id') @Public()
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (PAYMENT_STATES[payment.state].isPaid) return redirect(pathOncePaid(payment));
    if (payment.state === 'submitted') return redirect(`/payments/${payment.paymentId}/return`);
    if (payment.state === 'withdrawn') return page('payments/outcome', { payment: onPage(payment), outcome: 'withdrawn' });
    return page('payments/pay', { payment: onPage(payment) });
  }

  @Post(':id/start') @Public()
  async start(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    try {
      const started = await this.starting.start(ctx, payment.paymentId);
      if (started.ok) return redirect(started.value.nextUrl);
      if (started.refusal.reason === 'provider-refused') return page('payments/outcome', { payment: onPage(payment), outcome: 'refused' }, { status: 502, gotAt: `/payments/${payment.paymentId}` });
      return redirect(`/payments/${payment.paymentId}/return`);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      this.log.warn('payments.start-unanswered', { council: ctx.council.slug, payment: payment.paymentId });
      return page('payments/outcome', { payment: onPage(payment), outcome: 'unavailable' }, { status: 503, gotAt: `/payments/${payment.paymentId}` });
    }
  }

  /** Where the provider sends the payer's browser, whatever happened. Only the provider's own answer counts; the address says nothing. */
  @Get(':id/return') @Public()
  async comeBack(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const before = await this.book.find(ctx, paymentIdIn(id));
    // A payer whose session ended at the provider has paid all the same: that is written down before they are asked who they are.
    const answered = before && await this.asked(ctx, before);
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (PAYMENT_STATES[payment.state].isPaid) return redirect(pathOncePaid(payment));
    const data = { payment: onPage(payment) };
    switch (payment.state) {
      case 'submitted': return page('payments/waiting', data);
      case 'requested': case 'started': return answered ? page('payments/outcome', { ...data, outcome: 'unfinished' }) : page('payments/waiting', data);
      default: return page('payments/outcome', { ...data, outcome: payment.state });
    }
  }

  @Get(':id/receipt') @Public()
  async receipt(@Ctx() ctx: RequestContext, @Param('id') id: string): Promise<PageResult | RedirectResult> {
    const payment = await this.seen(ctx, paymentIdIn(id));
    if (!PAYMENT_STATES[payment.state].isPaid) return redirect(`/payments/${payment.paymentId}`);
    return page('payments/receipt', { payment: onPage(payment), isOwn: ctx.actor.kind === 'resident', receiptNumber: receiptNumberOf(ctx, payment), ...vatOnReceipt(payment, this.settings.vatNumber(ctx)) });
  }

  private async seen(ctx: RequestContext, id: PaymentId): Promise<StoredPayment> {
    const payment = await this.book.find(ctx, id);
    // Whose session has ended signs in and comes back here.
    if (payment?.personId && ctx.actor.kind === 'nobody') throw new NotAuthenticated();
    demandSight(ctx, id, payment);
    return payment as StoredPayment;
  }

  /** Whether the provider answered. */
  private async asked(ctx: RequestContext, payment: StoredPayment): Promise<boolean> {
    try {
      await this.asking.about(ctx, payment.paymentId);
      return true;
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      this.log.warn('payments.return-unanswered', { council: ctx.council.slug, payment: payment.paymentId });
      return false;
    }
  }
}

/** Back into the service; to the receipt for who came by a link to this payment alone. */
function pathOncePaid(payment: StoredPayment): string {
  const { onwardPath, id } = onPage(payment);
  return onwardPath ?? `/payments/${id}/receipt`;
}
