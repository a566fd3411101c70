import type { NewProviderPayment } from '@guildhall/payments-contract';
import type Stripe = require('stripe');

/** The name under which our key of a payment, and a reference that is longer than Stripe's own field, are kept with the session, its payment intent and its charge. */
export const OUR_KEY = 'guildhall_key';
/** @internal */
export const OUR_REFERENCE = 'guildhall_reference';
/** The name under which our id of a refund is kept with it. */
export const OUR_REFUND = 'guildhall_refund';

const HOUR_IN_SECONDS = 60 * 60;
/** Stripe's field holds no more (API reference, `client_reference_id`). */
const MOST_OF_REFERENCE = 200;

/**
 * The body of `POST /v1/checkout/sessions` (API reference, "Create a Checkout Session"): one line in pence, on Stripe's hosted page. Stripe speaks no Welsh: `auto` is the browser's language where Stripe has it.
 * Nothing is converted into the payer's currency: a fee is what it was told to be. Nobody is asked to open an account with Stripe (Link) on the way.
 */
export function sessionRequest(payment: NewProviderPayment, paymentMethods: readonly string[], now: Date): Stripe.Checkout.SessionCreateParams {
  const { reference } = payment;
  const metadata = {
    ...Object.fromEntries(Object.entries(payment.metadata ?? {}).slice(0, 40).map(([name, value]) => [name.slice(0, 40), value.slice(0, 500)])),
    [OUR_KEY]: payment.key, ...(reference.length > MOST_OF_REFERENCE ? { [OUR_REFERENCE]: reference } : {}),
  };
  return {
    mode: 'payment', ui_mode: 'hosted_page', wallet_options: { link: { display: 'never' } }, submit_type: 'pay', locale: 'auto', allowed_payment_method_types: [...paymentMethods], adaptive_pricing: { enabled: false },
    line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: payment.amountInPence, product_data: { name: payment.description } } }],
    client_reference_id: reference.slice(0, MOST_OF_REFERENCE), success_url: payment.returnUrl, cancel_url: payment.returnUrl, expires_at: endsAt(now), metadata,
    payment_intent_data: { description: `${reference}: ${payment.description}`.slice(0, 1000), metadata }, ...(payment.email ? { customer_email: payment.email } : {}),
  };
}

/**
 * In seconds: between one and two hours from now, on the hour. A key that is sent again must come with the same request (API reference, "Idempotent requests"), so it is not a time that differs with every try; Stripe takes half an hour to a day.
 */
function endsAt(now: Date): number { return (Math.floor(now.getTime() / 1000 / HOUR_IN_SECONDS) + 2) * HOUR_IN_SECONDS; }
