export { startDurableTestDatabase, startTestDatabase } from './test-database';
export type { DurableTestDatabase, TestDatabase, TestDatabaseOptions, TestTemplate } from './test-database';
