export { simulatedOsPlaces } from './simulated-os-places';
export type { SimulatedOsPlacesOptions } from './simulated-os-places';
export { startOsPlaces } from './simulator';
export type { OsPlacesSimulator, OsPlacesSimulatorOptions } from './simulator';
export { OS_PLACES_FAULTS } from './faults';
export type { OsPlacesFault } from './faults';
export type { SimulatedPlace } from './place';
export { seamark } from './village';
