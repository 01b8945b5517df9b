import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { EntityManager } from 'typeorm';
import { ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { MEDIUM, trailAgreement, trailEvents, trailIndicator } from '../../../../../test/benchmarks/world/trail-events';
import { agreementEventDeclarations } from '../../../agreements/domain/agreement.events';
import { agreementPublication } from '../../../agreements/publication';
import { DISCLOSURES, disclosuresProjection } from '../disclosures/disclosures.projection';
import { comparable } from './text-tokens';
import { tellSights } from './told-sights';
import type { TrailFilter } from './trail-statement';
import { findTrail } from './trail.sql';

const EVENT_COUNT = 20_000;
const COHORT_COUNT = 100;
const BATCH = 2_000;

const DECLARATIONS = [...ledgerEventDeclarations, ...agreementEventDeclarations];
const codec = new EventCodec(DECLARATIONS);
const definition = disclosuresProjection(agreementPublication, DECLARATIONS);
const agreement = trailAgreement(5);
let bench: ProjectionBench;
let instance: ProjectionInstance;

/** Rows of a larger log than there is, written as the projection writes them: a plan knows of tables alone. */
beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([definition]);
  expect(await instance.projections.waitFor(DISCLOSURES, await bench.head(), 30_000)).toBe(true);
  const { rows } = await bench.pool.query<{ schema: string }>(
    `SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'trail_event'`,
  );
  const client = await bench.pool.connect();
  const fold = definition.begin();
  for (let from = 1; from < EVENT_COUNT; from += BATCH) {
    await client.query('BEGIN');
    await fold.project(trailEvents(from, BATCH, COHORT_COUNT), { client, schema: rows[0]!.schema });
    await client.query('COMMIT');
  }
  client.release();
  await bench.pool.query('VACUUM ANALYZE');
}, 120_000);
afterAll(() => bench.close());

/** How PostgreSQL would answer each statement that a question takes, where none of them finds anything. */
async function planOf(sight: Sight, filter: TrailFilter, isAscending: boolean): Promise<string> {
  const explain = async (manager: EntityManager): Promise<string> => {
    const lines: string[] = [];
    const explaining = {
      query: async (statement: string, parameters: unknown[]) => {
        const rows = await manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (COSTS OFF) ${statement}`, parameters);
        lines.push(...rows.map((row) => row['QUERY PLAN']));
        return [];
      },
    };
    const sights = new Map([['audit.read', sight]] as const);
    await tellSights(manager, sights);
    const view = { standpoint: { position: EVENT_COUNT - 1, past: false }, sights };
    await findTrail(explaining as unknown as EntityManager, view, filter, { isAscending, countMax: 101 });
    return lines.join('\n');
  };
  return (await instance.readModels.read(DISCLOSURES, {}, explain, sight)).result;
}

const PROVINCES = [agreement.province, trailAgreement(6).province];
const READERS: readonly (readonly [reader: string, sight: Sight])[] = [
  ['everybody', PUBLIC_SIGHT],
  ['the nation', FULL_SIGHT],
  ['a zone', { kind: 'within', provinces: PROVINCES, offices: [], indicators: [] }],
  ['an office', { kind: 'within', provinces: [], offices: [agreement], indicators: [] }],
];

const FILTERS: readonly (readonly [what: string, filter: TrailFilter, index: RegExp])[] = [
  ['nothing', {}, /trail_event_pkey|trail_published_pkey/],
  ['an actor', { actor: agreement.actor }, /trail_event_actor_at_idx/],
  ['an office', { concerns: [[`o ${agreement.office}`]] }, /trail_concern_pkey/],
  ['the provinces of a zone', { concerns: [PROVINCES.map((province) => `p ${province}`)] }, /trail_concern_pkey/],
  ['an indicator', { concerns: [[`i ${trailIndicator(agreement, 3)}`]] }, /trail_concern_pkey/],
  ['an agreement', { concerns: [[`a ${agreement.id}`]] }, /trail_concern_pkey/],
  ['a stream', { stream: `agreement-${agreement.id}` }, /trail_event_stream_at_idx/],
  ['an act', { commandId: trailEvents(40, 1)[0]!.commandId }, /trail_event_command_id_idx/],
  ['a rare type', { types: ['AgreementTookEffect'] }, /trail_(?:event|published)_type_at_idx/],
  ['types', { types: ['ActualReturned', 'AgreementDrafted'] }, /trail_(?:event|published)_type_at_idx/],
  ['a document', { document: 'b'.repeat(64) }, /trail_event_document_at_idx/],
  ['days', { effectiveFrom: '2027-03-01', effectiveUntil: '2027-03-31' }, /trail_event_effective/],
  ['publication', { publishedFrom: 9_000, publishedUntil: 9_100 }, /trail_published_/],
  ['a text', { text: comparable(MEDIUM) }, /Bitmap Index Scan on trail_text_runs/],
];

describe.each(READERS)('for %s', (_reader, sight) => {
  test.each(FILTERS)('%s is found by an index, in both orders', async (_what, filter, index) => {
    for (const isAscending of [true, false]) {
      const plan = await planOf(sight, filter, isAscending);
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(/Seq Scan on trail_(?:event|text|concern|published)/);
    }
  });
});

test('what is published of a type is found without looking at what is not', async () => {
  const plan = await planOf(PUBLIC_SIGHT, { types: ['ActualReported'] }, false);
  expect(plan).toMatch(/Index (?:Only )?Scan Backward using trail_published_type_at_idx/);
});
