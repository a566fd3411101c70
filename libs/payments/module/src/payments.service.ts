import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import type { Payment, PaymentId, PaymentOrder, PaymentStart, PaymentSubject, PaymentsApi, PaymentsPage, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '@guildhall/payments-contract';
import { demandResident, demandSight, maySeePayment } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PaymentBook } from './keeping/payment-book';
import type { StoredPayment } from './keeping/stored-payment';
import { toView } from './keeping/stored-payment';
import { AskProvider } from './reconciling/ask-provider';
import { RefundPayment } from './refunding/refund-payment';
import { RequestPayment } from './taking/request-payment';
import { StartPayment } from './taking/start-payment';
import { TakePayment } from './taking/take-payment';
import { WithdrawPayment } from './taking/withdraw-payment';

/** What other modules call: one use case each. */
@Injectable()
export class PaymentsService implements PaymentsApi {
  constructor(
    @Inject(PaymentBook) private readonly book: PaymentBook, @Inject(RequestPayment) private readonly requesting: RequestPayment, @Inject(StartPayment) private readonly starting: StartPayment,
    @Inject(TakePayment) private readonly taking: TakePayment, @Inject(WithdrawPayment) private readonly withdrawing: WithdrawPayment, @Inject(RefundPayment) private readonly refunding: RefundPayment, @Inject(AskProvider) private readonly asking: AskProvider,
  ) {}

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    return viewed(await this.requesting.request(ctx, order));
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    return this.starting.start(ctx, paymentId);
  }

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    return this.taking.take(ctx, order);
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    demandSight(ctx, paymentId, await this.book.find(ctx, paymentId));
    return toView(await this.asking.about(ctx, paymentId));
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    const payment = await this.book.find(ctx, paymentId);
    demandSight(ctx, paymentId, payment);
    return toView(payment as StoredPayment);
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    return (await this.book.forSubject(ctx, subject)).filter((payment) => maySeePayment(ctx, payment)).map(toView);
  }

  async ofResident(ctx: RequestContext, page: PaymentsPage): Promise<readonly Payment[]> {
    return (await this.book.forPerson(ctx, demandResident(ctx), page)).filter((payment) => maySeePayment(ctx, payment)).map(toView);
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    return viewed(await this.withdrawing.withdraw(ctx, paymentId));
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    return viewed(await this.refunding.refund(ctx, order));
  }
}

function viewed<R extends { readonly reason: string; readonly message: string }>(outcome: Outcome<StoredPayment, R>): Outcome<Payment, R> {
  return outcome.ok ? { ok: true, value: toView(outcome.value) } : outcome;
}
