import { agreementEventDeclarations } from '@khamrap/agreements';
import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { derivedId, EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { EntityManager } from 'typeorm';
import {
  freshStreamOf,
  ProjectionBench,
  type Happening,
  type ProjectionInstance,
} from '../../../../testing/projection';
import { actualReported, drafted, indicatorAdded, targetSet } from '../../../agreements/domain/agreement.examples';
import { sumUpAgreements } from '../roll-ups/roll-ups.query';
import { findLeague } from '../league/league.query';
import { STANDINGS, standingsProjection } from './standings.projection';
import { findAgreementStandings, findChanges, findStandings } from './standings.query';

const AGREEMENT_COUNT = 60;
/** Agreements of which nothing is known but that they are there. */
const BARE_AGREEMENT_COUNT = 900;
const INDICATOR_COUNT = 15;
const ROUNDS = ['2026-10-01..2026-12-31', '2027-01-01..2027-03-31', '2027-04-01..2027-06-30'];

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations]);
let bench: ProjectionBench;
let instance: ProjectionInstance;
let agreementId: string;

/** A year of agreements in two provinces: every indicator has a target and an actual for each round. */
function year(): Happening[][] {
  return Array.from({ length: AGREEMENT_COUNT + BARE_AGREEMENT_COUNT }, (_, number) => {
    const stream = freshStreamOf('agreement');
    const province = number < 3 ? 'TH-54' : 'TH-50';
    const indicatorCount = number < AGREEMENT_COUNT ? INDICATOR_COUNT : 0;
    const indicators = Array.from({ length: indicatorCount }, (__, index) => {
      const indicatorId = derivedId(`${index + 1}`);
      return [
        indicatorAdded({ indicatorId, displayNumber: `${index + 1}` }),
        ...ROUNDS.map((span) => targetSet({ indicatorId, span })),
        ...ROUNDS.map((span) => actualReported({ indicatorId, span })),
      ];
    });
    const heading = drafted({ basis: 'monitoringOnly', parties: [], province });
    return [heading, ...indicators.flat()].map((event) => ({ stream, event }));
  });
}

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  const agreements = year();
  agreementId = agreements[0]![0]!.stream.slice('agreement-'.length);
  await Promise.all(agreements.map((happenings) => bench.record(happenings)));
  expect(await instance.projections.waitFor(STANDINGS, await bench.head(), 30_000)).toBe(true);
  await bench.pool.query('ANALYZE');
}, 60_000);
afterAll(() => bench.close());

/** How PostgreSQL would answer the statement that a query sends. */
async function planOf(ask: (manager: EntityManager) => Promise<unknown>, sight: Sight = FULL_SIGHT): Promise<string> {
  const explain = async (manager: EntityManager): Promise<string> => {
    const lines: string[] = [];
    const explaining = {
      query: async (statement: string, parameters: unknown[]) => {
        const rows = await manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (COSTS OFF) ${statement}`, parameters);
        lines.push(...rows.map((row) => row['QUERY PLAN']));
        return [];
      },
    };
    await ask(explaining as unknown as EntityManager);
    return lines.join('\n');
  };
  return (await instance.readModels.read(STANDINGS, {}, explain, sight)).result;
}

/** Who sees everything, who sees what is published, and who sees more of one province. */
const SIGHTS: readonly (readonly [reader: string, sight: Sight])[] = [
  ['all', FULL_SIGHT],
  ['the public', PUBLIC_SIGHT],
  ['a province', { kind: 'within', provinces: ['TH-54'], offices: [], indicators: [] }],
];

describe.each(SIGHTS)('for %s', (_reader, sight) => {
  test.each([
    ['a province', { province: 'TH-54', fiscalYear: 2570 }],
    ['one agreement', { agreement: () => agreementId }],
    ['goals of a province', { province: 'TH-54', goal: 8 }],
  ])('the past of %s is found by one probe for each key', async (_what, filter) => {
    const { agreement, ...others } = filter as { agreement?: () => string };
    const asked = { ...others, ...(agreement && { agreement: agreement() }) };
    const view = { standpoint: { position: Math.floor((await bench.head()) / 2), past: true }, sight };
    for (const ask of [
      (manager: EntityManager) => findStandings(manager, view, asked, undefined, 100),
      (manager: EntityManager) => findAgreementStandings(manager, view, asked, undefined, 100),
    ]) {
      const plan = await planOf(ask, sight);
      for (const table of ['agreement', 'indicator', 'standing'])
        expect(plan).toMatch(new RegExp(`Index Scan Backward using ${table}_history_pkey`));
      expect(plan).not.toMatch(/Seq Scan on (?:agreement|indicator|standing)_history/);
    }
  });

  test('the live stream reads the newest changes by their position', async () => {
    const head = await bench.head();
    const plan = await planOf((manager) => findChanges(manager, sight, head - 5, head), sight);
    expect(plan).toMatch(/standing_history_from_position_idx/);
    expect(plan).not.toMatch(/Seq Scan on (?:agreement|indicator|standing)_history/);
  });

  test('one agreement of the present is found by its key', async () => {
    const view = { standpoint: { position: await bench.head(), past: false }, sight };
    const asked = { agreement: agreementId };
    const plan = await planOf((manager) => findStandings(manager, view, asked, undefined, 100), sight);
    expect(plan).not.toMatch(/Seq Scan on (?:indicator|standing)/);
  });
});

describe('roll-ups and ranks read one table', () => {
  const filter = { fiscalYear: 2570, round: '' };
  const question = { ...filter, scheme: 'example', by: 'province' } as const;
  const questions: [
    string,
    (manager: EntityManager, standpoint: { position: number; past: boolean }) => Promise<unknown>,
  ][] = [
    [
      'roll-ups',
      (manager, standpoint) =>
        sumUpAgreements(manager, { standpoint, sight: FULL_SIGHT }, 'province', { ...filter, province: 'TH-54' }),
    ],
    ['ranks', (manager, standpoint) => findLeague(manager, standpoint, question, undefined, 100)],
  ];

  test.each(questions)('%s', async (_what, ask) => {
    const position = await bench.head();
    const now = await planOf((manager) => ask(manager, { position, past: false }));
    expect(now).not.toMatch(/standing|indicator|history/);
    const then = await planOf((manager) => ask(manager, { position: Math.floor(position / 2), past: true }));
    expect(then).toMatch(/Index Scan Backward using agreement_round_history_pkey/);
    expect(then).not.toMatch(/Seq Scan on agreement_round_history|standing|indicator/);
  });

  test('a province is found by its index', async () => {
    const standpoint = { position: await bench.head(), past: false };
    const plan = await planOf((manager) =>
      sumUpAgreements(manager, { standpoint, sight: FULL_SIGHT }, 'office', { ...filter, province: 'TH-54' }),
    );
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
