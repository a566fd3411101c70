import path from 'node:path';
import { CaseRefundDue } from '@guildhall/cases-contract';
import { SilentFarEnds, defineModule, does, every, implement, on, optionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { register } from '@guildhall/kernel-contract';
import { PAYMENTS, PaymentFailed, PaymentRefunded, PaymentSucceeded, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_PAYMENTS } from '@guildhall/payments-contract';
import { PAYMENT_PAGES, PaymentPagesModule, paymentPages } from '@guildhall/payments-pages';
import { PRIVACY_NOTE } from '@guildhall/portal-contract';
import { Module } from '@nestjs/common';
import { AskAboutPayment } from './asking/ask-about-payment';
import { AskAboutPaymentJob, LookForDueJob, SendCaseRefundJob } from './asking/jobs';
import { LookForDue } from './asking/look-for-due';
import { farSideOf } from './far-side';
import { createOutstanding } from './migrations/001-outstanding';
import type { PaymentsOverHttpOptions } from './options';
import { checkOptions } from './options';
import { PaymentsElsewhere } from './payments-elsewhere';
import { privacyNote } from './privacy-note';
import { RefundForCase } from './refunding/refund-for-case';
import { RefusedRefunds } from './refunding/refused-refunds';
import { SendCaseRefund } from './refunding/send-case-refund';
import { HearPayment } from './telling/hear-payment';

@Module({ imports: [PaymentPagesModule], providers: [PaymentsElsewhere, SilentFarEnds, HearPayment, AskAboutPayment, LookForDue, RefundForCase, SendCaseRefund, RefusedRefunds] })
class PaymentsOverHttpModule {}

/**
 * A council's payments, taken and kept by another council's app. It stands in place of `payments({ providers: [ … ] })`; nothing else in the configuration changes.
 * @public
 * @example paymentsOverHttp({ origin: env.url('PAYMENTS_ORIGIN'), credential: env.secret('PAYMENTS_CREDENTIAL'), payPages: env.string('PAYMENTS_PAGES') })
 */
export const paymentsOverHttp = defineModule<PaymentsOverHttpOptions>({
  id: 'payments-over-http',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: PaymentsOverHttpModule,
  provides: [implement(PAYMENTS, PaymentsElsewhere)],
  schema: 'payments_over_http',
  migrations: [createOutstanding],
  permissions: [VIEW_PAYMENTS, TAKE_PAYMENTS, REFUND_PAYMENTS],
  events: [PaymentSucceeded, PaymentFailed, PaymentRefunded],
  subscribers: [on('payments-over-http.refund-for-case', CaseRefundDue, RefundForCase)],
  jobs: [does(AskAboutPaymentJob, AskAboutPayment), does(SendCaseRefundJob, SendCaseRefund), does(LookForDueJob, LookForDue)],
  recurring: [every('minute', LookForDueJob)],
  registers: [...paymentPages.registers, register(PAYMENT_PAGES, { vatNumber: (ctx: RequestContext): string | undefined => optionsOf(ctx, paymentsOverHttp).vatNumber }), register(PRIVACY_NOTE, privacyNote)],
  providersIn: (options) => {
    checkOptions(options);
    return [farSideOf(options)];
  },
  sharedPages: paymentPages,
});
