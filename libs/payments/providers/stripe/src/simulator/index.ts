export { simulatedStripe } from './simulated-stripe';
export { startStripeSimulator } from './simulator';
export type { RunningSimulator, SimulatorOptions } from './simulator';
export type { SimulatorControls } from './controls';
export type { SimulatedAccount, SimulatedWebhook } from './accounts';
export type { SimulatedTimes } from './session-book';
export type { StripeFault, StripeOperation } from './faults';
export type { PayerDoes } from './payer-does';
export { stripeSignature } from './webhooks';
