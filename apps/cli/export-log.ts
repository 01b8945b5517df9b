import type { Config } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { openEventStore } from '@khamrap/platform/event-store';
import { exportLog, ExportRefused, TransparencyLog } from '@khamrap/platform/transparency';
import { attached } from './attached';
import { logOfCommand } from '../composition/log-of';

/** Writes the published log into a folder from a service that is running; answers with the exit code. */
export async function exportLogInto(config: Config, folder: string): Promise<number> {
  const database = await attached(config, 'export its log');
  if (!database) return 1;
  const { urls } = database;
  const store = await openEventStore(logOfCommand(config, urls));
  const readPool = createPool({ url: urls.read, size: 2, applicationName: 'khamrap export log' });
  try {
    const written = await exportLog(new TransparencyLog({ store, readPool, readUrl: urls.read }), folder);
    if (!written) {
      process.stderr.write('Nothing of the log has been signed yet.\n');
      return 1;
    }
    const { origin, size, fileCount } = written;
    process.stdout.write(`${folder} has ${size} events of ${origin}; ${fileCount} files are new.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ExportRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await Promise.all([store.close(), readPool.end()]);
  }
}
