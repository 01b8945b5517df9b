export { createTestDatabase } from './create-test-database';
export type { TestDatabase, TestDatabaseOptions } from './create-test-database';
export { requireTestDatabase } from './maintenance';
