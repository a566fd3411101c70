import type { Text } from '@guildhall/kernel-contract';
import type { PaymentState, RefundState } from '@guildhall/payments-contract';
import { vatIn } from '@guildhall/payments-contract';
import type { CounterMeans } from '../counter/means';
import { meansOf } from '../counter/means';
import type { StoredPayment } from '../keeping/stored-payment';
import { toView } from '../keeping/stored-payment';

/** A payment as pages show it. */
export interface PaymentOnPage {
  readonly id: string;
  readonly reference: string;
  readonly description: Text;
  readonly state: PaymentState;
  readonly amountInPence: number;
  readonly lines: readonly { readonly title: Text; readonly amountInPence: number }[];
  /** Where the service goes on; absent when there is none, because the payer came by a link to this payment alone. */
  readonly onwardPath?: string;
  readonly requestedAt: Date;
  readonly paidAt?: Date;
  /** How it came over the counter. */
  readonly counter?: { readonly means: CounterMeans; readonly receiptNumber: number };
  readonly card?: { readonly brand: string; readonly lastDigits: string };
  readonly refunds: readonly { readonly amountInPence: number; readonly state: RefundState; readonly at: Date; readonly isOfSurplus: boolean }[];
  readonly refundedInPence: number;
  readonly refundableInPence: number;
}

/** Words for a card's brand as people know it. */
const BRANDS: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', 'american-express': 'American Express', maestro: 'Maestro', discover: 'Discover', 'diners-club': 'Diners Club' };

/** Made for showing: no ids of others, nothing about the provider. */
export function onPage(stored: StoredPayment): PaymentOnPage {
  const { paymentId, reference, description, state, amountInPence, lines, returnPath, payPath, requestedAt, paidAt, method, refunds, refundedInPence, refundableInPence } = toView(stored);
  const booked = stored.attempts.find((attempt) => attempt.money === 'booked');
  const means = booked && meansOf(booked.provider);
  return {
    id: paymentId, reference, description, state, amountInPence, lines: lines.map(({ title, amountInPence: amount }) => ({ title, amountInPence: amount })), ...(returnPath === payPath ? {} : { onwardPath: returnPath }), requestedAt, ...(paidAt ? { paidAt } : {}),
    ...(means && booked.receiptNumber !== undefined ? { counter: { means, receiptNumber: booked.receiptNumber } } : {}),
    ...(method ? { card: { brand: BRANDS[method.brand.toLowerCase()] ?? method.brand, lastDigits: method.lastDigits } } : {}),
    refunds: refunds.map((refund) => ({ amountInPence: refund.amountInPence, state: refund.state, at: refund.finishedAt ?? refund.requestedAt, isOfSurplus: refund.isOfSurplus })), refundedInPence, refundableInPence,
  };
}

/** What a receipt must say besides: the VAT in it, and who charged it (VAT Regulations 1995, regulations 14 and 16). */
export function vatOnReceipt(stored: StoredPayment, vatNumber: string | undefined): { readonly vatInPence: number; readonly vatNumber?: string } {
  const vatInPence = stored.lines.reduce((sum, line) => sum + vatIn(line.amountInPence, line.vatRate), 0);
  return { vatInPence, ...(vatNumber && vatInPence > 0 ? { vatNumber } : {}) };
}
