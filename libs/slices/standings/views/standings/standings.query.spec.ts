import { agreementEventDeclarations } from '@khamrap/agreements';
import { NOT_STATED, type StreamName } from '@khamrap/kernel';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { derivedId, EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  MAKER,
  signed,
  targetSet,
  tookEffect,
} from '../../../agreements/domain/agreement.examples';
import type { Status } from '../../domain/judgement';
import { AGREEMENT_COLUMNS, STANDING_COLUMNS, type StandingsQuery } from './standings.answer';
import { ListAgreements, ListAgreementsHandler, ListStandings, ListStandingsHandler } from './standings.handlers';
import { STANDINGS, standingsProjection } from './standings.projection';
import type { AgreementStandingRow, StandingRow } from './standings.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations]);
let bench: ProjectionBench;
let instance: ProjectionInstance;

const LIMIT = 1_000;
const ask = (query: Partial<StandingsQuery>) =>
  new ListStandingsHandler(instance.readModels).execute(new ListStandings({ limit: LIMIT, ...query }, FULL_SIGHT));
const askAgreements = (query: Partial<StandingsQuery>) =>
  new ListAgreementsHandler(instance.readModels).execute(new ListAgreements({ limit: LIMIT, ...query }, FULL_SIGHT));

interface Known {
  readonly standings: readonly StandingRow[];
  readonly agreements: readonly AgreementStandingRow[];
}
/** What was known when each position was the last one. */
const known = new Map<number, Known>();

const [phrae, chiangMai, district, empty, negotiated] = ['phrae', 'chiang-mai', 'district', 'empty', 'negotiated'].map(
  () => freshStreamOf('agreement'),
) as [StreamName, StreamName, StreamName, StreamName, StreamName];
const idOf = (stream: StreamName): string => stream.slice('agreement-'.length);

const indicator = (number: string, changes: Parameters<typeof indicatorAdded>[0] = {}): AgreementEvent =>
  indicatorAdded({ indicatorId: derivedId(number), displayNumber: number, weight: NOT_STATED, ...changes });
const target = (number: string, value: string, span = FIRST_HALF_KEY) =>
  targetSet({ indicatorId: derivedId(number), value, span });
const actual = (number: string, value: string, span = FIRST_HALF_KEY) =>
  actualReported({ indicatorId: derivedId(number), value, span });

const DRAFT = [
  drafted({ province: 'TH-54', title: 'คำรับรองที่ลงนาม' }),
  indicator('1', { goalNumber: 1, weight: '12.50' }),
  target('1', '10'),
  target('1', '20'),
];
let tookEffectAt: number;

async function happens(stream: StreamName, ...events: readonly AgreementEvent[]): Promise<void> {
  for (const event of events) {
    const [recorded] = await bench.record([{ stream, event }]);
    const { position } = recorded!;
    if (event.type === 'AgreementTookEffect') tookEffectAt = position;
    const [standings, agreements] = [
      await ask({ minPosition: position }),
      await askAgreements({ minPosition: position }),
    ];
    expect([standings.position, agreements.position]).toEqual([position, position]);
    known.set(position, { standings: standings.items, agreements: agreements.items });
  }
}

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  await instance.projections.waitFor(STANDINGS, 0, 10_000);
  const announced = { basis: 'announced', parties: [], province: 'TH-54', fiscalYear: 2570 } as const;
  const lead = { officeId: 'phrae-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' };
  await happens(
    phrae,
    drafted(announced),
    indicator('8', { goalNumber: 8 }),
    indicator('8.10', { goalNumber: 8, leadOffice: lead }),
  );
  await happens(district, ...DRAFT.slice(0, 3));
  await happens(phrae, indicator('8.2', { goalNumber: 8 }), target('8.2', '5'), actual('8.10', '-1.50', NOT_STATED));
  await happens(
    chiangMai,
    drafted({ ...announced, province: 'TH-50', basis: 'monitoringOnly', fiscalYear: 2571 }),
    indicator('1', { goalNumber: 1 }),
  );
  await happens(negotiated, drafted({ province: 'TH-54' }), indicator('9'), target('9', '1'));
  await happens(
    empty,
    drafted({ ...announced, fiscalYear: 2571, period: { from: '2027-10-01', to: '2028-09-30' } as never }),
  );
  await happens(chiangMai, target('1', '0.3'), actual('1', '0.3'), actual('1', '7', '2026-10-01..2026-12-31'));
  await happens(district, ...DRAFT.slice(3), signed('maker', DRAFT), signed('receiver', DRAFT), tookEffect(DRAFT));
  await happens(district, actual('1', '19.99'));
  await happens(phrae, actual('8.2', '5.01'), target('8.10', '2'), target('8', '2', NOT_STATED), actual('8', '1'));
}, 60_000);
afterAll(() => bench.close());

/** All standings that are to be seen at the end. */
const all = async (): Promise<readonly StandingRow[]> => (await ask({})).items;

test('standings come in the order in which people count, with the digits of their source', async () => {
  const items = (await ask({ agreement: idOf(phrae) })).items;
  expect(
    items.map(({ displayNumber, period, target: stated, actual: reported, status, gap }) => [
      displayNumber,
      period,
      stated,
      reported,
      status,
      gap,
    ]),
  ).toEqual([
    ['8', FIRST_HALF_KEY, '2', '1', 'targetSpanNotStated', null],
    ['8.2', FIRST_HALF_KEY, '5', '5.01', 'achieved', '0.01'],
    ['8.10', FIRST_HALF_KEY, '2', null, 'notReported', null],
    ['8.10', NOT_STATED, null, '-1.50', 'noTarget', null],
  ]);
  expect(items[3]).toMatchObject({ officeId: 'phrae-cdd', leadPerson: null, weight: 'notStated', province: 'TH-54' });
  expect(items[3]?.changedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

describe('filters', () => {
  const filters: readonly [Partial<StandingsQuery>, (row: StandingRow) => boolean][] = [
    [{ province: 'TH-50' }, ({ province }) => province === 'TH-50'],
    [{ province: 'TH-99' }, () => false],
    [{ fiscalYear: 2570 }, ({ fiscalYear }) => fiscalYear === 2570],
    [{ office: MAKER.officeId }, ({ officeId }) => officeId === MAKER.officeId],
    [{ office: 'phrae-cdd', province: 'TH-54' }, ({ officeId }) => officeId === 'phrae-cdd'],
    [{ goal: 8 }, ({ goalNumber }) => goalNumber === 8],
    [{ agreement: idOf(district) }, ({ agreementId }) => agreementId === idOf(district)],
    ...(['achieved', 'offTrack', 'noTarget', 'notReported', 'targetSpanNotStated'] as Status[]).map(
      (wanted): [Partial<StandingsQuery>, (row: StandingRow) => boolean] => [
        { status: wanted },
        ({ status }) => status === wanted,
      ],
    ),
  ];

  test.each(filters)('%j', async (filter, matches) => {
    const rows = await all();
    const expected = rows.filter(matches);
    expect((await ask(filter)).items).toEqual(expected);
    // The same question of the past that is now.
    expect((await ask({ ...filter, asOfPosition: await bench.head() })).items).toEqual(expected);
    expect(expected.length).toBeLessThan(rows.length);
  });

  test('between them they find something', async () => {
    const rows = await all();
    expect(filters.filter(([, matches]) => rows.some(matches))).toHaveLength(filters.length - 1);
  });
});

describe('pages', () => {
  type Asked = (
    query: Partial<StandingsQuery>,
  ) => Promise<{ items: readonly unknown[]; next?: readonly (string | number)[] | undefined }>;

  async function paged(asked: Asked, query: Partial<StandingsQuery>): Promise<{ rows: unknown[]; sizes: number[] }> {
    const [rows, sizes]: [unknown[], number[]] = [[], []];
    for (let cursor: string | undefined; ;) {
      const { items, next } = await asked({ ...query, ...(cursor !== undefined && { cursor }) });
      rows.push(...items);
      sizes.push(items.length);
      if (!next) return { rows, sizes };
      cursor = encodeCursor(next);
    }
  }

  test.each([1, 2, 3])('of %i standings, without gap or repeat, now and as of any position', async (limit) => {
    const { rows, sizes } = await paged(ask, { limit });
    expect(rows).toEqual(await all());
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
    for (const [asOfPosition, { standings }] of known)
      expect((await paged(ask, { limit, asOfPosition })).rows).toEqual(standings);
  });

  test('of agreements', async () => {
    const { items } = await askAgreements({});
    const { rows, sizes } = await paged(askAgreements, { limit: 1 });
    expect(rows).toEqual(items);
    expect(sizes).toEqual(items.map(() => 1));
  });

  test('a place that is none in this order is refused', async () => {
    for (const key of [['x', '1', derivedId('1'), ''], [derivedId('1'), '1', 'x', ''], [derivedId('1')], [1, 2, 3, 4]])
      await expect(ask({ cursor: encodeCursor(key) })).rejects.toMatchObject({ name: 'RequestRefused' });
    await expect(askAgreements({ cursor: encodeCursor(['x']) })).rejects.toMatchObject({ name: 'RequestRefused' });
  });
});

describe('the past', () => {
  test('is at each position what it was when that was the last', async () => {
    for (const [asOfPosition, { standings, agreements }] of known) {
      expect(await ask({ asOfPosition })).toEqual({ items: standings, position: asOfPosition });
      expect(await askAgreements({ asOfPosition })).toEqual({ items: agreements, position: asOfPosition });
    }
    expect(await ask({ asOf: '2020-01-01T00:00:00Z' })).toEqual({ items: [], position: -1 });
  });

  test('knows nothing of drafts, whatever became of them', async () => {
    const seen = [...known].flatMap(([position, { standings, agreements }]) =>
      [...standings, ...agreements].map(({ agreementId }) => ({ agreementId, position })),
    );
    expect(seen.filter(({ agreementId }) => agreementId === idOf(negotiated))).toEqual([]);
    const ofDistrict = seen.filter(({ agreementId }) => agreementId === idOf(district));
    expect(Math.min(...ofDistrict.map(({ position }) => position))).toBe(tookEffectAt);
    const [standing] = known.get(tookEffectAt)!.standings.filter(({ agreementId }) => agreementId === idOf(district));
    expect(standing).toMatchObject({
      target: '20',
      status: 'notReported',
      changedAtPosition: tookEffectAt,
      weight: '12.50',
    });
  });
});

describe('agreements', () => {
  test('are told with their standings counted', async () => {
    const rows = await all();
    const { items } = await askAgreements({});
    expect(items.map(({ agreementId }) => agreementId)).toEqual(
      [phrae, chiangMai, district, empty].map(idOf).toSorted(),
    );
    for (const { agreementId, indicatorCount, targetsJudged, targetsMet, byStatus } of items) {
      const own = rows.filter((row) => row.agreementId === agreementId);
      const counts: Partial<Record<Status, number>> = {};
      for (const { status } of own) counts[status] = (counts[status] ?? 0) + 1;
      expect({ indicatorCount, targetsJudged, targetsMet, byStatus }).toEqual({
        indicatorCount: new Set(own.map(({ indicatorId }) => indicatorId)).size,
        targetsJudged: (counts.achieved ?? 0) + (counts.offTrack ?? 0),
        targetsMet: counts.achieved ?? 0,
        byStatus: counts,
      });
    }
  });

  test('are told without indicators too, and not where an indicator was asked for', async () => {
    expect((await askAgreements({ agreement: idOf(empty) })).items).toMatchObject([
      { status: 'announced', indicatorCount: 0, targetsJudged: 0, byStatus: {}, periodFrom: '2027-10-01' },
    ]);
    expect((await askAgreements({ agreement: idOf(empty), goal: 8 })).items).toEqual([]);
    expect((await askAgreements({ goal: 8 })).items.map(({ agreementId }) => agreementId)).toEqual([idOf(phrae)]);
  });

  test('say since when they are in effect', async () => {
    expect((await askAgreements({ agreement: idOf(district) })).items).toMatchObject([
      { status: 'inEffect', effectiveOn: '2027-03-31', officeId: MAKER.officeId, targetsJudged: 1, targetsMet: 0 },
    ]);
  });
});

test('as a table, a column for each name, decimals and negative figures as they are', async () => {
  const { items } = await ask({ agreement: idOf(phrae) });
  const [header, ...lines] = writeCsv(items, STANDING_COLUMNS).replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(header?.split(',').slice(0, 6)).toEqual([
    'fiscalYear',
    'province',
    'agreementId',
    'agreementTitle',
    'agreementStatus',
    'basis',
  ]);
  const columns = header!.split(',');
  expect(lines).toHaveLength(items.length);
  const cells = Object.fromEntries(lines[3]!.split(',').map((cell, index) => [columns[index], cell]));
  expect(cells).toMatchObject({
    displayNumber: '8.10',
    period: NOT_STATED,
    target: '',
    actual: '-1.50',
    status: 'noTarget',
  });
  const agreements = writeCsv((await askAgreements({})).items, AGREEMENT_COLUMNS)
    .trimEnd()
    .split('\r\n');
  expect(agreements).toHaveLength(5);
  expect(agreements[0]).toContain('agreementId,title,level,status,basis,fiscalYear,province');
});
