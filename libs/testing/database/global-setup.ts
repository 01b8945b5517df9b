import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startProgram } from '../program/start-program';
import { runState, TEST_DATABASE_URL, TEST_RUN } from './run-environment';

/** One PostgreSQL for the whole run: started here, or the one that TEST_DATABASE_URL names (a superuser's address). */
export default async function globalSetup(): Promise<void> {
  process.env[TEST_RUN] = randomBytes(4).toString('hex');
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') {
    process.env[TEST_DATABASE_URL] = given;
    return;
  }
  runState.server = startProgram(path.join(__dirname, 'test-server.program.ts'));
  const [, address] = await runState.server.line(/^address (.+)$/, 60_000);
  process.env[TEST_DATABASE_URL] = address;
}
