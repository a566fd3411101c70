export { simulatedCsvDrop } from './simulated-csv-drop';
export { ExchangeSimulator } from './exchange-simulator';
export type { ExchangeSimulatorOptions } from './exchange-simulator';
export type { ExchangeOptions } from './exchange';
export { EXCHANGE_FAULTS } from './faults';
export type { ExchangeFault } from './faults';
