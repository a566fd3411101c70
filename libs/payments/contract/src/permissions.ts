import { definePermission } from '@guildhall/kernel-contract';

/** See payments that are not one's own. @public */
export const VIEW_PAYMENTS = definePermission('payments.view', 'See payments', ['adviser', 'case-officer', 'team-manager']);
/** For another system: see every payment of the council with `payments.view`, not only those that it asked for itself. Another council's app must not have it. @public */
export const VIEW_ALL_PAYMENTS = definePermission('payments.view-all', 'Let another system see payments that it did not ask for', ['team-manager']);
/** Ask for a payment on somebody's behalf, or withdraw one. Another system needs it to use this service. @public */
export const TAKE_PAYMENTS = definePermission('payments.take', 'Ask for payments on behalf of others', ['adviser', 'case-officer', 'team-manager']);
/** Take money over a counter: cash, a cheque or a card at a terminal. @public */
export const RECEIVE_PAYMENTS = definePermission('payments.receipt', 'Take money at a counter', ['adviser', 'team-manager']);
/** Take the ledger out for the finance system. @public */
export const EXPORT_PAYMENTS = definePermission('payments.export', 'Take the ledger out for the finance system', ['team-manager']);
/** See what providers have settled, where it differs from our own books, and compare a day again. @public */
export const RECONCILE_PAYMENTS = definePermission('payments.reconcile', 'Compare payments with what providers have settled', ['team-manager']);
/** Pay money back. @public */
export const REFUND_PAYMENTS = definePermission('payments.refund', 'Pay money back', ['team-manager']);
