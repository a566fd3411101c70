export { catalogFaults } from './catalog-faults';
export { KeptLog, Visitor, startTestApp, testCouncilDefinition, testTheme } from './start-test-app';
export type { Answer, Sent, TestApp, TestAppOptions } from './start-test-app';
export { walkRoutes } from './walk-routes';
export type { OpenDoor, Stranger, WalkOptions } from './walk-routes';
export { walkTables } from './walk-tables';
export type { OpenTable } from './walk-tables';
