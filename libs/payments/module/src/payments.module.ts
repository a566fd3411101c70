import path from 'node:path';
import { CASES, CASE_TYPE, CaseMoved, CaseRefundDue } from '@guildhall/cases-contract';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { SilentFarEnds, defineModule, does, every, implement, mayUse, on, optionsOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { register } from '@guildhall/kernel-contract';
import { EXPORT_PAYMENTS, PAYMENTS, PaymentFailed, PaymentRefunded, PaymentSucceeded, RECEIVE_PAYMENTS, RECONCILE_PAYMENTS, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_ALL_PAYMENTS, VIEW_PAYMENTS } from '@guildhall/payments-contract';
import { PAYMENT_PAGES, PaymentPagesModule, paymentPages } from '@guildhall/payments-pages';
import { DESK_AREA, PRIVACY_NOTE } from '@guildhall/portal-contract';
import { Module } from '@nestjs/common';
import { privacyNote } from './account/privacy-note';
import { counterOnDesk } from './counter/counter-on-desk';
import { CounterReceipts } from './counter/counter-receipts';
import { PayBackLater } from './counter/pay-back-later';
import { ReverseReceipt } from './counter/reverse-receipt';
import { TakeAtCounter } from './counter/take-at-counter';
import { ExportLedger } from './exporting/export-ledger';
import { ledgerOnDesk } from './exporting/ledger-on-desk';
import { CounterController } from './http/counter.controller';
import { DeskLedgerController, LedgerApiController } from './http/ledger.controllers';
import { PayBackController } from './http/pay-back.controller';
import { OwnPaymentsController, PaymentsApiController } from './http/payments-api.controller';
import { ReconciliationController } from './http/reconciliation.controller';
import { TermsController } from './http/terms.controller';
import { WebhooksController } from './http/webhooks.controller';
import { PaymentBook } from './keeping/payment-book';
import { createPayments } from './migrations/001-payments';
import { createSettlements } from './migrations/002-settlements';
import { takeAtCounter } from './migrations/003-counter';
import { createNeighbours } from './migrations/004-neighbours';
import { payBackLater } from './migrations/005-paid-back-later';
import { payerDetails } from './migrations/006-payer-details';
import { otherSettled } from './migrations/007-other-settled';
import { clearedUp } from './migrations/008-cleared-up';
import { checkNeighbours } from './neighbours';
import type { PaymentsOptions } from './payments.options';
import { PaymentsSettings } from './payments.options';
import { PaymentsService } from './payments.service';
import { AskProvider } from './reconciling/ask-provider';
import { CancelAttempt } from './reconciling/cancel-attempt';
import { HearAttempt } from './reconciling/hear-attempt';
import { AskAboutAttemptJob, CancelAttemptJob, CarryOnRefundJob, ForgetEventsJob, ReconcileJob } from './reconciling/jobs';
import { AskAboutAttempt, PROVIDER_JOBS, SendRefund, StopAttempt } from './reconciling/provider-jobs';
import { ReconcilePayments } from './reconciling/reconcile-payments';
import { CarryOnRefund } from './refunding/carry-on-refund';
import { HearRefunds } from './refunding/hear-refunds';
import { RefundForCase } from './refunding/refund-for-case';
import { RefundPayment } from './refunding/refund-payment';
import { ReturnSurplus } from './refunding/return-surplus';
import { PaymentsOfPerson } from './rights/personal-data';
import { settlementDifference } from './settling/difference-case-type';
import { FindUnsettled } from './settling/find-unsettled';
import { PlanSettlementsJob, ReadSettlementsJob, TellOfDifferenceJob } from './settling/jobs';
import { ListSettlements } from './settling/list-settlements';
import { PlanSettlements } from './settling/plan-settlements';
import { ReadSettlements } from './settling/read-settlements';
import { reconciliationOnDesk } from './settling/reconciliation-on-desk';
import { HeedFinance } from './settling/heed-finance';
import { TellOfDifference } from './settling/tell-of-difference';
import { MoreOfPayments } from './showing/more-of-payments';
import { RequestPayment } from './taking/request-payment';
import { StartPayment } from './taking/start-payment';
import { TakePayment } from './taking/take-payment';
import { WithdrawPayment } from './taking/withdraw-payment';
import { ForgetEvents, TakeWebhook } from './webhooks/take-webhook';
import { deskTexts } from './wording/desk-texts';
import { texts } from './wording/texts';

@Module({
  imports: [PaymentPagesModule],
  controllers: [WebhooksController, CounterController, PayBackController, DeskLedgerController, ReconciliationController, PaymentsApiController, OwnPaymentsController, TermsController, LedgerApiController],
  providers: [
    PaymentsService, SilentFarEnds, PaymentBook, RequestPayment, StartPayment, TakePayment, WithdrawPayment, RefundPayment, RefundForCase, CarryOnRefund, HearRefunds, ReturnSurplus, AskProvider, HearAttempt, CancelAttempt, ReconcilePayments, ...PROVIDER_JOBS,
    TakeAtCounter, ReverseReceipt, PayBackLater, CounterReceipts, PlanSettlements, ReadSettlements, FindUnsettled, TellOfDifference, HeedFinance, ListSettlements, TakeWebhook, ForgetEvents, ExportLedger, MoreOfPayments, PaymentsOfPerson,
    { provide: PaymentsSettings, useFactory: () => new PaymentsSettings((ctx: RequestContext) => optionsOf(ctx, payments)) },
  ],
})
class PaymentsModule {}

/**
 * Collects money for other modules, pays it back, and keeps the ledger.
 * @public
 * @example payments({ providers: [sandboxRedirect()] })
 */
export const payments = defineModule<PaymentsOptions>({
  id: 'payments',
  version: '0.1.0',
  packageFolder: path.join(__dirname, '..'),
  nest: PaymentsModule,
  provides: [implement(PAYMENTS, PaymentsService)],
  requires: [mayUse(CASES, '^0.1.0')],
  schema: 'payments',
  migrations: [createPayments, createSettlements, takeAtCounter, createNeighbours, payBackLater, payerDetails, otherSettled, clearedUp],
  permissions: [VIEW_PAYMENTS, VIEW_ALL_PAYMENTS, TAKE_PAYMENTS, REFUND_PAYMENTS, RECEIVE_PAYMENTS, EXPORT_PAYMENTS, RECONCILE_PAYMENTS],
  events: [PaymentSucceeded, PaymentFailed, PaymentRefunded],
  subscribers: [on('payments.refund-for-case', CaseRefundDue, RefundForCase), on('payments.heed-finance', CaseMoved, HeedFinance)],
  jobs: [
    does(AskAboutAttemptJob, AskAboutAttempt), does(CancelAttemptJob, StopAttempt), does(CarryOnRefundJob, SendRefund), does(ReconcileJob, ReconcilePayments), does(ForgetEventsJob, ForgetEvents),
    does(PlanSettlementsJob, PlanSettlements), does(ReadSettlementsJob, ReadSettlements), does(TellOfDifferenceJob, TellOfDifference),
  ],
  recurring: [every('minute', ReconcileJob), every('hour', PlanSettlementsJob), every('day', ForgetEventsJob)],
  registers: [...paymentPages.registers, register(PAYMENT_PAGES, MoreOfPayments), register(CASE_TYPE, settlementDifference), register(DESK_AREA, counterOnDesk), register(DESK_AREA, ledgerOnDesk), register(DESK_AREA, reconciliationOnDesk), register(PRIVACY_NOTE, privacyNote), register(PERSONAL_DATA, PaymentsOfPerson)],
  // Looked at when the council is assembled: a wrong neighbour stops the start.
  providersIn: ({ providers, neighbours = [] }) => {
    checkNeighbours(neighbours);
    return providers;
  },
  sharedPages: paymentPages,
  texts,
  deskTexts,
  viewsFolder: path.join(__dirname, '../views'),
});
