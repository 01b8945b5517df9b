import { agreementEventDeclarations } from '@khamrap/agreements';
import { type DomainEvent, type StreamName, isoDate, NOT_STATED } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { schemeEventDeclarations } from '@khamrap/schemes';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import type { AgreementDrafted, AgreementEvent } from '../../../agreements/domain/agreement.events';
import { zoneProvincesSet, zoneRegistered } from '../../../offices/domain/office.examples';
import * as example from '../../domain/standings.examples';
import { AT, begun, closedWith, HALF, HALF_KEY, MAKER, reported, TWO } from '../../domain/standings.examples';
import type { LeagueQuery } from '../league/league.answer';
import { ListLeague, ListLeagueHandler } from '../league/league.handler';
import type { StandingsQuery } from '../standings/standings.answer';
import { ListStandings, ListStandingsHandler } from '../standings/standings.handlers';
import { STANDINGS, standingsProjection } from '../standings/standings.projection';
import type { StandingRow } from '../standings/standings.rows';
import type { RollUpsQuery } from './roll-ups.answer';
import { ListRollUps, ListRollUpsHandler } from './roll-ups.handler';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...schemeEventDeclarations,
  ...officeEventDeclarations,
]);
const SCHEME_STREAM = 'scheme-example-2570' as StreamName;
let bench: ProjectionBench;
let instance: ProjectionInstance;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  await happens(SCHEME_STREAM, ...SCHEME_EVENTS);
}, 60_000);
afterAll(() => bench.close());

const SCHEME_EVENTS = [
  example.calendarPublished(),
  example.rulePublished(),
  example.statusRulesPublished(),
  example.bandsPublished(),
];

async function happens(stream: StreamName, ...events: readonly DomainEvent[]): Promise<number> {
  const recorded = await bench.record(events.map((event) => ({ stream, event })));
  const { position } = recorded.at(-1)!;
  expect(await instance.projections.waitFor(STANDINGS, position, 30_000)).toBe(true);
  return position;
}

const ask = async (query: Partial<StandingsQuery>): Promise<readonly StandingRow[]> =>
  (
    await new ListStandingsHandler(instance.readModels).execute(
      new ListStandings({ limit: 1_000, ...query }, FULL_SIGHT),
    )
  ).items;
const rollUps = async (query: RollUpsQuery) =>
  (await new ListRollUpsHandler(instance.readModels).execute(new ListRollUps(query, FULL_SIGHT))).items;
const league = (query: Partial<LeagueQuery> & Pick<LeagueQuery, 'by' | 'fiscalYear'>) =>
  new ListLeagueHandler(instance.readModels).execute(
    new ListLeague({ round: HALF, scheme: example.SCHEME.schemeId, limit: 100, ...query }),
  );

describe('roll-ups', () => {
  const YEAR_BEFORE = 2573;
  const fiscalYear = 2574;
  const calendar = (year: number) => example.calendarPublished({ fiscalYear: year });
  let before: number;

  beforeAll(async () => {
    const scheme = SCHEME_STREAM;
    await happens(scheme, calendar(YEAR_BEFORE), calendar(fiscalYear));
    const lives: [Partial<AgreementDrafted['data']>, string, string, string?][] = [
      [{ fiscalYear: YEAR_BEFORE, province: 'TH-54' }, '120', '120'],
      [{ fiscalYear, province: 'TH-54' }, '120', '1'],
      [{ fiscalYear, province: 'TH-55' }, '1', '1'],
      [{ fiscalYear, province: 'TH-50' }, '120', '120', NOT_STATED],
    ];
    before = await bench.head();
    for (const [heading, one, two, weight] of lives)
      await happens(
        freshStreamOf('agreement'),
        ...begun(heading, {}, weight),
        reported(AT, one),
        reported({ indicatorId: TWO, span: HALF_KEY }, two),
      );
  }, 60_000);

  test('by province, zone and nation', async () => {
    const ofRound = { fiscalYear, round: HALF };
    expect(await rollUps({ ...ofRound, by: 'province' })).toMatchObject([
      { key: 'TH-50', total: null, noTotalReason: 'weightNotStated', agreementCount: 1 },
      {
        key: 'TH-54',
        nameEn: 'Phrae',
        total: '3.4000',
        weightCountedPercent: '100.0000',
        certifiedWeightPercent: '0.0000',
        byStatus: { unverified: 2 },
        yearBefore: { fiscalYear: YEAR_BEFORE, total: '5.0000', change: '-1.6000', isComparable: true },
      },
      { key: 'TH-55', total: '1.0000', yearBefore: null },
    ]);
    expect(await rollUps({ ...ofRound, by: 'zone' })).toMatchObject([
      { key: 'primeMinisterOffice-15', noTotalReason: 'weightNotStated' },
      { key: 'primeMinisterOffice-16', total: '2.2000', agreementCount: 2, totalCount: 2 },
    ]);
    expect(await rollUps({ ...ofRound, by: 'nation' })).toMatchObject([
      {
        key: 'TH',
        total: null,
        agreementCount: 3,
        yearBefore: { isComparable: false, notComparableReason: 'noTotal' },
      },
    ]);
    expect(await rollUps({ fiscalYear, by: 'nation' })).toMatchObject([
      { noTotalReason: 'roundNotGiven', byStatus: { unverified: 6, noTarget: 6 } },
    ]);
  });

  test('by goal of a province, and by office', async () => {
    const ofRound = { fiscalYear, round: HALF, province: 'TH-54' };
    expect(await rollUps({ ...ofRound, by: 'goal' })).toMatchObject([
      { key: '1', total: '5.0000', yearBefore: null },
      { key: '2', total: '1.0000' },
    ]);
    expect(await rollUps({ ...ofRound, by: 'office' })).toMatchObject([{ key: MAKER.officeId, total: '3.4000' }]);
    await expect(rollUps({ fiscalYear, by: 'goal' })).rejects.toMatchObject({ name: 'RequestRefused' });
  });

  test('of the past', async () => {
    const now = await rollUps({ fiscalYear, round: HALF, by: 'province' });
    expect(await rollUps({ fiscalYear, round: HALF, by: 'province', asOfPosition: await bench.head() })).toEqual(now);
    expect(await rollUps({ fiscalYear, round: HALF, by: 'province', asOfPosition: before })).toEqual([]);
  });

  test('zones are cut as their events say, from the day that these name', async () => {
    const zone = 'primeMinisterOffice-16';
    const count = async () => (await ask({ fiscalYear, zone, round: HALF })).length;
    expect(await count()).toBe(4);
    await happens(
      `zone-${zone}` as StreamName,
      zoneRegistered({ scheme: 'primeMinisterOffice' }),
      zoneProvincesSet({ provinces: ['TH-54'], effectiveFrom: isoDate('2031-01-01') }),
    );
    expect(await count()).toBe(2);
    expect(await ask({ fiscalYear, zone, round: HALF, effectiveOn: isoDate('2030-12-31') })).toHaveLength(4);
    expect(await rollUps({ fiscalYear, round: HALF, by: 'zone', zone })).toMatchObject([
      { key: zone, agreementCount: 1 },
    ]);
  });
});

describe('the league', () => {
  const fiscalYear = 2571;
  const other = { ...example.SCHEME, schemeId: 'other' };

  beforeAll(async () => {
    await happens(
      SCHEME_STREAM,
      example.calendarPublished({ fiscalYear }),
      example.calendarPublished({ fiscalYear: 2569 }),
    );
    const lives: [string, readonly AgreementEvent[]][] = [
      ['TH-81', [closedWith('4.0000')]],
      ['TH-82', [closedWith('4.0000')]],
      ['TH-83', [closedWith('3.0000')]],
      ['TH-85', []],
      ['TH-91', [example.roundClosed(example.SNAPSHOT, { noTotalReason: 'weightNotStated' })]],
    ];
    for (const [province, later] of lives)
      await happens(freshStreamOf('agreement'), ...begun({ fiscalYear, province }), ...later);
    await happens(freshStreamOf('agreement'), ...begun({ fiscalYear: 2570, province: 'TH-83' }), closedWith('5.0000'));
    await happens(
      freshStreamOf('agreement'),
      ...begun({ fiscalYear, province: 'TH-92', scheme: other }),
      closedWith('5.0000'),
    );
    await happens(
      freshStreamOf('agreement'),
      ...begun({ fiscalYear, province: 'TH-93', basis: 'announced', parties: [] }),
    );
  }, 60_000);

  test('ties share a rank, the next one is skipped, and who has none is told why', async () => {
    const { items, notice } = await league({ by: 'province', fiscalYear });
    expect(notice.en).toContain('negotiated');
    expect(items.map(({ key, rank, unrankedReason }) => [key, rank, unrankedReason])).toEqual([
      ['TH-81', 1, null],
      ['TH-82', 1, null],
      ['TH-83', 3, null],
      ['TH-85', null, 'roundOpen'],
      ['TH-91', null, 'weightNotStated'],
      ['TH-92', null, 'otherScheme'],
      ['TH-93', null, 'unsignedBasis'],
    ]);
    expect(items[2]).toMatchObject({
      total: '3.0000',
      band: 'improve',
      certifiedWeightPercent: '60.0000',
      rankBefore: 1,
      rankChange: -2,
    });
  });

  test('only above the minimum of certified weight', async () => {
    const { items } = await league({ by: 'province', fiscalYear, minimumCertifiedWeight: '60.01' });
    expect(items.filter(({ rank }) => rank !== null)).toEqual([]);
    expect(items[0]).toMatchObject({ unrankedReason: 'belowMinimumCertifiedWeight' });
  });

  test('in pages, by agreement, and of the past', async () => {
    const whole = await league({ by: 'agreement', fiscalYear });
    expect(whole.items).toHaveLength(7);
    const first = await league({ by: 'agreement', fiscalYear, limit: 3 });
    const cursor = Buffer.from(JSON.stringify(first.next)).toString('base64url');
    const second = await league({ by: 'agreement', fiscalYear, limit: 10, cursor });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    const asOfPosition = await bench.head();
    expect((await league({ by: 'agreement', fiscalYear, asOfPosition })).items).toEqual(whole.items);
    await expect(league({ by: 'agreement', fiscalYear, cursor: 'WzAsIngiXQ' })).rejects.toMatchObject({
      name: 'RequestRefused',
    });
  });
});
