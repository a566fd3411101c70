import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { may } from '@guildhall/kernel-contract';
import { PAYMENT_STATES, RECEIVE_PAYMENTS, REFUND_PAYMENTS, VIEW_PAYMENTS, paymentId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { onPage } from '../http/payment-on-page';
import { PaymentBook } from '../keeping/payment-book';
import { wayBackOf } from './way-back';

/** The payment beside the facts of a case on the officer's page. */
@Injectable()
export class PaymentOnCase implements CasePanel {
  readonly id = 'payments.payment';
  readonly order = 200;
  constructor(@Inject(PaymentBook) private readonly book: PaymentBook) {}

  async load(ctx: RequestContext, caseView: CaseView): Promise<CasePanelContent | undefined> {
    if (!caseView.paymentId || !may(ctx, VIEW_PAYMENTS)) return undefined;
    const payment = await this.book.find(ctx, paymentId(caseView.paymentId));
    if (!payment) return undefined;
    const shown = onPage(payment);
    return { title: 'Payment', template: 'payments/case-panel.njk', data: { payment: shown, back: wayBackOf(payment), mayRefund: may(ctx, REFUND_PAYMENTS) && shown.refundableInPence > 0 && !shown.counter, mayReceive: may(ctx, RECEIVE_PAYMENTS) && PAYMENT_STATES[payment.state].canBeTried, language: payment.language, from: `/desk/cases/${caseView.reference}` } };
  }
}
