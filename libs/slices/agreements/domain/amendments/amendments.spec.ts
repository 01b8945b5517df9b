import { isoDate, NOT_STATED, type JsonObject } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AgreementCommand } from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent, AmendmentRequested } from '../agreement.events';
import {
  amendmentApproved,
  amendmentRejected,
  amendmentRequested,
  approveAmendment,
  drafted,
  FIRST_HALF_KEY,
  HEAD,
  IN_EFFECT,
  indicatorAdded,
  inEffect,
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  rejectAmendment,
  requestAmendment,
  stateAfter,
  targetSet,
  TODAY,
  YEAR,
} from '../agreement.examples';
import type { amendmentsRefusals } from './amendments.refusals';

const { given } = specification(agreementDecider);

type Change = AmendmentRequested['data']['changes'][number];

const TARGET = { span: FIRST_HALF_KEY, value: '900000', unit: 'baht' } as const;
const TARGET_CHANGE: Change = { change: 'target', indicatorId: 'income', target: TARGET };
const WEIGHT_CHANGE: Change = { change: 'weight', indicatorId: 'income', weight: '35' };
const CANCELLATION: Change = { change: 'cancelIndicator', indicatorId: 'income', fromRound: '9' };
const ROUNDS = [
  { round: '6', span: { from: YEAR.from, to: TODAY } },
  { round: '9', span: { from: YEAR.from, to: isoDate('2027-06-30') } },
  { round: '12', span: YEAR },
];
const REQUESTED: readonly AgreementEvent[] = [...IN_EFFECT, amendmentRequested()];
const SECOND = { ...RECEIVER, officeId: 'department-1' };
const OF_TWO_RECEIVERS = inEffect([drafted({ parties: [MAKER, RECEIVER, SECOND] }), ...READY_DRAFT.slice(1)]);
const YEAR_OVER: readonly AgreementEvent[] = [
  ...REQUESTED,
  { type: 'AgreementClosed', data: { closedOn: TODAY, closedBy: 'unit' } },
];
const CANCELLED: AgreementEvent = {
  type: 'IndicatorCancelled',
  data: { amendmentId: 'amendment-0', indicatorId: 'income', effectiveFrom: TODAY, fromRound: '9' },
};
const APRIL = isoDate('2027-04-01');

function closed(round: string, span: string): AgreementEvent {
  const scheme = { schemeId: 'provincial', ruleVersion: 1, calendarVersion: 1 };
  const judged = { indicators: [], targetsMet: 0, targetsJudged: 0 };
  const data = { round, span, revision: 1, closedOn: TODAY, closedBy: 'unit', scheme, ...judged };
  return { type: 'EvaluationRoundClosed', data };
}
const FIRST_HALF_CLOSED = closed('6', FIRST_HALF_KEY);
const BOTH_CLOSED = [FIRST_HALF_CLOSED, closed('9', '2026-10-01..2027-06-30')];

describe('requesting an amendment', () => {
  test.each([[TARGET_CHANGE], [WEIGHT_CHANGE], [CANCELLATION]])('of %j', (change) => {
    const basisDocument = { reference: 'หนังสือจังหวัดตัวอย่าง ที่ 12/2570', sha256: 'f'.repeat(64) };
    given(...IN_EFFECT)
      .when(requestAmendment({ changes: [change], basisDocument }, { cutOffOn: TODAY, rounds: ROUNDS }))
      .then(amendmentRequested({ changes: [change], basisDocument }));
  });

  test('may state a target for a span that had none, and move weight to sub-indicators', () => {
    const child = indicatorAdded({
      indicatorId: 'online',
      displayNumber: '1.1',
      parentIndicatorId: 'income',
      weight: NOT_STATED,
    });
    const past = inEffect([...READY_DRAFT, child, targetSet({ indicatorId: 'online' })]);
    const changes: Change[] = [
      { ...TARGET_CHANGE, target: { ...TARGET, span: '2026-10-01..2027-09-30' } },
      { change: 'weight', indicatorId: 'income', weight: '0' },
      { change: 'weight', indicatorId: 'online', weight: '40' },
    ];
    given(...past)
      .when(requestAmendment({ changes }))
      .then(amendmentRequested({ changes }));
  });

  test('of the second half is possible while the first is closed', () => {
    const changes = [{ ...TARGET_CHANGE, target: { ...TARGET, span: '2027-04-01..2027-09-30' } }];
    given(...IN_EFFECT, FIRST_HALF_CLOSED)
      .when(requestAmendment({ changes, effectiveFrom: APRIL }))
      .then(amendmentRequested({ changes, effectiveFrom: APRIL }));
  });
});

describe('deciding an amendment', () => {
  test('changes nothing until the last receiver approves, who makes all changes true', () => {
    const basisDocument = { reference: 'หนังสือจังหวัดตัวอย่าง ที่ 12/2570' };
    const requested = amendmentRequested({ basisDocument, changes: [TARGET_CHANGE, WEIGHT_CHANGE] });
    const origin = { amendmentId: 'amendment-1', indicatorId: 'income', effectiveFrom: TODAY, basisDocument };
    given(...OF_TWO_RECEIVERS, requested)
      .when(approveAmendment())
      .then(amendmentApproved());
    given(...OF_TWO_RECEIVERS, requested, amendmentApproved())
      .when(approveAmendment({ officeId: SECOND.officeId }))
      .then(
        amendmentApproved({ officeId: SECOND.officeId }),
        { type: 'TargetAmended', data: { ...origin, ...TARGET } },
        { type: 'WeightAmended', data: { ...origin, weight: '35' } },
      );
  });

  test('cancels an indicator from a round on', () => {
    given(...IN_EFFECT, amendmentRequested({ changes: [CANCELLATION] }))
      .when(approveAmendment())
      .then(amendmentApproved(), {
        ...CANCELLED,
        data: { ...CANCELLED.data, amendmentId: 'amendment-1' },
      });
  });

  test('may be a rejection, with the reason', () => {
    given(...REQUESTED)
      .when(rejectAmendment())
      .then(amendmentRejected());
  });

  test('comes too late where the round was closed in the meantime', () => {
    given(...REQUESTED, FIRST_HALF_CLOSED)
      .when(approveAmendment())
      .thenRejected('round.closed', { round: '6' });
    given(...REQUESTED, FIRST_HALF_CLOSED)
      .when(rejectAmendment())
      .then(amendmentRejected());
  });
});

interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: JsonObject;
  readonly pointer?: string;
}

const asking = (changes: readonly Change[], rounds = ROUNDS) => requestAmendment({ changes }, { rounds });

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<keyof typeof amendmentsRefusals | 'agreement.closed' | 'round.closed', readonly Refused[]> = {
  'agreement.closed': [requestAmendment(), approveAmendment(), rejectAmendment()].map((when) => ({
    given: YEAR_OVER,
    when,
  })),
  'round.closed': [
    {
      given: [...IN_EFFECT, FIRST_HALF_CLOSED],
      when: requestAmendment({ effectiveFrom: APRIL }),
      facts: { round: '6' },
    },
    { given: [...IN_EFFECT, FIRST_HALF_CLOSED], when: asking([WEIGHT_CHANGE]) },
    // A round that begins later was judged by what stood on its days all the same.
    {
      given: [...IN_EFFECT, closed('12', '2027-07-01..2027-09-30')],
      when: requestAmendment({ changes: [WEIGHT_CHANGE], effectiveFrom: APRIL }),
      facts: { round: '12' },
      pointer: '/effectiveFrom',
    },
    {
      given: [
        ...IN_EFFECT,
        amendmentRequested({ changes: [WEIGHT_CHANGE], effectiveFrom: APRIL }),
        closed('12', '2027-07-01..2027-09-30'),
      ],
      when: approveAmendment(),
      facts: { round: '12' },
    },
    {
      given: [...IN_EFFECT, amendmentRequested({ changes: [CANCELLATION], effectiveFrom: APRIL }), ...BOTH_CLOSED],
      when: approveAmendment(),
    },
    { given: [...IN_EFFECT, closed('9', '2026-01-01..2026-01-02')], when: asking([CANCELLATION]) },
    {
      given: [...IN_EFFECT, closed('12', '2026-01-01..2026-01-02')],
      when: asking([CANCELLATION]),
      pointer: '/changes/0/fromRound',
    },
  ],
  'amendment.notInEffect': [
    { given: READY_DRAFT, when: requestAmendment(), facts: { status: 'draft' } },
    { given: MONITORED, when: approveAmendment(), facts: { status: 'monitored' } },
    { given: MONITORED, when: rejectAmendment() },
  ],
  'amendment.unknown': [
    { given: IN_EFFECT, when: approveAmendment(), facts: { amendmentId: 'amendment-1' } },
    { given: REQUESTED, when: rejectAmendment({ amendmentId: 'constructor' }) },
  ],
  'amendment.alreadyRequested': [{ given: REQUESTED, when: requestAmendment() }],
  'amendment.alreadyDecided': [
    { given: [...REQUESTED, amendmentApproved()], when: rejectAmendment(), facts: { status: 'approved' } },
    { given: [...REQUESTED, amendmentRejected()], when: approveAmendment(), facts: { status: 'rejected' } },
  ],
  'amendment.alreadyApproved': [
    {
      given: [...OF_TWO_RECEIVERS, amendmentRequested(), amendmentApproved()],
      when: approveAmendment(),
      pointer: '/officeId',
    },
  ],
  'amendment.own': [
    { given: REQUESTED, when: approveAmendment({ approvedBy: HEAD }) },
    { given: REQUESTED, when: rejectAmendment({ rejectedBy: HEAD }) },
  ],
  'amendment.afterCutOff': [
    {
      given: IN_EFFECT,
      when: requestAmendment({}, { cutOffOn: isoDate('2027-03-30') }),
      facts: { cutOffOn: '2027-03-30' },
    },
  ],
  'amendment.nothingChanged': [{ given: IN_EFFECT, when: asking([]), pointer: '/changes' }],
  'amendment.changeRepeated': [
    { given: IN_EFFECT, when: asking([WEIGHT_CHANGE, WEIGHT_CHANGE]), pointer: '/changes/1' },
    { given: IN_EFFECT, when: asking([TARGET_CHANGE, { ...TARGET_CHANGE, target: { ...TARGET, value: '1' } }]) },
  ],
  'amendment.changeIncomplete': [
    { change: 'target', indicatorId: 'income' } as const,
    { change: 'weight', indicatorId: 'income', target: TARGET } as const,
    { ...TARGET_CHANGE, weight: '1' },
    { change: 'cancelIndicator', indicatorId: 'income' } as const,
  ].map((change) => ({ given: IN_EFFECT, when: asking([change]), pointer: '/changes/0' })),
  'amendment.alreadySo': [
    { given: IN_EFFECT, when: asking([{ ...WEIGHT_CHANGE, weight: '40' }]), pointer: '/changes/0/weight' },
    {
      given: IN_EFFECT,
      when: asking([{ ...TARGET_CHANGE, target: { ...TARGET, value: '1200000', criterion: 'single' } }]),
      pointer: '/changes/0/target',
    },
  ],
  'amendment.indicatorCancelled': [{ given: [...IN_EFFECT, CANCELLED], when: asking([WEIGHT_CHANGE]) }],
  'amendment.roundUnknown': [
    {
      given: IN_EFFECT,
      when: asking([{ ...CANCELLATION, fromRound: '3' }]),
      facts: { rounds: ['6', '9', '12'] },
      pointer: '/changes/0/fromRound',
    },
  ],
  'amendment.effectiveOutsidePeriod': ['2026-09-30', '2027-10-01'].map((day) => ({
    given: IN_EFFECT,
    when: requestAmendment({ effectiveFrom: isoDate(day) }),
    facts: { period: { ...YEAR } },
    pointer: '/effectiveFrom',
  })),
  'amendment.effectiveTooEarly': [
    {
      given: IN_EFFECT,
      when: requestAmendment({ effectiveFrom: isoDate('2027-03-30') }),
      facts: { effectiveOn: TODAY },
      pointer: '/effectiveFrom',
    },
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

test('a change is judged by the rules of terms, and told where it stands', () => {
  const decided = (change: Change) => agreementDecider.decide(asking([change]), stateAfter(IN_EFFECT));
  expect(decided({ ...TARGET_CHANGE, indicatorId: 'other' })).toMatchObject({
    code: 'indicator.unknown',
    pointer: '/changes/0/indicatorId',
  });
  expect(decided({ ...TARGET_CHANGE, target: { ...TARGET, unit: 'percent' } })).toMatchObject({
    code: 'target.unitDiffers',
    pointer: '/changes/0/target/unit',
  });
  expect(decided({ ...TARGET_CHANGE, target: { ...TARGET, span: '2027-09-30..2026-10-01' } })).toMatchObject({
    code: 'span.reversed',
    pointer: '/changes/0/target/span',
  });
  expect(decided({ ...WEIGHT_CHANGE, weight: '-1' })).toMatchObject({
    code: 'indicator.weightNegative',
    pointer: '/changes/0/weight',
  });
});

test('weight that moves to a sub-indicator leaves the indicator above it', () => {
  const child = { indicatorId: 'online', displayNumber: '1.1', parentIndicatorId: 'income', weight: NOT_STATED };
  const past = inEffect([...READY_DRAFT, indicatorAdded(child), targetSet({ indicatorId: 'online' })]);
  given(...past)
    .when(asking([{ change: 'weight', indicatorId: 'online', weight: '40' }]))
    .thenRejected('indicator.weightSplit', { carriedBy: '1' });
});
