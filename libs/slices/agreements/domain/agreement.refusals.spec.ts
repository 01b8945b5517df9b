import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AgreementCommand } from './agreement.commands';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import {
  addIndicator,
  ANNOUNCED,
  draftAgreement,
  drafted,
  FIRST_HALF,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  reportActual,
  setTarget,
  sign,
  signed,
  stateAfter,
  targetSet,
  termsHashAfter,
  TODAY,
  TRANSCRIBED,
  YEAR,
} from './agreement.examples';
import { agreementRefusals, type AgreementRefusal } from './agreement.refusals';

const { given } = specification(agreementDecider);

const LAST_YEAR = { from: isoDate('2025-10-01'), to: isoDate('2026-09-30') };
const NEXT_QUARTER = { from: isoDate('2027-04-01'), to: isoDate('2027-06-30') };
const REVERSED = { from: FIRST_HALF.to, to: FIRST_HALF.from };
const TOMORROW = isoDate('2027-04-01');
const SUB_INDICATOR = {
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'percent',
} as const;
const FULL: readonly AgreementEvent[] = [
  drafted(),
  ...Array.from({ length: 500 }, (_, index) =>
    indicatorAdded({ indicatorId: `indicator-${index}`, displayNumber: `${index + 1}` }),
  ),
];

interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: Record<string, string | number | readonly string[] | Record<string, string>>;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<AgreementRefusal, readonly Refused[]> = {
  'agreement.notDrafted': [
    { given: [], when: addIndicator() },
    { given: [], when: setTarget() },
    { given: [], when: sign('maker', []) },
    { given: [], when: reportActual() },
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
  ],
  'agreement.termsFixed': [
    { given: IN_EFFECT, when: addIndicator({ indicatorId: 'other', displayNumber: '2' }) },
    { given: IN_EFFECT, when: setTarget({ span: YEAR }, TRANSCRIBED) },
  ],
  'agreement.notForSigning': [
    { given: ANNOUNCED, when: sign('maker', ANNOUNCED), facts: { status: 'announced' } },
    { given: MONITORED, when: sign('maker', MONITORED), facts: { status: 'monitored' } },
  ],
  'agreement.notAParty': [
    { given: READY_DRAFT, when: sign('maker', READY_DRAFT, { officeId: 'district-2' }), pointer: '/officeId' },
    { given: READY_DRAFT, when: sign('maker', READY_DRAFT, { officeId: RECEIVER.officeId }) },
    { given: IN_EFFECT, when: sign('witness', IN_EFFECT, { officeId: 'office-8' }) },
  ],
  'agreement.alreadySignedBySide': [
    { given: [...READY_DRAFT, signed('maker', READY_DRAFT)], when: sign('maker', READY_DRAFT) },
    { given: IN_EFFECT, when: sign('receiver', IN_EFFECT), facts: { side: 'receiver', officeId: RECEIVER.officeId } },
  ],
  'agreement.termsHashDiffers': [
    {
      given: [...READY_DRAFT, targetSet({ value: '1' })],
      when: sign('maker', READY_DRAFT),
      facts: { currentTermsHash: termsHashAfter([...READY_DRAFT, targetSet({ value: '1' })]) },
      pointer: '/termsHash',
    },
    { given: IN_EFFECT, when: sign('witness', [drafted()]), facts: { currentTermsHash: termsHashAfter(READY_DRAFT) } },
  ],
  'agreement.notInEffect': [
    { given: READY_DRAFT, when: reportActual() },
    { given: [...READY_DRAFT, signed('maker', READY_DRAFT)], when: reportActual({}, TRANSCRIBED) },
  ],
  'draft.nothingToSign': [{ given: [drafted()], when: sign('maker', [drafted()]) }],
  'draft.targetMissing': [
    {
      given: [...READY_DRAFT, indicatorAdded({ indicatorId: 'other', displayNumber: '2' })],
      when: sign('maker', READY_DRAFT),
      facts: { indicatorIds: ['other'] },
    },
    {
      given: [...READY_DRAFT, indicatorAdded({ ...SUB_INDICATOR, weight: NOT_STATED })],
      when: sign('maker', READY_DRAFT),
      facts: { indicatorIds: ['online'] },
    },
  ],
  'signature.inTheFuture': [
    {
      given: READY_DRAFT,
      when: sign('maker', READY_DRAFT, { capture: { kind: 'paper', scanSha256: 'b'.repeat(64), signedOn: TOMORROW } }),
      facts: { signedOn: TOMORROW, decidedOn: TODAY },
      pointer: '/capture/signedOn',
    },
  ],
  'indicator.unknown': [
    { given: READY_DRAFT, when: setTarget({ indicatorId: 'constructor' }), facts: { indicatorId: 'constructor' } },
    { given: IN_EFFECT, when: reportActual({ indicatorId: 'other' }), facts: { indicatorId: 'other' } },
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
  'span.reversed': [
    { given: [], when: draftAgreement({ period: { from: YEAR.to, to: YEAR.from } }), pointer: '/period' },
    { given: READY_DRAFT, when: setTarget({ span: REVERSED }), pointer: '/span' },
    { given: READY_DRAFT, when: setTarget({ span: { from: TODAY, to: LAST_YEAR.from } }), pointer: '/span' },
    { given: IN_EFFECT, when: reportActual({ span: REVERSED }), pointer: '/span' },
  ],
  'span.sourceNeeded': [
    { given: READY_DRAFT, when: setTarget({ span: NOT_STATED }), pointer: '/span' },
    { given: MONITORED, when: reportActual({ span: NOT_STATED }), pointer: '/span' },
  ],
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
  'actual.spanOutsidePeriod': [
    { given: IN_EFFECT, when: reportActual({ span: LAST_YEAR }), facts: { period: { ...YEAR } }, pointer: '/span' },
    { given: MONITORED, when: reportActual({ span: { from: isoDate('2026-09-30'), to: TODAY } }, TRANSCRIBED) },
  ],
  'actual.unitDiffers': [
    {
      given: IN_EFFECT,
      when: reportActual({ unit: 'millionBaht' }),
      facts: { indicatorUnit: 'baht' },
      pointer: '/unit',
    },
  ],
  'actual.alreadyReported': [
    {
      given: [...IN_EFFECT, { type: 'ActualReported', data: { ...reportActual().data, span: FIRST_HALF_KEY } }],
      when: reportActual({ value: '2', finality: 'final' }),
      facts: { span: FIRST_HALF_KEY },
      pointer: '/span',
    },
  ],
  'actual.inTheFuture': [
    { given: IN_EFFECT, when: reportActual({ asOf: TOMORROW }), facts: { decidedOn: TODAY }, pointer: '/asOf' },
    { given: MONITORED, when: reportActual({ span: NEXT_QUARTER }), facts: { decidedOn: TODAY }, pointer: '/span' },
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

test('every code that the rules refuse with has its examples above', () => {
  const byAccess = ['agreement.notYours'];
  expect([...Object.keys(refused), ...byAccess].sort()).toEqual(Object.keys(agreementRefusals).sort());
  expect(Object.values(refused).every((cases) => cases.length > 0)).toBe(true);
});
