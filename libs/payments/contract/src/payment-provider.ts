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
 * `telephone`: a member of staff may enter a card that is read out to them. `metadata`: it keeps words of ours beside the payment. `prefilled-payer`: its page shows what the payer told us already.
 * `search`: it lists payments. `settlements`: it tells what reached the council's bank account on which day.
 * @public
 */
export type PaymentAbility = 'idempotent-create' | 'cancel' | 'refunds' | 'partial-refunds' | 'idempotent-refunds' | 'webhooks' | 'webhook-timestamps' | 'single-use-next-url'
  | 'telephone' | 'metadata' | 'prefilled-payer' | 'search' | 'settlements';

/** What the payer told the council already, so that they need not type it again at the provider (WCAG 2.2, 3.3.7). @public */
export interface ProviderPayer {
  /** As it may stand on the card, at most 255 characters. */
  readonly name?: string;
  readonly address?: PayerAddress;
}
/** Where a card's bills go. Lines and town at most 255 characters, the postcode at most 25. @public */
export interface PayerAddress {
  readonly line1: string;
  readonly line2?: string;
  readonly town: string;
  readonly postcode: string;
  /** ISO 3166-1, two letters: `GB`. */
  readonly country: string;
}

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
  /** A member of staff enters the card while the payer reads it out: the card schemes want to be told. Asked only of a provider with `telephone`. */
  readonly isByTelephone?: boolean;
  /** Words by which the finance team searches and reports at the provider: at most 10, their names at most 30 and their values at most 100 characters. Never personal data. Kept with `metadata`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Shown with `prefilled-payer`; the payer may change it there. */
  readonly payer?: ProviderPayer;
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
  /** What the provider keeps of the amount, where it says so. */
  readonly feeInPence?: number;
  /** The day on which the money reached the council's bank account, where the provider says so: `2026-11-27`. */
  readonly settledOn?: string;
}

/**
 * Which payments to list; every criterion narrows. A list may be some minutes behind `fetch`: it finds payments, and never decides about one.
 * @public
 */
export interface ProviderPaymentSearch {
  /** Exactly this reference. */
  readonly reference?: string;
  readonly createdFrom?: Date;
  readonly createdBefore?: Date;
  /** `next` of the page before. */
  readonly after?: string;
}
/** A page of payments, the newest first and without addresses to pay at. @public */
export interface ProviderPaymentPage {
  readonly payments: readonly ProviderPayment[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** Days, as the provider's calendar has them: from the first up to, not including, the second. @public */
export interface SettlementPeriod {
  /** `2026-11-01` */
  readonly from: string;
  /** `2026-12-01` */
  readonly before: string;
  /** `next` of the page before. */
  readonly after?: string;
}
/** Money that reached the council's bank account, or was kept back from what reached it. @public */
export interface SettledItem {
  /** `other` is neither, and came to the bank account or was kept back all the same: a payer's bank that took its money back, a correction, the provider's charge for the account itself. */
  readonly kind: 'payment' | 'refund' | 'other';
  /** Of `other` that is about no payment, the provider's id of the movement. */
  readonly providerPaymentId: string;
  /** Of a refund. */
  readonly providerRefundId?: string;
  /** Of `other`. */
  readonly movement?: SettledMovement;
  /** The payment's; not every provider repeats it on a refund. */
  readonly reference?: string;
  /** Positive of a payment and of a refund, as `kind` says which way it went. Of `other`, what it brought, and less than nothing when it took; nothing when it is a fee alone. */
  readonly amountInPence: number;
  /** What the provider kept, besides the amount; less than nothing where it gives a fee back. */
  readonly feeInPence?: number;
  /** `2026-11-27` */
  readonly settledOn: string;
  /** The provider's id of the payment into the bank account that brought it, where the provider tells: a payout at Stripe. Many items have the same. */
  readonly settlementId?: string;
}
/** Money that moved at a provider and is neither a payment nor a refund. @public */
export interface SettledMovement {
  /** The provider's own; the same whenever it is listed, and that of no refund. */
  readonly id: string;
  /** In the provider's own word, small letters and underscores, at most 60: `dispute`, `dispute_reversal`. `unlisted` is what reached the bank beside all that the provider lists. */
  readonly what: string;
}
/** Everything in it, payments less refunds and fees with all other movements, is what the bank statement shows. @public */
export interface SettlementPage {
  readonly items: readonly SettledItem[];
  /** Absent on the last page. A page may be empty and not the last. */
  readonly next?: string;
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
/** `forged`: not signed by the provider. `too-old`: signed, but so long ago, or so far in the future, that it may be replayed. `malformed`: signed, but not to be understood. @public */
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
  /** Our own key of the payment, where an event has that with it instead of the provider's id: Stripe's events about refunds do. */
  readonly key?: string;
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
  /** Lists payments, for people who look for one and for work that finds what nobody wrote down. With `search`. @throws Unavailable */
  search?(ctx: RequestContext, search: ProviderPaymentSearch): Promise<ProviderPaymentPage>;
  /** What the bank statement of some days should show, payments, refunds and whatever else moved, each once. With `settlements`. @throws Unavailable */
  settlements?(ctx: RequestContext, period: SettlementPeriod): Promise<SettlementPage>;
  /** Checks a webhook's signature over its bytes, in constant time, and reads which payment to fetch. No network. With `webhooks`. */
  readWebhook?(ctx: RequestContext, delivery: WebhookDelivery): Promise<Outcome<WebhookNotice, WebhookRefusal>>;
}

/** The port's token. @public */
export const PAYMENT_PROVIDER: Port<PaymentProvider> = definePort<PaymentProvider>('payments.payment-provider', '0.1.0');
