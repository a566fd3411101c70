export { PAYMENT_PAGES, PaymentPagesModule, paymentPages } from './payment-pages';
export type { MoreOfPayment, PaidByHand, PaymentPageSettings, PaymentShown } from './payment-pages';
export { deskPath, penceIn } from './desk/refund-form';
export { paymentIdIn } from './http/payment-id';
