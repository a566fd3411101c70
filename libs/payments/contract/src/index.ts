export { MOST_PER_PAYMENT_IN_PENCE, VAT_PER_CENT, shareOut, totalOf, vatIn } from './money';
export type { Currency, FeeLine, Money, VatRate } from './money';
export { EVERY_PAYMENT_STATE, PAYMENT_STATES, REFUND_STATES, paymentId, refundId } from './payment';
export type { Payment, PaymentId, PaymentMethod, PaymentState, PaymentStateRule, PaymentSubject, PaymentTry, Refund, RefundId, RefundState } from './payment';
export { ATTEMPT_STATES, learn, stateOf } from './attempt';
export type { AttemptFacts, AttemptMoney, AttemptState, AttemptStateRule, Lesson, PaymentFacts } from './attempt';
export { decideRefund, decideStart, decideWithdrawal, recogniseRefunds, refundStateFrom, refundedOf, surplusOf } from './decisions';
export type { RefundFacts, RefundLessons, StartDecision } from './decisions';
export { demandRefunding, demandResident, demandSight, demandTaking, maySeePayment, payerOf, systemAsking } from './access';
export { checkOrder, checkRefundOrder, payerAddressFrom, payerDetailsOf, withoutPayerDetails } from './order';
export { EVERY_PROVIDER_PAYMENT_STATE, PAYMENT_PROVIDER } from './payment-provider';
export type {
  CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PayerAddress, PaymentAbility, PaymentProvider, ProviderPayer, ProviderPayment, ProviderPaymentPage, ProviderPaymentSearch, ProviderPaymentState,
  ProviderRefund, ProviderRefundRefusal, ProviderRefundState, SettledItem, SettledMovement, SettlementPage, SettlementPeriod, WebhookDelivery, WebhookNotice, WebhookRefusal,
} from './payment-provider';
export { PAYMENTS, PaymentsDispatcher } from './payments-api';
export type { Payer, PaymentOrder, PaymentStart, PaymentsApi, PaymentsPage, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from './payments-api';
export { PaymentFailed, PaymentRefunded, PaymentSucceeded } from './events';
export { EXPORT_PAYMENTS, RECEIVE_PAYMENTS, RECONCILE_PAYMENTS, REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_ALL_PAYMENTS, VIEW_PAYMENTS } from './permissions';
export { HttpPayments, ON_BEHALF_OF } from './client/http-payments';
export type { HttpPaymentsOptions, PaymentsTerms } from './client/http-payments';
export { paymentFromJson, paymentToJson } from './client/payment-json';
export type { PaymentJson } from './client/payment-json';
