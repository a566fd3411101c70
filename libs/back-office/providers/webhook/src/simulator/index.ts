export { DEPOT_FAULTS, DepotSimulator } from './depot-simulator';
export type { DepotCase, DepotFault, DepotSimulatorOptions } from './depot-simulator';
