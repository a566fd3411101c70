import { RECONCILE_PAYMENTS } from '@guildhall/payments-contract';
import type { DeskArea } from '@guildhall/portal-contract';

/** The desk's area for what providers have settled. */
export const reconciliationOnDesk: DeskArea = { id: 'payments.reconciliation', order: 320, titleKey: 'payments.reconciliation.area', href: '/desk/reconciliation', permission: RECONCILE_PAYMENTS };
