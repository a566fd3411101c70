export { POSTCODES_IO_FAULTS, inventedPostcodes, startPostcodesIo } from './simulator';
export type { PostcodesIoFault, PostcodesIoSimulator, SimulatedPostcode } from './simulator';
