import * as path from 'node:path';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { readDataSource, type Database } from '@khamrap/platform/database';
import { SeededRandom } from '@khamrap/testing';
import { findStandings } from '../../libs/slices/standings/views/standings/standings.query';
import type { AsOfOptions, AsOfResult } from './load/as-of.program';
import { latenciesOf, type Latencies } from './measure/statistics';
import { runProgram } from './server/run-program';
import type { ServiceProcess } from './server/service-process';
import type { CompleteYear } from './world/growing-ledger';

const AS_OF = path.join(__dirname, 'load/as-of.program.ts');
const AS_OF_MS_MAX = 300_000;
const WARM_UP_COUNT = 50;
/** More than a province has in a year: the whole of it in one answer. */
const LIMIT = 1_000;
const SEED = 2_566;

/** One question about the past. */
interface Question {
  readonly province: string;
  readonly fiscalYear: number;
  readonly position: number;
}

export interface AsOfFigures {
  /** Over HTTP, one after another. */
  readonly overHttp: Latencies;
  readonly queryAlone: Latencies;
  readonly meanItemCount: number;
  /** Other reads of the past over HTTP, those that look up most of all. */
  readonly others: readonly { readonly what: string; readonly overHttp: Latencies }[];
}

/** As who sees everything, or (`isPublic`) as who has no token. */
const OTHERS: readonly {
  readonly what: string;
  readonly isPublic: boolean;
  readonly pathOf: (question: Question) => string;
}[] = [
  {
    what: 'agreements of a province, to the public',
    isPublic: true,
    pathOf: ({ province, fiscalYear }) => `/v1/agreements?province=${province}&fiscalYear=${fiscalYear}`,
  },
  {
    what: 'roll-ups of a province by office',
    isPublic: false,
    pathOf: ({ province, fiscalYear }) =>
      `/v1/standings/roll-ups?by=office&province=${province}&fiscalYear=${fiscalYear}`,
  },
  {
    what: 'roll-up of the nation, to the public',
    isPublic: true,
    pathOf: ({ fiscalYear }) => `/v1/standings/roll-ups?by=nation&fiscalYear=${fiscalYear}`,
  },
];

/** Asks how provinces stood, each at a random position of a year that is over: the same mix of answers on every log. */
export async function askThePast(
  service: ServiceProcess,
  database: Database,
  years: readonly CompleteYear[],
  count: number,
): Promise<AsOfFigures> {
  const questions = questionsAbout(years, count + WARM_UP_COUNT);
  const options: AsOfOptions = {
    url: service.url,
    token: await service.token('dashboard'),
    paths: questions.map(
      ({ province, fiscalYear, position }) =>
        `/v1/standings?province=${province}&fiscalYear=${fiscalYear}&asOfPosition=${position}&limit=${LIMIT}`,
    ),
    warmUpCount: WARM_UP_COUNT,
  };
  const { latenciesMs, meanItemCount } = await runProgram<AsOfOptions, AsOfResult>(AS_OF, options, AS_OF_MS_MAX);
  const others: { what: string; overHttp: Latencies }[] = [];
  for (const { what, isPublic, pathOf } of OTHERS) {
    const paths = questions.map((question) => `${pathOf(question)}&asOfPosition=${question.position}`);
    const { token, ...anonymous } = options;
    const asked = { ...anonymous, paths, ...(!isPublic && { token }) };
    const { latenciesMs: overHttp } = await runProgram<AsOfOptions, AsOfResult>(AS_OF, asked, AS_OF_MS_MAX);
    others.push({ what, overHttp });
  }
  return { overHttp: latenciesMs, queryAlone: await queryAlone(database, questions), meanItemCount, others };
}

async function queryAlone(database: Database, questions: readonly Question[]): Promise<Latencies> {
  const dataSource = await readDataSource({ database, entities: [], poolSize: 1 });
  // Its one connection sees everything, as that of a reader does for the whole of each read.
  await dataSource.query(`SELECT set_config('khamrap.sight', 'all', false)`);
  const latenciesMs: number[] = [];
  for (const { province, fiscalYear, position } of questions) {
    const begun = performance.now();
    const view = { standpoint: { position, past: true }, sight: FULL_SIGHT };
    await findStandings(dataSource.manager, view, { province, fiscalYear }, undefined, LIMIT);
    latenciesMs.push(performance.now() - begun);
  }
  await dataSource.destroy();
  return latenciesOf(latenciesMs.slice(WARM_UP_COUNT));
}

function questionsAbout(years: readonly CompleteYear[], count: number): Question[] {
  const random = new SeededRandom(SEED);
  return Array.from({ length: count }, () => {
    const { provinces, fiscalYear, firstPosition, lastPosition } = random.pick(years);
    return { province: random.pick(provinces), fiscalYear, position: random.integer(firstPosition, lastPosition) };
  });
}
