import { isoDate, STATUSES } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { SchemeCommand } from './scheme.commands';
import { schemeDecider } from './scheme.decider';
import {
  bandsPublished,
  calendarPublished,
  deadlineExtended,
  extendDeadline,
  publishBands,
  publishCalendar,
  publishReferenceData,
  publishScheme,
  publishScoringRule,
  publishStatusRules,
  referenceDataPublished,
  schemePublished,
  scoringRulePublished,
  SIX_MONTHS,
  statusRulesPublished,
  TWELVE_MONTHS,
  WHOLE_SCHEME,
} from './scheme.examples';
import type { CalendarRound, SchemeEvent } from './scheme.events';
import { schemeRefusals, type SchemeRefusal } from './scheme.refusals';

const { given } = specification(schemeDecider);
const day = isoDate;

describe('publishing', () => {
  test('a scheme, under its names', () => {
    given().when(publishScheme()).then(schemePublished());
  });

  test.each<[SchemeCommand, (version: number) => SchemeEvent]>([
    [publishScoringRule(), (ruleVersion) => scoringRulePublished({ ruleVersion })],
    [publishBands(), (bandsVersion) => bandsPublished({ bandsVersion })],
    [publishStatusRules(), (statusRulesVersion) => statusRulesPublished({ statusRulesVersion })],
    [publishCalendar(), (calendarVersion) => calendarPublished({ calendarVersion })],
  ])('$type counts its versions from 1', (command, published) => {
    given(schemePublished()).when(command).then(published(1));
    given(schemePublished(), published(1)).when(command).then(published(2));
    given(...WHOLE_SCHEME)
      .when(command)
      .then(published(2));
  });

  test('a calendar counts the versions of its own fiscal year', () => {
    const rounds = [
      {
        ...SIX_MONTHS,
        span: { from: day('2022-10-01'), to: day('2023-03-31') },
        reportDueOn: day('2023-04-15'),
        certifyDueOn: day('2023-04-30'),
      },
    ];
    const next = { fiscalYear: 2566, rounds, amendmentCutOffOn: undefined };
    given(...WHOLE_SCHEME)
      .when(publishCalendar(next))
      .then(calendarPublished({ ...next, calendarVersion: 1 }));
  });

  test('rounds may follow each other instead of holding each other', () => {
    const quarter: CalendarRound = { ...TWELVE_MONTHS, span: { from: day('2022-04-01'), to: day('2022-09-30') } };
    const rounds = [SIX_MONTHS, quarter];
    given(schemePublished()).when(publishCalendar({ rounds })).then(calendarPublished({ rounds }));
  });

  test('bands of another scale before its rule, where they begin no higher than the rule in force', () => {
    const lower = { bands: bandsPublished().data.bands.map((band, index) => ({ ...band, from: `${index - 1}` })) };
    given(schemePublished(), scoringRulePublished()).when(publishBands(lower)).then(bandsPublished(lower));
    const rule = { belowLowest: '-1' };
    given(schemePublished(), scoringRulePublished(), bandsPublished(lower))
      .when(publishScoringRule(rule))
      .then(scoringRulePublished({ ...rule, ruleVersion: 2 }));
  });

  test('reference data, and nothing when it is as it was', () => {
    given(schemePublished()).when(publishReferenceData()).then(referenceDataPublished());
    given(...WHOLE_SCHEME)
      .when(publishReferenceData())
      .thenNothing();
    for (const changed of [{ sha256: 'b'.repeat(64) }, { source: 'ผู้เผยแพร่ที่ถูกต้อง' }])
      given(...WHOLE_SCHEME)
        .when(publishReferenceData(changed))
        .then(referenceDataPublished(changed));
  });
});

describe('extending a deadline', () => {
  const toAll = { offices: [], reportDueOn: day('2022-04-30') };

  test('names the calendar that it changes', () => {
    given(schemePublished(), calendarPublished()).when(extendDeadline()).then(deadlineExtended());
    given(schemePublished(), calendarPublished(), calendarPublished({ calendarVersion: 2 }))
      .when(extendDeadline())
      .then(deadlineExtended({ calendarVersion: 2 }));
  });

  test('of one office again, and of all others by less', () => {
    const later = { reportDueOn: day('2022-04-23') };
    given(...WHOLE_SCHEME)
      .when(extendDeadline(later))
      .then(deadlineExtended(later));
    const ofAll = { offices: [], reportDueOn: day('2022-04-16') };
    given(...WHOLE_SCHEME)
      .when(extendDeadline(ofAll))
      .then(deadlineExtended(ofAll));
  });

  test('of certification alone', () => {
    const certification = { reportDueOn: SIX_MONTHS.reportDueOn, certifyDueOn: day('2022-05-01') };
    given(schemePublished(), calendarPublished())
      .when(extendDeadline(certification))
      .then(deadlineExtended(certification));
  });

  test('reaches an office through an extension for all', () => {
    given(schemePublished(), calendarPublished(), deadlineExtended(toAll))
      .when(extendDeadline())
      .thenRejected('extension.shortens', { reportDueOn: '2022-04-22' });
  });
});

type Band = ReturnType<typeof bandsPublished>['data']['bands'][number];

interface Refused {
  readonly given?: readonly SchemeEvent[];
  readonly when: SchemeCommand;
  readonly pointer?: string;
}

const [LOW, HIGH] = [0, 1].map((index) => bandsPublished().data.bands[index]!) as [Band, Band];
const round = (changes: Partial<CalendarRound>): SchemeCommand =>
  publishCalendar({ rounds: [{ ...SIX_MONTHS, ...changes }] });
const rounds = (...listed: CalendarRound[]): SchemeCommand => publishCalendar({ rounds: listed });
const threshold = { status: 'onTrack', measure: 'score', from: '3' } as const;
const year = (fiscalYear: number): SchemeCommand => publishCalendar({ fiscalYear });

/** Each way to be refused, by the code that it is refused with; where nothing is given, after `SchemePublished` alone. */
const refused: Record<SchemeRefusal, readonly Refused[]> = {
  'scheme.alreadyPublished': [{ when: publishScheme() }],
  'scheme.notPublished': [
    publishScoringRule(),
    publishBands(),
    publishStatusRules(),
    publishCalendar(),
    extendDeadline(),
    publishReferenceData(),
  ].map((when) => ({ given: [], when })),
  'scoring.pointCountWrong': [
    { when: publishScoringRule({ fiveLevels: ['1', '2', '3', '4'] }), pointer: '/fiveLevels' },
    { when: publishScoringRule({ threeAnchors: ['1', '2', '3', '4'] }), pointer: '/threeAnchors' },
  ],
  'scoring.pointsNotIncreasing': [
    { when: publishScoringRule({ fiveLevels: ['1', '2', '2.00', '4', '5'] }), pointer: '/fiveLevels/2' },
    { when: publishScoringRule({ threeAnchors: ['50', '100', '75'] }), pointer: '/threeAnchors/2' },
    { when: publishScoringRule({ single: { met: '1', notMet: '1' } }), pointer: '/single' },
    { when: publishScoringRule({ judged: { min: '5', max: '0' } }), pointer: '/judged' },
  ],
  'scoring.floorAboveLowest': [
    { when: publishScoringRule({ belowLowest: '0.0001' }), pointer: '/belowLowest' },
    {
      when: publishScoringRule({
        belowLowest: '1.5',
        judged: { min: '2', max: '5' },
        single: { met: '5', notMet: '2' },
      }),
    },
    { when: publishScoringRule({ single: { met: '5', notMet: '-1' } }), pointer: '/belowLowest' },
  ],
  'scoring.pointTooFine': [
    { when: publishScoringRule({ judged: { min: '0', max: '4.99999' } }) },
    { when: publishScoringRule({ fiveLevels: ['1.00000', '2', '3', '4', '5'] }) },
  ],
  'bands.missing': [{ when: publishBands({ bands: [] }), pointer: '/bands' }],
  'bands.repeated': [{ when: publishBands({ bands: [LOW, { ...LOW, from: '9' }] }), pointer: '/bands/1/code' }],
  'bands.overlapping': [
    { when: publishBands({ bands: [LOW, { ...LOW, code: 'other', from: '0.00' }] }), pointer: '/bands/1/from' },
  ],
  'bands.unsorted': [{ when: publishBands({ bands: [HIGH, LOW] }), pointer: '/bands/1/from' }],
  'bands.floorUncovered': [
    {
      given: [schemePublished(), scoringRulePublished({ belowLowest: '0' })],
      when: publishBands({ bands: [{ ...LOW, from: '0.0001' }, HIGH] }),
      pointer: '/bands/0/from',
    },
    {
      given: [schemePublished(), bandsPublished()],
      when: publishScoringRule({ belowLowest: '-1' }),
      pointer: '/belowLowest',
    },
  ],
  'statusRules.statusMissing': [
    { when: publishStatusRules({ precedence: STATUSES.slice(1) }), pointer: '/precedence' },
    { when: publishStatusRules({ precedence: [] }), pointer: '/precedence' },
  ],
  'statusRules.statusRepeated': [
    { when: publishStatusRules({ precedence: [...STATUSES, 'atRisk'] }), pointer: `/precedence/${STATUSES.length}` },
  ],
  'statusRules.thresholdMissing': [{ when: publishStatusRules({ thresholds: [] }), pointer: '/thresholds' }],
  'statusRules.thresholdRepeated': [
    { when: publishStatusRules({ thresholds: [threshold, { ...threshold, from: '4' }] }), pointer: '/thresholds/1' },
  ],
  'statusRules.boundMismatched': [
    { when: publishStatusRules({ thresholds: [{ ...threshold, from: undefined }] }), pointer: '/thresholds/0/from' },
    {
      when: publishStatusRules({ thresholds: [{ ...threshold, measure: 'targetMet' }] }),
      pointer: '/thresholds/0/from',
    },
  ],
  'statusRules.thresholdsUnsorted': [
    {
      when: publishStatusRules({ thresholds: [threshold, { ...threshold, status: 'atRisk' }] }),
      pointer: '/thresholds/1',
    },
    { when: publishStatusRules({ thresholds: [threshold, { ...threshold, status: 'achieved', from: '2' }] }) },
    {
      when: publishStatusRules({
        thresholds: [
          { status: 'achieved', measure: 'targetMet' },
          { status: 'onTrack', measure: 'targetMet' },
        ],
      }),
    },
  ],
  'calendar.unknown': [
    { when: extendDeadline(), pointer: '/fiscalYear' },
    { given: WHOLE_SCHEME, when: extendDeadline({ fiscalYear: 2566 }) },
  ],
  'calendar.fiscalYearOutOfRange': [2022, 2343, 2643].map((fiscalYear) => ({
    when: year(fiscalYear),
    pointer: '/fiscalYear',
  })),
  'calendar.roundUnknown': [{ given: WHOLE_SCHEME, when: extendDeadline({ round: '9m' }), pointer: '/round' }],
  'calendar.roundMissing': [{ when: rounds(), pointer: '/rounds' }],
  'calendar.roundRepeated': [
    { when: rounds(SIX_MONTHS, { ...TWELVE_MONTHS, round: '6m' }), pointer: '/rounds/1/round' },
  ],
  'calendar.roundsOutOfOrder': [
    { when: rounds(TWELVE_MONTHS, SIX_MONTHS), pointer: '/rounds/1/span' },
    { when: rounds(SIX_MONTHS, { ...SIX_MONTHS, round: 'again' }) },
  ],
  'calendar.roundsOverlapping': [
    {
      when: rounds(SIX_MONTHS, { ...TWELVE_MONTHS, span: { from: day('2022-03-31'), to: day('2022-09-30') } }),
      pointer: '/rounds/1/span',
    },
  ],
  'calendar.cutOffOutsideFiscalYear': ['2021-09-30', '2022-10-01'].map((cutOff) => ({
    when: publishCalendar({ amendmentCutOffOn: day(cutOff) }),
    pointer: '/amendmentCutOffOn',
  })),
  'calendar.roundReversed': [
    { when: round({ span: { from: day('2022-03-31'), to: day('2022-03-30') } }), pointer: '/rounds/0/span' },
  ],
  'calendar.roundOutsideFiscalYear': [
    { when: round({ span: { from: day('2021-09-30'), to: day('2022-03-31') } }), pointer: '/rounds/0/span' },
    { when: rounds({ ...TWELVE_MONTHS, span: { from: day('2021-10-01'), to: day('2022-10-01') } }) },
  ],
  'calendar.dueBeforeEnd': [{ when: round({ reportDueOn: day('2022-03-30') }), pointer: '/rounds/0/reportDueOn' }],
  'calendar.opensAfterDue': [{ when: round({ opensOn: day('2022-04-16') }), pointer: '/rounds/0/opensOn' }],
  'calendar.certifyDueBeforeReport': [
    { when: round({ certifyDueOn: day('2022-04-14') }), pointer: '/rounds/0/certifyDueOn' },
    { given: WHOLE_SCHEME, when: extendDeadline({ certifyDueOn: day('2022-04-21') }), pointer: '/certifyDueOn' },
  ],
  'calendar.graceNegative': [{ when: round({ graceDays: -1 }), pointer: '/rounds/0/graceDays' }],
  'extension.shortens': [
    { given: WHOLE_SCHEME, when: extendDeadline({ reportDueOn: day('2022-04-21') }), pointer: '/reportDueOn' },
    { given: WHOLE_SCHEME, when: extendDeadline({ certifyDueOn: day('2022-05-06') }), pointer: '/certifyDueOn' },
    {
      given: WHOLE_SCHEME,
      when: extendDeadline({ offices: [], reportDueOn: day('2022-04-14') }),
      pointer: '/reportDueOn',
    },
    // Of two offices, the one that has the later deadline decides.
    {
      given: WHOLE_SCHEME,
      when: extendDeadline({ offices: ['nan-cdd', 'phrae-cdd'], reportDueOn: day('2022-04-20') }),
    },
  ],
  'extension.extendsNothing': [{ given: WHOLE_SCHEME, when: extendDeadline() }],
  'extension.officeRepeated': [
    { given: WHOLE_SCHEME, when: extendDeadline({ offices: ['a', 'b', 'a'] }), pointer: '/offices/2' },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases)('%#', ({ given: history = [schemePublished()], when: command, pointer }) => {
    given(...history)
      .when(command)
      .thenRejected(code);
    const state = history.reduce((folded, event) => schemeDecider.evolve(folded, event), schemeDecider.initialState);
    if (pointer !== undefined) expect(schemeDecider.decide(command, state)).toMatchObject({ pointer });
  });
});

test('every refusal is explained in both languages', () => {
  for (const code of Object.keys(refused)) expect(schemeRefusals).toHaveProperty([code]);
  for (const { title } of Object.values(schemeRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});

test.each([
  ['before its scheme', [scoringRulePublished()]],
  ['a scheme twice', [schemePublished(), schemePublished()]],
  ['an extension without a calendar', [schemePublished(), deadlineExtended()]],
])('%s cannot have happened', (_title, history) => {
  const fold = () => history.reduce((state, event) => schemeDecider.evolve(state, event), schemeDecider.initialState);
  expect(fold).toThrow(expect.objectContaining({ name: 'ImpossibleHistory' }));
});
