import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres, type Database } from '@khamrap/platform/database';
import { TEST_ROLE_PREFIX } from './run-environment';

/**
 * The PostgreSQL of one run of the tests. A process of its own, so that it can clear up after a run that was killed.
 *
 * It does not wait for the disk. That makes tests several times faster and cannot hide a fault from them: what happens to
 * acknowledged work when processes are killed is tested on clusters with all settings as in service (test/faults).
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };

const ROLE_KINDS: readonly (keyof Database['urls'])[] = ['migrate', 'append', 'project', 'read'];

/**
 * The roles of the databases of tests are believed without a password: these can do nothing outside of them, and proving one
 * takes about a third of the time that a connection takes, of which a run makes thousands. Everybody else has to prove who
 * they are, the superuser and the roles whose passwords open-database.spec.ts is about among them.
 */
const WHO_IS_BELIEVED = `
host all ${ROLE_KINDS.map((kind) => `${TEST_ROLE_PREFIX}_${kind}`).join()} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
`;

const MEMORY_FOLDER = '/dev/shm';
const MEMORY_BYTES_MIN = 2 * 1024 ** 3;

async function main(): Promise<void> {
  const dataFolder = await mkdtemp(path.join(await scratchFolder(), 'khamrap-test-'));
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(dataFolder, 0o711);
  const accessFile = path.join(dataFolder, 'who-is-believed.conf');
  await writeFile(accessFile, WHO_IS_BELIEVED);
  await chmod(accessFile, 0o644);
  const settings = { ...SETTINGS, hba_file: accessFile };
  const server = await startEmbeddedPostgres({ dataFolder, settings, log: console });
  const end = async () => {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
    process.exit();
  };
  process.once('SIGTERM', () => void end());
  process.once('disconnect', () => void end());
  // A terminal's Ctrl-C is for the run; this ends with it.
  process.on('SIGINT', () => undefined);
  console.log(`address ${server.adminUrl}`);
}

/** Nothing of it is kept, so memory will do where there is enough: making a database means writing some hundred files. */
async function scratchFolder(): Promise<string> {
  const memory = await statfs(MEMORY_FOLDER).catch(() => undefined);
  return memory !== undefined && memory.bavail * memory.bsize >= MEMORY_BYTES_MIN ? MEMORY_FOLDER : tmpdir();
}

void main();
