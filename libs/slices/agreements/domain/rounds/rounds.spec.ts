import { isoDate, NOT_STATED, type Field } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { exemptionGranted, transcribed, UNIT } from '../figures/actuals.examples';
import type { AgreementCommand } from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent } from '../agreement.events';
import {
  actualReported,
  amendmentRequested,
  ANNOUNCED,
  drafted,
  HEAD,
  IN_EFFECT,
  indicatorAdded,
  inEffect,
  KEEPER,
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  targetSet,
  TRANSCRIBED,
  withdrawn,
} from '../agreement.examples';
import {
  after,
  AFTER_HALF,
  AFTER_YEAR,
  ANCHORED_RULE,
  announceResult,
  closeAgreement,
  closeRound,
  decideAppeal,
  determineScore,
  EVALUATOR,
  fileAppeal,
  HALF,
  HALF_CLOSED,
  ONE_FIGURE,
  reopenRound,
  ROUNDS_HISTORY,
  SCHEME,
  UNWEIGHTED_HISTORY,
  WHOLE,
  WITH_JUDGED,
  YEAR_CLOSED,
} from './rounds.examples';
import { roundsRefusals } from './rounds.refusals';
import { boundsOfJudged, boundsOfTotal } from './score-bounds';
import * as roundsEvents from './rounds.events';

const { given } = specification(agreementDecider);

const UNCERTIFIED: readonly AgreementEvent[] = [
  ...inEffect([drafted({ scheme: SCHEME }), indicatorAdded(), targetSet()]),
  actualReported(),
];
const APPEALED = after(HALF_CLOSED, fileAppeal());
const ANNOUNCED_RESULT = after(HALF_CLOSED, announceResult());
const WITHDRAWN: readonly AgreementEvent[] = [...READY_DRAFT, withdrawn()];
const WITHOUT_SCHEME = IN_EFFECT;
const OF_ONE = { indicatorId: 'indicator-1' };

interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: Record<string, string | number | readonly string[]>;
  readonly pointer?: string;
}

// The stream of the scheme is read by the handlers, whose spec shows this one.
type Decided = Exclude<keyof typeof roundsRefusals, 'agreement.schemeUnknown'>;

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<Decided, readonly Refused[]> = {
  'agreement.periodNotOver': [
    {
      given: HALF_CLOSED,
      when: closeAgreement({ decidedOn: isoDate('2027-09-30') }),
      facts: { endsOn: '2027-09-30' },
    },
  ],
  'agreement.roundsOpen': [
    { given: ONE_FIGURE, when: closeAgreement(), facts: { rounds: [HALF, WHOLE] } },
    { given: HALF_CLOSED, when: closeAgreement(), facts: { rounds: [WHOLE] } },
  ],
  'agreement.amendmentsUndecided': [
    {
      given: [...after(HALF_CLOSED, closeRound(WHOLE)), amendmentRequested()],
      when: closeAgreement(),
      facts: { amendmentIds: ['amendment-1'] },
    },
  ],
  'round.unsignedBasis': [
    { given: ANNOUNCED, when: closeRound(HALF), facts: { status: 'announced' } },
    { given: MONITORED, when: closeRound(HALF), facts: { status: 'monitored' } },
    { given: ANNOUNCED, when: reopenRound(HALF) },
    { given: ANNOUNCED, when: determineScore() },
    { given: ANNOUNCED, when: announceResult() },
    { given: ANNOUNCED, when: fileAppeal() },
    { given: ANNOUNCED, when: decideAppeal() },
    { given: ANNOUNCED, when: closeAgreement() },
  ],
  'round.agreementNotInEffect': [
    { given: READY_DRAFT, when: closeRound(HALF), facts: { status: 'draft' } },
    { given: WITHDRAWN, when: closeRound(HALF), facts: { status: 'withdrawn' } },
    { given: READY_DRAFT, when: reopenRound(HALF) },
    { given: READY_DRAFT, when: determineScore() },
    { given: READY_DRAFT, when: announceResult() },
    { given: READY_DRAFT, when: announceResult({}, TRANSCRIBED) },
    { given: READY_DRAFT, when: fileAppeal() },
    { given: READY_DRAFT, when: decideAppeal() },
    { given: READY_DRAFT, when: closeAgreement() },
  ],
  'round.noScheme': [
    { given: WITHOUT_SCHEME, when: closeRound(HALF) },
    { given: ONE_FIGURE, when: closeRound(HALF, { rule: undefined }) },
    { given: WITHOUT_SCHEME, when: determineScore() },
    { given: ONE_FIGURE, when: determineScore({}, { bounds: undefined }) },
    { given: APPEALED, when: decideAppeal({ score: '4' }, {}) },
  ],
  'round.unknown': [
    { given: ONE_FIGURE, when: closeRound('9m'), facts: { round: '9m', rounds: [HALF, WHOLE] }, pointer: '/round' },
    { given: ONE_FIGURE, when: determineScore({ round: '9m' }) },
  ],
  'round.notOver': [
    {
      given: ONE_FIGURE,
      when: closeRound(HALF, { decidedOn: isoDate('2027-03-31') }),
      facts: { endsOn: '2027-03-31' },
    },
  ],
  'round.earlierOpen': [
    { given: ONE_FIGURE, when: closeRound(WHOLE), facts: { round: HALF } },
    { given: after(HALF_CLOSED, reopenRound(HALF)), when: closeRound(WHOLE) },
  ],
  'round.notCertified': [
    { given: UNCERTIFIED, when: closeRound(HALF), facts: { indicatorIds: ['income'] } },
    {
      given: after(UNCERTIFIED, {
        type: 'CertifyActual',
        data: { indicatorId: 'income', span: '2026-10-01..2027-03-31', step: 'supervisor', certifiedBy: UNIT },
      }),
      when: closeRound(HALF),
    },
  ],
  'round.notClosed': [
    { given: ONE_FIGURE, when: reopenRound(HALF), facts: { round: HALF }, pointer: '/round' },
    { given: HALF_CLOSED, when: reopenRound('9m') },
    { given: ONE_FIGURE, when: announceResult() },
    { given: ONE_FIGURE, when: announceResult({}, TRANSCRIBED) },
    { given: ONE_FIGURE, when: fileAppeal() },
    { given: after(ANNOUNCED_RESULT, reopenRound(HALF)), when: fileAppeal() },
  ],
  'round.laterClosed': [
    { given: after(HALF_CLOSED, closeRound(WHOLE)), when: reopenRound(HALF), facts: { round: WHOLE } },
  ],
  'score.notJudged': [
    {
      given: ONE_FIGURE,
      when: determineScore({ indicatorId: 'indicator-1' }),
      facts: { direction: 'higher' },
      pointer: '/indicatorId',
    },
  ],
  'score.outOfBounds': [
    {
      given: WITH_JUDGED,
      when: determineScore({ score: '5.0001' }),
      facts: { least: '1', most: '5' },
      pointer: '/score',
    },
    { given: WITH_JUDGED, when: determineScore({ indicatorId: 'indicator-1', score: '0.9' }) },
    { given: APPEALED, when: decideAppeal({ score: '6' }) },
  ],
  'score.ofOwnFigure': [
    { given: ONE_FIGURE, when: determineScore({ determinedBy: KEEPER }), facts: { indicatorId: 'indicator-1' } },
  ],
  'score.bothAssessors': [
    {
      given: after(WITH_JUDGED, determineScore({ ...OF_ONE, assessor: 'selfAssessment', determinedBy: HEAD })),
      when: determineScore({ ...OF_ONE, determinedBy: HEAD }),
    },
    {
      given: after(WITH_JUDGED, determineScore(OF_ONE)),
      when: determineScore({ assessor: 'selfAssessment', determinedBy: EVALUATOR }),
    },
  ],
  'result.alreadyAnnounced': [
    { given: ANNOUNCED_RESULT, when: announceResult(), facts: { round: HALF } },
    { given: after(ANNOUNCED, announceResult({}, TRANSCRIBED)), when: announceResult({}, TRANSCRIBED) },
  ],
  'result.inTheFuture': [
    {
      given: HALF_CLOSED,
      when: announceResult({ announcedOn: isoDate('2027-05-03') }),
      facts: { decidedOn: '2027-05-02' },
      pointer: '/announcedOn',
    },
    { given: ANNOUNCED, when: announceResult({ announcedOn: isoDate('2027-05-03') }, TRANSCRIBED) },
  ],
  'appeal.notAMaker': [
    { given: HALF_CLOSED, when: fileAppeal({ officeId: RECEIVER.officeId }), pointer: '/officeId' },
    { given: HALF_CLOSED, when: fileAppeal({ officeId: 'district-2' }) },
  ],
  'appeal.alreadyOpen': [
    { given: APPEALED, when: fileAppeal({ appealId: 'appeal-2' }), facts: { appealId: 'appeal-1' } },
  ],
  'appeal.unknown': [{ given: HALF_CLOSED, when: decideAppeal(), facts: { appealId: 'appeal-1' } }],
  'appeal.alreadyDecided': [{ given: after(APPEALED, decideAppeal()), when: decideAppeal({ outcome: 'dismissed' }) }],
  'appeal.own': [
    { given: APPEALED, when: decideAppeal({ decidedBy: HEAD }) },
    { given: APPEALED, when: decideAppeal({}, { officeId: MAKER.officeId }) },
  ],
  'appeal.scoreUnfit': [
    { given: APPEALED, when: decideAppeal({ outcome: 'dismissed', score: '4' }), pointer: '/score' },
  ],
};

/** What other parts of the slice refuse in the same words. */
const refusedAsElsewhere: Readonly<Record<string, readonly Refused[]>> = {
  'agreement.closed': [
    { given: YEAR_CLOSED, when: closeRound(WHOLE) },
    { given: YEAR_CLOSED, when: reopenRound(WHOLE) },
    { given: YEAR_CLOSED, when: closeAgreement() },
  ],
  'round.closed': [
    {
      given: HALF_CLOSED,
      when: closeRound(HALF),
      facts: { round: HALF, closedBy: UNIT, closedOn: AFTER_HALF },
    },
    {
      given: after(WITH_JUDGED, closeRound(HALF)),
      when: determineScore({ indicatorId: 'indicator-1' }),
    },
  ],
  'indicator.unknown': [
    { given: WITH_JUDGED, when: determineScore({ indicatorId: 'nowhere' }), pointer: '/indicatorId' },
    { given: HALF_CLOSED, when: fileAppeal({ indicatorId: 'nowhere' }) },
  ],
};

function casesOf(table: Readonly<Record<string, readonly Refused[]>>) {
  return Object.entries(table).flatMap(([code, cases]) =>
    cases.map((one, index) => [`${code} (${index + 1}, ${one.when.type})`, code, one] as const),
  );
}

describe('refusals of rounds, scores, results and appeals', () => {
  test.each([...casesOf(refused), ...casesOf(refusedAsElsewhere)])(
    '%s',
    (_name, code, { given: past, when, ...told }) => {
      given(...past)
        .when(when)
        .thenRejected(code, told.facts);
      const state = past.reduce(agreementDecider.evolve, agreementDecider.initialState);
      expect(agreementDecider.decide(when, state)).toMatchObject(
        told.pointer === undefined ? {} : { pointer: told.pointer },
      );
    },
  );

  test('are all shown above', () => {
    expect(Object.keys(roundsRefusals).toSorted()).toEqual(
      ['agreement.schemeUnknown', ...Object.keys(refused)].toSorted(),
    );
  });
});

describe('a round', () => {
  test('is closed with what was promised and reported, and its score', () => {
    const [closed] = HALF_CLOSED.slice(-1);
    expect(closed).toEqual({
      type: 'EvaluationRoundClosed',
      data: {
        round: HALF,
        span: '2026-10-01..2027-03-31',
        revision: 1,
        closedOn: AFTER_HALF,
        closedBy: UNIT,
        officeId: RECEIVER.officeId,
        scheme: { ...SCHEME, bandsVersion: 2 },
        indicators: [
          {
            indicatorId: 'indicator-1',
            displayNumber: '1',
            standing: 'scored',
            direction: 'higher',
            weight: '40',
            target: { span: '2026-10-01..2027-03-31', value: '100', unit: 'baht' },
            figure: { kind: 'value', unit: 'baht', value: '120' },
            certified: 'yes',
            score: '5.0000',
          },
        ],
        total: '5.0000',
        band: 'quality',
        weightCountedPercent: '100.0000',
        targetsMet: 1,
        targetsJudged: 1,
      },
    });
  });

  test('is reopened, and closed again under the next revision', () => {
    given(...HALF_CLOSED)
      .when(reopenRound(HALF))
      .then({ type: 'EvaluationRoundReopened', data: { ...reopenRound(HALF).data, revision: 1 } });
    const [again] = after(HALF_CLOSED, reopenRound(HALF), closeRound(HALF)).slice(-1);
    expect(again).toMatchObject({ type: 'EvaluationRoundClosed', data: { revision: 2 } });
  });

  test('is reopened after its result was announced, which the event says; the next closing is announced anew', () => {
    given(...ANNOUNCED_RESULT)
      .when(reopenRound(HALF))
      .then({
        type: 'EvaluationRoundReopened',
        data: { ...reopenRound(HALF).data, revision: 1, resultAnnounced: 'yes' },
      });
    const closedAgain = after(ANNOUNCED_RESULT, reopenRound(HALF), closeRound(HALF));
    given(...closedAgain)
      .when(announceResult())
      .then({ type: 'ResultAnnounced', data: announceResult().data });
  });

  test('waits only for the figures that count in it and can be certified here', () => {
    const closing = closeRound(HALF);
    const exempt = after([...UNCERTIFIED, exemptionGranted({ round: HALF })], closing);
    expect(exempt.at(-1)).toMatchObject({ data: { indicators: [{ standing: 'exempt', certified: 'no' }] } });
    const fromSource = after(
      [...UNCERTIFIED.slice(0, -1), transcribed(actualReported({ reportedBy: undefined }))],
      closing,
    );
    expect(fromSource.at(-1)).toMatchObject({ data: { indicators: [{ standing: 'scored', certified: 'no' }] } });
  });

  test('has no band where none is published', () => {
    const [closed] = after(ONE_FIGURE, closeRound(HALF, { bands: undefined })).slice(-1);
    expect(closed).toMatchObject({ data: { scheme: SCHEME, total: '5.0000' } });
    expect(closed?.data).not.toHaveProperty('band');
  });
});

describe('a score by an assessor', () => {
  test('of a judged indicator is what its round is scored with; the last one counts', () => {
    const judged = { indicatorId: 'indicator-1' };
    const past = after(
      WITH_JUDGED,
      determineScore({ ...judged, score: '3' }),
      determineScore({ ...judged, score: '4.5' }),
    );
    expect(after(past, closeRound(HALF)).at(-1)).toMatchObject({
      data: {
        total: '4.5000',
        indicators: [{ standing: 'scored', score: '4.5000', figure: { kind: 'value', unit: 'score', value: '4.5' } }],
      },
    });
  });

  test('of oneself is noted, by the keeper too, and changes no computed score', () => {
    const own = determineScore({ indicatorId: 'indicator-1', assessor: 'selfAssessment', determinedBy: KEEPER });
    given(...WITH_JUDGED)
      .when(own)
      .then({ type: 'ScoreDetermined', data: own.data });
    expect(after(WITH_JUDGED, own, closeRound(HALF)).at(-1)).toMatchObject({
      data: { indicators: [{ standing: 'floored', reason: 'notJudged', score: '1.0000' }] },
    });
  });

  test('that a document states is not by whoever transcribed it', () => {
    const [own] = after(WITH_JUDGED, determineScore({ assessor: 'selfAssessment' })).slice(-1);
    if (!own) throw new Error('nothing was determined');
    const evaluated = determineScore();
    given(...WITH_JUDGED, transcribed(own))
      .when(evaluated)
      .then({ type: 'ScoreDetermined', data: evaluated.data });
  });

  test('of a whole round may follow its closing, and the end of the year', () => {
    const total = determineScore({ determinedBy: EVALUATOR });
    given(...YEAR_CLOSED)
      .when(total)
      .then({ type: 'ScoreDetermined', data: total.data });
  });

  test('lies between bounds that are those of the rule', () => {
    expect(boundsOfJudged(ANCHORED_RULE)).toEqual({ least: '0', most: '100' });
    expect(boundsOfTotal({ ...ANCHORED_RULE, belowLowest: '-1', single: { met: '120', notMet: '0' } })).toEqual({
      least: '-1',
      most: '120',
    });
  });
});

describe('a result that a document states', () => {
  test.each([
    ['an agreement that was announced', ANNOUNCED, HALF],
    ['an agreement whose figures are followed', MONITORED, '2565'],
    ['a second round', after(ANNOUNCED, announceResult({}, TRANSCRIBED)), WHOLE],
    ['a round that was closed here', HALF_CLOSED, HALF],
  ])('is noted of %s', (_of, past, round) => {
    const stated = announceResult({ round, score: NOT_STATED, band: 'quality' }, TRANSCRIBED);
    given(...past)
      .when(stated)
      .then({ type: 'ResultAnnounced', data: stated.data });
  });
});

describe('an appeal', () => {
  test.each([
    ['after the round is closed', HALF_CLOSED, fileAppeal()],
    ['when the year is over', YEAR_CLOSED, fileAppeal({ round: WHOLE })],
    [
      'about an indicator beside one about the whole',
      APPEALED,
      fileAppeal({ appealId: 'b', indicatorId: 'indicator-1' }),
    ],
    ['again when the first was decided', after(APPEALED, decideAppeal()), fileAppeal({ appealId: 'b' })],
  ])('is filed %s', (_when, past, appeal) => {
    given(...past)
      .when(appeal)
      .then({ type: 'AppealFiled', data: appeal.data });
  });

  test.each([
    ['upheld with a score', decideAppeal({ score: '4.75' })],
    ['upheld', decideAppeal()],
    [
      'dismissed by somebody of another office',
      decideAppeal({ outcome: 'dismissed' }, { officeId: RECEIVER.officeId }),
    ],
  ])('is %s', (_how, decision) => {
    given(...APPEALED)
      .when(decision)
      .then({ type: 'AppealDecided', data: decision.data });
  });
});

describe('the year', () => {
  test('ends when all rounds are closed', () => {
    given(...after(HALF_CLOSED, closeRound(WHOLE)))
      .when(closeAgreement())
      .then({ type: 'AgreementClosed', data: { closedOn: AFTER_YEAR, closedBy: UNIT } });
  });

  test('ends without rounds where the agreement names no scheme', () => {
    given(...WITHOUT_SCHEME)
      .when(closeAgreement({ rounds: [] }))
      .then({ type: 'AgreementClosed', data: { closedOn: AFTER_YEAR, closedBy: UNIT } });
  });

  test('is told by the examples with every field that its events declare', () => {
    const told = [...ROUNDS_HISTORY, ...UNWEIGHTED_HISTORY];
    for (const schema of Object.values(roundsEvents)) {
      const data = told.filter(({ type }) => type === schema.type).map((event) => event.data as Told);
      expect([schema.type, [...pathsIn(data)].toSorted()]).toEqual([
        schema.type,
        [...declaredPaths({ kind: 'object', fields: schema.fields })].toSorted(),
      ]);
    }
  });
});

type Told = Readonly<Record<string, unknown>>;

/** The paths of all fields that stand somewhere in what is told; lists are passed through. */
function pathsIn(told: unknown, path = ''): Set<string> {
  if (told === undefined) return new Set();
  if (Array.isArray(told)) return new Set(told.flatMap((item) => [...pathsIn(item, path)]));
  if (typeof told !== 'object' || told === null) return new Set([path]);
  return new Set(Object.entries(told).flatMap(([key, field]) => [...pathsIn(field, `${path}/${key}`)]));
}

function declaredPaths(field: Field, path = ''): Set<string> {
  switch (field.kind) {
    case 'list':
    case 'optional':
      return declaredPaths(field.of, path);
    case 'object':
      return new Set(
        Object.entries(field.fields).flatMap(([key, inner]) => [...declaredPaths(inner, `${path}/${key}`)]),
      );
    case 'text':
    case 'decimal':
    case 'integer':
    case 'boolean':
      return new Set([path]);
  }
}
