/**
 * Kills a real EventStoreDB over and over while clients append to a ledger of their own in it, and prints what was lost and
 * doubled: for long runs. The program knows no such server: it is told how one is killed and brought back.
 *
 *     npm run carried-crash-loop -- --url 'esdb://127.0.0.1:2113?tls=false' --crash '<command>' --recover '<command>' --cycles 20
 *
 * `--crash` kills the node, or the leader of a cluster, by SIGKILL; `--recover` brings back what is down. The log is read at the
 * end from the copy, and from another, empty database that has nothing but the store. Ends with 0 when nothing is wrong.
 */
import { execFile } from 'node:child_process';
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util';
import { countOf, SeededRandom } from '@khamrap/testing';
import { CarriedBench, wholeLog } from '../../../libs/platform/event-store/eventstoredb/spec/carried-bench';
import globalSetup from '../../../libs/testing/database/global-setup';
import globalTeardown from '../../../libs/testing/database/global-teardown';
import { runCrashLoop, type Victim } from '../crash-loop/run-crash-loop';
import { CarriedLoad } from './carried-load';

const VIOLATIONS_PRINTED_MAX = 20;
const ACKNOWLEDGED_BETWEEN = { least: 50, most: 200 };
/** This instance tells of unknown outcomes instead of settling them. */
const IMPATIENT = { insistForMs: 200, silenceMsMax: 1_000 };

interface Arguments extends Victim {
  readonly url: string;
  readonly cycleCount: number;
  readonly clientCount: number;
  readonly seed: number;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      crash: { type: 'string' },
      recover: { type: 'string' },
      cycles: { type: 'string', default: '10' },
      clients: { type: 'string', default: '16' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const { url, crash, recover } = values;
  if (url === undefined || crash === undefined || recover === undefined)
    throw new RangeError('--url, --crash and --recover are needed');
  return {
    url,
    crash: () => run(crash),
    recover: () => run(recover),
    cycleCount: Number(values.cycles),
    clientCount: Number(values.clients),
    seed: Number(values.seed),
  };
}

async function run(command: string): Promise<void> {
  await promisify(execFile)('sh', ['-c', command]);
}

async function runLoop(bench: CarriedBench, given: Arguments): Promise<boolean> {
  const { clientCount, cycleCount, seed } = given;
  const random = new SeededRandom(seed);
  const database = await bench.database();
  const patient = await bench.instance(database);
  const load = new CarriedLoad([patient, await bench.instance(database, IMPATIENT)], clientCount, random);
  bench.closing(async () => load.remove());
  const restartsMs = await runCrashLoop({
    victim: given,
    journalFolder: load.folder,
    cycleCount,
    acknowledgedBetween: ACKNOWLEDGED_BETWEEN,
    random: random.branch('kills'),
    clientsFailed: load.failed,
    onCycle: (cycle, restartMs) => console.log(`cycle ${cycle}: answers again after ${Math.round(restartMs)} ms`),
  });
  await load.finish();
  const copy = await wholeLog(patient);
  const isDerivable = isDeepStrictEqual(await bench.derivedAnew(), copy);
  const verdict = await load.judged(patient);
  const { UNKNOWN: unknown, UNAVAILABLE: unavailable } = await load.told();
  const sortedMs = restartsMs.toSorted((a, b) => a - b);
  const rows: readonly [string, number | string | boolean][] = [
    ['seed', seed],
    ['clients', clientCount],
    ['kills', cycleCount],
    ['acknowledged', verdict.acknowledgedCount],
    ['rejected', verdict.rejectedCount],
    ['attempts of unknown outcome', unknown],
    ['attempts refused', unavailable],
    ['still unknown at the end', verdict.unknownCount],
    ['events in the log', verdict.eventCount],
    ['lost', countOf(verdict, 'lost')],
    ['doubled', countOf(verdict, 'doubled')],
    ['reordered', countOf(verdict, 'reordered')],
    ['all violations', verdict.violations.length],
    ['derived anew, the same', isDerivable],
    ['restart median ms', Math.round(sortedMs[Math.floor(sortedMs.length / 2)] ?? Number.NaN)],
    ['restart longest ms', Math.round(sortedMs.at(-1) ?? Number.NaN)],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(30)}${value}`);
  for (const { kind, operation, detail } of verdict.violations.slice(0, VIOLATIONS_PRINTED_MAX))
    console.log(`${kind}: ${operation ?? 'the log'}: ${detail}`);
  for (const message of new Set(bench.messages)) console.log(message);
  return verdict.violations.length === 0 && verdict.unknownCount === 0 && isDerivable;
}

async function main(): Promise<number> {
  const given = readArguments();
  await globalSetup();
  const bench = new CarriedBench(given.url);
  try {
    return (await runLoop(bench, given)) ? 0 : 1;
  } finally {
    await bench.close();
    await globalTeardown();
  }
}

void main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
