import { isoDate } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { awardEventDeclarations, type AwardEvent } from '../../domain/award.events';
import {
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  grantedCorrected,
  GRANTOR,
  RECIPIENT,
} from '../../domain/award.examples';
import { AWARD_COLUMNS, type AwardsPage, type AwardsQuery } from './awards.answer';
import { ListAwards, ListAwardsHandler } from './awards.handlers';
import { AWARDS, awardsProjection } from './awards.projection';
import type { AwardItem } from './awards.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...awardEventDeclarations]);
const inPhrae = (name: string) => ({ name, province: 'TH-54' });

/** What the document of Phrae states, and others beside it. */
const AWARDED: readonly AwardEvent[] = [
  awardGranted({
    category: 'pmqaCategory1',
    categoryPrinted: 'PMOA หมวด ๑',
    recipients: [inPhrae('จังหวัดแพร่')],
    awardYear: 'notStated',
  }),
  awardsAnnounced({
    category: 'gecc',
    statedCount: 14,
    province: 'TH-54',
    fiscalYear: 2570,
    grantors: [{ name: 'ก' }],
  }),
  awardGranted({
    category: 'gecc',
    recipients: [inPhrae('อำเภอสอง'), inPhrae('อำเภอลอง')],
    fiscalYear: 2570,
    level: 'province',
  }),
  awardGranted({ category: 'gecc', recipients: [inPhrae('จังหวัดแพร่'), { name: 'จังหวัดน่าน', province: 'TH-55' }] }),
  awardGranted({
    recipients: [RECIPIENT],
    rank: { rank: 2, comparisonSet: '76 จังหวัด' },
    oneOf: { of: 4, comparisonSet: 'จังหวัดต้นแบบ' },
    score: '99.150',
    validUntil: isoDate('2030-09-19'),
    statedTotal: { group: 'document-1', count: 71 },
    asPrinted: 'รางวัลที่ ๒',
  }),
  awardsAnnounced({ category: 'gecc', statedCount: 3, province: 'TH-55', recipients: 'partlyNamed' }),
];
/** Happened afterwards to the awards of these indexes. */
const CHANGED: readonly (readonly [index: number, event: AwardEvent])[] = [
  [3, grantedCorrected({ category: 'gecc', recipients: [inPhrae('จังหวัดแพร่')] })],
  [2, awardRevoked()],
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
const positions: number[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([awardsProjection]);
  const streams = AWARDED.map(() => freshStreamOf('award'));
  const happenings = [
    ...AWARDED.map((event, index) => ({ stream: streams[index]!, event })),
    ...CHANGED.map(([index, event]) => ({ stream: streams[index]!, event })),
  ];
  for (const happening of happenings) {
    const [recorded] = await bench.record([happening]);
    positions.push(recorded!.position);
  }
  expect(await instance.projections.waitFor(AWARDS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const ask = (query: Partial<AwardsQuery> = {}): Promise<AwardsPage> =>
  new ListAwardsHandler(instance.readModels).execute(new ListAwards({ limit: 100, ...query }));
/** Before any of the awards was changed. */
const unchanged = () => ({ asOfPosition: positions[AWARDED.length - 1]! });

/** The awards of the answer in the order in which what stands was stated. */
const positionsIn = ({ items }: AwardsPage): number[] =>
  items.map(({ position }) => position).toSorted((a, b) => a - b);
const award = async (index: number, query?: Partial<AwardsQuery>): Promise<AwardItem> =>
  (await ask(query)).items.find(({ position }) => position === positions[index])!;

test('an award is told as it was stated, the misprint beside the category', async () => {
  expect(await award(0)).toMatchObject({
    kind: 'granted',
    status: 'stands',
    category: 'pmqaCategory1',
    categoryPrinted: 'PMOA หมวด ๑',
    recipients: [inPhrae('จังหวัดแพร่')],
    awardCount: 1,
    awardYear: 'notStated',
    fiscalYear: null,
    rank: null,
    announcedOn: '2027-09-20',
    province: 'TH-54',
    correction: null,
    revocation: null,
    basisSuperseded: null,
    recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
  });
  expect(await award(1)).toMatchObject({
    kind: 'announced',
    recipients: null,
    namedRecipients: 'notStated',
    forms: null,
    awardCount: 14,
  });
  expect(await award(4)).toMatchObject({
    rank: 2,
    comparisonSet: '76 จังหวัด',
    oneOf: { of: 4, comparisonSet: 'จังหวัดต้นแบบ' },
    score: '99.150',
    validUntil: '2030-09-19',
    statedTotal: { group: 'document-1', count: 71 },
    asPrinted: 'รางวัลที่ ๒',
    province: null,
  });
  expect(await award(5)).toMatchObject({ namedRecipients: 'partlyNamed' });
  expect((await ask()).items.map(({ awardId }) => awardId)).toEqual(
    (await ask()).items.map(({ awardId }) => awardId).toSorted(),
  );
});

test('what was corrected is told as it is now, what was revoked with its reason', async () => {
  const { awardId } = await award(3, unchanged());
  expect(await award(6)).toMatchObject({
    awardId,
    recipients: [inPhrae('จังหวัดแพร่')],
    province: 'TH-54',
    correction: { count: 1, reason: 'พิมพ์ผิด' },
  });
  expect((await ask({ status: 'revoked' })).items).toEqual([
    {
      ...(await award(2, unchanged())),
      status: 'revoked',
      revocation: {
        revokedOn: '2027-09-30',
        reason: 'คุณสมบัติไม่ครบ',
        basis: 'มติคณะกรรมการ',
        eventId: expect.any(String) as unknown,
      },
    },
  ]);
});

describe('the list', () => {
  test.each<[string, Partial<AwardsQuery>, readonly number[], number]>([
    ['of all', {}, [0, 1, 2, 4, 5, 6], 20],
    ['of a province', { province: 'TH-54' }, [0, 1, 2, 6], 16],
    ['of a category', { category: 'gecc' }, [1, 2, 5, 6], 18],
    ['of both', { category: 'gecc', province: 'TH-55' }, [5], 3],
    ['of a grantor by its office', { grantor: GRANTOR.officeId }, [0, 2, 4, 5, 6], 6],
    ['of a grantor by its name', { grantor: 'ก' }, [1], 14],
    ['of a recipient', { recipient: RECIPIENT.officeId }, [4], 1],
    ['of a year', { awardYear: '2570' }, [1, 2, 4, 5, 6], 19],
    ['of no stated year', { awardYear: 'notStated' }, [0], 1],
    ['of a fiscal year', { fiscalYear: 2570 }, [1, 2], 14],
    ['of what stands', { status: 'stands' }, [0, 1, 4, 5, 6], 20],
    ['of what is revoked', { status: 'revoked' }, [2], 0],
    ['of nothing', { category: 'unknown' }, [], 0],
  ])('%s', async (_what, filter, found, awardCount) => {
    for (const standing of [{}, { asOfPosition: await bench.head() }]) {
      const page = await ask({ ...filter, ...standing });
      expect(positionsIn(page)).toEqual(found.map((index) => positions[index]));
      expect(page.awardCount).toBe(awardCount);
    }
  });

  test('before the changes was another', async () => {
    // An award that offices of two provinces share is of neither.
    expect(positionsIn(await ask({ province: 'TH-54', ...unchanged() }))).toEqual(positions.slice(0, 3));
    expect(await ask({ status: 'revoked', ...unchanged() })).toMatchObject({ items: [], awardCount: 0 });
  });

  test('is counted as a whole on each of its pages', async () => {
    const whole = await ask();
    const items: AwardItem[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await ask({ limit: 2, ...(cursor !== undefined && { cursor }) });
      expect(page.awardCount).toBe(20);
      items.push(...page.items);
      if (!page.next) break;
      cursor = encodeCursor(page.next);
    }
    expect(items).toEqual(whole.items);
  });
});

test('the past has the awards that were there, as they were', async () => {
  const counts = [1, 15, 16, 17, 18, 21, 21, 20];
  for (const [index, asOfPosition] of positions.entries()) {
    const page = await ask({ asOfPosition });
    expect(page).toMatchObject({ position: asOfPosition, awardCount: counts[index] });
    expect(page.items).toHaveLength(Math.min(index + 1, AWARDED.length));
  }
  expect(await award(3, unchanged())).toMatchObject({ province: null, correction: null });
  expect(await ask({ asOf: '2020-01-01T00:00:00Z' })).toEqual({ items: [], awardCount: 0, position: -1 });
});

test('one award is found by its id', async () => {
  const { awardId } = await award(1);
  expect((await ask({ id: awardId })).items).toEqual([await award(1)]);
});

test('a place that is none in this order is refused', async () => {
  for (const key of [['x'], [1], []])
    await expect(ask({ cursor: encodeCursor(key) })).rejects.toMatchObject({ name: 'RequestRefused' });
});

test('as a table, several names share a cell', async () => {
  const lines = writeCsv((await ask()).items, AWARD_COLUMNS)
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(AWARDED.length + 1);
  expect(lines.find((line) => line.endsWith(`,${positions[2]}`))).toContain('อำเภอสอง; อำเภอลอง');
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, awardsProjection);
  const log = await bench.store.readLog(0, 100);
  const rows = await tables.foldAlike(
    log.map((event) => bench.decode(event)),
    1,
  );
  expect([rows.award?.length, rows.award_history?.length]).toEqual([AWARDED.length, AWARDED.length + CHANGED.length]);
});

test('an award that changes before it was stated stops the projection, which would tell nothing true', async () => {
  const tables = await FoldingTables.make(bench.pool, awardsProjection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  await expect(tables.fold([log.filter(({ type }) => type === 'AwardRevoked')])).rejects.toThrow(
    /before it was stated/,
  );
});
