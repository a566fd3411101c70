import type { Clock, Log, OutboundResponse, Outcome, RequestContext, Secret } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, done, refused } from '@guildhall/kernel-contract';
import type {
  CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderPaymentPage, ProviderPaymentSearch, ProviderRefund,
  ProviderRefundRefusal, SettledItem, SettlementPage, SettlementPeriod, WebhookDelivery, WebhookNotice, WebhookRefusal,
} from '@guildhall/payments-contract';
import type { GovUkPayClient } from './govuk-pay.client';
import { notTheApi, unexpected } from './govuk-pay.client';
import { paymentRequest } from './payment-request';
import { body, codeOf, isPence, isRecord, pageFrom, paymentFrom, record, refundFrom, settledOn, submittedForRefund } from './read-answers';
import { readWebhook } from './read-webhook';

/** What the provider is made with, besides its client. */
export interface GovUkPaySettings {
  readonly pageOrigins: readonly string[];
  readonly webhookSecrets: readonly Secret[];
  readonly takesTelephonePayments: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly councilOrigin: string;
  readonly isTestKey: boolean;
}

/** Payments to a page of a search. */
const TO_A_PAGE = 100;

/**
 * GOV.UK Pay, API version 1, as of August 2026. Only `GET /v1/payments/{id}` decides; a webhook only says that it is time to ask.
 * Every creation carries an Idempotency-Key, but it is no promise: the documentation makes it for recurring payments only, and other payments may be made anew under the same key.
 * So `idempotent-create` is not among the abilities. Nobody pays twice for that: payers are sent only to a payment whose id is written down, and another expires after 90 minutes.
 */
export class GovUkPayProvider implements PaymentProvider {
  readonly abilities: readonly PaymentAbility[];
  readonly readWebhook?: (ctx: RequestContext, delivery: WebhookDelivery) => Promise<Outcome<WebhookNotice, WebhookRefusal>>;

  constructor(readonly client: GovUkPayClient, readonly settings: GovUkPaySettings) {
    const { webhookSecrets, takesTelephonePayments, clock } = settings;
    this.abilities = [
      'cancel', 'refunds', 'partial-refunds', 'single-use-next-url', 'metadata', 'prefilled-payer', 'search', 'settlements',
      ...(takesTelephonePayments ? ['telephone' as const] : []), ...(webhookSecrets.length > 0 ? ['webhooks' as const] : []),
    ];
    if (webhookSecrets.length > 0) this.readWebhook = async (_ctx, delivery) => readWebhook(delivery, webhookSecrets, clock.now());
  }

  async create(_ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    if (payment.isByTelephone && !this.settings.takesTelephonePayments) return refused('not-accepted', 'The council has not set GOV.UK Pay up for payments by telephone.');
    const ask = (): Promise<OutboundResponse> => this.client.send('/payments', { operation: 'create', method: 'POST', body: paymentRequest(payment), idempotencyKey: payment.key, mayRepeat: true });
    let response = await ask();
    // Two of the same at once are a conflict for the second of them, although nothing differs: asked again, it gets what the first got.
    if (response.status === 409) response = await ask();
    if (response.status === 200 || response.status === 201) return done(this.#payment(body(response)));
    if (response.status === 409) return refused('key-reused', 'The key belongs to another payment.');
    if (response.status === 400 || response.status === 422) {
      this.settings.log.error('govuk-pay.payment-refused', { code: codeOf(response) ?? 'none', status: response.status });
      return refused('not-accepted', `GOV.UK Pay does not accept this payment (${codeOf(response) ?? response.status}).`);
    }
    throw unexpected('create', response.status, codeOf(response));
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    return this.#payment(await this.#known('fetch', providerPaymentId));
  }

  async cancel(ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    const response = await this.client.send(`/payments/${checked(providerPaymentId)}/cancel`, { operation: 'cancel', method: 'POST', mayRepeat: false });
    if (response.status === 204) return done(await this.fetch(ctx, providerPaymentId));
    if (response.status === 400 || response.status === 409) return refused('not-cancellable', 'The payment can no longer be cancelled.');
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('cancel', response.status, codeOf(response));
  }

  async refund(_ctx: RequestContext, { providerPaymentId, amountInPence, availableInPence }: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    // There are no refund keys: what we believe is left keeps the same refund from being made twice. So it is not sent again by itself when it may have been done.
    const response = await this.client.send(`/payments/${checked(providerPaymentId)}/refunds`, { operation: 'refund', method: 'POST', body: { amount: amountInPence, refund_amount_available: availableInPence }, mayRepeat: false });
    if (response.status === 202 || response.status === 200) return done(refundFrom(body(response)));
    if (response.status === 412) return refused('amount-changed', 'The amount left to refund is not what it was.');
    if (response.status === 400 || response.status === 422) {
      const { description } = body(response);
      const isTooMuch = response.status === 422 || (typeof description === 'string' && /\b(full|amount_not_available)\b/.test(description));
      return refused(isTooMuch ? 'more-than-left' : 'not-refundable', `GOV.UK Pay does not refund this (${codeOf(response) ?? response.status}).`);
    }
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('refund', response.status, codeOf(response));
  }

  /** @throws Unavailable also while the list is behind: GOV.UK Pay updates it later than the payment, and a refund that is missing from it would be made again. */
  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    const [listed, payment] = await Promise.all([
      this.client.send(`/payments/${checked(providerPaymentId)}/refunds`, { operation: 'refunds', mayRepeat: true }), this.#known('refunds', providerPaymentId),
    ]);
    if (listed.status === 404) throw missing(providerPaymentId);
    if (listed.status !== 200) throw unexpected('refunds', listed.status, codeOf(listed));
    const { refunds } = record(body(listed)._embedded);
    if (!Array.isArray(refunds)) throw notTheApi();
    const found = [...refunds].sort((one, other) => createdAt(one) - createdAt(other)).map(refundFrom);
    const submitted = submittedForRefund(payment);
    const sum = found.reduce((total, { state, amountInPence }) => (state === 'error' ? total : total + amountInPence), 0);
    if (submitted !== undefined && submitted !== sum) throw new Unavailable('GOV.UK Pay\'s list of this payment\'s refunds is behind the payment itself. Ask again in some minutes.');
    return found;
  }

  async search(_ctx: RequestContext, { reference, createdFrom, createdBefore, after }: ProviderPaymentSearch): Promise<ProviderPaymentPage> {
    const page = pageNumber(after);
    const { results, hasMore } = await this.#list('search', '/payments', page, {
      ...(reference === undefined ? {} : { reference }), ...(createdFrom ? { from_date: seconds(createdFrom) } : {}), ...(createdBefore ? { to_date: seconds(createdBefore) } : {}),
    });
    // The API does not mind capitals in a reference; we do.
    const payments = results.map((one) => { const { nextUrl: _, ...payment } = this.#payment(one); return payment; }).filter((payment) => reference === undefined || payment.reference === reference);
    return { payments, ...(hasMore ? { next: String(page + 1) } : {}) };
  }

  /** Payments first, then refunds, then disputes that were lost: one that is won, or not decided, moves no money (API reference, "Search disputes"). Accounts with Stripe have settlement dates; with other card processors, the lists are empty. */
  async settlements(_ctx: RequestContext, { from, before, after = 'payment.1' }: SettlementPeriod): Promise<SettlementPage> {
    const [name, number] = after.split('.');
    const list = SETTLED[name ?? ''] ?? PAYMENTS;
    const page = pageNumber(number);
    const { results, hasMore } = await this.#list('settlements', list.path, page, { from_settled_date: from, to_settled_date: before });
    const items = results.map((one) => list.itemFrom(one, this.settings.pageOrigins)).filter((item) => item !== undefined);
    const next = hasMore ? `${list.name}.${page + 1}` : list.follows && `${list.follows}.1`;
    return { items: items.filter(({ settledOn: day }) => day >= from && day < before), ...(next ? { next } : {}) };
  }

  async #list(operation: string, path: string, page: number, criteria: Readonly<Record<string, string>>): Promise<{ readonly results: readonly unknown[]; readonly hasMore: boolean }> {
    const query = new URLSearchParams({ ...criteria, page: String(page), display_size: String(TO_A_PAGE) });
    const response = await this.client.send(`${path}?${query.toString()}`, { operation, mayRepeat: true });
    // The last page has gone while it was being turned to; or there are no disputes at all, with a card processor that does not tell of them.
    if (response.status === 404 && (page > 1 || path === '/disputes')) return { results: [], hasMore: false };
    if (response.status !== 200) throw unexpected(operation, response.status, codeOf(response));
    return pageFrom(response, page, TO_A_PAGE);
  }

  async #known(operation: string, providerPaymentId: string): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.client.send(`/payments/${checked(providerPaymentId)}`, { operation, mayRepeat: true });
    if (response.status === 200) return body(response);
    throw response.status === 404 ? missing(providerPaymentId) : unexpected(operation, response.status, codeOf(response));
  }

  #payment(value: unknown): ProviderPayment { return paymentFrom(value, this.settings.pageOrigins); }
}

/** An id goes into a path: one that the API could not have made leads nowhere. */
function checked(providerPaymentId: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(providerPaymentId)) throw missing(providerPaymentId);
  return providerPaymentId;
}
function missing(id: string): NotFound { return new NotFound(`GOV.UK Pay has no payment ${id.slice(0, 64)}.`); }

/** The page that a cursor names; a cursor of somebody else's making begins at the first. */
function pageNumber(after: string | undefined): number { return after !== undefined && /^[1-9]\d{0,5}$/.test(after) ? Number(after) : 1; }
/** The API takes whole seconds (API reference, `from_date`). */
function seconds(instant: Date): string { return instant.toISOString().replace(/\.\d+Z$/, 'Z'); }
function createdAt(refund: unknown): number { return isRecord(refund) && typeof refund.created_date === 'string' ? Date.parse(refund.created_date) || 0 : 0; }

function settledPayment(value: unknown, pageOrigins: readonly string[]): SettledItem | undefined {
  const { providerPaymentId, reference, amountInPence, feeInPence, settledOn: day } = paymentFrom(value, pageOrigins);
  return day === undefined ? undefined : { kind: 'payment', providerPaymentId, reference, amountInPence, ...(feeInPence === undefined ? {} : { feeInPence }), settledOn: day };
}
function settledRefund(value: unknown): SettledItem | undefined {
  const { providerRefundId, amountInPence } = refundFrom(value);
  const refund = record(value);
  const { settledOn: day } = settledOn(record(refund.settlement_summary));
  return day === undefined || typeof refund.payment_id !== 'string' ? undefined : { kind: 'refund', providerPaymentId: refund.payment_id, providerRefundId, amountInPence, settledOn: day };
}
function settledDispute(value: unknown): SettledItem | undefined {
  const { dispute_id: id, payment_id: providerPaymentId, amount, fee, settlement_summary: settlement } = record(value);
  if (typeof id !== 'string' || typeof providerPaymentId !== 'string' || !isPence(amount)) throw notTheApi();
  const { settledOn: day } = settledOn(record(settlement));
  return day === undefined ? undefined : { kind: 'other', providerPaymentId, movement: { id, what: 'dispute' }, amountInPence: -amount, ...(isPence(fee) ? { feeInPence: fee } : {}), settledOn: day };
}

interface SettledList { readonly name: string; readonly path: string; readonly follows?: string; readonly itemFrom: (value: unknown, pageOrigins: readonly string[]) => SettledItem | undefined }
const PAYMENTS: SettledList = { name: 'payment', path: '/payments', follows: 'refund', itemFrom: settledPayment };
/** The lists of what has been settled, by the names that cursors have for them. */
const SETTLED: Readonly<Record<string, SettledList | undefined>> = { refund: { name: 'refund', path: '/refunds', follows: 'dispute', itemFrom: settledRefund }, dispute: { name: 'dispute', path: '/disputes', itemFrom: settledDispute } };
