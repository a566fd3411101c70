export { REST_REGISTER_FAULTS } from './faults';
export type { RestRegisterFault } from './faults';
export { inventedPeople } from './people';
export type { SimulatedPerson } from './people';
export { inventedMapping, simulatedRestRegister } from './simulated-rest-register';
export type { SimulatedRestRegisterOptions } from './simulated-rest-register';
export { startRestRegister } from './simulator';
export type { RestRegisterSimulator } from './simulator';
