import { isoDate, type StreamName } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { awardEventDeclarations, type AwardEvent } from '../../domain/award.events';
import { awardGranted, awardRevoked, awardsAnnounced, grantedCorrected } from '../../domain/award.examples';
import { TALLY_COLUMNS, type TalliesPage, type TalliesQuery } from './awards.answer';
import { TallyAwards, TallyAwardsHandler } from './awards.handlers';
import { AWARDS, awardsProjection } from './awards.projection';

const codec = new EventCodec([...ledgerEventDeclarations, ...awardEventDeclarations]);
const NACC = { name: 'สำนักงาน ป.ป.ช.', officeId: 'nacc' };
const INTERIOR = { name: 'กระทรวงมหาดไทย' };
const CULTURE = { name: 'กระทรวงวัฒนธรรม' };
const OPDC = { name: 'สำนักงาน ก.พ.ร.', officeId: 'opdc' };
const TOTAL = { statedTotal: { group: 'phrae-2565', count: 71 } };
const announcedOn = isoDate('2022-09-20');

/** The document of Phrae counts 71 awards; its items come to 6 + 14 + 1 + 51. Four of the six are known by name. */
const streams = Object.fromEntries(
  ['ita', 'gecc', 'pmqa', 'moral', 'ita1', 'ita2', 'ita3', 'ita4', 'shared', 'small', 'small1', 'small2'].map(
    (name) => [name, freshStreamOf('award')],
  ),
) as Record<string, StreamName>;
const idOf = (name: string): string => streams[name]!.slice('award-'.length);
const itaNamed = (name: string, province = 'TH-54') =>
  awardGranted({
    category: 'ita',
    grantors: [NACC],
    recipients: [{ name, province }],
    awardYear: '2565',
    partOf: idOf('ita'),
    ...TOTAL,
    announcedOn,
  });
const HAPPENED: readonly (readonly [name: string, event: AwardEvent])[] = [
  ['ita', awardsAnnounced({ category: 'ita', grantors: [NACC], statedCount: 6, awardYear: '2565', ...TOTAL })],
  ['gecc', awardsAnnounced({ category: 'gecc', grantors: [OPDC], statedCount: 14, awardYear: 'notStated', ...TOTAL })],
  ['pmqa', awardGranted({ category: 'pmqa', grantors: [OPDC], awardYear: '2565', ...TOTAL })],
  [
    'moral',
    awardsAnnounced({ category: 'moral', grantors: [INTERIOR, CULTURE], statedCount: 51, awardYear: '2565', ...TOTAL }),
  ],
  ['ita1', itaNamed('จังหวัดแพร่')],
  ['ita2', itaNamed('อบต.ห้วยอ้อ')],
  ['ita3', itaNamed('อบต.บ้านปิน')],
  ['ita4', itaNamed('อบจ.แพร่', 'TH-55')],
  [
    'shared',
    awardGranted({
      category: 'moral',
      grantors: [{ ...OPDC, name: 'ก.พ.ร.' }, CULTURE],
      recipients: [
        { name: 'ก', province: 'TH-54' },
        { name: 'ข', province: 'TH-55' },
      ],
      awardYear: '2566',
    }),
  ],
  ['small', awardsAnnounced({ category: 'small', grantors: [CULTURE], statedCount: 1, awardYear: '2566' })],
  ['small1', awardGranted({ category: 'small', grantors: [CULTURE], awardYear: '2566', partOf: idOf('small') })],
  ['small2', awardGranted({ category: 'small', grantors: [CULTURE], awardYear: '2566', partOf: idOf('small') })],
  ['small2', grantedCorrected({ category: 'small', grantors: [CULTURE], awardYear: '2566' })],
  ['ita', awardRevoked()],
];
/** Up to which of these nothing was corrected or revoked. */
const ALL_STAND = 11;

let bench: ProjectionBench;
let instance: ProjectionInstance;
const positions: number[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([awardsProjection]);
  for (const [name, event] of HAPPENED) {
    const [recorded] = await bench.record([{ stream: streams[name]!, event }]);
    positions.push(recorded!.position);
  }
  expect(await instance.projections.waitFor(AWARDS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const ask = (query: Partial<TalliesQuery> = {}): Promise<TalliesPage> =>
  new TallyAwardsHandler(instance.readModels).execute(new TallyAwards({ limit: 100, by: 'category', ...query }));
const whenAllStood = (query: Partial<TalliesQuery> = {}): Promise<TalliesPage> =>
  ask({ asOfPosition: positions[ALL_STAND]!, ...query });
const rowsOf = ({ items }: TalliesPage) =>
  items.map(({ key, namedAwards, statedCount, total }) => [key, namedAwards, statedCount, total]);

test('an award that a stated number has already is counted once', async () => {
  const page = await whenAllStood();
  expect(rowsOf(page)).toEqual([
    ['gecc', 0, 14, 14],
    ['ita', 4, 6, 6],
    ['moral', 1, 51, 52],
    ['pmqa', 1, 0, 1],
    ['small', 2, 1, 2],
  ]);
  expect(page).toMatchObject({
    by: 'category',
    overall: { namedAwards: 8, statedCount: 72, total: 75 },
    sumOfRows: 75,
    rowsOverlap: false,
  });
});

test('the number that the document states stands beside what its items come to', async () => {
  const disagreeing = { group: 'phrae-2565', stated: [71], counted: 72, agrees: false };
  expect((await whenAllStood()).statedTotals).toEqual([disagreeing]);
  // The whole of it is told, whichever of its items was asked for.
  expect((await whenAllStood({ category: 'pmqa' })).statedTotals).toEqual([disagreeing]);
  expect((await whenAllStood({ category: 'small' })).statedTotals).toEqual([]);
  expect((await ask({ asOfPosition: positions[1]! })).statedTotals).toMatchObject([{ counted: 20 }]);
});

test('more names than the announcement counts are told, never refused', async () => {
  const exceeded = [{ announcementId: idOf('small'), statedCount: 1, namedAwards: 2 }];
  expect((await whenAllStood()).exceededCounts).toEqual(exceeded);
  expect((await whenAllStood({ category: 'ita' })).exceededCounts).toEqual([]);
  // One of the two is corrected to be no part of it: then it counts apart.
  expect(await ask({ category: 'small' })).toMatchObject({ exceededCounts: [], overall: { total: 2 } });
});

test('what is revoked is left out, and its named awards count by themselves', async () => {
  expect(rowsOf(await ask({ category: 'ita' }))).toEqual([['ita', 4, 0, 4]]);
  expect((await ask()).statedTotals).toMatchObject([{ counted: 70 }]);
});

test.each<[TalliesQuery['by'], readonly (readonly [string, number, number, number])[], number]>([
  // Known by its office or, where that is not told, by its name; each of several grantors has the award.
  [
    'grantor',
    [
      [INTERIOR.name, 0, 51, 51],
      [CULTURE.name, 3, 52, 54],
      ['nacc', 4, 6, 6],
      ['opdc', 2, 14, 16],
    ],
    127,
  ],
  [
    'awardYear',
    [
      ['2565', 5, 57, 58],
      ['2566', 3, 1, 3],
      ['notStated', 0, 14, 14],
    ],
    75,
  ],
  [
    'province',
    [
      // One of the four is of another province than the number that has it already.
      ['TH-54', 3, 72, 72],
      ['TH-55', 1, 0, 1],
      ['notStated', 3, 0, 3],
      ['severalProvinces', 1, 0, 1],
    ],
    77,
  ],
])('by %s', async (by, rows, sumOfRows) => {
  const page = await whenAllStood({ by });
  expect(rowsOf(page)).toEqual(rows);
  expect(page).toMatchObject({ by, overall: { total: 75 }, sumOfRows, rowsOverlap: sumOfRows > 75 });
});

test('a grantor has a name beside its office', async () => {
  const names = Object.fromEntries((await ask({ by: 'grantor' })).items.map(({ key, name }) => [key, name]));
  expect(names).toEqual({
    nacc: NACC.name,
    // The first of the names under which it grants.
    opdc: 'ก.พ.ร.',
    [INTERIOR.name]: INTERIOR.name,
    [CULTURE.name]: CULTURE.name,
  });
});

test('narrowed by a filter, over its pages, as a table', async () => {
  const filter = { by: 'awardYear', province: 'TH-54', limit: 1 } as const;
  const first = await whenAllStood(filter);
  const second = await whenAllStood({ ...filter, cursor: encodeCursor(first.next!) });
  expect([rowsOf(first), rowsOf(second)]).toEqual([[['2565', 3, 57, 57]], [['2566', 0, 1, 1]]]);
  expect(second.overall).toEqual(first.overall);
  const third = await whenAllStood({ ...filter, cursor: encodeCursor(second.next!) });
  expect([rowsOf(third), third.next]).toEqual([[['notStated', 0, 14, 14]], undefined]);
  expect(writeCsv(third.items, TALLY_COLUMNS)).toContain('\r\nnotStated,,0,14,14\r\n');
});

test('of more than an integer of four bytes holds', async () => {
  const event = awardsAnnounced({ category: 'many', statedCount: 2 ** 31 - 1, awardYear: '2599', province: undefined });
  const [, second] = await bench.record([1, 2].map(() => ({ stream: freshStreamOf('award'), event })));
  expect(await ask({ awardYear: '2599', minPosition: second!.position })).toMatchObject({
    items: [{ key: 'many', total: 2 ** 32 - 2 }],
    overall: { statedCount: 2 ** 32 - 2 },
    sumOfRows: 2 ** 32 - 2,
  });
});

test('of no awards there are none', async () => {
  const none = { namedAwards: 0, statedCount: 0, total: 0 };
  expect(await ask({ asOf: '2020-01-01T00:00:00Z' })).toEqual({
    by: 'category',
    items: [],
    overall: none,
    sumOfRows: 0,
    rowsOverlap: false,
    exceededCounts: [],
    statedTotals: [],
    position: -1,
  });
});

test('a place that is none in this order is refused', async () => {
  await expect(ask({ cursor: encodeCursor([1]) })).rejects.toMatchObject({ name: 'RequestRefused' });
});
