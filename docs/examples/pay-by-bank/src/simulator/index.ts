export { simulatedPayByBank } from './simulated-pay-by-bank';
export { startPayByBankSimulator } from './simulator';
export type { RunningPayByBankSimulator } from './simulator';
