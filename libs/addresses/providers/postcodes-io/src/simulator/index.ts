export { simulatedPostcodesIo } from './simulated-postcodes-io';
export type { SimulatedPostcodesIoOptions } from './simulated-postcodes-io';
export { inventedPostcodes, startPostcodesIo } from './simulator';
export type { PostcodesIoSimulator } from './simulator';
export { POSTCODES_IO_FAULTS } from './faults';
export type { PostcodesIoFault } from './faults';
export type { SimulatedPostcode } from './directory';
