import { existsSync } from 'node:fs';
import type { Config } from '@khamrap/platform/config';
import { attachDatabase, openDatabase, type Database } from '@khamrap/platform/database';
import { LogRefused, type Outputs } from './outputs';

/**
 * Does a piece of work on the database of the settings, with or without a service that runs on it: the embedded one is started
 * where it does not run.
 * @param isAlone whether no service may run; of an external database that is seen by its connections, by whoever asks
 */
export async function onDatabase(
  config: Config,
  isAlone: boolean,
  { aside }: Outputs,
  work: (database: Database) => Promise<number>,
): Promise<number> {
  const { dataFolder, database: settings } = config;
  const { rolePrefix, allowUnsafeDurability } = settings;
  const place = { dataFolder, rolePrefix, ...(settings.kind === 'external' && { externalUrl: settings.url }) };
  const attached = await attachDatabase(place);
  if (attached) {
    if (attached.embedded && isAlone) throw new LogRefused(`A service runs on ${dataFolder}: stop it first.`);
    return work(attached);
  }
  if (!existsSync(dataFolder)) throw new LogRefused(`There is no database in ${dataFolder}.`);
  const started = await openDatabase({ ...place, allowUnsafeDurability, log: { log: () => undefined, warn: aside } });
  try {
    return await work(started);
  } finally {
    await started.close();
  }
}
