import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { awardEventDeclarations, type AwardEvent } from '../../domain/award.events';
import { awardGranted, awardsAnnounced, RECIPIENT } from '../../domain/award.examples';
import { AWARDS, awardsProjection } from './awards.projection';
import {
  AWARD_COLUMNS,
  ListAwards,
  ListAwardsHandler,
  type AwardItem,
  type AwardsPage,
  type AwardsQuery,
} from './awards.query';
import { awardEntity } from './awards.table';

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
  awardsAnnounced({ category: 'gecc', statedCount: 14, province: 'TH-54' }),
  awardGranted({
    category: 'gecc',
    recipients: [inPhrae('อำเภอสอง'), inPhrae('อำเภอลอง')],
    fiscalYear: 2570,
    level: 'province',
  }),
  awardGranted({ category: 'gecc', recipients: [inPhrae('จังหวัดแพร่'), { name: 'จังหวัดน่าน', province: 'TH-55' }] }),
  awardGranted({ recipients: [RECIPIENT], rank: { rank: 2, comparisonSet: '76 จังหวัด' }, asPrinted: 'รางวัลที่ ๒' }),
  awardsAnnounced({ category: 'gecc', statedCount: 3, province: 'TH-55' }),
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
const positions: number[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([awardsProjection], {}, [awardEntity]);
  for (const event of AWARDED) {
    const [recorded] = await bench.record([{ stream: freshStreamOf('award'), event }]);
    positions.push(recorded!.position);
  }
  expect(await instance.projections.waitFor(AWARDS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const ask = (query: Partial<AwardsQuery> = {}): Promise<AwardsPage> =>
  new ListAwardsHandler(instance.readModels).execute(new ListAwards({ limit: 100, ...query }));

/** The awards of the answer in the order in which they happened. */
const positionsIn = ({ items }: AwardsPage): number[] =>
  items.map(({ position }) => position).toSorted((a, b) => a - b);
const award = async (index: number): Promise<AwardItem> =>
  (await ask()).items.find(({ position }) => position === positions[index])!;

test('an award is told as it was stated, the misprint beside the category', async () => {
  expect(await award(0)).toMatchObject({
    kind: 'granted',
    category: 'pmqaCategory1',
    categoryPrinted: 'PMOA หมวด ๑',
    recipients: [inPhrae('จังหวัดแพร่')],
    awardCount: 1,
    awardYear: 'notStated',
    fiscalYear: null,
    rank: null,
    announcedOn: '2027-09-20',
    province: 'TH-54',
    recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
  });
  expect(await award(1)).toMatchObject({ kind: 'announced', recipients: null, forms: null, awardCount: 14 });
  expect(await award(4)).toMatchObject({ rank: 2, comparisonSet: '76 จังหวัด', asPrinted: 'รางวัลที่ ๒', province: null });
  expect((await ask()).items.map(({ awardId }) => awardId)).toEqual(
    (await ask()).items.map(({ awardId }) => awardId).toSorted(),
  );
});

describe('a tally', () => {
  test.each([
    ['of all', {}, [0, 1, 2, 3, 4, 5], 21],
    // An award that offices of two provinces share is of neither.
    ['of a province', { province: 'TH-54' }, [0, 1, 2], 16],
    ['of a category', { category: 'gecc' }, [1, 2, 3, 5], 19],
    ['of both', { category: 'gecc', province: 'TH-55' }, [5], 3],
    ['of nothing', { category: 'unknown' }, [], 0],
  ])('%s counts each granted award once and each stated number', async (_what, filter, found, awardCount) => {
    const page = await ask(filter);
    expect(page.awardCount).toBe(awardCount);
    expect(positionsIn(page)).toEqual(found.map((index) => positions[index]));
  });

  test('is of the whole list on each of its pages', async () => {
    const whole = await ask();
    const items: AwardItem[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await ask({ limit: 2, ...(cursor !== undefined && { cursor }) });
      expect(page.awardCount).toBe(21);
      items.push(...page.items);
      if (!page.next) break;
      cursor = encodeCursor(page.next);
    }
    expect(items).toEqual(whole.items);
  });
});

test('the past has the awards that were there already', async () => {
  const counts = [1, 15, 16, 17, 18, 21];
  for (const [index, asOfPosition] of positions.entries()) {
    const page = await ask({ asOfPosition });
    expect(page).toMatchObject({ position: asOfPosition, awardCount: counts[index] });
    expect(positionsIn(page)).toEqual(positions.slice(0, index + 1));
  }
  expect(await ask({ asOf: '2020-01-01T00:00:00Z' })).toEqual({ items: [], awardCount: 0, position: -1 });
});

test('one award is found by its id', async () => {
  const { awardId } = await award(2);
  expect((await ask({ id: awardId })).items).toEqual([await award(2)]);
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
  expect([rows.award?.length, rows.award_history?.length]).toEqual([AWARDED.length, AWARDED.length]);
});
