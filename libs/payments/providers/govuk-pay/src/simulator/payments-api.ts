import type { KnownAccount } from './accounts';
import type { Answer } from '@guildhall/payments-contract/far-end';
import { govUkPayProblem, isRecord, json, nothing, record, testCard } from '@guildhall/payments-contract/far-end';
import { checkOrder } from './check-order';
import type { KeptAgreement } from './kept-agreement';
import type { KeptPayment } from './kept-payment';
import { isOpen, leftToRefund, refundStatus } from './kept-payment';
import type { PaymentBook } from './payment-book';
import { TEST_CARDS } from './card-page-look';
import { viewPayment, viewRefund, viewState } from './view';

/**
 * What the API does with single payments: paths, fields, statuses and codes as in the reference of GOV.UK Pay (docs.payments.service.gov.uk/api_reference), version 1, as of August 2026.
 * `keysFor`: GOV.UK Pay's documentation promises Idempotency-Keys for recurring payments only; its specification describes them for every creation. The simulator can do either.
 */
export class PaymentsApi {
  constructor(private readonly book: PaymentBook, private readonly origin: () => string, private readonly keysFor: 'every-payment' | 'recurring-only') {}

  create(account: KnownAccount, key: string | undefined, body: string): Answer {
    if (key !== undefined && !/^[a-zA-Z0-9-]{1,255}$/.test(key)) return govUkPayProblem(422, 'P0102', 'Header [Idempotency-Key] must have 1 to 255 letters, digits and hyphens', { header: 'Idempotency-Key' });
    const asked = record(body);
    if (!asked) return govUkPayProblem(400, 'P0197', 'Unable to parse JSON');
    const order = checkOrder(asked, account, (id) => this.#agreementOf(account, id));
    if ('body' in order) return order;
    const kept = key !== undefined && (this.keysFor === 'every-payment' || order.mode === 'agreement') ? { key, request: JSON.stringify(sorted(asked)) } : undefined;
    const made = kept && this.book.madeBy(account.id, kept.key, kept.request);
    if (made && !made.isSame) return govUkPayProblem(409, 'P0191', 'The `Idempotency-Key` you sent in the request header has already been used to create a payment.', { header: 'Idempotency-Key' });
    if (made) return json(200, this.#view(made.payment));
    const payment = this.book.create(account.id, order, kept);
    const answer = json(201, this.#view(payment));
    return { ...answer, headers: { ...answer.headers, location: `${this.origin()}/v1/payments/${payment.id}` } };
  }

  fetch(account: KnownAccount, id: string): Answer {
    const payment = this.of(account, id);
    return payment ? json(200, this.#view(payment)) : govUkPayProblem(404, 'P0200', 'Not found');
  }

  events(account: KnownAccount, id: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0300', 'Not found');
    const self = `${this.origin()}/v1/payments/${id}`;
    return json(200, {
      payment_id: id, events: payment.events.map(({ status, code, at }) => ({ payment_id: id, state: viewState(status, code), updated: at.toISOString(), _links: { payment_url: { href: self, method: 'GET' } } })),
      _links: { self: { href: `${self}/events`, method: 'GET' } },
    });
  }

  cancel(account: KnownAccount, id: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0500', 'Not found');
    if (!isOpen(payment) && payment.status !== 'submitted' && payment.status !== 'capturable') return govUkPayProblem(400, 'P0501', 'Cancellation of payment failed');
    this.book.move(payment, 'cancelled', { code: 'P0040' });
    return nothing(204);
  }

  capture(account: KnownAccount, id: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P1000', 'Not found');
    if (payment.status !== 'capturable') return govUkPayProblem(409, 'P1003', 'Payment cannot be captured');
    this.book.move(payment, 'success');
    return nothing(204);
  }

  refund(account: KnownAccount, id: string, body: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0600', 'Not found');
    const asked = record(body);
    if (!asked) return govUkPayProblem(400, 'P0697', 'Unable to parse JSON');
    const { amount, refund_amount_available: available } = asked;
    if (amount === undefined || amount === null) return govUkPayProblem(400, 'P0601', 'Missing mandatory attribute: amount', { field: 'amount' });
    if (!Number.isSafeInteger(amount) || Number(amount) < 1) return govUkPayProblem(422, 'P0602', 'Invalid attribute value: amount. Must be greater than or equal to 1', { field: 'amount' });
    if (Number(amount) > 10_000_000) return govUkPayProblem(422, 'P0602', 'Invalid attribute value: amount. Must be less than or equal to 10000000', { field: 'amount' });
    const status = refundStatus(payment);
    if (payment.dispute && status === 'unavailable') return govUkPayProblem(400, 'P0603', 'The payment is disputed and cannot be refunded');
    if (status !== 'available') return govUkPayProblem(400, 'P0603', `The payment is not available for refund. Payment refund status: ${status}`);
    const left = leftToRefund(payment);
    if (available !== undefined && available !== left) return govUkPayProblem(412, 'P0604', 'Refund amount available mismatch.');
    if (Number(amount) > left) return govUkPayProblem(400, 'P0603', 'The payment is not available for refund. Payment refund status: amount_not_available');
    return json(202, viewRefund(this.book.refund(payment, Number(amount)), payment, this.origin()));
  }

  refunds(account: KnownAccount, id: string): Answer {
    const payment = this.of(account, id);
    if (!payment) return govUkPayProblem(404, 'P0800', 'Not found');
    const self = `${this.origin()}/v1/payments/${id}`;
    const refunds = payment.refunds.filter((refund) => this.book.isListed(refund));
    return json(200, { payment_id: id, _links: { self: { href: `${self}/refunds`, method: 'GET' }, payment: { href: self, method: 'GET' } }, _embedded: { refunds: refunds.map((refund) => viewRefund(refund, payment, this.origin())) } });
  }

  oneRefund(account: KnownAccount, id: string, refundId: string): Answer {
    const payment = this.of(account, id);
    const refund = payment?.refunds.find((one) => one.id === refundId);
    return payment && refund ? json(200, viewRefund(refund, payment, this.origin())) : govUkPayProblem(404, 'P0700', 'Not found');
  }

  /** Card details sent to the API, for a payment by telephone: no key opens it, only the one-time token. */
  authorise(body: string): Answer {
    const asked = record(body);
    if (!asked) return govUkPayProblem(400, 'P0197', 'Unable to parse JSON');
    for (const name of ['one_time_token', 'card_number', 'cvc', 'expiry_date', 'cardholder_name']) {
      if (typeof asked[name] !== 'string' || asked[name] === '') return govUkPayProblem(422, 'P0101', `Missing mandatory attribute: ${name}`);
    }
    const payment = this.book.useMotoToken(String(asked.one_time_token));
    if (payment === undefined) return govUkPayProblem(400, 'P1211', 'The one_time_token is not valid');
    if (payment === 'used' || !isOpen(payment)) return govUkPayProblem(400, 'P1212', 'The one_time_token has already been used');
    const number = String(asked.card_number);
    const card = testCard(number, TEST_CARDS);
    const used = { brand: card?.brand ?? 'Visa', number: number.replace(/\D/g, ''), holder: String(asked.cardholder_name), expiry: String(asked.expiry_date) };
    if (card?.result === 'succeed') { this.book.authorise(payment, used); return nothing(204); }
    if (card?.result === 'slow') { this.book.move(payment, 'submitted', { card: used, isSlow: true }); return nothing(204); }
    if (card?.result === 'error') { this.book.move(payment, 'error', { card: used, code: 'P0050' }); return govUkPayProblem(500, 'P0050', 'Payment provider returned an error'); }
    this.book.move(payment, 'failed', { card: used, code: 'P0010' });
    return govUkPayProblem(402, 'P0010', 'The payment was rejected');
  }

  private of(account: KnownAccount, id: string): KeptPayment | undefined {
    const payment = this.book.find(id);
    return payment?.account === account.id ? payment : undefined;
  }
  #agreementOf(account: KnownAccount, id: string): KeptAgreement | undefined {
    const agreement = this.book.agreements.find(id);
    return agreement?.account === account.id ? agreement : undefined;
  }
  #view(payment: KeptPayment): object { return viewPayment(payment, this.book, this.origin(), 'whole'); }
}

/** The same body in whatever order it was written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)])) : value;
}
