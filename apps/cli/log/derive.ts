import type { Config } from '@khamrap/platform/config';
import type { Database } from '@khamrap/platform/database';
import {
  CopiedLog,
  HandOver,
  LogDamaged,
  LogsDiffer,
  sequenceAnew,
  type CopiedLogOptions,
} from '@khamrap/platform/event-store';
import { OptionRefused } from '../refusals';
import { LogTree } from './log-tree';
import { onDatabase } from './on-database';
import { LogRefused, Progress, type Work } from './outputs';

/** A copy as it was found: its size and root, or in what it is not what the store says. */
interface Found {
  readonly size: number;
  readonly root?: string;
  readonly wrong?: string;
}

/** Compares the copy of a log with what the store says, and makes it anew where that is asked for; answers with the exit code. */
export function deriveLog(config: Config, anew: boolean, work: Work): Promise<number> {
  const { eventStore } = config;
  if (!eventStore) throw new OptionRefused('EVENTSTORE_URL says which store carries the log.');
  return onDatabase(config, anew, work.outputs, async (database) => {
    const options = { readUrl: database.urls.read, url: eventStore.url, ledger: config.database.rolePrefix };
    const log = await CopiedLog.open(options, 'store');
    try {
      if (anew) return await makeAnew(log, database, options, work);
      const size = (await log.head()).position + 1;
      const derived = await derive(log, size, work);
      work.outputs.answer(`The copy is what the store says: ${size} events, root ${derived.notedRoot() ?? ''}.`);
      return 0;
    } finally {
      await log.close();
    }
  });
}

/** @throws LogsDiffer, LogDamaged, LogRefused */
async function derive(log: CopiedLog, size: number, { outputs, signal }: Work): Promise<LogTree> {
  const tree = new LogTree(log.identity().origin, size);
  const progress = new Progress(outputs, `of ${size} events are compared`);
  for await (const { inStore } of log.compared(signal, true)) {
    tree.add(inStore);
    progress.tell(tree.size);
  }
  if (tree.size < size) throw new LogRefused(`The store has only ${tree.size} of the ${size} events of the copy.`);
  return tree;
}

async function makeAnew(
  log: CopiedLog,
  { urls, roles }: Database,
  options: CopiedLogOptions,
  work: Work,
): Promise<number> {
  const handOver = new HandOver({ migrateUrl: urls.migrate, writers: [roles.append, roles.project] });
  try {
    if (await handOver.isInUse())
      throw new LogRefused('A service is connected to this database: stop every instance first.');
    const before = await foundOf(log, work);
    // Nothing is dropped that could not be made again.
    const sizeOfStore = await log.sizeOfStore(work.signal);
    if (sizeOfStore < before.size)
      throw new LogRefused(`The store has only ${sizeOfStore} of the ${before.size} events of the copy: it is kept.`);
    await handOver.dropCopy();
    const { clock } = log.identity();
    await sequenceAnew({ ...options, clock, projectUrl: urls.project, size: sizeOfStore, signal: work.signal });
    const derived = await derive(log, before.size, work);
    return tell(before, derived, work);
  } finally {
    await handOver.close();
  }
}

async function foundOf(log: CopiedLog, work: Work): Promise<Found> {
  const size = (await log.head()).position + 1;
  try {
    return { size, root: (await derive(log, size, work)).notedRoot() ?? '' };
  } catch (error) {
    if (!(error instanceof LogsDiffer || error instanceof LogDamaged || error instanceof LogRefused)) throw error;
    return { size, wrong: error.message };
  }
}

function tell(before: Found, derived: LogTree, { outputs }: Work): number {
  const now = `The copy is made anew: ${derived.size} events, root ${derived.root()}`;
  if (before.wrong !== undefined) {
    outputs.answer(`${now}. Before, it was not what the store says. ${before.wrong}`);
    return 1;
  }
  const isAsBefore = before.size === 0 || before.root === derived.notedRoot();
  const what = before.size === derived.size ? 'as before' : `as before in the ${before.size} that it had`;
  outputs.answer(isAsBefore ? `${now}, ${what}.` : `${now}. Before, its root at ${before.size} was ${before.root}.`);
  return isAsBefore ? 0 : 1;
}
