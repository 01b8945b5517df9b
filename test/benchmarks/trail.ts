import { agreementEventDeclarations, agreementPublication } from '@khamrap/agreements';
import { disclosuresProjection } from '@khamrap/audit';
import { grant, sightOf, type Grant } from '@khamrap/platform/access';
import { createPool, readDataSource } from '@khamrap/platform/database';
import { EventCodec, ledgerEventDeclarations, openPostgresEventStore } from '@khamrap/platform/event-store';
import { Projections } from '@khamrap/platform/projections';
import { SeededRandom } from '@khamrap/testing';
import type { DataSource } from 'typeorm';
import { tellSights } from '../../libs/slices/audit/views/trail/told-sights';
import { comparable } from '../../libs/slices/audit/views/trail/text-tokens';
import type { TrailFilter } from '../../libs/slices/audit/views/trail/trail-statement';
import { findTrail } from '../../libs/slices/audit/views/trail/trail.sql';
import type { Report } from './measure/report';
import { latenciesOf } from './measure/statistics';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import {
  EVENTS_OF_AN_AGREEMENT,
  FREQUENT,
  MEDIUM,
  RARE,
  trailAgreement,
  trailEvents,
  trailIndicator,
} from './world/trail-events';

const BATCH = 2_000;
const PAGE = 100;
const SEED = 34;
const MS_MOST = 50;
const DECLARATIONS = [...ledgerEventDeclarations, ...agreementEventDeclarations];
const SCHEMA = 'disclosures_build_1';

/** A question, made anew for each time it is asked; `newest` where only the first page is asked for. */
type Question = (random: SeededRandom, eventCount: number) => TrailFilter & { readonly newest?: true };

const agreementOf = (random: SeededRandom, eventCount: number) =>
  trailAgreement(random.integer(0, Math.floor(eventCount / EVENTS_OF_AN_AGREEMENT) - 1));
const zone = (random: SeededRandom): readonly string[] => {
  const first = random.integer(0, 9);
  return Array.from({ length: 8 }, (_, index) => `p ${trailAgreement(first * 7 + index).province}`);
};

const QUESTIONS: readonly (readonly [what: string, question: Question])[] = [
  ['nothing', () => ({})],
  ['actor', (random, count) => ({ actor: agreementOf(random, count).actor })],
  ['office', (random, count) => ({ concerns: [[`o ${agreementOf(random, count).office}`]] })],
  ['province', (random, count) => ({ concerns: [[`p ${agreementOf(random, count).province}`]] })],
  ['zone', (random) => ({ concerns: [zone(random)] })],
  ['type', (random) => ({ types: [random.pick(['ActualReported', 'EvaluationRoundClosed', 'ActualReturned'])] })],
  ['types', () => ({ types: ['ActualReturned', 'AgreementDrafted', 'AmendmentApproved'] })],
  [
    'type and province',
    (random, count) => ({ types: ['ActualReturned'], concerns: [[`p ${agreementOf(random, count).province}`]] }),
  ],
  ['stream', (random, count) => ({ stream: `agreement-${agreementOf(random, count).id}` })],
  ['agreement', (random, count) => ({ concerns: [[`a ${agreementOf(random, count).id}`]] })],
  [
    'indicator',
    (random, count) => ({ concerns: [[`i ${trailIndicator(agreementOf(random, count), random.integer(0, 7))}`]] }),
  ],
  ['act', (random, count) => ({ commandId: trailEvents(random.integer(0, count - 1), 1)[0]!.commandId })],
  ['document', () => ({ document: documentOf(trailEvents(0, 1)[0]!.provenance) })],
  ['positions', (random, count) => ({ from: random.integer(0, count - 1) })],
  [
    'effective',
    (random) => ({ effectiveFrom: `2027-${random.pick(['02', '07', '11'])}-01`, effectiveUntil: `2027-12-01` }),
  ],
  [
    'published',
    (random, count) => {
      const publishedFrom = random.integer(0, count - 1);
      return { publishedFrom, publishedUntil: publishedFrom + 20_000 };
    },
  ],
  ['text that is rare', () => ({ text: comparable(RARE.text), newest: true })],
  ['text of one in eight', () => ({ text: comparable(MEDIUM) })],
  ['text that is frequent', () => ({ text: comparable(FREQUENT) })],
  ['text that is nowhere', () => ({ text: 'ไม่มีคำนี้อยู่เลย', newest: true })],
  ['text of a type that has it not', () => ({ text: comparable(MEDIUM), types: ['ActualReported'], newest: true })],
];

const READERS: readonly (readonly [who: string, grants: readonly Grant[]])[] = [
  ['everybody', []],
  ['the nation', [grant('naccOfficer', { kind: 'nation' })]],
  [
    'a zone',
    [
      grant('inspector', {
        kind: 'zone',
        zone: '1',
        provinces: [3, 4, 5, 6, 7, 8].map((number) => trailAgreement(number).province),
      }),
    ],
  ],
  [
    'an office',
    [grant('officeHead', { kind: 'office', office: trailAgreement(7).office, province: trailAgreement(7).province })],
  ],
];

/** Finds events by each filter on a log of many, as several readers, and tells what keeping the index costs. */
export async function trailOfManyEvents(
  server: BenchmarkServer,
  { auditEventCount: eventCount, asOfCount }: Plan,
  report: Report,
): Promise<void> {
  const database = await server.createLedger('trail');
  const { append: appendUrl, read: readUrl } = database.urls;
  const store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'trail.benchmark/log', clock: 'simulated' });
  const definition = disclosuresProjection(agreementPublication, DECLARATIONS);
  const pool = createPool({ url: database.urls.project, size: 2, applicationName: 'trail' });
  const readPool = createPool({ url: readUrl, size: 2, applicationName: 'trail positions' });
  const projections = new Projections({
    store,
    codec: new EventCodec(DECLARATIONS),
    definitions: [definition],
    projecting: { url: database.urls.project, pool, readRole: database.roles.read },
    readUrl,
    readPool,
    log: { info: () => undefined, error: () => undefined },
  });
  await projections.start();
  await projections.waitFor(definition.name, 0, 10_000);
  await projections.stop();
  await server.query('trail', `TRUNCATE ${definition.tables.map((table) => `${SCHEMA}.${table}`).join(', ')}`);
  const fold = definition.begin();
  const client = await pool.connect();
  await client.query('SET synchronous_commit = off');
  let foldMs = 0;
  for (let from = 0; from < eventCount; from += BATCH) {
    const batch = trailEvents(from, Math.min(BATCH, eventCount - from));
    const begun = performance.now();
    await client.query('BEGIN');
    await fold.project(batch, { client, schema: SCHEMA });
    await client.query('COMMIT');
    foldMs += performance.now() - begun;
  }
  client.release();
  const on = `${eventCount.toLocaleString('en')} events`;
  const rate = (eventCount / foldMs) * 1_000;
  report.add({
    section: 'trail',
    what: 'building the index',
    on,
    unit: 'events/s',
    ours: { median: rate, least: rate, most: rate },
  });
  await server.query('trail', 'VACUUM ANALYZE');
  const [size] = await server.query<{ bytes: string }>(
    'trail',
    `SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class WHERE relnamespace = '${SCHEMA}'::regnamespace AND relkind = 'r'`,
  );
  const bytes = Number(size?.bytes) / eventCount;
  report.add({
    section: 'trail',
    what: 'the index on disk',
    on,
    unit: 'bytes an event',
    ours: { median: bytes, least: bytes, most: bytes },
  });
  const dataSource = await readDataSource({ database, entities: [], poolSize: 1 });
  for (const [who, grants] of READERS)
    for (const [what, question] of QUESTIONS) {
      const { p50, p99, most } = latenciesOf(
        await ask(dataSource, grants, question, eventCount, Math.ceil(asOfCount / 4)),
      );
      report.add({
        section: 'trail',
        what: `${what}, ${who}: p50`,
        on,
        unit: 'ms',
        ours: { median: p50, least: p50, most: p99 },
        aim: { most: MS_MOST },
        note: 'in brackets the 99th percentile; the statement alone, pages of 100 from a random position on',
      });
      if (most > MS_MOST) process.stderr.write(`    most ${most.toFixed(1)} ms\n`);
    }
  await dataSource.destroy();
  await store.close();
  await Promise.all([pool.end(), readPool.end()]);
}

async function ask(
  dataSource: DataSource,
  grants: readonly Grant[],
  question: Question,
  eventCount: number,
  count: number,
): Promise<number[]> {
  const random = new SeededRandom(SEED);
  const requester = grants.length === 0 ? undefined : { issuer: '', subject: '', actor: { id: '', role: '' }, grants };
  const sights = new Map((['audit.read'] as const).map((permission) => [permission, sightOf(requester, permission)]));
  const view = { standpoint: { position: eventCount - 1, past: false }, sights };
  const latencies: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const { newest, ...filter } = question(random, eventCount);
    const isAscending = random.integer(0, 3) === 0;
    const after = newest ? undefined : random.integer(0, eventCount - 1);
    const begun = performance.now();
    await dataSource.transaction(async (manager) => {
      await tellSights(manager, sights);
      await findTrail(manager, view, filter, {
        isAscending,
        countMax: PAGE + 1,
        ...(after !== undefined && { after }),
      });
    });
    latencies.push(performance.now() - begun);
  }
  return latencies;
}

function documentOf(provenance: { readonly kind: string; readonly sourceDocument?: string }): string {
  return provenance.sourceDocument ?? '';
}
