import type { ConnectionCheck, Outbound, OutboundRequest, OutboundResponse, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, done, refused } from '@guildhall/kernel-contract';
import type { CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderRefund, ProviderRefundRefusal } from '@guildhall/payments-contract';
import { govUkPayRefundState, govUkPayState } from '@guildhall/payments-contract/far-end';

type Json = Readonly<Record<string, unknown>>;

/** A provider that is asked and never calls: it sends the payer to a page and is then fetched. */
export class SandboxRedirectProvider implements PaymentProvider {
  readonly abilities: readonly PaymentAbility[] = ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'single-use-next-url'];

  constructor(private readonly outbound: Outbound, private readonly origin: string | undefined, private readonly apiKey: string) {}

  /** Whether the far end answers and takes our key. */
  async check(): Promise<ConnectionCheck> {
    try {
      const { status } = await this.#send('/none');
      return status === 404 ? { ok: true, message: 'The sandbox payment page answers.' } : { ok: false, message: `The sandbox payment page answered ${status}. Forget its data (npm run reset) when its key does not fit this deployment's any more.` };
    } catch (error) { return { ok: false, message: error instanceof Error ? error.message : String(error) }; }
  }

  async create(_ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    const response = await this.#send('', {
      method: 'POST', idempotencyKey: payment.key,
      body: { amount: payment.amountInPence, reference: payment.reference, description: payment.description, return_url: payment.returnUrl, language: payment.language, ...(payment.email ? { email: payment.email } : {}) },
    });
    if (response.status === 200 || response.status === 201) return done(paymentFrom(body(response)));
    if (response.status === 409) return refused('key-reused', 'The key belongs to another payment.');
    if (response.status === 400 || response.status === 422) return refused('not-accepted', `The provider does not accept this payment (${code(response)}).`);
    throw unexpected('create', response);
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    const response = await this.#send(`/${checked(providerPaymentId)}`);
    if (response.status === 200) return paymentFrom(body(response));
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('fetch', response);
  }

  async cancel(ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    const response = await this.#send(`/${checked(providerPaymentId)}/cancel`, { method: 'POST' });
    if (response.status === 204) return done(await this.fetch(ctx, providerPaymentId));
    if (response.status === 400 || response.status === 409) return refused('not-cancellable', 'The payment can no longer be cancelled.');
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('cancel', response);
  }

  async refund(_ctx: RequestContext, refund: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    const id = checked(refund.providerPaymentId);
    // The API keeps no refund keys: the amount that we believe is left is what stops the same refund from being made twice.
    const response = await this.#send(`/${id}/refunds`, { method: 'POST', body: { amount: refund.amountInPence, refund_amount_available: refund.availableInPence } });
    if (response.status === 202 || response.status === 200) return done(refundFrom(body(response)));
    if (response.status === 412) return refused('amount-changed', 'The amount left to refund is not what it was.');
    if (response.status === 400) return refused(/status: full/.test(text(response)) ? 'more-than-left' : 'not-refundable', `The provider does not refund this (${code(response)}).`);
    throw response.status === 404 ? missing(refund.providerPaymentId) : unexpected('refund', response);
  }

  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    const response = await this.#send(`/${checked(providerPaymentId)}/refunds`);
    if (response.status === 404) throw missing(providerPaymentId);
    if (response.status !== 200) throw unexpected('refunds', response);
    const refunds = inner(body(response), '_embedded').refunds;
    if (!Array.isArray(refunds)) throw notTheApi();
    return refunds.map(refundFrom);
  }

  async #send(path: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    if (!this.origin) throw new Unavailable('The sandbox payment page is not running. Start it beside the server (npm start does), or say where it is: sandboxRedirect({ origin }).');
    return this.outbound.fetch(`${this.origin}/v1/payments${path}`, { timeoutInSeconds: 10, ...request, headers: { authorization: `Bearer ${this.apiKey}`, accept: 'application/json', 'content-type': 'application/json' } });
  }
}

/** An id goes into a path: one that the API could not have made leads nowhere. */
function checked(providerPaymentId: string): string {
  if (!/^[A-Za-z0-9]{1,64}$/.test(providerPaymentId)) throw missing(providerPaymentId);
  return providerPaymentId;
}

function paymentFrom(value: Json): ProviderPayment {
  const state = inner(value, 'state');
  const links = isRecord(value._links) ? value._links : {};
  const summary = isRecord(value.refund_summary) ? value.refund_summary : {};
  const card = isRecord(value.card_details) ? value.card_details : undefined;
  const settlement = isRecord(value.settlement_summary) ? value.settlement_summary : {};
  const nextUrl = isRecord(links.next_url) ? links.next_url.href : undefined;
  if (typeof value.payment_id !== 'string' || !Number.isSafeInteger(value.amount) || typeof value.reference !== 'string') throw notTheApi();
  const known = govUkPayState(state.status, state.code);
  const isOpen = known === 'created' || known === 'started';
  return {
    providerPaymentId: value.payment_id, state: known, amountInPence: Number(value.amount), reference: value.reference,
    ...(isOpen && typeof nextUrl === 'string' ? { nextUrl } : {}), canBeCancelled: isOpen && isRecord(links.cancel),
    refundableInPence: known === 'succeeded' && Number.isSafeInteger(summary.amount_available) ? Number(summary.amount_available) : 0,
    ...(typeof state.code === 'string' ? { failureCode: state.code } : {}),
    ...(known === 'succeeded' && card ? { method: { brand: String(card.card_brand ?? ''), lastDigits: String(card.last_digits_card_number ?? '') } } : {}),
    ...(typeof settlement.capture_submit_time === 'string' ? { paidAt: new Date(settlement.capture_submit_time) } : {}),
  };
}

function refundFrom(value: unknown): ProviderRefund {
  if (!isRecord(value) || typeof value.refund_id !== 'string' || !Number.isSafeInteger(value.amount)) throw notTheApi();
  return { providerRefundId: value.refund_id, amountInPence: Number(value.amount), state: govUkPayRefundState(value.status) };
}

function body(response: OutboundResponse): Json {
  let value: unknown;
  try { value = response.json(); } catch { throw notTheApi(); }
  if (!isRecord(value)) throw notTheApi();
  return value;
}
function inner(value: Json, name: string): Json {
  const found = value[name];
  if (!isRecord(found)) throw notTheApi();
  return found;
}
function text(response: OutboundResponse): string { return response.text().slice(0, 500); }
function code(response: OutboundResponse): string { return /"code":"(P\d{4})"/.exec(text(response))?.[1] ?? String(response.status); }
function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function missing(id: string): NotFound { return new NotFound(`The payment provider has no payment ${id.slice(0, 64)}.`); }
function notTheApi(): Unavailable { return new Unavailable('The payment provider answered with something that is not its API. Is a proxy in between?'); }
function unexpected(operation: string, response: OutboundResponse): Unavailable { return new Unavailable(`The payment provider answered ${response.status} to "${operation}". Try again; when it stays so, look at the provider's status page and at the API key.`); }
