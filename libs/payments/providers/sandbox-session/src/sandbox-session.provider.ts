import type { Clock, ConnectionCheck, Outbound, OutboundRequest, OutboundResponse, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, done, refused } from '@guildhall/kernel-contract';
import type { CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderRefund, ProviderRefundRefusal, WebhookDelivery, WebhookNotice, WebhookRefusal } from '@guildhall/payments-contract';
import { stateFrom } from './map-status';
import { readWebhook } from './webhook';

type Json = Readonly<Record<string, unknown>>;

/** What a provider of sessions is made with. */
export interface SandboxSessionSettings {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly origin: string | undefined;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** Where the far end shall tell us what happens. */
  readonly webhookUrl: string;
}

/** A provider that has sessions and calls back: every POST has a key, every event is signed, and the session is fetched all the same. */
export class SandboxSessionProvider implements PaymentProvider {
  readonly abilities: readonly PaymentAbility[] = ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'webhooks', 'webhook-timestamps'];
  #isRegistered = false;

  constructor(private readonly settings: SandboxSessionSettings) {}

  async create(ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    await this.#register();
    const line = 'line_items[0][price_data]';
    const response = await this.#send('/checkout/sessions', {
      method: 'POST', idempotencyKey: payment.key,
      body: new URLSearchParams({
        mode: 'payment', success_url: payment.returnUrl, cancel_url: payment.returnUrl, client_reference_id: payment.reference, locale: payment.language,
        'line_items[0][quantity]': '1', [`${line}[currency]`]: 'gbp', [`${line}[unit_amount]`]: String(payment.amountInPence), [`${line}[product_data][name]`]: payment.description,
        ...(payment.email ? { customer_email: payment.email } : {}),
      }),
    });
    if (response.status === 200) {
      const session = paymentFrom(body(response));
      // A repeated key is answered as it was the first time; what has happened since, only a fetch tells.
      return done(response.headers['idempotent-replayed'] === 'true' ? await this.fetch(ctx, session.providerPaymentId) : session);
    }
    if (response.status === 400) return errorType(response) === 'idempotency_error' ? refused('key-reused', 'The key belongs to another payment.') : refused('not-accepted', 'The provider does not accept this payment.');
    throw unexpected('create', response);
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    const response = await this.#send(`/checkout/sessions/${checked(providerPaymentId)}`);
    if (response.status === 200) return paymentFrom(body(response));
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('fetch', response);
  }

  async cancel(_ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    const response = await this.#send(`/checkout/sessions/${checked(providerPaymentId)}/expire`, { method: 'POST' });
    if (response.status === 200) return done(paymentFrom(body(response)));
    if (response.status === 400) return refused('not-cancellable', 'The session can no longer be ended.');
    throw response.status === 404 ? missing(providerPaymentId) : unexpected('cancel', response);
  }

  async refund(ctx: RequestContext, refund: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    const id = checked(refund.providerPaymentId);
    const before = await this.fetch(ctx, id);
    const made = (await this.refunds(ctx, id)).find((other) => other.key === refund.key);
    // This API does not compare what we believe is left: we do, unless the refund is already there.
    if (!made && before.state === 'succeeded' && before.refundableInPence !== refund.availableInPence) return refused('amount-changed', 'The amount left to refund is not what it was.');
    const response = await this.#send('/refunds', { method: 'POST', idempotencyKey: refund.key, body: new URLSearchParams({ payment_intent: intentOf(id), amount: String(refund.amountInPence), 'metadata[key]': refund.key }) });
    if (response.status === 200) return done(refundFrom(body(response)));
    if (response.status === 404) throw missing(refund.providerPaymentId);
    if (response.status !== 400) throw unexpected('refund', response);
    if (errorType(response) === 'idempotency_error') return refused('key-reused', 'The key belongs to another refund.');
    return refused(/"code":"(charge_already_refunded|refund_amount_too_large)"/.test(response.text()) ? 'more-than-left' : 'not-refundable', 'The provider does not refund this.');
  }

  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    const response = await this.#send(`/refunds?${new URLSearchParams({ payment_intent: intentOf(checked(providerPaymentId)), limit: '100' }).toString()}`);
    if (response.status === 404) throw missing(providerPaymentId);
    if (response.status !== 200) throw unexpected('refunds', response);
    const { data } = body(response);
    if (!Array.isArray(data)) throw notTheApi();
    return data.map(refundFrom).reverse();
  }

  async readWebhook(_ctx: RequestContext, delivery: WebhookDelivery): Promise<Outcome<WebhookNotice, WebhookRefusal>> {
    return readWebhook(delivery, this.settings.webhookSecret, this.settings.clock.now());
  }

  /** Whether the far end answers and takes our key. */
  async check(): Promise<ConnectionCheck> {
    try {
      await this.#register();
      return { ok: true, message: 'The sandbox checkout answers, and knows where to tell us what happens.' };
    } catch (error) { return { ok: false, message: error instanceof Error ? error.message : String(error) }; }
  }

  /** Says where to tell us what happens, and with which secret to sign it. Saying it twice is saying it once. */
  async #register(): Promise<void> {
    if (this.#isRegistered) return;
    const response = await this.#send('/webhook_endpoints', { method: 'POST', body: new URLSearchParams({ url: this.settings.webhookUrl, secret: this.settings.webhookSecret }) });
    if (response.status !== 200) throw unexpected('register', response);
    this.#isRegistered = true;
  }

  async #send(path: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    const { origin, outbound, apiKey } = this.settings;
    if (!origin) throw new Unavailable('The sandbox checkout is not running. Start it beside the server (npm start does), or say where it is: sandboxSession({ origin }).');
    return outbound.fetch(`${origin}/v1${path}`, { timeoutInSeconds: 10, ...request, headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' } });
  }
}

/** An id goes into a path: one that the API could not have made leads nowhere. */
function checked(providerPaymentId: string): string {
  if (!/^cs_sandbox_[0-9a-f]{1,64}$/.test(providerPaymentId)) throw missing(providerPaymentId);
  return providerPaymentId;
}
function intentOf(sessionId: string): string { return sessionId.replace(/^cs_sandbox_/, 'pi_'); }

function paymentFrom(value: Json): ProviderPayment {
  const intent = isRecord(value.payment_intent) ? value.payment_intent : {};
  const charge = isRecord(intent.latest_charge) ? intent.latest_charge : undefined;
  const failure = isRecord(intent.last_payment_error) ? intent.last_payment_error : undefined;
  const details = charge && isRecord(charge.payment_method_details) && isRecord(charge.payment_method_details.card) ? charge.payment_method_details.card : undefined;
  if (typeof value.id !== 'string' || !Number.isSafeInteger(value.amount_total) || typeof value.client_reference_id !== 'string') throw notTheApi();
  const state = stateFrom({ status: value.status, paymentStatus: value.payment_status, intentStatus: intent.status, errorType: failure?.type, cancellationReason: intent.cancellation_reason });
  const amountInPence = Number(value.amount_total);
  return {
    providerPaymentId: value.id, state, amountInPence, reference: value.client_reference_id, ...(state === 'created' && typeof value.url === 'string' ? { nextUrl: value.url } : {}),
    canBeCancelled: state === 'created', refundableInPence: state === 'succeeded' && charge ? amountInPence - Number(charge.amount_refunded ?? 0) : 0,
    ...(typeof failure?.code === 'string' ? { failureCode: failure.code } : {}),
    ...(details ? { method: { brand: String(details.brand ?? ''), lastDigits: String(details.last4 ?? '') } } : {}),
    ...(charge && Number.isSafeInteger(charge.created) ? { paidAt: new Date(Number(charge.created) * 1000) } : {}),
  };
}

function refundFrom(value: unknown): ProviderRefund {
  if (!isRecord(value) || typeof value.id !== 'string' || !Number.isSafeInteger(value.amount)) throw notTheApi();
  const key = isRecord(value.metadata) && typeof value.metadata.key === 'string' ? value.metadata.key : undefined;
  const state = value.status === 'succeeded' ? 'succeeded' : value.status === 'pending' || value.status === 'requires_action' ? 'submitted' : value.status === 'failed' || value.status === 'canceled' ? 'error' : 'unknown';
  return { providerRefundId: value.id, amountInPence: Number(value.amount), state, key: key ?? 'made elsewhere' };
}

function body(response: OutboundResponse): Json {
  let value: unknown;
  try { value = response.json(); } catch { throw notTheApi(); }
  if (!isRecord(value)) throw notTheApi();
  return value;
}
function errorType(response: OutboundResponse): unknown {
  const { error } = body(response);
  return isRecord(error) ? error.type : undefined;
}
function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function missing(id: string): NotFound { return new NotFound(`The payment provider has no session ${id.slice(0, 80)}.`); }
function notTheApi(): Unavailable { return new Unavailable('The payment provider answered with something that is not its API. Is a proxy in between?'); }
function unexpected(operation: string, response: OutboundResponse): Unavailable { return new Unavailable(`The payment provider answered ${response.status} to "${operation}". Try again; when it stays so, look at the provider's status page and at the API key.`); }
