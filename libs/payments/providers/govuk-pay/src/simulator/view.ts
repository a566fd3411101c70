import type { KeptAgreement } from './kept-agreement';
import type { KeptDispute } from './kept-dispute';
import { DISPUTE_FEE } from './kept-dispute';
import type { KeptPayment, KeptRefund, PayCode, PayOrder, PayStatus, UsedCard } from './kept-payment';
import { isFinished, isOpen, leftToRefund, refundStatus, submittedBack } from './kept-payment';
import type { PaymentBook } from './payment-book';

const MESSAGES: Readonly<Record<PayCode, string>> = {
  P0010: 'Payment method rejected', P0020: 'Payment expired', P0030: 'Payment was cancelled by the user', P0040: 'Payment was cancelled by the service', P0050: 'Payment provider returned an error',
};

/** @internal */
export function viewState(status: PayStatus, code: PayCode | undefined): object {
  return { status, finished: isFinished(status), ...(code ? { code, message: MESSAGES[code] } : {}) };
}

/**
 * A payment as the API shows it.
 * @param kind `whole`: with a fresh address to pay at, as GET and POST of one payment answer. `listed`: without, as searches and webhooks have it
 */
export function viewPayment(payment: KeptPayment, book: PaymentBook, origin: string, kind: 'whole' | 'listed'): object {
  const { id, order, card } = payment;
  const self = `${origin}/v1/payments/${id}`;
  const get = (href: string): object => ({ href, method: 'GET' });
  const isCancellable = isOpen(payment) || payment.status === 'submitted' || payment.status === 'capturable';
  const token = kind === 'whole' && isOpen(payment) && order.mode === 'web' ? book.newToken(payment) : undefined;
  const day = payment.capturedAt?.toISOString().slice(0, 10);
  return {
    payment_id: id, payment_provider: 'sandbox', amount: order.amount, reference: order.reference, description: order.description, language: order.language,
    ...(payment.status === 'created' ? {} : { provider_id: `simulated-${id.slice(0, 12)}` }), ...(order.email ? { email: order.email } : {}), ...(order.returnUrl ? { return_url: order.returnUrl } : {}), ...(order.metadata ? { metadata: order.metadata } : {}),
    delayed_capture: order.isDelayedCapture, moto: order.isMoto, created_date: payment.createdAt.toISOString(), authorisation_mode: order.mode, state: { ...viewState(payment.status, payment.code), ...(payment.canRetry === undefined ? {} : { can_retry: payment.canRetry }) },
    ...(order.agreementId ? { agreement_id: order.agreementId } : {}), ...(order.agreementPaymentType ? { agreement_payment_type: order.agreementPaymentType } : {}),
    ...(card || order.holder || order.address ? { card_details: viewCard(card, order) } : {}),
    ...(card ? { card_brand: card.brand } : {}), ...(payment.status === 'success' ? { authorisation_summary: { three_d_secure: { required: false } } } : {}),
    refund_summary: { status: refundStatus(payment), user_external_id: null, amount_available: leftToRefund(payment), amount_submitted: submittedBack(payment) },
    settlement_summary: { ...(payment.capturedAt ? { capture_submit_time: payment.capturedAt.toISOString(), captured_date: day } : {}), ...(payment.settledDate ? { settled_date: payment.settledDate } : {}) },
    ...(payment.settledDate ? { fee: feeOf(order.amount), net_amount: order.amount - feeOf(order.amount) } : {}),
    _links: {
      self: get(self), events: get(`${self}/events`), refunds: get(`${self}/refunds`), cancel: isCancellable ? { href: `${self}/cancel`, method: 'POST' } : null,
      capture: payment.status === 'capturable' ? { href: `${self}/capture`, method: 'POST' } : null,
      ...(kind === 'whole' ? {
        next_url: token ? get(`${origin}/secure/${token}`) : null,
        next_url_post: token ? { type: 'application/x-www-form-urlencoded', params: { chargeTokenId: token }, href: `${origin}/secure`, method: 'POST' } : null,
        ...(order.mode === 'moto_api' && isOpen(payment) ? { auth_url_post: { type: 'application/json', params: { one_time_token: book.motoToken(payment) }, href: `${origin}/v1/auth`, method: 'POST' } } : {}),
      } : {}),
    },
  };
}

/** The card, or what is known of its holder before there is one. */
function viewCard(card: UsedCard | undefined, { holder, address }: Pick<PayOrder, 'holder' | 'address'> = {}): object {
  return {
    cardholder_name: card?.holder ?? holder ?? null, card_brand: card?.brand ?? '', card_type: card ? 'debit' : null, last_digits_card_number: card?.number.slice(-4) ?? null,
    first_digits_card_number: card?.number.slice(0, 6) ?? null, expiry_date: card?.expiry ?? null, billing_address: card?.address ?? address ?? null,
  };
}

/** What a card processor may keep: an invented share, a half per cent and never nothing. */
function feeOf(amount: number): number { return Math.max(1, Math.round(amount * 0.005)); }

/** A refund as the API shows it. */
export function viewRefund(refund: KeptRefund, payment: KeptPayment, origin: string): object {
  const of = `${origin}/v1/payments/${payment.id}`;
  return {
    refund_id: refund.id, payment_id: payment.id, amount: refund.amount, created_date: refund.createdAt.toISOString(), status: refund.status, settlement_summary: refund.settledDate ? { settled_date: refund.settledDate } : {},
    _links: { self: { href: `${of}/refunds/${refund.id}`, method: 'GET' }, payment: { href: of, method: 'GET' } },
  };
}

/** An agreement as the API shows it. */
export function viewAgreement({ id, order, status, createdAt, instrument, cancelledAt }: KeptAgreement): object {
  return {
    agreement_id: id, reference: order.reference, description: order.description, status, created_date: createdAt.toISOString(), ...(order.userIdentifier ? { user_identifier: order.userIdentifier } : {}),
    ...(instrument ? { payment_instrument: { type: 'card', created_date: instrument.createdAt.toISOString(), card_details: viewCard(instrument.card) } } : {}), ...(cancelledAt ? { cancelled_date: cancelledAt.toISOString() } : {}),
  };
}

/** A dispute as the API shows it: what it costs, only once it is lost. */
export function viewDispute({ id, reason, status, createdAt, evidenceDueAt, settledDate }: KeptDispute, payment: KeptPayment, origin: string): object {
  const { amount } = payment.order;
  return {
    dispute_id: id, payment_id: payment.id, amount, fee: DISPUTE_FEE, reason, status, created_date: createdAt.toISOString(), evidence_due_date: evidenceDueAt.toISOString(),
    ...(status === 'lost' ? { net_amount: -(amount + DISPUTE_FEE), settlement_summary: settledDate ? { settled_date: settledDate } : {} } : {}), _links: { payment: { href: `${origin}/v1/payments/${payment.id}`, method: 'GET' } },
  };
}
