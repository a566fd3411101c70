import type { Language, Outcome, Port, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { definePort } from '@guildhall/kernel-contract';
import type { PaymentMethod } from './payment';

/**
 * Where a payment stands at the provider. `unknown` is any word that the provider's own documentation does not define: it changes nothing and is asked about again.
 * @public
 */
export type ProviderPaymentState = 'created' | 'started' | 'submitted' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'error' | 'unknown';
/** @public */
export const EVERY_PROVIDER_PAYMENT_STATE: readonly ProviderPaymentState[] = ['created', 'started', 'submitted', 'succeeded', 'failed', 'cancelled', 'expired', 'error', 'unknown'];

/**
 * What a provider may be able to do beyond the port's minimum.
 * `idempotent-create`: the same key gives the same payment. `cancel`: an open payment can be stopped. `refunds`, `partial-refunds`.
 * `idempotent-refunds`: the same refund key gives the same refund. `webhooks`: it calls us.
 * `webhook-timestamps`: what it signs says when, so that old deliveries can be refused. `single-use-next-url`: the address of its page works once, so that every visit needs a fresh one.
 * @public
 */
export type PaymentAbility = 'idempotent-create' | 'cancel' | 'refunds' | 'partial-refunds' | 'idempotent-refunds' | 'webhooks' | 'webhook-timestamps' | 'single-use-next-url';

/** What a provider is asked to collect. @public */
export interface NewProviderPayment {
  /** Our payment's id and the number of the attempt: `0199…-1`. Letters, digits and hyphens, at most 255. */
  readonly key: string;
  readonly amountInPence: number;
  /** At most 255 characters, in the payer's language. */
  readonly description: string;
  /** At most 255 characters; on the payer's receipt. */
  readonly reference: string;
  /** Where the payer's browser goes afterwards, whatever happened. */
  readonly returnUrl: string;
  readonly language: Language;
  /** For the provider's own receipt, when the payer gave it. */
  readonly email?: string;
}

/** A payment as the provider knows it: the only truth about it. @public */
export interface ProviderPayment {
  readonly providerPaymentId: string;
  readonly state: ProviderPaymentState;
  readonly amountInPence: number;
  readonly reference: string;
  /** Where the payer pays, while it can be paid. May work once only: never kept, never logged. */
  readonly nextUrl?: string;
  readonly canBeCancelled: boolean;
  /** What may still be paid back, as the provider counts. */
  readonly refundableInPence: number;
  /** The provider's own code of a failure. */
  readonly failureCode?: string;
  readonly method?: PaymentMethod;
  readonly paidAt?: Date;
}

/** @public */
export type ProviderRefundState = 'submitted' | 'succeeded' | 'error' | 'unknown';
/** A refund as the provider knows it. @public */
export interface ProviderRefund {
  readonly providerRefundId: string;
  /** Our refund id, where the provider keeps it. */
  readonly key?: string;
  readonly amountInPence: number;
  readonly state: ProviderRefundState;
}

/** What a provider is asked to pay back. @public */
export interface NewProviderRefund {
  readonly providerPaymentId: string;
  /** Our refund id. */
  readonly key: string;
  readonly amountInPence: number;
  /**
   * What we believe may still be paid back before this refund. A provider that counts otherwise refuses with `amount-changed`:
   * where there are no refund keys, this is what keeps a repeated request from paying twice.
   */
  readonly availableInPence: number;
}

/** `key-reused`: the same key came with another request. `not-accepted`: the provider will not take a payment like this; asking again will not help. @public */
export type CreateRefusal = Refusal<'key-reused' | 'not-accepted'>;
/** @public */
export type CancelRefusal = Refusal<'not-cancellable'>;
/** `amount-changed`: our count of what is left is not the provider's. @public */
export type ProviderRefundRefusal = Refusal<'amount-changed' | 'more-than-left' | 'not-refundable' | 'key-reused'>;
/** `forged`: not signed by the provider. `too-old`: signed, but so long ago that it may be replayed. `malformed`: signed, but not to be understood. @public */
export type WebhookRefusal = Refusal<'forged' | 'too-old' | 'malformed'>;

/** A webhook as it came in: the bytes, not what a parser made of them. @public */
export interface WebhookDelivery {
  readonly rawBody: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}
/**
 * All that is taken from a webhook: that something about a payment may have changed. What it says has changed is not believed; the payment is fetched.
 * @public
 */
export interface WebhookNotice {
  /** The provider's id of this event: the same event twice is one event. */
  readonly eventId: string;
  /** Absent when the event is about something else than a payment. */
  readonly providerPaymentId?: string;
}

/**
 * The port: somebody who collects money for the council. It fits both a provider that is asked (GOV.UK Pay: create, send the payer to `next_url`, fetch) and
 * one that has sessions and calls back (Stripe Checkout: session, signed webhook, fetch). In both, only `fetch` decides.
 * Every method throws Unavailable when the provider does not answer or answers that it cannot now: what became of the request is then not known.
 * @public
 */
export interface PaymentProvider {
  readonly abilities: readonly PaymentAbility[];
  /** Asks for a payment. With `idempotent-create`, the same key gives the payment that it gave before, as it stands now. */
  create(ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>>;
  /** The truth. @throws NotFound when the provider has no such payment, Unavailable */
  fetch(ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment>;
  /** Stops an open payment. With `cancel`. @throws NotFound, Unavailable */
  cancel?(ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>>;
  /** Pays back. With `refunds`. @throws NotFound, Unavailable */
  refund?(ctx: RequestContext, refund: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>>;
  /** Every refund of a payment, the oldest first: the truth about refunds. With `refunds`. @throws NotFound, Unavailable */
  refunds?(ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]>;
  /** Checks a webhook's signature over its bytes, in constant time, and reads which payment to fetch. No network. With `webhooks`. */
  readWebhook?(ctx: RequestContext, delivery: WebhookDelivery): Promise<Outcome<WebhookNotice, WebhookRefusal>>;
}

/** The port's token. @public */
export const PAYMENT_PROVIDER: Port<PaymentProvider> = definePort<PaymentProvider>('payments.payment-provider', '0.1.0');
