import { NotFound, Unavailable, done, refused, type ConnectionCheck, type Outbound, type OutboundRequest, type OutboundResponse, type Outcome, type RequestContext, type Secret } from '@guildhall/kernel-contract';
import type { CancelRefusal, CreateRefusal, NewProviderPayment, NewProviderRefund, PaymentAbility, PaymentProvider, ProviderPayment, ProviderRefund, ProviderRefundRefusal } from '@guildhall/payments-contract';
import { codeIn, paymentIn, refundIn, refundsIn } from './read-answers';

/** What it is made with. */
export interface PayByBankSettings { readonly outbound: Outbound; readonly origin: string; readonly apiKey: Secret }

const REFUSALS: Readonly<Record<string, ProviderRefundRefusal['reason']>> = { 'key-reused': 'key-reused', 'amount-changed': 'amount-changed', 'more-than-left': 'more-than-left', 'not-received': 'not-refundable' };

/** Asks Pay by bank for transfers, sends payers to the page where they choose their bank, and fetches what arrived. */
export class PayByBankProvider implements PaymentProvider {
  readonly abilities: readonly PaymentAbility[] = ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds'];

  constructor(private readonly settings: PayByBankSettings) {}

  async create(_ctx: RequestContext, payment: NewProviderPayment): Promise<Outcome<ProviderPayment, CreateRefusal>> {
    const { key, amountInPence, reference, description, returnUrl, language } = payment;
    const answer = await this.#send('', { method: 'POST', idempotencyKey: key, body: { pence: amountInPence, reference, description, returnUrl, language } });
    if (answer.status === 201 || answer.status === 200) return done(paymentIn(answer));
    if (answer.status === 409) return refused('key-reused', 'The key belongs to another payment.');
    if (answer.status === 400) return refused('not-accepted', `Pay by bank does not accept this payment (${codeIn(answer)}).`);
    throw unexpected('create', answer);
  }

  async fetch(_ctx: RequestContext, providerPaymentId: string): Promise<ProviderPayment> {
    const answer = await this.#send(`/${checked(providerPaymentId)}`);
    if (answer.status === 200) return paymentIn(answer);
    throw answer.status === 404 ? missing(providerPaymentId) : unexpected('fetch', answer);
  }

  async cancel(_ctx: RequestContext, providerPaymentId: string): Promise<Outcome<ProviderPayment, CancelRefusal>> {
    const answer = await this.#send(`/${checked(providerPaymentId)}/stop`, { method: 'POST' });
    if (answer.status === 200) return done(paymentIn(answer));
    if (answer.status === 409) return refused('not-cancellable', 'The payment can no longer be cancelled.');
    throw answer.status === 404 ? missing(providerPaymentId) : unexpected('cancel', answer);
  }

  async refund(_ctx: RequestContext, { providerPaymentId, key, amountInPence, availableInPence }: NewProviderRefund): Promise<Outcome<ProviderRefund, ProviderRefundRefusal>> {
    const answer = await this.#send(`/${checked(providerPaymentId)}/refunds`, { method: 'POST', idempotencyKey: key, body: { pence: amountInPence, left: availableInPence } });
    if (answer.status === 201 || answer.status === 200) return done(refundIn(answer));
    if (answer.status === 409) return refused(REFUSALS[codeIn(answer)] ?? 'not-refundable', `Pay by bank does not pay this back (${codeIn(answer)}).`);
    throw answer.status === 404 ? missing(providerPaymentId) : unexpected('refund', answer);
  }

  async refunds(_ctx: RequestContext, providerPaymentId: string): Promise<readonly ProviderRefund[]> {
    const answer = await this.#send(`/${checked(providerPaymentId)}/refunds`);
    if (answer.status === 200) return refundsIn(answer);
    throw answer.status === 404 ? missing(providerPaymentId) : unexpected('refunds', answer);
  }

  /** Whether it answers and takes our key: what doctor prints. */
  async check(): Promise<ConnectionCheck> {
    try {
      const { status } = await this.#send('/none');
      return status === 404 ? { ok: true, message: 'Pay by bank answers and accepts the key.' } : { ok: false, message: `Pay by bank does not accept the key (${status}). Make a new one in its settings.` };
    } catch (error) { return { ok: false, message: error instanceof Error ? error.message : String(error) }; }
  }

  #send(path: string, request: OutboundRequest = {}): Promise<OutboundResponse> {
    const { origin, outbound, apiKey } = this.settings;
    return outbound.fetch(`${origin}/transfers${path}`, { timeoutInSeconds: 10, ...request, headers: { authorization: `Bearer ${apiKey.reveal()}`, accept: 'application/json' } });
  }
}

/** An id goes into a path: one that the API could not have made leads nowhere. */
function checked(providerPaymentId: string): string {
  if (!/^[A-Za-z0-9]{1,64}$/.test(providerPaymentId)) throw missing(providerPaymentId);
  return providerPaymentId;
}
function missing(id: string): NotFound { return new NotFound(`Pay by bank has no payment ${id.slice(0, 64)}.`); }
function unexpected(operation: string, answer: OutboundResponse): Unavailable { return new Unavailable(`Pay by bank answered ${answer.status} to "${operation}". Try again; when it stays so, look at its status page and at the API key.`); }
