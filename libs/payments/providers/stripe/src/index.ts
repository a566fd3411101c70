export { STRIPE_API, stripe } from './stripe';
export type { StripeOptions } from './stripe';
