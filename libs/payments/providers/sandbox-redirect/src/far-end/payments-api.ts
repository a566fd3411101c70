import type { Answer } from '@guildhall/payments-contract/far-end';
import { govUkPayProblem, json, nothing, record } from '@guildhall/payments-contract/far-end';
import type { FarOrder, FarPayment, FarRefund, PaymentBook } from './payment-book';

/**
 * The API that a service calls: paths, fields, statuses and codes as in the reference of GOV.UK Pay (docs.payments.service.gov.uk/api_reference), version 1.
 */
export class PaymentsApiOfFarEnd {
  constructor(private readonly book: PaymentBook, private readonly origin: () => string) {}

  create(account: string, key: string | undefined, body: string): Answer {
    if (key !== undefined && !/^[a-zA-Z0-9-]{1,255}$/.test(key)) return govUkPayProblem(422, 'P0102', 'Header [Idempotency-Key] can have a size between 1 and 255', { header: 'Idempotency-Key' });
    const asked = record(body);
    if (!asked) return govUkPayProblem(400, 'P0197', 'Unable to parse JSON');
    const order = orderFrom(asked);
    if ('status' in order) return order;
    const { payment, kind } = this.book.create(account, key, order);
    if (kind === 'other') return govUkPayProblem(409, 'P0191', 'The `Idempotency-Key` you sent in the request header has already been used to create a payment.');
    return json(kind === 'new' ? 201 : 200, this.view(payment));
  }

  fetch(account: string, id: string): Answer {
    const payment = this.of(account, id);
    return payment ? json(200, this.view(payment)) : notFound();
  }

  cancel(account: string, id: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0500', 'Not found');
    if (!this.book.isOpen(payment)) return govUkPayProblem(400, 'P0501', 'Cancellation of payment failed');
    this.book.move(payment, 'cancelled', { code: 'P0040' });
    return nothing(204);
  }

  refund(account: string, id: string, body: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0600', 'Not found');
    const asked = record(body);
    if (!asked || !Number.isSafeInteger(asked.amount) || Number(asked.amount) < 1) return govUkPayProblem(422, 'P0602', 'Invalid attribute value: amount. Must be greater than or equal to 1', { field: 'amount' });
    if (payment.status !== 'success') return govUkPayProblem(400, 'P0603', 'The payment is not available for refund. Payment refund status: pending');
    const left = this.book.left(payment);
    if (asked.refund_amount_available !== undefined && asked.refund_amount_available !== left) return govUkPayProblem(412, 'P0604', 'Refund amount available mismatch.');
    if (Number(asked.amount) > left) return govUkPayProblem(400, 'P0603', 'The payment is not available for refund. Payment refund status: full');
    return json(202, viewRefund(this.book.refund(payment, Number(asked.amount))));
  }

  refunds(account: string, id: string): Answer {
    const payment = this.of(account, id);
    return payment ? json(200, { payment_id: id, _links: { self: { href: `${this.origin()}/v1/payments/${id}/refunds`, method: 'GET' } }, _embedded: { refunds: payment.refunds.map(viewRefund) } }) : notFound();
  }

  private of(account: string, id: string): FarPayment | undefined {
    const payment = this.book.find(id);
    return payment?.account === account ? payment : undefined;
  }

  private view(payment: FarPayment): object {
    const { id, order, status, code, card } = payment;
    const isOpen = this.book.isOpen(payment);
    const self = `${this.origin()}/v1/payments/${id}`;
    const left = this.book.left(payment);
    return {
      payment_id: id, payment_provider: 'sandbox', provider_id: `sandbox-${id.slice(0, 8)}`, amount: order.amount, reference: order.reference, description: order.description, language: order.language,
      email: order.email ?? null, return_url: order.returnUrl, delayed_capture: false, moto: false, created_date: payment.createdAt.toISOString(), authorisation_mode: 'web',
      state: { status, finished: !isOpen && status !== 'submitted', ...(code ? { code, message: MESSAGES[code], can_retry: false } : {}) },
      ...(card ? { card_details: { last_digits_card_number: card.lastDigits, first_digits_card_number: null, cardholder_name: card.holder, card_brand: 'Visa', card_type: 'debit', billing_address: null } } : {}),
      refund_summary: { status: refundStatus(payment, left), amount_available: left, amount_submitted: payment.refunds.reduce((sum, refund) => (refund.status === 'error' ? sum : sum + refund.amount), 0) },
      settlement_summary: status === 'success' && payment.decidedAt ? { capture_submit_time: payment.decidedAt.toISOString() } : {},
      _links: {
        self: { href: self, method: 'GET' }, refunds: { href: `${self}/refunds`, method: 'GET' }, events: { href: `${self}/events`, method: 'GET' },
        cancel: isOpen ? { href: `${self}/cancel`, method: 'POST' } : null, next_url: isOpen ? { href: `${this.origin()}/secure/${this.book.newVisit(payment)}`, method: 'GET' } : null,
      },
    };
  }
}

const MESSAGES = { P0010: 'Payment method rejected', P0020: 'Payment expired', P0030: 'Payment was cancelled by the user', P0040: 'Payment was cancelled by the service', P0050: 'Payment provider returned an error' } as const;

function refundStatus(payment: FarPayment, left: number): 'available' | 'full' | 'pending' | 'unavailable' {
  if (payment.status === 'success') return left > 0 ? 'available' : 'full';
  return payment.status === 'failed' || payment.status === 'cancelled' || payment.status === 'error' ? 'unavailable' : 'pending';
}

function viewRefund(refund: FarRefund): object {
  return { refund_id: refund.id, amount: refund.amount, created_date: refund.createdAt.toISOString(), status: refund.status };
}

function notFound(): Answer { return govUkPayProblem(404, 'P0200', 'Not found'); }

function orderFrom(asked: Readonly<Record<string, unknown>>): FarOrder | Answer {
  const { amount, reference, description, return_url: returnUrl, language = 'en', email } = asked;
  if (amount === undefined) return govUkPayProblem(400, 'P0101', 'Missing mandatory attribute: amount', { field: 'amount' });
  if (!Number.isSafeInteger(amount) || Number(amount) < 1 || Number(amount) > 10_000_000) return govUkPayProblem(422, 'P0102', 'Invalid attribute value: amount. Must be less than or equal to 10000000', { field: 'amount' });
  for (const [name, value, most] of [['reference', reference, 255], ['description', description, 255], ['return_url', returnUrl, 2000]] as const) {
    if (value === undefined || value === '') return govUkPayProblem(400, 'P0101', `Missing mandatory attribute: ${name}`, { field: name });
    if (typeof value !== 'string' || value.length > most) return govUkPayProblem(422, 'P0102', `Invalid attribute value: ${name}. Must be less than or equal to ${most} characters length`, { field: name });
  }
  if (typeof reference !== 'string' || typeof description !== 'string' || typeof returnUrl !== 'string' || !/^https?:\/\//.test(returnUrl) || !URL.canParse(returnUrl)) return govUkPayProblem(422, 'P0102', 'Invalid attribute value: return_url. Must be a valid URL format', { field: 'return_url' });
  if (language !== 'en' && language !== 'cy') return govUkPayProblem(422, 'P0102', 'Invalid attribute value: language. Must be "en" or "cy"', { field: 'language' });
  if (email !== undefined && (typeof email !== 'string' || email.length > 254)) return govUkPayProblem(422, 'P0102', 'Invalid attribute value: email. Must be less than or equal to 254 characters length', { field: 'email' });
  return { amount: Number(amount), reference, description, returnUrl, language, ...(email === undefined ? {} : { email }) };
}
