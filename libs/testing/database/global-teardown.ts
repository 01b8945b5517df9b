import { dropDatabasesOfRun } from './maintenance';
import { runState } from './run-environment';

export default async function globalTeardown(): Promise<void> {
  if (runState.server === undefined) await dropDatabasesOfRun();
  else await runState.server.kill('SIGTERM');
}
