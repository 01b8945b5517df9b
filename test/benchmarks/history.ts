import * as path from 'node:path';
import { caughtUp, profiling } from './http';
import type { AsOfOptions, AsOfResult } from './load/as-of.program';
import type { Report } from './measure/report';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { runProgram } from './server/run-program';
import { startService } from './server/service-process';
import {
  announce,
  generatedAgreement,
  monthsOf,
  registerSource,
  report as reportActuals,
  spanNumber,
} from './world/agreements';
import { openLedger } from './world/growing-ledger';
import { PROVINCES } from './world/provinces';

const READ = path.join(__dirname, 'load/as-of.program.ts');
const READ_MS_MAX = 300_000;
const FISCAL_YEAR = 2566;
/** How often everything is read again once it was read. */
const AGAIN_COUNT = 5;

interface Size {
  readonly indicatorCount: number;
  readonly spanCount: number;
  readonly agreementCount: number;
  /** What a first read is to cost at most, and one after it. */
  readonly aimMs: { readonly first: number; readonly again: number };
}

/** About 120 events as a year has them, and about 1,000: more than any agreement of a year. */
const SIZES: readonly Size[] = [
  { indicatorCount: 8, spanCount: 12, agreementCount: 40, aimMs: { first: 20, again: 20 } },
  { indicatorCount: 20, spanCount: 48, agreementCount: 16, aimMs: { first: 60, again: 20 } },
];

const QUESTIONS: readonly (readonly [what: string, pathOf: (agreementId: string, last: number) => string])[] = [
  ['history', (id) => `/v1/audit/agreements/${id}/history?limit=100`],
  ['history, oldest first', (id) => `/v1/audit/agreements/${id}/history?limit=100&order=oldest`],
  ['diff of the whole life', (id, last) => `/v1/audit/agreements/${id}/diff?from=0&to=${last}&limit=100`],
  ['targets', (id) => `/v1/audit/agreements/${id}/targets`],
  ['replay', (id) => `/v1/audit/agreements/${id}/replay`],
];

/** Reads what happened to agreements over HTTP, one after another, as the public: each for the first time, then again. */
export async function historiesOverHttp(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const database = await server.createLedger('history');
  const { ledger, store, close } = await openLedger(database);
  await registerSource(ledger);
  const made: { readonly size: Size; readonly ids: readonly string[]; readonly eventCount: number }[] = [];
  for (const size of SIZES) {
    const ids: string[] = [];
    let eventCount = 0;
    for (let index = 0; index < size.agreementCount; index += 1) {
      const province = PROVINCES[index % PROVINCES.length] as string;
      const agreement = generatedAgreement(province, size.indicatorCount, FISCAL_YEAR, size.indicatorCount);
      eventCount = await announce(ledger, agreement, index);
      for (let span = 0; span < size.spanCount; span += 1)
        eventCount += await reportActuals(
          ledger,
          agreement,
          monthsOf(FISCAL_YEAR)[span] ?? spanNumber(FISCAL_YEAR, span),
        );
      ids.push(agreement.agreementId);
    }
    made.push({ size, ids, eventCount });
  }
  const { position: last } = await store.head();
  await close();
  const service = await startService(server.serviceEnvironment('history'), profiling(plan));
  await caughtUp(server, 'history');
  const read = (paths: readonly string[], warmUpCount = 0): Promise<AsOfResult> =>
    runProgram<AsOfOptions, AsOfResult>(READ, { url: service.url, paths, warmUpCount }, READ_MS_MAX);
  for (const { size, ids, eventCount } of made)
    for (const [what, pathOf] of QUESTIONS) {
      const paths = ids.map((id) => pathOf(id, last));
      // The first of them warm the program up.
      const first = await read(paths, Math.floor(paths.length / 4));
      const again = await read(Array.from({ length: AGAIN_COUNT }, () => paths.slice(-4)).flat(), 4);
      for (const [when, { latenciesMs }, most] of [
        ['first read', first, size.aimMs.first],
        ['read again', again, size.aimMs.again],
      ] as const)
        report.add({
          section: 'history',
          what: `${what}, ${when}: p50`,
          on: `${eventCount} events, ${size.indicatorCount} indicators`,
          unit: 'ms',
          ours: { median: latenciesMs.p50, least: latenciesMs.p50, most: latenciesMs.p99 },
          aim: { most },
          note: 'in brackets the 99th percentile; over HTTP, one after another, as the public',
        });
    }
  await service.stop();
  await server.dropDatabase('history');
}
