export { simulatedOneLogin } from './simulated-one-login';
export { FAULTS } from './faults';
export type { FaultName } from './faults';
export { startOneLoginSimulator } from './one-login-simulator';
export type { CannedAnswer, OneLoginSimulator, SeenCall, SentLogout, SimulatorOptions } from './one-login-simulator';
export { SIMULATED_PEOPLE } from './people';
export type { SimulatedPerson } from './people';
export type { SimulatedClient } from './simulated-client';
