import type { Clock, Log, Outcome, RequestContext, Secret } from '@guildhall/kernel-contract';
import { NotFound, done, refused } from '@guildhall/kernel-contract';
import type {
  CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderPaymentPage, ProviderPaymentSearch, ProviderRefund, ProviderRefundRefusal,
  SettlementPage, SettlementPeriod, WebhookDelivery, WebhookNotice, WebhookRefusal,
} from '@guildhall/payments-contract';
import type { ReadSession } from './read-answers';
import { paidBackIn, refundFrom, sessionFrom } from './read-answers';
import { readWebhook } from './read-webhook';
import { OUR_KEY, OUR_REFUND, sessionRequest } from './session-request';
import { settlements } from './settlements';
import type { StripeClient } from './stripe.client';
import { NeverAgain, codeOf, refusalIn } from './stripe.client';

/** What the provider is made with, besides its client. */
export interface StripeSettings {
  readonly pageOrigins: readonly string[];
  readonly webhookSecrets: readonly Secret[];
  readonly paymentMethods: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly councilOrigin: string;
  readonly isTestKey: boolean;
}

/** Most that the API gives to a page. */
const TO_A_PAGE = 100;
/** With the session come its payment intent, the charge, and what Stripe kept of it. */
const WHOLE = ['payment_intent.latest_charge.balance_transaction'];
/** Keys are kept for a day at least (API reference, "Idempotent requests"), and a session lives for two hours: what was made with a key is not older. */
const KEYS_LAST_IN_SECONDS = 25 * 60 * 60;
const MOST_PAGES_FOR_A_KEY = 20;

/**
 * Stripe Checkout. A session and its payment intent, read back, are the only truth; a webhook only says that it is time to ask. Every POST has an idempotency key: our payment's, our refund's, or the session's.
 */
export class StripeProvider implements PaymentProvider {
  readonly abilities: readonly PaymentAbility[];
  readonly readWebhook?: (ctx: RequestContext, delivery: WebhookDelivery) => Promise<Outcome<WebhookNotice, WebhookRefusal>>;

  constructor(readonly client: StripeClient, readonly settings: StripeSettings) {
    const { webhookSecrets, clock } = settings;
    this.abilities = ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'metadata', 'search', 'settlements', ...(webhookSecrets.length > 0 ? ['webhooks' as const, 'webhook-timestamps' as const] : [])];
    if (webhookSecrets.length > 0) this.readWebhook = async (_ctx, delivery) => readWebhook(delivery, webhookSecrets, clock.now());
  }

  async create(ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    if (payment.isByTelephone) return refused('not-accepted', 'Stripe\'s hosted page takes no payments by telephone: name a provider that does.');
    const { log } = this.settings;
    try { return done(await this.#create(ctx, payment, payment.key)); } catch (error) {
      // Nobody was sent to what may have been made, and it ends by itself: another key does no harm, and this one would be of no use for a day.
      if (error instanceof NeverAgain) return done(await this.#madeBefore(payment) ?? await this.#create(ctx, payment, `${payment.key}-again`));
      const refusal = refusalIn(error);
      if (!refusal) throw error;
      if (refusal.rawType === 'idempotency_error') {
        const made = await this.#madeBefore(payment);
        return made ? done(made) : refused('key-reused', 'The key belongs to another payment.');
      }
      // A receipt is not worth a payment. What was refused for its form was not begun, so the key is free.
      if (refusal.param === 'customer_email' && payment.email !== undefined) return this.create(ctx, { ...payment, email: undefined });
      log.error('stripe.payment-refused', { code: codeOf(refusal), param: /^[a-z_[\]0-9]{1,80}$/.test(refusal.param ?? '') ? refusal.param : 'none', status: refusal.statusCode });
      return refused('not-accepted', `Stripe does not accept this payment (${codeOf(refusal)}).`);
    }
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    return (await this.#known('fetch', providerPaymentId)).payment;
  }

  async cancel(_ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    const id = checked(providerPaymentId);
    try {
      return done(this.#session(await this.client.call('cancel', (stripe) => stripe.checkout.sessions.expire(id, { expand: WHOLE }, { idempotencyKey: `${id}-expire` }))).payment);
    } catch (error) {
      const refusal = refusalIn(error);
      if (!refusal) throw error;
      if (refusal.statusCode === 404) throw missing(id);
      return refused('not-cancellable', 'The session can no longer be ended.');
    }
  }

  async refund(_ctx: RequestContext, { providerPaymentId, key, amountInPence, availableInPence }: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    const { payment, intentId, key: paymentKey } = await this.#known('fetch', providerPaymentId);
    if (payment.state !== 'succeeded' || intentId === undefined) return refused('not-refundable', `Nothing is paid that could be paid back: the payment is "${payment.state}".`);
    // Stripe forgets keys after a day and we do not: what is there already is not asked for again.
    const made = (await this.#refundsOf(intentId)).find((other) => other.key === key);
    if (made) return made.amountInPence === amountInPence ? done(made) : refused('key-reused', 'The key belongs to another refund.');
    if (payment.refundableInPence !== availableInPence) return refused('amount-changed', 'The amount left to refund is not what it was.');
    if (amountInPence > payment.refundableInPence) return refused('more-than-left', 'There is not so much left to refund.');
    try {
      return done(refundFrom(await this.client.call('refund', (stripe) => stripe.refunds.create(
        { payment_intent: intentId, amount: amountInPence, metadata: { [OUR_REFUND]: key, ...(paymentKey === undefined ? {} : { [OUR_KEY]: paymentKey }) } }, { idempotencyKey: key }))));
    } catch (error) {
      const refusal = refusalIn(error);
      if (!refusal) throw error;
      if (refusal.rawType === 'idempotency_error') return refused('key-reused', 'The key belongs to another refund.');
      const isTooMuch = refusal.code === 'charge_already_refunded' || refusal.code === 'amount_too_large' || refusal.param === 'amount';
      return refused(isTooMuch ? 'more-than-left' : 'not-refundable', `Stripe does not refund this (${codeOf(refusal)}).`);
    }
  }

  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    const { intentId } = await this.#known('refunds', providerPaymentId, false);
    return intentId === undefined ? [] : this.#refundsOf(intentId);
  }

  /** The API does not search by our reference, so a page of it is read and what fits is given: a page may be empty and not the last. Name dates: without them it goes through all that the account ever had. */
  async search(_ctx: RequestContext, { reference, createdFrom, createdBefore, after }: ProviderPaymentSearch): Promise<ProviderPaymentPage> {
    const created = { ...(createdFrom ? { gte: seconds(createdFrom) } : {}), ...(createdBefore ? { lt: seconds(createdBefore) } : {}) };
    const page = await this.client.call('search', (stripe) => stripe.checkout.sessions.list({
      limit: TO_A_PAGE, expand: ['data.payment_intent.latest_charge'], ...(createdFrom || createdBefore ? { created } : {}), ...(after !== undefined && SESSION.test(after) ? { starting_after: after } : {}),
    }));
    // Sessions of somebody else's making, such as payment links, are none of ours.
    const payments = page.data.filter(({ metadata }) => metadata?.[OUR_KEY] !== undefined).map((one) => { const { nextUrl: _, ...payment } = this.#session(one).payment; return payment; });
    const last = page.data.at(-1)?.id;
    return { payments: payments.filter((payment) => reference === undefined || payment.reference === reference), ...(page.has_more && last !== undefined ? { next: last } : {}) };
  }

  async settlements(_ctx: RequestContext, period: SettlementPeriod): Promise<SettlementPage> { return settlements(this.client, period); }

  async #create(ctx: RequestContext, payment: NewProviderPayment, idempotencyKey: string): Promise<ProviderPayment> {
    const { paymentMethods, clock } = this.settings;
    const session = await this.client.call('create', (stripe) => stripe.checkout.sessions.create(sessionRequest(payment, paymentMethods, clock.now()), { idempotencyKey }));
    const made = this.#session(session).payment;
    // A key that comes again is answered as it was the first time; what has happened since, only a fetch tells.
    return session.lastResponse.headers['idempotent-replayed'] === 'true' ? this.fetch(ctx, made.providerPaymentId) : made;
  }

  /** What was made with a key whose request has changed since: another hour's end of the session, or another version of this package, is no other payment. Nothing when it is one, or none was made. */
  async #madeBefore(payment: NewProviderPayment): Promise<ProviderPayment | undefined> {
    const since = seconds(this.settings.clock.now()) - KEYS_LAST_IN_SECONDS;
    for (let after: string | undefined, pages = 0; pages < MOST_PAGES_FOR_A_KEY; pages++) {
      const page = await this.client.call('create', (stripe) => stripe.checkout.sessions.list({ limit: TO_A_PAGE, created: { gte: since }, expand: ['data.payment_intent.latest_charge'], ...(after === undefined ? {} : { starting_after: after }) }));
      const made = page.data.find(({ metadata }) => metadata?.[OUR_KEY] === payment.key);
      if (made) {
        const found = this.#session(made).payment;
        return found.amountInPence === payment.amountInPence && found.reference === payment.reference ? found : undefined;
      }
      after = page.data.at(-1)?.id;
      if (!page.has_more || after === undefined) break;
    }
    return undefined;
  }

  /** @param withRefunds whether what is left to pay back is to be exact: a refund that failed is there again */
  async #known(operation: string, providerPaymentId: string, withRefunds = true): Promise<ReadSession> {
    const id = checked(providerPaymentId);
    let read: ReadSession;
    try { read = this.#session(await this.client.call(operation, (stripe) => stripe.checkout.sessions.retrieve(id, { expand: WHOLE }))); } catch (error) {
      throw refusalIn(error) ? missing(id) : error;
    }
    const { payment, intentId, hasRefunds, isDisputed } = read;
    if (!withRefunds || !hasRefunds || intentId === undefined || isDisputed) return read;
    const refundableInPence = Math.max(0, payment.amountInPence - paidBackIn(await this.#refundsOf(intentId)));
    return { ...read, payment: { ...payment, refundableInPence } };
  }

  /** The oldest first. */
  async #refundsOf(intentId: string): Promise<readonly ProviderRefund[]> {
    const found: ProviderRefund[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.client.call('refunds', (stripe) => stripe.refunds.list({ payment_intent: intentId, limit: TO_A_PAGE, ...(after === undefined ? {} : { starting_after: after }) }));
      found.push(...page.data.map(refundFrom));
      after = page.data.at(-1)?.id;
      if (!page.has_more || after === undefined) return found.reverse();
    }
  }

  #session(value: unknown): ReadSession { return sessionFrom(value, this.settings.pageOrigins, this.settings.clock.now()); }
}

const SESSION = /^cs_[A-Za-z0-9_]{1,250}$/;
/** An id goes into a path: one that the API could not have made leads nowhere. */
function checked(providerPaymentId: string): string {
  if (!SESSION.test(providerPaymentId)) throw missing(providerPaymentId);
  return providerPaymentId;
}
function missing(id: string): NotFound { return new NotFound(`Stripe has no session ${id.slice(0, 100)}.`); }
function seconds(instant: Date): number { return Math.floor(instant.getTime() / 1000); }
