import { agreementEventDeclarations } from '@khamrap/agreements';
import { type DomainEvent, type StreamName, isoDate } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
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
  (await new ListStandingsHandler(instance.readModels).execute(new ListStandings({ limit: 1_000, ...query }))).items;
const rollUps = async (query: RollUpsQuery) =>
  (await new ListRollUpsHandler(instance.readModels).execute(new ListRollUps(query))).items;

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
      { score: null, evaluatorScore: null, figureKind: null, actualDetails: null, status: 'notReported' },
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
        new ListAgreements({ limit: 10, agreement: idOf(stream), effectiveOn: isoDate('2027-04-01') }),
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
      { status: 'notReported', actual: null, score: null, target: '100' },
      { status: 'notReported', score: null },
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
      const asked = new ListAgreements({ limit: 10, agreement: idOf(stream), ...query });
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
