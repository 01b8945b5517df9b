import * as fs from 'node:fs';
import * as path from 'node:path';
import { judge, readJournal, SeededRandom, type JournalVerdict } from '@khamrap/testing';
import { Load } from './load';
import { PostgresUnderFault, type PostgresUnderFaultOptions } from './postgres-under-fault';
import { runCrashLoop, type CrashLoopOptions } from './run-crash-loop';

/** `service`: the process with the event store in it. `postgres`: the database server. Both by SIGKILL. */
export type VictimName = 'service' | 'postgres';

export interface ScenarioOptions extends PostgresUnderFaultOptions, Pick<CrashLoopOptions, 'cycleCount' | 'onCycle'> {
  readonly victim: VictimName;
  readonly clientCount: number;
  readonly seed: number;
  readonly acknowledgedBetween?: CrashLoopOptions['acknowledgedBetween'];
  /** Keeps journals and database when something was wrong, to be looked into. */
  readonly keepsEvidence?: boolean;
}

export interface CrashLoopReport {
  readonly verdict: JournalVerdict;
  readonly restartsMs: readonly number[];
  /** Attempts that no answer came to; their operations were submitted again until there was one. */
  readonly unansweredCount: number;
}

const ACKNOWLEDGED_BETWEEN = { least: 200, most: 1_500 };

/** Kills the victim over and over while clients append, then holds their journals against the log. */
export async function runScenario(options: ScenarioOptions): Promise<CrashLoopReport> {
  const { victim, clientCount, seed, acknowledgedBetween = ACKNOWLEDGED_BETWEEN } = options;
  const postgres = await PostgresUnderFault.open(options);
  const journalFolder = path.join(postgres.folder, 'journals');
  fs.mkdirSync(journalFolder);
  const load = new Load({ log: postgres.logOptions, journalFolder, clientCount, seed });
  let isRight = false;
  try {
    await load.recover();
    const restartsMs = await runCrashLoop({
      ...options,
      victim: victim === 'service' ? load : postgres,
      journalFolder,
      acknowledgedBetween,
      random: new SeededRandom(seed),
      clientsFailed: load.failed,
    });
    await load.finish();
    const report = { restartsMs, ...(await judged(journalFolder, postgres)) };
    isRight = report.verdict.violations.length === 0;
    return report;
  } finally {
    const keepsFiles = options.keepsEvidence === true && !isRight;
    if (keepsFiles) console.error(`journals and database are kept in ${postgres.folder}`);
    await load.crash();
    await postgres.close(keepsFiles);
  }
}

async function judged(
  journalFolder: string,
  postgres: PostgresUnderFault,
): Promise<Omit<CrashLoopReport, 'restartsMs'>> {
  const journalFiles = fs.readdirSync(journalFolder).map((name) => path.join(journalFolder, name));
  const store = await postgres.openStore();
  try {
    const verdict = await judge(journalFiles, (from, countMax) => store.readLog(from, countMax));
    return { verdict, unansweredCount: await countUnanswered(journalFiles) };
  } finally {
    await store.close();
  }
}

async function countUnanswered(journalFiles: readonly string[]): Promise<number> {
  let count = 0;
  for (const journalFile of journalFiles) {
    for await (const { kind } of readJournal(journalFile)) {
      if (kind === 'INVOKE') count++;
      else if (kind !== 'UNKNOWN') count--;
    }
  }
  return count;
}
