import { AccessReview, AccessSeals, AccessTree, checkAccessLog } from '@khamrap/platform/access-log';
import type { Config } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { openEventStore } from '@khamrap/platform/event-store';
import { LogAnnals } from '@khamrap/platform/transparency';
import { logOfCommand } from '../composition/log-of';
import { attached } from './attached';

/** Holds every row of who read what against what the ledger has sealed; answers with the exit code. */
export async function checkWholeAccessLog(config: Config): Promise<number> {
  const database = await attached(config, 'check its access log');
  if (!database) return 1;
  const { urls } = database;
  const store = await openEventStore(logOfCommand(config, urls));
  const pool = createPool({ url: urls.append, size: 2, applicationName: 'khamrap check access log' });
  try {
    const seals = await new AccessSeals(store, new LogAnnals(store), new AccessTree(pool)).all();
    const { size, sealedSize, found } = await checkAccessLog({ store, review: new AccessReview(pool), seals, pool });
    if (found) {
      process.stderr.write(`Row ${found.number} ${found.what}.\n`);
      return 1;
    }
    process.stdout.write(
      `${size} rows of the access log are as they were made; ${sealedSize} of them are as the ledger has sealed them.\n`,
    );
    return 0;
  } finally {
    await Promise.all([store.close(), pool.end()]);
  }
}
