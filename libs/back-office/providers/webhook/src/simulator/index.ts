export { simulatedWebhook } from './simulated-webhook';
export { DepotSimulator } from './depot-simulator';
export type { DepotSecrets, DepotSimulatorOptions } from './depot-simulator';
export type { DepotCase, DepotPhoto } from './depot-case';
export { DEPOT_FAULTS } from './faults';
export type { DepotFault } from './faults';
