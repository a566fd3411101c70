import { EXPORT_PAYMENTS } from '@guildhall/payments-contract';
import type { DeskArea } from '@guildhall/portal-contract';

/** The desk's area for the finance system's files. */
export const ledgerOnDesk: DeskArea = { id: 'payments.ledger', order: 310, titleKey: 'payments.ledger.area', href: '/desk/ledger', permission: EXPORT_PAYMENTS };
