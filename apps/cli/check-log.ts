import type { Config } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { openEventStore } from '@khamrap/platform/event-store';
import { checkLog } from '@khamrap/platform/transparency';
import { attached } from './attached';
import { logOfCommand } from '../composition/log-of';

/** Holds every event of a service that is running against its verifiable log; answers with the exit code. */
export async function checkWholeLog(config: Config): Promise<number> {
  const database = await attached(config, 'check its log');
  if (!database) return 1;
  const { urls } = database;
  const store = await openEventStore(logOfCommand(config, urls));
  const pool = createPool({ url: urls.read, size: 2, applicationName: 'khamrap check log' });
  try {
    const { size, publishedSize, found } = await checkLog({ store, pool });
    if (found) {
      process.stderr.write(`Position ${found.position}: ${found.what}.\n`);
      return 1;
    }
    process.stdout.write(
      `${size} events are those of the log; ${publishedSize} of them are covered by its checkpoint.\n`,
    );
    return 0;
  } finally {
    await Promise.all([store.close(), pool.end()]);
  }
}
