export { simulatedOpen311 } from './simulated-open311';
export type { SimulatedOpen311Options } from './simulated-open311';
export { GeoReportSimulator } from './simulator';
export type { GeoReportSimulatorOptions, SimulatedService } from './simulator';
export { GEOREPORT_FAULTS } from './faults';
export type { GeoReportFault } from './faults';
export type { SimulatedReport, SimulatedUpdate } from './works-book';
