import type { Actor, Text } from '@guildhall/kernel-contract';
import type { Payment, PaymentState, RefundState } from '@guildhall/payments-contract';
import { vatIn } from '@guildhall/payments-contract';

/** A payment as pages show it. */
export interface PaymentOnPage {
  readonly id: string;
  readonly reference: string;
  readonly description: Text;
  readonly state: PaymentState;
  readonly amountInPence: number;
  readonly lines: readonly { readonly title: Text; readonly amountInPence: number }[];
  /** Where the service goes on; absent when there is none, because the payer came by a link to this payment alone, or it is another council's service, or for an officer. */
  readonly onwardPath?: string;
  readonly requestedAt: Date;
  readonly paidAt?: Date;
  readonly card?: { readonly brand: string; readonly lastDigits: string };
  readonly refunds: readonly { readonly amountInPence: number; readonly state: RefundState; readonly at: Date; readonly isOfSurplus: boolean }[];
  readonly refundedInPence: number;
  readonly refundableInPence: number;
}

/** Words for a card's brand as people know it. */
const BRANDS: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', 'american-express': 'American Express', maestro: 'Maestro', discover: 'Discover', 'diners-club': 'Diners Club' };

/**
 * Made for showing: no ids of others, nothing about the provider.
 * @param to an officer, who looks at somebody else's payment, is not led on into that person's journey: it is not theirs, and is not found
 */
export function onPage(payment: Payment, to: Actor['kind']): PaymentOnPage {
  const { paymentId, reference, description, state, amountInPence, lines, returnPath, payPath, requestedAt, paidAt, method, refunds, refundedInPence, refundableInPence, askedBy } = payment;
  return {
    id: paymentId, reference, description, state, amountInPence, lines: lines.map(({ title, amountInPence: amount }) => ({ title, amountInPence: amount })), ...(returnPath === payPath || askedBy?.isElsewhere || to === 'officer' ? {} : { onwardPath: returnPath }), requestedAt, ...(paidAt ? { paidAt } : {}),
    ...(method ? { card: { brand: BRANDS[method.brand.toLowerCase()] ?? method.brand, lastDigits: method.lastDigits } } : {}),
    refunds: refunds.map((refund) => ({ amountInPence: refund.amountInPence, state: refund.state, at: refund.finishedAt ?? refund.requestedAt, isOfSurplus: refund.isOfSurplus })), refundedInPence, refundableInPence,
  };
}

/** What a receipt must say besides: the VAT in it, and who charged it (VAT Regulations 1995, regulations 14 and 16). */
export function vatOnReceipt({ lines }: Payment, vatNumber: string | undefined): { readonly vatInPence: number; readonly vatNumber?: string } {
  const vatInPence = lines.reduce((sum, line) => sum + vatIn(line.amountInPence, line.vatRate), 0);
  return { vatInPence, ...(vatNumber && vatInPence > 0 ? { vatNumber } : {}) };
}
