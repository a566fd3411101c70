import type { Answer } from '@guildhall/payments-contract/far-end';
import { json } from '@guildhall/payments-contract/far-end';
import type { Session, SessionBook, SessionOrder, SessionRefund, SessionState } from './session-book';

/** What the three fields of the API say for each state. */
const FIELDS: Readonly<Record<SessionState, { readonly status: 'open' | 'complete' | 'expired'; readonly payment: 'paid' | 'unpaid'; readonly intent: string; readonly error?: 'card_error' | 'api_error'; readonly reason?: string }>> = {
  open: { status: 'open', payment: 'unpaid', intent: 'requires_payment_method' },
  processing: { status: 'complete', payment: 'unpaid', intent: 'processing' },
  paid: { status: 'complete', payment: 'paid', intent: 'succeeded' },
  declined: { status: 'complete', payment: 'unpaid', intent: 'requires_payment_method', error: 'card_error' },
  broken: { status: 'complete', payment: 'unpaid', intent: 'requires_payment_method', error: 'api_error' },
  cancelled: { status: 'expired', payment: 'unpaid', intent: 'canceled', reason: 'requested_by_customer' },
  expired: { status: 'expired', payment: 'unpaid', intent: 'canceled', reason: 'abandoned' },
};

/** The API that a service calls: sessions, refunds and where to be told, in the manner of Stripe's (form-encoded in, JSON out, idempotency keys on every POST). */
export class SessionsApi {
  constructor(private readonly book: SessionBook, private readonly origin: () => string) {}

  create(account: string, key: string | undefined, form: URLSearchParams): Answer {
    const order = orderFrom(form);
    if ('body' in order) return order;
    const { session, kind } = this.book.create(account, key, order);
    if (kind === 'other') return error(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters they were first used with.');
    return json(200, this.view(session), kind === 'same' ? { 'idempotent-replayed': 'true' } : {});
  }

  fetch(account: string, id: string): Answer {
    const session = this.of(account, id);
    return session ? json(200, this.view(session)) : missing();
  }

  expire(account: string, id: string): Answer {
    const session = this.of(account, id);
    if (!session) return missing();
    if (session.state !== 'open') return error(400, 'invalid_request_error', 'Only Checkout Sessions with a status in ["open"] can be expired.');
    this.book.move(session, 'cancelled');
    return json(200, this.view(session));
  }

  refund(account: string, key: string | undefined, form: URLSearchParams): Answer {
    const session = this.of(account, (form.get('payment_intent') ?? '').replace(/^pi_/, 'cs_sandbox_'));
    const amount = Number(form.get('amount'));
    if (!session) return missing();
    if (!Number.isSafeInteger(amount) || amount < 1) return error(400, 'invalid_request_error', 'Invalid positive integer', 'parameter_invalid_integer');
    const known = key === undefined ? undefined : session.refunds.find((refund) => refund.key === key);
    if (known) return known.amount === amount ? json(200, viewRefund(session, known), { 'idempotent-replayed': 'true' }) : error(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters they were first used with.');
    if (session.state !== 'paid') return error(400, 'invalid_request_error', 'This PaymentIntent does not have a successful charge to refund.', 'payment_intent_unexpected_state');
    const left = this.book.left(session);
    if (amount > left) return error(400, 'invalid_request_error', left === 0 ? 'Charge has already been refunded.' : 'Refund amount is greater than unrefunded amount on charge', left === 0 ? 'charge_already_refunded' : 'refund_amount_too_large');
    return json(200, viewRefund(session, this.book.refund(session, amount, key, form.get('metadata[key]') ?? undefined)));
  }

  /** The newest first, as lists are. */
  refunds(account: string, paymentIntent: string): Answer {
    const session = this.of(account, paymentIntent.replace(/^pi_/, 'cs_sandbox_'));
    return session ? json(200, { object: 'list', has_more: false, data: [...session.refunds].reverse().map((refund) => viewRefund(session, refund)) }) : missing();
  }

  /** Where to be told. A sandbox has no person to copy the signing secret over, so that the service brings its own. */
  endpoint(account: string, form: URLSearchParams): Answer {
    const url = form.get('url') ?? '';
    const secret = form.get('secret') ?? '';
    if (!URL.canParse(url) || secret.length < 32) return error(400, 'invalid_request_error', 'Send url, and secret of at least 32 characters.');
    this.book.tellAt(account, { url, secret });
    return json(200, { object: 'webhook_endpoint', url, status: 'enabled' });
  }

  view(session: Session): object {
    const { id, order } = session;
    const { status, payment, intent, error: kind, reason } = FIELDS[session.state];
    const left = this.book.left(session);
    return {
      id, object: 'checkout.session', livemode: false, mode: 'payment', currency: 'gbp', amount_total: order.amount, client_reference_id: order.reference, customer_email: order.email ?? null, locale: order.locale,
      created: seconds(session.createdAt), status, payment_status: payment, url: session.state === 'open' ? `${this.origin()}/c/pay/${id}/${session.paySecret}` : null,
      payment_intent: {
        id: intentOf(session), object: 'payment_intent', status: intent, amount: order.amount, cancellation_reason: reason ?? null,
        last_payment_error: kind ? { type: kind, code: kind === 'card_error' ? 'card_declined' : 'processing_error' } : null,
        latest_charge: session.state === 'paid' ? {
          object: 'charge', paid: true, amount: order.amount, amount_refunded: order.amount - left, created: seconds(session.paidAt ?? session.createdAt),
          payment_method_details: { type: 'card', card: { brand: 'visa', last4: session.lastDigits ?? '4242' } },
        } : null,
      },
    };
  }

  private of(account: string, id: string): Session | undefined {
    const session = this.book.find(id);
    return session?.account === account ? session : undefined;
  }
}

function viewRefund(session: Session, refund: SessionRefund): object {
  return { id: refund.id, object: 'refund', amount: refund.amount, currency: 'gbp', payment_intent: intentOf(session), status: 'succeeded', created: seconds(refund.createdAt), metadata: refund.metadataKey === undefined ? {} : { key: refund.metadataKey } };
}
function intentOf(session: Session): string { return session.id.replace(/^cs_sandbox_/, 'pi_'); }
function seconds(at: Date): number { return Math.floor(at.getTime() / 1000); }
function error(status: number, type: string, message: string, code?: string): Answer { return json(status, { error: { type, message, ...(code ? { code } : {}) } }); }
function missing(): Answer { return error(404, 'invalid_request_error', 'No such object', 'resource_missing'); }

function orderFrom(form: URLSearchParams): SessionOrder | Answer {
  const line = 'line_items[0][price_data]';
  const amount = Number(form.get(`${line}[unit_amount]`));
  const description = form.get(`${line}[product_data][name]`) ?? '';
  const returnUrl = form.get('success_url') ?? '';
  const reference = form.get('client_reference_id') ?? '';
  const locale = form.get('locale') === 'cy' ? 'cy' : 'en';
  const email = form.get('customer_email') ?? undefined;
  if (form.get('mode') !== 'payment' || form.get(`${line}[currency]`) !== 'gbp') return error(400, 'invalid_request_error', 'This sandbox takes mode=payment in gbp.');
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > 99_999_999) return error(400, 'invalid_request_error', 'Invalid integer: unit_amount', 'parameter_invalid_integer');
  if (!description || description.length > 255 || !reference || reference.length > 200 || !/^https?:\/\//.test(returnUrl) || !URL.canParse(returnUrl)) return error(400, 'invalid_request_error', 'Missing or invalid: product name, client_reference_id or success_url', 'parameter_missing');
  return { amount, description, reference, returnUrl, locale, ...(email === undefined ? {} : { email }) };
}
