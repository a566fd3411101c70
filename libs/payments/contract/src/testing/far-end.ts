import type { Awaitable } from './awaitable';
import type { ProviderPayer, ProviderPaymentState, WebhookDelivery } from '../index';

/** What a payer, their bank or the clock can do to a payment. `submit`: the card's details are in and nobody has decided. @public */
export type PayerDoes = 'open' | 'submit' | 'succeed' | 'decline' | 'cancel' | 'expire' | 'error';
/** @public */
export type FarEndOperation = 'create' | 'fetch' | 'cancel' | 'refund' | 'refunds';
/**
 * What can go wrong on the way. `lose-request`: it never arrives. `lose-answer`: it is done and the answer is lost. `unavailable`: a 503 or 429.
 * `nonsense`: an answer that is not the API's, such as a page of a proxy. `unknown-state`: a word that the documentation does not have.
 * @public
 */
export type FarEndFault = 'lose-request' | 'lose-answer' | 'unavailable' | 'nonsense' | 'unknown-state';

/** A payment as the far end's own books have it. @public */
export interface FarEndPayment {
  readonly providerPaymentId: string;
  readonly state: ProviderPaymentState;
  readonly amountInPence: number;
  readonly refundedInPence: number;
  /** With `telephone`. */
  readonly isByTelephone?: boolean;
  /** With `metadata`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What its page shows the payer as their own. With `prefilled-payer`. */
  readonly payer?: ProviderPayer;
}

/** What a kit needs to be able to do at the provider's far end, through its simulator. @public */
export interface PaymentFarEnd {
  payerDoes(providerPaymentId: string, does: PayerDoes): Awaitable<void>;
  /** A payer's browser goes to the address: whether it is let in to pay. */
  visit(nextUrl: string): Awaitable<boolean>;
  failNext(operation: FarEndOperation, fault: FarEndFault, times?: number): Awaitable<void>;
  /** Every payment with this reference, the oldest first. */
  payments(reference: string): Awaitable<readonly FarEndPayment[]>;
  /** Refunds that were on their way arrive, or come back. */
  finishRefunds(state: 'succeeded' | 'error'): Awaitable<void>;
  /** Somebody pays back in the provider's own back office. */
  refundOutside(providerPaymentId: string, amountInPence: number): Awaitable<void>;
  /** What this payment brought, and what of it was paid back so far, reaches or leaves the council's bank account on this day: `2026-11-27`. Needs `settlements`. */
  settle?(providerPaymentId: string, on: string): Awaitable<void>;
  /** The payer's bank takes all of a payment back, for good, and the provider its fee for that: both leave the council's bank account on this day. Needs `disputes`. */
  dispute?(providerPaymentId: string, on: string): Awaitable<void>;
  /** A genuinely signed event about a payment, as of so many seconds ago; `claims` is what its body says about the payment. Needs `webhooks`. */
  webhook?(providerPaymentId: string, options?: { readonly claims?: 'succeeded'; readonly secondsAgo?: number }): Awaitable<WebhookDelivery>;
  /** Signs any bytes as the provider would. Needs `webhooks`. */
  signed?(rawBody: Uint8Array): Awaitable<WebhookDelivery>;
}
