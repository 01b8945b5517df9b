import { agreementEventDeclarations } from '@khamrap/agreements';
import { awardEventDeclarations, awardsProjection } from '@khamrap/awards';
import { streamName, type Provenance } from '@khamrap/kernel';
import { officeEventDeclarations, officesProjection } from '@khamrap/offices';
import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { Standpoint } from '@khamrap/platform/projections';
import { sourceEventDeclarations, sourcesProjection } from '@khamrap/sources';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import {
  freshStreamOf,
  ProjectionBench,
  type Happening,
  type ProjectionInstance,
} from '../../../libs/testing/projection';
import { awardGranted, grantedCorrected } from '../../../libs/slices/awards/domain/award.examples';
import { findAwards } from '../../../libs/slices/awards/views/awards/awards.query';
import { findTallies } from '../../../libs/slices/awards/views/awards/awards.tally';
import { appointed, left, registered, renamed, roleGranted } from '../../../libs/slices/offices/domain/office.examples';
import { findOffices, findTenures } from '../../../libs/slices/offices/views/offices/offices.rows';
import { findRoleGrants } from '../../../libs/slices/offices/views/role-grants/role-grants.rows';
import {
  sourceDocumentDescribed,
  sourceDocumentRegistered,
} from '../../../libs/slices/sources/domain/source-document.examples';
import { documentsAt, factsAt } from '../../../libs/slices/sources/views/sources/sources.sql';
import { begun } from '../../../libs/slices/standings/domain/standings.examples';

// How PostgreSQL finds the past of what the lists of small things tell: by a probe for each key, never by reading a history.

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...awardEventDeclarations,
  ...officeEventDeclarations,
  ...sourceEventDeclarations,
]);
const STREAM_COUNT = 120;
const CHANGE_COUNT = 10;
const DOCUMENT = 'd'.repeat(64);

let bench: ProjectionBench;
let instance: ProjectionInstance;
const definitions = [awardsProjection, officesProjection, sourcesProjection(codec.types)];

/** Offices, awards and agreements, each of which changed again and again. */
function happened(): readonly (readonly Happening[])[] {
  const provenance: Provenance = { kind: 'transcribed', sourceDocument: DOCUMENT, passage: 'paragraph 1' };
  return Array.from({ length: STREAM_COUNT }, (_, number) => {
    const province = number < 5 ? 'TH-54' : 'TH-50';
    const office = streamName('office', `office-${number}`);
    const [award, agreement] = [freshStreamOf('award'), freshStreamOf('agreement')];
    const sha256 = number === 0 ? DOCUMENT : createHash('sha256').update(String(number)).digest('hex');
    const document = streamName('source-document', sha256);
    const again = Array.from({ length: CHANGE_COUNT }, (__, index) => index);
    return [
      { stream: document, event: sourceDocumentRegistered({ sha256 }) },
      ...again.map(() => ({ stream: document, event: sourceDocumentDescribed() })),
      { stream: office, event: registered({ province }) },
      ...again.flatMap((index) => [
        { stream: office, event: renamed({ nameTh: `ชื่อที่ ${index}` }) },
        { stream: office, event: appointed() },
        { stream: office, event: left() },
        { stream: office, event: roleGranted({ grantId: `${number}-${index}`, grantee: `pseudonym-${number}` }) },
      ]),
      { stream: award, event: awardGranted() },
      ...again.map(() => ({ stream: award, event: grantedCorrected() })),
      ...begun({ basis: 'signed', province }).map((event) => ({ stream: agreement, event, provenance })),
    ];
  });
}

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance(definitions);
  for (const happenings of happened()) await bench.record(happenings);
  const head = await bench.head();
  for (const { name } of definitions) expect(await instance.projections.waitFor(name, head, 60_000)).toBe(true);
  await bench.pool.query('ANALYZE');
}, 120_000);
afterAll(() => bench.close());

type Ask = (manager: EntityManager, at: Standpoint) => Promise<unknown>;

async function planOf(projection: string, ask: Ask, sight: Sight): Promise<string> {
  const at = { position: Math.floor((await bench.head()) / 2), past: true };
  const lines: string[] = [];
  await instance.readModels.read(
    projection,
    { asOfPosition: at.position },
    (manager) => {
      const query = async (statement: string, parameters: unknown[]) => {
        const rows = await manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (COSTS OFF) ${statement}`, parameters);
        lines.push(...rows.map((row) => row['QUERY PLAN']));
        return [];
      };
      return ask({ query } as unknown as EntityManager, at);
    },
    sight,
  );
  return lines.join('\n');
}

const page = { cursor: undefined, countMax: 100 };
const offices =
  (query: object): Ask =>
  (manager, at) =>
    findOffices(manager, at, query, undefined, 100);
const roleGrants =
  (query: object): Ask =>
  (manager, at) =>
    findRoleGrants(manager, at, { query: { limit: 100, ...query }, sight: FULL_SIGHT, zones: [] }, undefined);
const WITHIN: Sight = { kind: 'within', provinces: ['TH-54'], offices: [], indicators: [] };

test.each<[string, string, Ask, string, Sight?]>([
  ['offices', 'offices', offices({}), 'office'],
  ['offices of a province', 'offices', offices({ provinces: ['TH-54'] }), 'office'],
  ['who held posts', 'offices', (manager, at) => findTenures(manager, at, ['office-1', 'office-2']), 'office_tenure'],
  ['roles', 'offices', roleGrants({}), 'role_grant'],
  ['roles of a person', 'offices', roleGrants({ grantee: 'pseudonym-1' }), 'role_grant'],
  ['awards', 'awards', (manager, at) => findAwards(manager, at, {}, undefined, 100), 'award'],
  ['tallies', 'awards', (manager, at) => findTallies(manager, at, { by: 'grantor' }, undefined, 100), 'award'],
  ['documents', 'sources', (manager, at) => documentsAt(manager, at.position, {}, page), 'source_document'],
  ...[FULL_SIGHT, PUBLIC_SIGHT, WITHIN].map((sight): [string, string, Ask, string, Sight] => [
    'facts',
    'sources',
    (manager, at) => factsAt(manager, { position: at.position, sha256: DOCUMENT, sight }, page),
    'source_stream',
    sight,
  ]),
])('the past of %s is found by one probe for each key', async (_what, projection, ask, table, sight = FULL_SIGHT) => {
  const plan = await planOf(projection, ask, sight);
  expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan(?: Backward)? using ${table}_history_pkey`));
  expect(plan).not.toMatch(/Seq Scan on \w+_history|Seq Scan on source_fact/);
});

test.each<[string, Ask, string, string]>([
  ['offices of a province', offices({ provinces: ['TH-54'] }), 'office', 'province'],
  ['roles of a person', roleGrants({ grantee: 'pseudonym-1' }), 'role_grant', 'grantee'],
])('%s are found among the keys, before their past is looked up', async (_what, ask, table, column) => {
  const plan = await planOf('offices', ask, FULL_SIGHT);
  expect(plan).toMatch(new RegExp(` on ${table}\\s+(?:Filter|Index Cond|Recheck Cond): .*${column} = `));
});
