import { readFile } from 'node:fs/promises';
import type { Config } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { openEventStore } from '@khamrap/platform/event-store';
import { bringCosignedTo, CosignatureRefused, readWitnessPolicy } from '@khamrap/platform/transparency';
import { attached } from '../attached';
import { logOfCommand } from '../../composition/log-of';

/** Gives the log of a service that runs what a witness off the network has cosigned; answers with the exit code. */
export async function bring(config: Config, file: string): Promise<number> {
  const text = await readFile(file, 'utf8');
  const policy = await readWitnessPolicy(config.transparency.witnessPolicyFile);
  const database = await attached(config, 'bring the note once more');
  if (!database) return 1;
  const { urls } = database;
  const store = await openEventStore(logOfCommand(config, urls));
  const pool = createPool({ url: urls.project, size: 2, applicationName: 'khamrap witness bring' });
  try {
    const { size, witnesses, isWitnessed } = await bringCosignedTo({ store, pool, readUrl: urls.read, policy }, text);
    const told = isWitnessed ? 'The quorum is reached' : 'The quorum is not reached yet';
    process.stdout.write(`Kept: the first ${size} events, cosigned by ${witnesses.join(', ')}. ${told}.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CosignatureRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await Promise.all([store.close(), pool.end()]);
  }
}
