import type { AttemptState, VatRate } from '@guildhall/payments-contract';
import { REFUND_STATES, refundedOf } from '@guildhall/payments-contract';
import type { CounterMeans } from '../counter/means';
import { meansOf } from '../counter/means';
import type { PaymentOnPage } from '../http/payment-on-page';
import { onPage } from '../http/payment-on-page';
import type { StoredPayment } from '../keeping/stored-payment';

/** A payment as an officer sees it in full. */
export interface PaymentOnDesk extends Omit<PaymentOnPage, 'lines' | 'refunds'> {
  readonly lines: readonly { readonly title: string; readonly amountInPence: number; readonly ledgerCode: string; readonly vatRate: VatRate }[];
  readonly attempts: readonly { readonly number: number; readonly provider: string; /** Of money that came over the counter. */ readonly means?: CounterMeans; readonly state: AttemptState; readonly begunAt: Date; readonly finishedAt?: Date; readonly failureCode?: string; readonly isSurplus: boolean }[];
  readonly refunds: readonly { readonly id: string; readonly amountInPence: number; readonly state: string; readonly reason: string; readonly by?: string; readonly at: Date; readonly isOfSurplus: boolean; readonly failure?: string }[];
  /** Money that is the payer's and has not gone back, and of which no refund is on its way. */
  readonly surplusHeldInPence: number;
}

export function onDesk(stored: StoredPayment): PaymentOnDesk {
  const surplus = stored.attempts.filter((attempt) => attempt.money === 'surplus' && !stored.refunds.some((refund) => refund.attempt === attempt.number && REFUND_STATES[refund.state].isOpen));
  return {
    ...onPage(stored),
    lines: stored.lines.map(({ title, amountInPence, ledgerCode, vatRate }) => ({ title: title.en, amountInPence, ledgerCode, vatRate })),
    attempts: stored.attempts.map(({ number, provider, state, begunAt, finishedAt, failureCode, money }) => ({ number, provider, ...(meansOf(provider) ? { means: meansOf(provider) } : {}), state, begunAt, ...(finishedAt ? { finishedAt } : {}), ...(failureCode ? { failureCode } : {}), isSurplus: money === 'surplus' })),
    refunds: stored.refunds.map(({ refundId, amountInPence, state, reason, requestedBy, requestedAt, finishedAt, isOfSurplus, failure }) => ({ id: refundId, amountInPence, state, reason, ...(requestedBy ? { by: requestedBy } : {}), at: finishedAt ?? requestedAt, isOfSurplus, ...(failure ? { failure } : {}) })),
    surplusHeldInPence: surplus.reduce((sum, attempt) => sum + attempt.takenInPence - refundedOf(attempt.number, stored.refunds), 0),
  };
}
