export { simulatedClamAv } from './simulated-clam-av';
export { startClamd } from './clamd-simulator';
export type { ClamdSimulator, ClamdSimulatorOptions, SimulatedScan } from './clamd-simulator';
export { CLAMD_FAULTS } from './faults';
export type { ClamdFault } from './faults';
