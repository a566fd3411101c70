export { georeportKit } from './georeport-kit';
export type { CouncilActs, Open311Harness, SampleReport } from './server-harness';
