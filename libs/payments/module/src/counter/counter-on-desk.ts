import { RECEIVE_PAYMENTS } from '@guildhall/payments-contract';
import type { DeskArea } from '@guildhall/portal-contract';

/** The desk's area where a payment is found by its reference and taken over the counter. */
export const counterOnDesk: DeskArea = { id: 'payments.counter', order: 300, titleKey: 'payments.counter.area', href: '/desk/counter', permission: RECEIVE_PAYMENTS };
