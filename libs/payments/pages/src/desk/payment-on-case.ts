import type { CasePanel, CasePanelContent, CaseView } from '@guildhall/cases-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError, may } from '@guildhall/kernel-contract';
import type { PaymentsApi } from '@guildhall/payments-contract';
import { PAYMENTS, REFUND_PAYMENTS, VIEW_PAYMENTS, paymentId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { onPage } from '../http/payment-on-page';
import { factRows, moreOf } from '../more-of-payment';
import { wayBackOf } from './way-back';

/** The payment beside the facts of a case on the officer's page. */
@Injectable()
export class PaymentOnCase implements CasePanel {
  readonly id = 'payments.payment';
  readonly order = 200;
  constructor(@Inject(PAYMENTS.token) private readonly payments: PaymentsApi) {}

  async load(ctx: RequestContext, caseView: CaseView): Promise<CasePanelContent | undefined> {
    if (!caseView.paymentId || !may(ctx, VIEW_PAYMENTS)) return undefined;
    // A case may name a payment that another system took.
    const payment = await this.payments.find(ctx, paymentId(caseView.paymentId)).catch((error: unknown) => {
      if (isGuildhallError(error) && error.code === 'not-found') return undefined;
      throw error;
    });
    if (!payment) return undefined;
    const shown = onPage(payment, 'officer');
    const from = `/desk/cases/${caseView.reference}`;
    const more = await moreOf(ctx, payment, { on: 'case', from });
    return { title: 'Payment', template: 'payments/case-panel.njk', data: { payment: shown, more, facts: factRows(more), back: wayBackOf(payment), mayRefund: may(ctx, REFUND_PAYMENTS) && shown.refundableInPence > 0, from } };
  }
}
