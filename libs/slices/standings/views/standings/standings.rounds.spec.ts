import { agreementEventDeclarations } from '@khamrap/agreements';
import { type DomainEvent, type StreamName, isoDate } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { schemeEventDeclarations } from '@khamrap/schemes';
import { randomUUID } from 'node:crypto';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { targetSet } from '../../../agreements/domain/agreement.examples';
import * as example from '../../domain/standings.examples';
import {
  AT,
  begun,
  certifiedInFull,
  closedWith,
  HALF,
  HALF_KEY,
  KEEPERS,
  MAKER,
  ONE,
  RECEIVER,
  reported,
  SECOND_HALF_KEY,
  TWO,
  WHOLE,
  YEAR_KEY,
} from '../../domain/standings.examples';
import { ListRollUps, ListRollUpsHandler } from '../roll-ups/roll-ups.handler';
import type { RollUpsQuery } from '../roll-ups/roll-ups.answer';
import type { StandingsQuery } from './standings.answer';
import { ListAgreements, ListAgreementsHandler, ListStandings, ListStandingsHandler } from './standings.handlers';
import { STANDINGS, standingsProjection } from './standings.projection';
import type { StandingRow } from './standings.rows';

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

const idOf = (stream: StreamName): string => stream.slice('agreement-'.length);
const ask = async (query: Partial<StandingsQuery>): Promise<readonly StandingRow[]> =>
  (
    await new ListStandingsHandler(instance.readModels).execute(
      new ListStandings({ limit: 1_000, ...query }, FULL_SIGHT),
    )
  ).items;
const rollUps = async (query: RollUpsQuery) =>
  (await new ListRollUpsHandler(instance.readModels).execute(new ListRollUps(query, FULL_SIGHT))).items;

/** What stands for a round, indicator by indicator. */
async function inRound(stream: StreamName, round = HALF, query: Partial<StandingsQuery> = {}) {
  return ask({ agreement: idOf(stream), round, ...query });
}

describe('standings of a round', () => {
  test('there is a row for each round of the calendar, scored as if the round were closed now', async () => {
    const stream = freshStreamOf('agreement');
    await happens(stream, ...begun(), reported(AT, '120'));
    expect(await inRound(stream)).toMatchObject([
      { status: 'unverified', score: '5.0000', scoreBasis: 'provisional', scoreReason: null, isCertified: false },
      { status: 'notReported', score: '1.0000', scoreBasis: 'provisional', scoreReason: 'notReported' },
    ]);
    expect(await inRound(stream, WHOLE)).toMatchObject([{ status: 'noTarget' }, { status: 'noTarget' }]);
    await happens(stream, ...certifiedInFull(AT));
    expect(await inRound(stream)).toMatchObject([{ status: 'achieved', isCertified: true }, {}]);
    await happens(stream, example.givenBack(AT));
    expect(await inRound(stream)).toMatchObject([{ status: 'unverified', score: '1.0000', isCertified: false }, {}]);
    await happens(stream, example.corrected(AT, '90'), ...certifiedInFull(AT));
    // The score decides by the rules of this scheme, and 1 reaches none of its thresholds.
    expect(await inRound(stream)).toMatchObject([{ status: 'offTrack', actual: '90', gap: '-10' }, {}]);
  });

  test('a joint figure stands on all of its parts', async () => {
    const stream = freshStreamOf('agreement');
    const [maker, receiver] = KEEPERS.map(({ officeId }) => ({ ...AT, officeId }));
    const joint = { unit: 'baht', accumulation: 'cumulative', keepers: KEEPERS } as const;
    await happens(stream, ...begun({}, joint), reported(maker!, '70'));
    expect(await inRound(stream)).toMatchObject([
      {
        status: 'incomplete',
        actual: null,
        actualDetails: { missing: [{ keeper: RECEIVER.officeId }], parts: [{ officeId: MAKER.officeId, value: '70' }] },
      },
      {},
    ]);
    await happens(stream, reported(receiver!, '50'), ...certifiedInFull(maker!));
    expect(await inRound(stream)).toMatchObject([{ status: 'unverified', actual: '120', isCertified: false }, {}]);
    await happens(stream, ...certifiedInFull(receiver!));
    expect(await inRound(stream)).toMatchObject([{ status: 'achieved', actual: '120', isCertified: true }, {}]);
  });

  test('a sum lacks what one of its increments lacks', async () => {
    const stream = freshStreamOf('agreement');
    const year = targetSet({ indicatorId: ONE, span: YEAR_KEY, value: '150' });
    const [first, ...others] = begun({}, { accumulation: 'sum' });
    const inEffect = others.pop()!;
    await happens(stream, first!, ...others, year, inEffect, reported(AT, '100'));
    const whole = async () => (await inRound(stream, WHOLE))[0];
    expect(await whole()).toMatchObject({ status: 'incomplete', actual: null });
    await happens(stream, reported({ indicatorId: ONE, span: SECOND_HALF_KEY }, '60'));
    expect(await whole()).toMatchObject({ status: 'unverified', actual: '160', attainmentPercent: '106.67' });
  });

  test('what is exempt or cancelled is not applicable, and the rest carries the total', async () => {
    const stream = freshStreamOf('agreement');
    await happens(stream, ...begun({ province: 'TH-11' }), reported(AT, '100'), example.exempted(TWO));
    expect(await inRound(stream)).toMatchObject([{}, { status: 'notApplicable', score: null }]);
    const total = async () => (await rollUps({ by: 'province', fiscalYear: 2570, round: HALF, province: 'TH-11' }))[0];
    expect(await total()).toMatchObject({ total: '5.0000', weightCountedPercent: '60.0000' });
    await happens(stream, example.cancelled(ONE));
    expect(await total()).toMatchObject({ total: null, noTotalReason: 'nothingCounted' });
    expect(await inRound(stream, WHOLE)).toMatchObject([{ status: 'notApplicable' }, { status: 'noTarget' }]);
  });

  test('a judged indicator is scored by its assessor', async () => {
    const stream = freshStreamOf('agreement');
    await happens(stream, ...begun({}, { direction: 'judged' }));
    expect(await inRound(stream)).toMatchObject([{ score: '1.0000', scoreReason: 'notReported' }, {}]);
    await happens(stream, example.scoreDetermined({ indicatorId: ONE }));
    expect(await inRound(stream)).toMatchObject([{ score: '4.5000', evaluatorScore: '4.5', figureKind: 'judged' }, {}]);
    // The assessor's score is nobody's business before the round is closed.
    const publishedBy = new Date().toISOString();
    expect(await inRound(stream, HALF, { publishedBy })).toMatchObject([
      { score: null, evaluatorScore: null, figureKind: null, actualDetails: null, status: 'notPublished' },
      {},
    ]);
  });

  test('what a scheme publishes later judges anew, as of then', async () => {
    const schemeId = `late-${randomUUID()}`;
    const [agreement, scheme] = [freshStreamOf('agreement'), `scheme-${schemeId}` as StreamName];
    const before = await happens(agreement, ...begun({ scheme: { ...example.SCHEME, schemeId } }), reported(AT, '120'));
    const statuses = async (query: Partial<StandingsQuery> = {}) =>
      (await ask({ agreement: idOf(agreement), ...query })).map(({ period, status }) => [period, status]);
    expect(await statuses()).toEqual([
      [HALF_KEY, 'achieved'],
      [HALF_KEY, 'notReported'],
    ]);
    await happens(scheme, ...SCHEME_EVENTS);
    expect(await statuses({ round: HALF })).toEqual([
      [HALF_KEY, 'unverified'],
      [HALF_KEY, 'notReported'],
    ]);
    expect(await statuses()).toHaveLength(4);
    expect(await statuses({ asOfPosition: before })).toEqual([
      [HALF_KEY, 'achieved'],
      [HALF_KEY, 'notReported'],
    ]);
  });
});

describe('before a round is closed the public is told of nobody that they are silent', () => {
  const QUARTER = '2026-10-01..2026-12-31';
  const [maker, receiver] = KEEPERS.map(({ officeId }) => ({ ...AT, officeId }));
  const joint = { unit: 'baht', accumulation: 'sum', keepers: KEEPERS } as const;
  const shownTo = async (sight: Sight, stream: StreamName, query: Partial<StandingsQuery> = {}) => {
    const asked = { limit: 100, agreement: idOf(stream), ...query };
    const { items } = await new ListStandingsHandler(instance.readModels).execute(new ListStandings(asked, sight));
    const agreements = await new ListAgreementsHandler(instance.readModels).execute(new ListAgreements(asked, sight));
    return { items, byStatus: agreements.items[0]?.byStatus };
  };

  test.each<[string, Parameters<typeof begun>[1], readonly DomainEvent[], string]>([
    ['was reported', {}, [reported(AT, '120')], 'unverified'],
    ['was reported and certified', {}, [reported(AT, '120'), ...certifiedInFull(AT)], 'achieved'],
    ['one of two has reported', joint, [reported(maker!, '70')], 'incomplete'],
    ['both have reported', joint, [reported(maker!, '70'), reported(receiver!, '50')], 'unverified'],
    ['was scored', { direction: 'judged' }, [example.scoreDetermined({ indicatorId: ONE })], 'unverified'],
    ['was reported of another target', {}, [example.targetAmended(ONE, '80'), reported(AT, '90')], 'unverified'],
  ])('nor whether something %s', async (_what, terms, events, status) => {
    const stream = freshStreamOf('agreement');
    const isHidden = ({ type }: DomainEvent): boolean => type !== 'TargetAmended';
    await happens(stream, ...begun({}, terms), ...events.filter((event) => !isHidden(event)));
    const silent = await shownTo(PUBLIC_SIGHT, stream);
    const promised = await shownTo(PUBLIC_SIGHT, stream, { effectiveOn: isoDate('2027-05-01') });
    const { notReported, ...others } = (await shownTo(FULL_SIGHT, stream)).byStatus!;
    expect(notReported).toBeGreaterThan(1);
    for (const { byStatus } of [silent, promised]) expect(byStatus).toEqual({ ...others, notPublished: notReported });
    await happens(stream, ...events.filter(isHidden));
    expect(await shownTo(PUBLIC_SIGHT, stream)).toEqual(silent);
    expect(await shownTo(PUBLIC_SIGHT, stream, { effectiveOn: isoDate('2027-05-01') })).toEqual(promised);
    expect((await inRound(stream))[0]).toMatchObject({ indicatorId: ONE, status });
    expect((await shownTo(PUBLIC_SIGHT, stream, { status: 'notPublished' })).items).toHaveLength(notReported!);
    expect((await shownTo(PUBLIC_SIGHT, stream, { status: 'notReported' })).items).toEqual([]);
  });

  test('of a closed round it is told who did not report, until it is opened again', async () => {
    const stream = freshStreamOf('agreement');
    const [first, ...others] = begun({ province: 'TH-12' });
    const inEffect = others.pop()!;
    await happens(stream, first!, ...others, targetSet({ indicatorId: ONE, span: QUARTER }), inEffect);
    const byStatus = async () => (await shownTo(PUBLIC_SIGHT, stream)).byStatus;
    const summed = async () => {
      const query = { by: 'province', fiscalYear: 2570, province: 'TH-12' } as const;
      return (await new ListRollUpsHandler(instance.readModels).execute(new ListRollUps(query))).items[0]?.byStatus;
    };
    const open = { notPublished: 3, noTarget: 2 };
    const closed = { notReported: 3, noTarget: 2 };
    expect([await byStatus(), await summed()]).toEqual([open, open]);
    await happens(stream, closedWith('1.0000'));
    expect([await byStatus(), await summed()]).toEqual([closed, closed]);
    await happens(stream, example.reopened());
    expect([await byStatus(), await summed()]).toEqual([open, open]);
    await happens(stream, reported({ indicatorId: ONE, span: QUARTER }, '7'));
    expect([await byStatus(), await summed()]).toEqual([open, open]);
  });

  test('of a sum of which a part is published nobody is named who is missing', async () => {
    const stream = freshStreamOf('agreement');
    const year = targetSet({ indicatorId: ONE, span: YEAR_KEY, value: '150', unit: 'baht' });
    const [first, ...others] = begun({}, joint);
    const inEffect = others.pop()!;
    await happens(stream, first!, ...others, year, inEffect, reported(maker!, '70'), reported(receiver!, '50'));
    await happens(stream, closedWith('2.8000'));
    const whole = async (sight: Sight) => (await shownTo(sight, stream, { round: WHOLE })).items[0];
    const told = await whole(PUBLIC_SIGHT);
    expect(told).toMatchObject({ status: 'notPublished', statusReason: null });
    expect(told?.actualDetails).toMatchObject({ parts: [{ value: '70' }, { value: '50' }] });
    expect(told?.actualDetails).not.toHaveProperty('missing');
    expect(await whole(FULL_SIGHT)).toMatchObject({ status: 'incomplete', actualDetails: { missing: [{}, {}] } });
    await happens(stream, reported({ ...maker!, span: SECOND_HALF_KEY }, '30'));
    expect(await whole(PUBLIC_SIGHT)).toEqual(told);
    // A figure for the whole takes the place of its parts, and not before it is published.
    await happens(stream, reported({ ...receiver!, span: YEAR_KEY }, '90'));
    expect(await whole(PUBLIC_SIGHT)).toEqual(told);
  });
});

describe('times', () => {
  test('closed, a round is what its snapshot says, until it is opened again', async () => {
    const stream = freshStreamOf('agreement');
    await happens(stream, ...begun(), reported(AT, '120'), closedWith('2.8000'));
    expect(await inRound(stream)).toMatchObject([
      { score: '4.0000', scoreBasis: 'closed' },
      { score: '1.0000', scoreBasis: 'closed', scoreReason: 'notReported' },
    ]);
    await happens(stream, example.reopened());
    expect(await inRound(stream)).toMatchObject([{ score: '5.0000', scoreBasis: 'provisional' }, {}]);
  });

  test('on a day holds what was amended by then', async () => {
    const stream = freshStreamOf('agreement');
    await happens(
      stream,
      ...begun(),
      reported(AT, '90'),
      ...certifiedInFull(AT),
      example.targetAmended(ONE, '80'),
      example.weightAmended(ONE, '50'),
    );
    const amended = {
      target: '80',
      targetPromised: '100',
      weight: '50',
      weightPromised: '60',
      status: 'achieved',
      gap: '10',
    };
    expect(await inRound(stream)).toMatchObject([amended, {}]);
    expect(await inRound(stream, HALF, { effectiveOn: isoDate('2027-04-01') })).toMatchObject([amended, {}]);
    const asOfPosition = await bench.head();
    for (const query of [{}, { asOfPosition }]) {
      expect(
        await inRound(stream, HALF, { ...query, effectiveOn: isoDate('2027-04-01'), status: 'achieved' }),
      ).toHaveLength(1);
      // The agreement took effect after that day.
      expect(await inRound(stream, HALF, { effectiveOn: isoDate('2027-01-31'), ...query })).toEqual([]);
    }
    expect(
      await new ListAgreementsHandler(instance.readModels).execute(
        new ListAgreements({ limit: 10, agreement: idOf(stream), effectiveOn: isoDate('2027-04-01') }, FULL_SIGHT),
      ),
    ).toMatchObject({ effectiveOn: '2027-04-01', items: [{ targetsMet: 1 }] });
  });

  test('on a day before the amendment the promised target holds', async () => {
    const stream = freshStreamOf('agreement');
    const later = { effectiveFrom: isoDate('2027-06-01') };
    await happens(
      stream,
      ...begun(),
      reported(AT, '90'),
      ...certifiedInFull(AT),
      example.targetAmended(ONE, '80', later),
      example.weightAmended(ONE, '50', later),
    );
    expect(await inRound(stream, HALF, { effectiveOn: isoDate('2027-05-31') })).toMatchObject([
      { target: '100', weight: '60', status: 'offTrack', gap: '-10', score: '1.0000' },
      {},
    ]);
  });

  test('the public knows a figure once its round is closed, and what was known goes on being known', async () => {
    const stream = freshStreamOf('agreement');
    const known = async () => inRound(stream, HALF, { publishedBy: new Date().toISOString() });
    await happens(stream, ...begun(), reported(AT, '120'));
    expect(await known()).toMatchObject([
      { status: 'notPublished', actual: null, score: null, target: '100' },
      { status: 'notPublished', score: null },
    ]);
    await happens(stream, closedWith('2.8000'));
    expect(await known()).toMatchObject([{ actual: '120', score: '4.0000', scoreBasis: 'closed' }, {}]);
    await happens(stream, example.reopened(), example.corrected(AT, '95'));
    expect(await known()).toMatchObject([{ actual: '120', score: null, status: 'unverified' }, {}]);
    expect(await inRound(stream)).toMatchObject([{ actual: '95' }, {}]);
  });

  test('what a round came to, and what was announced of it, is told with the agreement', async () => {
    const stream = freshStreamOf('agreement');
    const rounds = async (query: Partial<StandingsQuery> = {}) => {
      const asked = new ListAgreements({ limit: 10, agreement: idOf(stream), ...query }, FULL_SIGHT);
      return (await new ListAgreementsHandler(instance.readModels).execute(asked)).items[0]?.rounds;
    };
    await happens(stream, ...begun(), reported(AT, '120'), example.scoreDetermined({ assessor: 'selfAssessment' }));
    const open = {
      round: HALF,
      isClosed: false,
      total: '3.4000',
      band: 'improve',
      selfScore: '4.5',
      announcedScore: null,
    };
    expect(await rounds()).toMatchObject([open, { round: WHOLE, total: null, noTotalReason: 'notScored' }]);
    expect(await rounds({ asOfPosition: await bench.head() })).toEqual(await rounds());
    expect(await rounds({ publishedBy: new Date().toISOString() })).toMatchObject([
      { total: null, band: null, selfScore: null },
      { noTotalReason: null },
    ]);
    await happens(stream, closedWith('2.8000'), example.resultAnnounced());
    const closed = { isClosed: true, closedRevision: 1, total: '2.8000', certifiedWeightPercent: '60.0000' };
    const announced = { announcedScore: '4.2', announcedBand: 'quality', announcedOn: '2027-06-01' };
    expect(await rounds()).toMatchObject([{ ...closed, ...announced }, {}]);
    expect(await rounds({ publishedBy: new Date().toISOString() })).toMatchObject([{ ...closed, ...announced }, {}]);
    await happens(stream, example.reopened());
    expect(await rounds()).toMatchObject([{ isClosed: false, closedRevision: 1, total: '3.4000', ...announced }, {}]);
  });
});
