import type { KeptCharge, KeptDispute, KeptPayout, KeptRefund, KeptSession, KeptTransaction } from './kept-session';
import { isDisputed, isPaid, leftToRefund, paidBack } from './kept-session';

const MESSAGES: Readonly<Record<string, string>> = { card_declined: 'Your card was declined.', processing_error: 'An error occurred while processing your card. Try again in a little bit.', payment_intent_payment_attempt_failed: 'The payment failed.' };

/** What is to be given whole instead of by its id alone: `payment_intent.latest_charge`, seen from the object at hand. */
export type Expand = readonly string[];

/** A session as the API shows it. */
export function viewSession(session: KeptSession, origin: string, expand: Expand): object {
  const { id, order, intent } = session;
  const isOpen = session.status === 'open';
  return {
    id, object: 'checkout.session', livemode: session.isLive, mode: 'payment', ui_mode: 'hosted_page', currency: 'gbp', amount_subtotal: order.amount, amount_total: order.amount, allowed_payment_method_types: order.methods.length ? order.methods : null,
    client_reference_id: order.reference ?? null, customer: null, customer_email: order.email ?? null, customer_details: order.email ? { email: order.email } : null, locale: order.locale, metadata: order.metadata,
    success_url: order.successUrl, cancel_url: order.cancelUrl ?? null, created: seconds(session.createdAt), expires_at: session.expiresAt, status: session.status, payment_status: isPaid(session) ? 'paid' : 'unpaid',
    payment_intent: intent ? given(expand, 'payment_intent', intent.id, (inner) => viewIntent(session, inner)) : null, url: isOpen ? `${origin}/c/pay/${id}` : null,
  };
}

/** A payment intent as the API shows it; only of a session that has one. */
export function viewIntent(session: KeptSession, expand: Expand): object {
  const { intent, order } = session;
  if (!intent) throw new RangeError(`The session ${session.id} has no payment intent.`);
  const { charge, error } = intent;
  return {
    id: intent.id, object: 'payment_intent', livemode: session.isLive, currency: 'gbp', amount: order.amount, amount_received: intent.status === 'succeeded' ? order.amount : 0, created: seconds(intent.createdAt), status: intent.status,
    description: order.intentDescription ?? null, metadata: order.intentMetadata, cancellation_reason: intent.status === 'canceled' ? 'expired' : null,
    last_payment_error: error ? { type: error.type, code: error.code, message: MESSAGES[error.code] ?? 'The payment failed.', ...(error.declineCode ? { decline_code: error.declineCode } : {}) } : null,
    latest_charge: charge ? given(expand, 'latest_charge', charge.id, (inner) => viewCharge(session, charge, inner)) : null,
  };
}

/** @internal */
export function viewCharge(session: KeptSession, charge: KeptCharge, expand: Expand): object {
  const { order } = session;
  return {
    id: charge.id, object: 'charge', livemode: session.isLive, currency: 'gbp', amount: order.amount, amount_captured: order.amount, amount_refunded: paidBack(session), refunded: leftToRefund(session) === 0, paid: true, captured: true, disputed: isDisputed(session),
    status: 'succeeded', created: seconds(charge.createdAt), description: order.intentDescription ?? null, metadata: order.intentMetadata, payment_intent: session.intent?.id ?? null,
    payment_method_details: { type: 'card', card: { brand: charge.brand, last4: charge.last4, funding: 'debit', country: 'GB' } },
    balance_transaction: given(expand, 'balance_transaction', charge.transaction.id, () => viewTransaction(charge.transaction, charge.id)),
  };
}

/** @internal */
export function viewRefund(session: KeptSession, refund: KeptRefund): object {
  return {
    id: refund.id, object: 'refund', currency: 'gbp', amount: refund.amount, charge: session.intent?.charge?.id ?? null, payment_intent: session.intent?.id ?? null, created: seconds(refund.createdAt), metadata: refund.metadata, reason: null,
    status: refund.status, ...(refund.status === 'failed' ? { failure_reason: 'unknown' } : {}), balance_transaction: refund.transaction.id,
  };
}

/** @internal */
export function viewDispute(session: KeptSession, { id, status, transactions }: KeptDispute): object {
  return { id, object: 'dispute', livemode: session.isLive, currency: 'gbp', amount: session.order.amount, charge: session.intent?.charge?.id ?? null, payment_intent: session.intent?.id ?? null, reason: 'fraudulent', status, balance_transactions: transactions.map((one) => viewTransaction(one, id)) };
}

/** @param source its id, or all of it */
export function viewTransaction(transaction: KeptTransaction, source: string | object): object {
  const { id, type, category = type, amount, fee, createdAt } = transaction;
  return { id, object: 'balance_transaction', currency: 'gbp', type, amount, fee, net: amount - fee, created: seconds(createdAt), available_on: seconds(createdAt), status: 'available', reporting_category: category, source };
}

/** @internal */
export function viewPayout({ id, amount, arrivesOn, createdAt }: KeptPayout): object {
  return { id, object: 'payout', currency: 'gbp', amount, automatic: true, arrival_date: Math.floor(Date.parse(`${arrivesOn}T00:00:00Z`) / 1000), created: seconds(createdAt), status: 'paid', method: 'standard', type: 'bank_account' };
}

/** An id, or, where it is asked for, the object with what is asked for of that. */
function given(expand: Expand, name: string, id: string, view: (inner: Expand) => object): string | object {
  const inner = expand.filter((path) => path === name || path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1)).filter((path) => path !== '');
  return inner.length > 0 || expand.includes(name) ? view(inner) : id;
}
function seconds(at: Date): number { return Math.floor(at.getTime() / 1000); }
