export { simulatedPostcodesIo } from './simulated-postcodes-io';
export type { SimulatedPostcodesIoOptions } from './simulated-postcodes-io';
export { POSTCODES_IO_FAULTS, inventedPostcodes, startPostcodesIo } from './simulator';
export type { PostcodesIoFault, PostcodesIoSimulator } from './simulator';
export type { SimulatedPostcode } from './directory';
