import * as path from 'node:path';
import { createPool } from '@khamrap/platform/database';
import { openPostgresEventStore } from '@khamrap/platform/event-store';
import { LogBuilder, TransparencyLog } from '@khamrap/platform/transparency';
import { SeededRandom } from '@khamrap/testing';
import type { Pool } from 'pg';
import { ORIGIN, PlainSigner } from '../../libs/platform/transparency/spec/plain-signer';
import { serviceBesideItself } from './alone';
import { announceAgreements, caughtUp, rateOf } from './http';
import type { InclusionOptions, InclusionResult } from './load/inclusion.program';
import type { Report } from './measure/report';
import { latenciesOf, spreadOf } from './measure/statistics';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { runProgram } from './server/run-program';
import { startService } from './server/service-process';

const SECTION = 'verifiable log';
const ROUND_COUNT = 5;

/** What the verifiable log costs those who report: the service with it beside itself without. */
export async function verifiableLogOnBesideOff(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const rounds = { ...plan.rounds, count: ROUND_COUNT };
  const runs = await serviceBesideItself(server, { ...plan, rounds }, 'log', {
    on: {},
    off: { variables: { KHAMRAP_VERIFIABLE_LOG: 'off' } },
  });
  report.add({
    section: SECTION,
    what: 'commands over HTTP, 64 connections, with the log built and signed',
    on: `${plan.agreementCount.toLocaleString('en')} agreements`,
    unit: 'commands/s',
    ours: rateOf(runs.on),
    beside: { what: 'without the log', figure: rateOf(runs.off) },
    aim: { least: 0.85 },
  });
}

const INCLUSION = path.join(__dirname, 'load/inclusion.program.ts');
const COMMANDS_A_SECOND = 50;

/** How long after its answer a command is proved by a signed checkpoint, at a steady rate of commands. */
export async function inclusionAfterTheAnswer(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const agreements = await announceAgreements(server, 'included', plan.agreementCount);
  const service = await startService(server.serviceEnvironment('included'));
  await caughtUp(server, 'included');
  const options: InclusionOptions = {
    url: service.url,
    token: await service.token('recorder'),
    agreements,
    choice: 'skewed',
    run: 0,
    runCount: 1,
    commandsASecond: COMMANDS_A_SECOND,
    durationMs: plan.lagMs,
    warmUpMs: plan.serviceWarmUpMs,
  };
  const { includedMs } = await runProgram<InclusionOptions, InclusionResult>(INCLUSION, options, plan.lagMs + 60_000);
  await service.stop();
  await server.dropDatabase('included');
  const row = { section: SECTION, on: `${COMMANDS_A_SECOND} commands/s`, unit: 'ms' };
  const what = 'from the answer to the receipt that proves it';
  report.add({ ...row, what: `${what}, p50`, ours: spreadOf([includedMs.p50]) });
  report.add({ ...row, what: `${what}, p99`, ours: spreadOf([includedMs.p99]), aim: { most: 100 } });
}

const STREAM_COUNT = 100_000;
const PROOF_COUNT = 2_000;
const BUILD_MS_MAX = 600_000;

/** How fast the log is made of events that are there already, and how fast any of them is proved then. */
export async function logOfManyEvents(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const count = plan.auditEventCount;
  const { urls } = await server.createLedger('manyevents');
  const store = await openPostgresEventStore({
    appendUrl: urls.append,
    readUrl: urls.read,
    origin: ORIGIN,
    clock: 'system',
  });
  await server.query('manyevents', eventsUpTo(count, Math.min(STREAM_COUNT, count / 10)));
  const [readPool, buildPool] = [urls.read, urls.project].map((url) =>
    createPool({ url, size: 4, applicationName: 'benchmark log' }),
  ) as [Pool, Pool];
  const log = new TransparencyLog({ store, readPool, readUrl: urls.read });
  await log.start();
  const builder = new LogBuilder({
    store,
    signer: new PlainSigner(),
    building: { url: urls.project, pool: buildPool },
    log: { info: () => undefined, error: (message) => void process.stderr.write(`${message}\n`) },
  });
  const begun = performance.now();
  builder.start();
  if (!(await log.waitFor(count - 1, 'included', BUILD_MS_MAX))) throw new Error('the log was not built in time');
  const seconds = (performance.now() - begun) / 1_000;
  await builder.stop();
  const on = `${count.toLocaleString('en')} events`;
  const common = { section: SECTION, on };
  report.add({
    ...common,
    what: 'building, tiles and bundles stored',
    unit: 'events/s',
    ours: spreadOf([count / seconds]),
  });
  const { p50, p99 } = latenciesOf(await timesOfProofs(log, count));
  const proof = { ...common, unit: 'ms' };
  report.add({ ...proof, what: 'a proof for any event, p99', ours: spreadOf([p99]), aim: { most: 10 } });
  report.add({ ...proof, what: 'a proof for any event, p50', ours: spreadOf([p50]) });
  await log.close();
  await Promise.all([readPool.end(), buildPool.end(), store.close()]);
  await server.dropDatabase('manyevents');
}

/** One after another, each of another event, in an order that repeats. */
async function timesOfProofs(log: TransparencyLog, count: number): Promise<number[]> {
  const random = new SeededRandom(7);
  const times: number[] = [];
  for (let proof = 0; proof < PROOF_COUNT; proof++) {
    const position = random.integer(0, count - 1);
    const begun = performance.now();
    await log.inclusionProof(position, count);
    times.push(performance.now() - begun);
  }
  return times;
}

/** Events as appends put them into the table, behind the first one. */
function eventsUpTo(count: number, streamCount: number): string {
  return `WITH added AS (
      INSERT INTO ledger.event
        (position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash)
      SELECT position, 1700000000000 + position, 'note-' || position % ${streamCount}, (position - 1) / ${streamCount},
             gen_random_uuid(), 'NoteWritten', 1, body, salt, sha256(salt || convert_to(body, 'UTF8'))
      FROM generate_series(1, ${count} - 1) AS position,
           LATERAL (SELECT '{"number":' || position || ',"text":"' || repeat('ก', 150) || '"}' AS body,
                           substring(sha256(position::text::bytea) FOR 16) AS salt) AS text
      RETURNING position)
    UPDATE ledger.head SET next_position = ${count}, recorded_at_ms = 1700000000000 + ${count} WHERE EXISTS (SELECT FROM added)`;
}
