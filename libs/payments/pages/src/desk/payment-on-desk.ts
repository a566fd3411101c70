import type { Payment, PaymentTry, VatRate } from '@guildhall/payments-contract';
import type { PaymentOnPage } from '../http/payment-on-page';
import { onPage } from '../http/payment-on-page';

/** A payment as an officer sees it in full. */
export interface PaymentOnDesk extends Omit<PaymentOnPage, 'lines' | 'refunds'> {
  readonly lines: readonly { readonly title: string; readonly amountInPence: number; readonly ledgerCode: string; readonly vatRate: VatRate }[];
  readonly attempts: readonly PaymentTry[];
  readonly refunds: readonly { readonly id: string; readonly amountInPence: number; readonly state: string; readonly reason: string; readonly by?: string; readonly at: Date; readonly isOfSurplus: boolean; readonly failure?: string }[];
  /** Money that is the payer's and has not gone back, and of which no refund is on its way. */
  readonly surplusHeldInPence: number;
  /** The other system that asked for it. */
  readonly askedBy?: string;
  /** It is another council's payer: the receipt is that council's to show. */
  readonly isElsewhere: boolean;
}

export function onDesk(payment: Payment): PaymentOnDesk {
  const { lines, tries, refunds, surplusInPence, askedBy } = payment;
  return {
    ...onPage(payment, 'officer'),
    lines: lines.map(({ title, amountInPence, ledgerCode, vatRate }) => ({ title: title.en, amountInPence, ledgerCode, vatRate })),
    attempts: tries,
    refunds: refunds.map(({ refundId, amountInPence, state, reason, requestedBy, requestedAt, finishedAt, isOfSurplus, failure }) => ({ id: refundId, amountInPence, state, reason, ...(requestedBy ? { by: requestedBy } : {}), at: finishedAt ?? requestedAt, isOfSurplus, ...(failure ? { failure } : {}) })),
    surplusHeldInPence: surplusInPence, ...(askedBy ? { askedBy: askedBy.clientId } : {}), isElsewhere: askedBy?.isElsewhere === true,
  };
}
