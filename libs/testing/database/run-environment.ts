import type { RunningProgram } from '../program/start-program';

/** Address of the superuser of the server that this run's tests share. */
export const TEST_DATABASE_URL = 'KHAMRAP_TEST_DATABASE_URL';
/** Tells the databases of this run from those of other runs on the same server. */
export const TEST_RUN = 'KHAMRAP_TEST_RUN';
/** Before `_migrate`, `_append`, `_project` and `_read`, on all databases that tests make from templates. */
export const TEST_ROLE_PREFIX = 'khamrap_test';

/** What the setup of a run leaves to its teardown, which Jest runs in the same process. */
export const runState: { server?: RunningProgram } = ((
  globalThis as { khamrapTestRun?: { server?: RunningProgram } }
).khamrapTestRun ??= {});

export function readRunVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: libs/testing/database/global-setup.ts has not run.`);
  return value;
}
