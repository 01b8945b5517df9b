import type { Config } from '@khamrap/platform/config';
import { createPool, type Database } from '@khamrap/platform/database';
import { CopiedLog, HandOver, type EndOfWalk } from '@khamrap/platform/event-store';
import { readStoredTree } from '@khamrap/platform/transparency';
import { hexOf } from '@khamrap/platform/transparency/proof';
import { OptionRefused } from '../refusals';
import { LogTree } from './log-tree';
import { onDatabase } from './on-database';
import { LogRefused, Progress, type Work } from './outputs';

/** Copies the log of a database to a store, and has it carried there where that is asked for; answers with the exit code. */
export function copyLog(config: Config, switches: boolean, work: Work): Promise<number> {
  const { eventStore } = config;
  if (!eventStore) throw new OptionRefused('EVENTSTORE_URL or --to says where the log is to be copied.');
  return onDatabase(config, switches, work.outputs, async (database) => {
    const { urls } = database;
    const ledger = config.database.rolePrefix;
    const log = await CopiedLog.open({ readUrl: urls.read, url: eventStore.url, ledger }, 'database');
    try {
      if (switches) await switchOver(log, database, work);
      else await copyAndCompare(log, urls.read, work);
      return 0;
    } finally {
      await log.close();
    }
  });
}

/** @throws LogsDiffer, LogRefused when the copy is not what it should be; what it is is told */
async function copyAndCompare(log: CopiedLog, readUrl: string, work: Work): Promise<EndOfWalk> {
  const tree = await storedTree(log, readUrl);
  const size = (await log.head()).position + 1;
  const stands = await sizeThatStands(log, work);
  await copyFrom(log, stands, size, work);
  return compareAll(log, size, tree, work);
}

/** How many events the store has already, each as it is in the database. */
async function sizeThatStands(log: CopiedLog, { outputs, signal }: Work): Promise<number> {
  let size = 0;
  const progress = new Progress(outputs, 'events of the store are those of the database');
  for await (const { inStore } of log.compared(signal)) progress.tell((size += inStore.length));
  return size;
}

async function copyFrom(log: CopiedLog, from: number, size: number, { outputs, signal }: Work): Promise<void> {
  const progress = new Progress(outputs, `of ${size} events are copied`);
  const begun = performance.now();
  for await (const reached of log.added(from, size, signal)) progress.tell(reached);
  const count = Math.max(0, size - from);
  const seconds = (performance.now() - begun) / 1_000;
  const rate = count === 0 ? '' : ` in ${seconds.toFixed(1)} s: ${Math.round(count / seconds)} a second`;
  outputs.aside(`${from} events stood in the store; ${count} were copied${rate}.`);
}

/** Believes nothing of what was done before: reads the whole copy back, and makes both trees. */
async function compareAll(log: CopiedLog, size: number, known: KnownTree, work: Work): Promise<EndOfWalk> {
  const { origin } = log.identity();
  const inDatabase = new LogTree(origin, known.size);
  const inStore = new LogTree(origin, known.size);
  const progress = new Progress(work.outputs, `of ${size} events are compared`);
  let end: EndOfWalk | undefined;
  for await (const page of log.compared(work.signal)) {
    inDatabase.add(page.inDatabase);
    inStore.add(page.inStore);
    ({ end } = page);
    progress.tell(inStore.size);
  }
  if (!end || inStore.size < size)
    throw new LogRefused(`The copy is not complete: the store has ${inStore.size} of ${size} events.`);
  const root = inStore.root();
  if (root !== inDatabase.root())
    throw new LogRefused(`The copy is not the log: its root is ${root}, and that of the log is ${inDatabase.root()}.`);
  if (known.size > 0 && inStore.notedRoot() !== known.root)
    throw new LogRefused(
      `The copy is not what was signed: its root of ${known.size} events is ${inStore.notedRoot()}, and that of the ` +
        `verifiable log is ${known.root}.`,
    );
  const agreed = known.size > 0 ? `, which agrees with the verifiable log at ${known.size} events` : '';
  work.outputs.answer(`The copy is complete: ${inStore.size} events, root ${root}${agreed}.`);
  return end;
}

interface KnownTree {
  readonly size: number;
  readonly root: string;
}

/** The verifiable log as the database has it; of size 0 where none was built yet. */
async function storedTree(log: CopiedLog, readUrl: string): Promise<KnownTree> {
  const pool = createPool({ url: readUrl, size: 1, applicationName: 'khamrap copy log' });
  try {
    const { size, root } = await readStoredTree(pool, log);
    return { size, root: hexOf(root) };
  } finally {
    await pool.end();
  }
}

/**
 * First nobody may append any more, then the rest is copied and everything compared, then the store carries the log. Whatever
 * comes between gives the right back.
 */
async function switchOver(log: CopiedLog, { urls, roles }: Database, work: Work): Promise<void> {
  const handOver = new HandOver({ migrateUrl: urls.migrate, writers: [roles.append, roles.project] });
  try {
    await requireUnused(handOver);
    await handOver.forbidAppends();
    try {
      // Whoever came between had the right still.
      await requireUnused(handOver);
      const end = await copyAndCompare(log, urls.read, work);
      if (!(await handOver.handOver(log.identity(), end)))
        throw new LogRefused('The database has other events than were copied.');
    } catch (error) {
      await giveBack(handOver, work);
      throw error;
    }
    work.outputs.answer('EventStoreDB carries the log from now on: start the service with EVENTSTORE_URL.');
  } finally {
    await handOver.close();
  }
}

async function requireUnused(handOver: HandOver): Promise<void> {
  if (await handOver.isInUse())
    throw new LogRefused('A service is connected to this database: stop every instance first.');
}

async function giveBack(handOver: HandOver, { outputs }: Work): Promise<void> {
  try {
    await handOver.allowAppends();
    outputs.aside('The log is not switched over: the database carries it as before.');
  } catch {
    outputs.aside('The log is not switched over, and the service may not append to it: run the same again.');
  }
}
