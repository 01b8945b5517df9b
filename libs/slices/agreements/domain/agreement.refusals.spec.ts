import { isoDate, NOT_STATED, type JsonObject } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AgreementCommand } from './agreement.commands';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent, Direction } from './agreement.events';
import {
  actualReported,
  addIndicator,
  ANNOUNCED,
  draftAgreement,
  drafted,
  FIRST_HALF,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  indicatorRevised,
  MAKER,
  MONITORED,
  proposed,
  proposeTerms,
  READY_DRAFT,
  RECEIVER,
  removeIndicator,
  returnTerms,
  reviseIndicator,
  setTarget,
  sign,
  stateAfter,
  targetSet,
  TODAY,
  TRANSCRIBED,
  withdrawAgreement,
  withdrawn,
  YEAR,
} from './agreement.examples';
import type { termsRefusals } from './terms/terms.refusals';

const { given } = specification(agreementDecider);

const LAST_YEAR = { from: isoDate('2025-10-01'), to: isoDate('2026-09-30') };
const REVERSED = { from: FIRST_HALF.to, to: FIRST_HALF.from };
const SUB_INDICATOR = {
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'percent',
} as const;
const WITH_CHILD: readonly AgreementEvent[] = [
  ...READY_DRAFT,
  indicatorAdded({ ...SUB_INDICATOR, weight: NOT_STATED }),
];
const WITHDRAWN: readonly AgreementEvent[] = [...READY_DRAFT, withdrawn()];
const CALENDAR = [
  { round: '6', span: FIRST_HALF },
  { round: '12', span: YEAR },
];
const KEEPER_OFFICE = { officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' };

function going(direction: Direction): readonly AgreementEvent[] {
  return [drafted(), indicatorAdded({ direction })];
}

function milestonesAt(...levels: readonly number[]): Parameters<typeof setTarget>[0] {
  const milestones = levels.map((level) => ({ level, description: 'ขั้นตอน' }));
  return { criterion: 'milestones', milestones, value: undefined };
}

const FULL: readonly AgreementEvent[] = [
  drafted(),
  ...Array.from({ length: 500 }, (_, index) =>
    indicatorAdded({ indicatorId: `indicator-${index}`, displayNumber: `${index + 1}` }),
  ),
];

interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: JsonObject;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<keyof typeof termsRefusals, readonly Refused[]> = {
  'agreement.notDrafted': [
    { given: [], when: addIndicator() },
    { given: [], when: setTarget() },
    { given: [], when: sign('maker', []) },
  ],
  'agreement.alreadyDrafted': [
    { given: [drafted()], when: draftAgreement() },
    { given: IN_EFFECT, when: draftAgreement() },
    { given: ANNOUNCED, when: draftAgreement({ basis: 'announced' }, TRANSCRIBED) },
  ],
  'agreement.fiscalYearOutOfRange': [
    { given: [], when: draftAgreement({ fiscalYear: 2027 }), facts: { fiscalYear: 2027 }, pointer: '/fiscalYear' },
    { given: [], when: draftAgreement({ fiscalYear: 2643, period: undefined }) },
  ],
  'agreement.provinceUnknown': [
    { given: [], when: draftAgreement({ province: 'TH-99' }), facts: { province: 'TH-99' }, pointer: '/province' },
  ],
  'agreement.periodOutsideFiscalYear': [
    { given: [], when: draftAgreement({ period: LAST_YEAR }), facts: { fiscalYear: { ...YEAR } }, pointer: '/period' },
    { given: [], when: draftAgreement({ fiscalYear: 2569 }) },
  ],
  'agreement.partyRepeated': [
    {
      given: [],
      when: draftAgreement({ parties: [MAKER, RECEIVER, { ...MAKER, side: 'witness' }] }),
      facts: { officeId: MAKER.officeId },
      pointer: '/parties/2',
    },
  ],
  'agreement.partyMissing': [
    {
      given: [],
      when: draftAgreement({ parties: [] }),
      facts: { missing: ['maker', 'receiver'] },
      pointer: '/parties',
    },
    { given: [], when: draftAgreement({ parties: [MAKER] }, TRANSCRIBED), facts: { missing: ['receiver'] } },
  ],
  'agreement.sourceNeeded': [
    { given: [], when: draftAgreement({ basis: 'announced' }), pointer: '/basis' },
    { given: ANNOUNCED, when: addIndicator({ indicatorId: 'other', displayNumber: '2' }) },
    { given: ANNOUNCED, when: setTarget() },
    { given: ANNOUNCED, when: reviseIndicator() },
  ],
  'agreement.parentRepeated': [
    {
      given: [],
      when: draftAgreement({
        parents: ['governor', 'department'].map(() => ({ chain: 'governor', agreementId: 'a' })),
      }),
      pointer: '/parents/1',
    },
  ],
  'agreement.withdrawn': [
    { given: WITHDRAWN, when: addIndicator() },
    { given: WITHDRAWN, when: setTarget() },
    { given: WITHDRAWN, when: proposeTerms() },
    { given: WITHDRAWN, when: sign('maker', READY_DRAFT) },
  ],
  'agreement.termsFixed': [
    { given: IN_EFFECT, when: addIndicator({ indicatorId: 'other', displayNumber: '2' }) },
    { given: IN_EFFECT, when: setTarget({ span: YEAR }, TRANSCRIBED) },
    { given: IN_EFFECT, when: reviseIndicator({}, TRANSCRIBED) },
    { given: IN_EFFECT, when: removeIndicator() },
    { given: IN_EFFECT, when: proposeTerms() },
    { given: IN_EFFECT, when: withdrawAgreement() },
  ],
  'indicator.unknown': [
    { given: READY_DRAFT, when: setTarget({ indicatorId: 'constructor' }), facts: { indicatorId: 'constructor' } },
    { given: READY_DRAFT, when: reviseIndicator({ indicatorId: 'other' }), facts: { indicatorId: 'other' } },
    { given: READY_DRAFT, when: removeIndicator({ indicatorId: 'other' }), facts: { indicatorId: 'other' } },
    {
      given: [...READY_DRAFT, proposed(READY_DRAFT)],
      when: returnTerms(READY_DRAFT, { comments: [{ comment: 'ก' }, { indicatorId: 'other', comment: 'ข' }] }),
      pointer: '/comments/1/indicatorId',
    },
  ],
  'indicator.alreadyAdded': [
    { given: READY_DRAFT, when: addIndicator({ displayNumber: '2' }), facts: { indicatorId: 'income' } },
  ],
  'indicator.tooMany': [{ given: FULL, when: addIndicator({ displayNumber: '501' }), facts: { countMax: 500 } }],
  'indicator.numberMalformed': ['', '0', '01', '8.', 'ก', '๘', '8,1', '12345'].map((displayNumber) => ({
    given: [drafted()],
    when: addIndicator({ displayNumber }),
    facts: { displayNumber },
    pointer: '/displayNumber',
  })),
  'indicator.numberTaken': [
    {
      given: READY_DRAFT,
      when: addIndicator({ indicatorId: 'other' }),
      facts: { displayNumber: '1' },
      pointer: '/displayNumber',
    },
  ],
  'indicator.goalNumberOutOfRange': [0, 100, -1].map((goalNumber) => ({
    given: [drafted()],
    when: addIndicator({ goalNumber }),
    facts: { goalNumber },
    pointer: '/goalNumber',
  })),
  'indicator.weightNegative': [
    { given: [drafted()], when: addIndicator({ weight: '-0.5' }), facts: { weight: '-0.5' }, pointer: '/weight' },
  ],
  'indicator.parentUnknown': [
    {
      given: [drafted()],
      when: addIndicator(SUB_INDICATOR),
      facts: { parentIndicatorId: 'income' },
      pointer: '/parentIndicatorId',
    },
  ],
  'indicator.numberNotBelowParent': ['2.1', '11', '2'].map((displayNumber) => ({
    given: READY_DRAFT,
    when: addIndicator({ ...SUB_INDICATOR, displayNumber, weight: NOT_STATED }),
    facts: { parentNumber: '1' },
    pointer: '/displayNumber',
  })),
  'indicator.weightSplit': [
    { given: READY_DRAFT, when: addIndicator(SUB_INDICATOR), facts: { carriedBy: '1' }, pointer: '/weight' },
    {
      given: [drafted(), indicatorAdded({ weight: NOT_STATED }), indicatorAdded({ ...SUB_INDICATOR, weight: '1' })],
      when: reviseIndicator({ weight: '40' }),
      facts: { carriedBy: '1.1' },
    },
    {
      given: [...READY_DRAFT, indicatorAdded({ ...SUB_INDICATOR, weight: NOT_STATED })],
      when: addIndicator({ indicatorId: 'shops', displayNumber: '1.1.1', parentIndicatorId: 'online', weight: '0.01' }),
      facts: { carriedBy: '1' },
    },
    {
      given: [...MONITORED, indicatorAdded({ ...SUB_INDICATOR, weight: NOT_STATED })],
      when: addIndicator({ indicatorId: 'shops', displayNumber: '1.1.1', parentIndicatorId: 'online', weight: '0.01' }),
      facts: { carriedBy: '1' },
    },
  ],
  'indicator.numberNotAboveSubIndicators': [
    {
      given: WITH_CHILD,
      when: reviseIndicator({ displayNumber: '2' }),
      facts: { subIndicatorNumbers: ['1.1'] },
      pointer: '/displayNumber',
    },
  ],
  'indicator.hasSubIndicators': [
    { given: WITH_CHILD, when: removeIndicator(), facts: { subIndicatorNumbers: ['1.1'] } },
  ],
  'indicator.hasActuals': [
    {
      given: [...MONITORED, actualReported()],
      when: removeIndicator({}, TRANSCRIBED),
      facts: { spans: [FIRST_HALF_KEY] },
    },
  ],
  'indicator.sourceNeeded': [
    { given: MONITORED, when: reviseIndicator() },
    { given: MONITORED, when: removeIndicator() },
  ],
  'indicator.unitInUse': [
    {
      given: READY_DRAFT,
      when: reviseIndicator({ unit: 'percent' }),
      facts: { spans: [FIRST_HALF_KEY] },
      pointer: '/unit',
    },
    { given: [...MONITORED, actualReported()], when: reviseIndicator({ unit: 'percent' }, TRANSCRIBED) },
  ],
  'indicator.directionInUse': [
    {
      given: READY_DRAFT,
      when: reviseIndicator({ direction: 'date' }),
      facts: { spans: [FIRST_HALF_KEY] },
      pointer: '/direction',
    },
  ],
  'indicator.keeperRepeated': [
    { given: [drafted()], when: addIndicator({ keepers: [KEEPER_OFFICE, KEEPER_OFFICE] }), pointer: '/keepers/1' },
  ],
  'indicator.keepersMissing': [
    { given: [drafted()], when: addIndicator({ kind: 'joint' }), facts: { countMin: 2 }, pointer: '/keepers' },
    { given: [drafted()], when: addIndicator({ kind: 'joint', keepers: [KEEPER_OFFICE] }) },
  ],
  'indicator.roundMissing': [{ given: [drafted()], when: addIndicator({ rounds: [] }), pointer: '/rounds' }],
  'indicator.roundRepeated': [
    { given: [drafted()], when: addIndicator({ rounds: ['6', '9', '6'] }), pointer: '/rounds/2' },
  ],
  'indicator.roundUnknown': [
    {
      given: [drafted()],
      when: { ...addIndicator({ rounds: ['12', '9'] }), calendar: CALENDAR },
      facts: { round: '9', rounds: ['6', '12'] },
      pointer: '/rounds/1',
    },
    { given: READY_DRAFT, when: { ...reviseIndicator({ rounds: ['9'] }), calendar: CALENDAR }, pointer: '/rounds/0' },
    {
      given: [...READY_DRAFT, indicatorRevised({ rounds: ['6', '9'] })],
      when: { ...proposeTerms(), calendar: CALENDAR },
      facts: { indicatorIds: ['income'], rounds: ['6', '12'] },
    },
  ],
  'indicator.baselineRepeated': [
    {
      given: [drafted()],
      when: addIndicator({ baselines: ['1', '2'].map((value) => ({ fiscalYear: 2569, value })) }),
      pointer: '/baselines/1/fiscalYear',
    },
  ],
  'indicator.baselineNotEarlier': [
    {
      given: [drafted()],
      when: addIndicator({ baselines: [{ fiscalYear: 2570, value: '1' }] }),
      facts: { fiscalYear: 2570 },
      pointer: '/baselines/0/fiscalYear',
    },
  ],
  'span.reversed': [
    { given: [], when: draftAgreement({ period: { from: YEAR.to, to: YEAR.from } }), pointer: '/period' },
    { given: READY_DRAFT, when: setTarget({ span: REVERSED }), pointer: '/span' },
    { given: READY_DRAFT, when: setTarget({ span: { from: TODAY, to: LAST_YEAR.from } }), pointer: '/span' },
  ],
  'span.sourceNeeded': [
    { given: READY_DRAFT, when: setTarget({ span: NOT_STATED }), pointer: '/span' },
    { given: READY_DRAFT, when: setTarget({ comparisonSpan: NOT_STATED }), pointer: '/comparisonSpan' },
  ],
  'target.fieldsDoNotFit': [
    { value: undefined },
    { levels: ['1'] },
    { criterion: 'fiveLevels' },
    { criterion: 'threeAnchors', levels: ['1', '2', '3'], dates: [TODAY] },
    { criterion: 'milestones' },
    { criterion: 'milestones', milestones: [{ level: 1, description: 'ก' }] },
    { criterion: 'dates', value: undefined },
    { criterion: 'dates', dates: [TODAY], value: undefined, comparisonSpan: 'notStated' },
  ].map((changes) => ({ given: READY_DRAFT, when: setTarget(changes as Parameters<typeof setTarget>[0]) })),
  'target.criterionDoesNotFit': [
    { given: going('milestone'), when: setTarget(), facts: { criterion: 'single', direction: 'milestone' } },
    { given: going('judged'), when: setTarget() },
    { given: going('higher'), when: setTarget({ criterion: 'dates', dates: [TODAY], value: undefined }) },
    { given: going('date'), when: setTarget({ criterion: 'threeAnchors', levels: ['1', '2', '3'] }) },
  ],
  'target.anchorCountWrong': [
    { given: READY_DRAFT, when: setTarget({ criterion: 'fiveLevels', levels: ['1', '2', '3', '4'] }) },
    { given: READY_DRAFT, when: setTarget({ criterion: 'threeAnchors', levels: ['1', '2', '3', '4', '5'] }) },
    { given: going('date'), when: setTarget({ criterion: 'dates', dates: [TODAY, TODAY], value: undefined }) },
    { given: going('milestone'), when: setTarget({ criterion: 'milestones', milestones: [], value: undefined }) },
  ],
  'target.anchorsNotMonotone': [
    { given: READY_DRAFT, when: setTarget({ criterion: 'threeAnchors', levels: ['1', '3', '2'] }) },
    { given: READY_DRAFT, when: setTarget({ criterion: 'threeAnchors', levels: ['3', '2', '1'] }) },
    { given: going('lower'), when: setTarget({ criterion: 'threeAnchors', levels: ['1', '2', '3'] }) },
    { given: going('milestone'), when: setTarget(milestonesAt(2, 2)) },
  ],
  'target.levelOutOfRange': [0, 6].map((level) => ({
    given: going('milestone'),
    when: setTarget(milestonesAt(level)),
  })),
  'target.comparisonSpanUnfit': [FIRST_HALF_KEY, 'last year', '2026-03-31..2025-10-01'].map((comparisonSpan) => ({
    given: READY_DRAFT,
    when: setTarget({ comparisonSpan }),
    facts: { comparisonSpan },
    pointer: '/comparisonSpan',
  })),
  'target.spanOutsidePeriod': [
    { given: READY_DRAFT, when: setTarget({ span: LAST_YEAR }), facts: { period: { ...YEAR } }, pointer: '/span' },
    { given: ANNOUNCED, when: setTarget({ span: { from: YEAR.from, to: isoDate('2027-10-01') } }, TRANSCRIBED) },
  ],
  'target.unitDiffers': [
    {
      given: READY_DRAFT,
      when: setTarget({ unit: 'millionBaht' }),
      facts: { indicatorUnit: 'baht' },
      pointer: '/unit',
    },
    { given: ANNOUNCED, when: setTarget({ unit: NOT_STATED }, TRANSCRIBED) },
  ],
  'target.alreadySet': [
    {
      given: [...ANNOUNCED, targetSet()],
      when: setTarget({ value: '1' }, TRANSCRIBED),
      facts: { span: FIRST_HALF_KEY },
      pointer: '/span',
    },
    { given: [...MONITORED, targetSet({ span: NOT_STATED })], when: setTarget({ span: NOT_STATED }, TRANSCRIBED) },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((example, index) => [index + 1, example] as const))('case %i', (_number, example) => {
    given(...example.given)
      .when(example.when)
      .thenRejected(code, example.facts);
    const refusal = agreementDecider.decide(example.when, stateAfter(example.given));
    expect(refusal).toMatchObject(example.pointer === undefined ? {} : { pointer: example.pointer });
  });
});

test('every code has its examples above', () => {
  expect(Object.values(refused).every((cases) => cases.length > 0)).toBe(true);
});
