export { simulatedGovUkPay } from './simulated-govuk-pay';
export { startGovUkPaySimulator } from './simulator';
export type { RunningSimulator, SimulatorOptions } from './simulator';
export type { SimulatorControls } from './controls';
export type { SimulatedAccount, SimulatedWebhook } from './accounts';
export type { SimulatedTimes } from './payment-book';
export type { PayFault, PayOperation } from './faults';
export type { PayerDoes } from './payer-does';
export { paySignature } from './webhooks';
