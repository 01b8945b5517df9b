import { isoDate, NOT_STATED, spanOfFiscalYear } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import {
  ACCEPTED,
  addIndicator,
  ANNOUNCED,
  draftAgreement,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MAKER,
  MONITORED,
  READY_DRAFT,
  removeIndicator,
  reviseIndicator,
  setTarget,
  signed,
  targetSet,
  TODAY,
  TRANSCRIBED,
  voided,
  withdrawn,
  YEAR,
} from './agreement.examples';

const { given } = specification(agreementDecider);

const SUB_INDICATOR = {
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'percent',
} as const;
const SIGNED_BY_MAKER: readonly AgreementEvent[] = [...ACCEPTED, signed('maker', READY_DRAFT)];

describe('drafting', () => {
  test('an agreement without a period runs for its fiscal year', () => {
    given()
      .when(draftAgreement({ period: undefined }))
      .then(drafted({ period: spanOfFiscalYear(2570) }));
  });

  test('a period may reach beyond the fiscal year that it begins in', () => {
    const period = { from: isoDate('2027-01-01'), to: isoDate('2027-12-31') };
    given().when(draftAgreement({ period })).then(drafted({ period }));
  });

  test.each([2344, 2642])('the ledger can date every day of fiscal year %i', (fiscalYear) => {
    given()
      .when(draftAgreement({ fiscalYear, period: undefined }))
      .then(drafted({ fiscalYear, period: spanOfFiscalYear(fiscalYear) }));
  });

  test.each([
    { from: YEAR.to, to: isoDate('2028-09-30') },
    { from: isoDate('2025-10-01'), to: YEAR.from },
  ])('one day in the fiscal year is enough for the period $from to $to', (period) => {
    given().when(draftAgreement({ period })).then(drafted({ period }));
  });

  test('names its superiors and the scheme by which it is scored', () => {
    const origins = {
      parents: [
        { chain: 'governor', agreementId: 'agreement-of-the-province' },
        { chain: 'department', agreementId: 'agreement-of-the-department' },
      ],
      scheme: { schemeId: 'provincial', ruleVersion: 1, calendarVersion: 2 },
    } as const;
    given().when(draftAgreement(origins)).then(drafted(origins));
  });

  test('begins anew where a draft was withdrawn', () => {
    given(...ACCEPTED, withdrawn())
      .when(draftAgreement({ title: 'ร่างใหม่' }))
      .then(drafted({ title: 'ร่างใหม่' }));
  });

  test('takes over the indicators of another agreement, parents first', () => {
    const parent = indicatorAdded({ weight: NOT_STATED });
    const child = indicatorAdded({ ...SUB_INDICATOR, weight: '40' });
    given()
      .when({ ...draftAgreement(), indicators: [parent.data, child.data] })
      .then(drafted(), parent, child);
    given()
      .when({ ...draftAgreement(), indicators: [child.data, parent.data] })
      .thenRejected('indicator.parentUnknown');
  });

  test('an announcement names no parties where its document names none', () => {
    given()
      .when(draftAgreement({ basis: 'announced', parties: [], announcedOn: TODAY }, TRANSCRIBED))
      .then(drafted({ basis: 'announced', parties: [], announcedOn: TODAY }));
  });

  test('figures can be followed by their keeper without any agreement or document', () => {
    given()
      .when(draftAgreement({ basis: 'monitoringOnly', parties: [] }))
      .then(drafted({ basis: 'monitoringOnly', parties: [] }));
  });
});

describe('adding indicators', () => {
  test.each([
    ['a draft', [drafted()]],
    ['what is monitored', [drafted({ basis: 'monitoringOnly' })]],
  ])('to %s', (_where, past) => {
    given(...past)
      .when(addIndicator())
      .then(indicatorAdded());
  });

  test('to an announced agreement, from its document', () => {
    given(drafted({ basis: 'announced' }))
      .when(addIndicator({}, TRANSCRIBED))
      .then(indicatorAdded());
  });

  test.each([
    ['the parent', '40', NOT_STATED],
    ['the parent, and the child counts for nothing', '40', '0.00'],
    ['the child', '0', '40'],
    ['the child, and nothing is said of the parent', NOT_STATED, '40'],
    ['neither, as far as is known', NOT_STATED, NOT_STATED],
  ])('weight is carried by %s', (_where, weight, childWeight) => {
    const child = { ...SUB_INDICATOR, weight: childWeight };
    given(drafted(), indicatorAdded({ weight })).when(addIndicator(child)).then(indicatorAdded(child));
  });

  test.each([1, 99])('for joint goal %i', (goalNumber) => {
    given(drafted()).when(addIndicator({ goalNumber })).then(indicatorAdded({ goalNumber }));
  });

  test('with everything that a sheet of terms can say', () => {
    const inFull = {
      definition: 'มูลค่าจำหน่ายจากผู้ผลิตที่ลงทะเบียน',
      unitPrinted: 'บาท',
      kind: 'joint',
      accumulation: 'cumulative',
      rounds: ['sixMonths', 'twelveMonths'],
      keepers: [MAKER, { ...MAKER, officeId: 'district-2' }].map(({ officeId, officeName }) => ({
        officeId,
        officeName,
      })),
      coOwners: [{ name: 'หอการค้าจังหวัดตัวอย่าง' }],
      baselines: [
        { fiscalYear: 2568, value: NOT_STATED },
        { fiscalYear: 2569, value: '1100000' },
      ],
    } as const;
    given(drafted()).when(addIndicator(inFull)).then(indicatorAdded(inFull));
  });

  test('keeps the printed number beside the display number', () => {
    const child = { ...SUB_INDICATOR, weight: NOT_STATED, printedNumber: '1' };
    given(...READY_DRAFT)
      .when(addIndicator(child))
      .then(indicatorAdded(child));
  });
});

describe('revising indicators', () => {
  const renamed = { name: 'รายได้จากผลิตภัณฑ์ชุมชนและการท่องเที่ยว' };

  test('in a draft, where it voids the signatures on the earlier terms', () => {
    given(...READY_DRAFT)
      .when(reviseIndicator(renamed))
      .then(indicatorRevised(renamed));
    given(...SIGNED_BY_MAKER)
      .when(reviseIndicator(renamed))
      .then(indicatorRevised(renamed), voided(MAKER));
  });

  test('in a draft to what it is already changes nothing', () => {
    given(...SIGNED_BY_MAKER)
      .when(reviseIndicator())
      .thenNothing();
  });

  test.each([
    ['announced', ANNOUNCED],
    ['monitored', MONITORED],
  ])('of what is %s, from a document', (_status, past) => {
    given(...past)
      .when(reviseIndicator(renamed, TRANSCRIBED))
      .then(indicatorRevised(renamed));
  });

  test('under a new number that its sub-indicators have gone to before', () => {
    const child = indicatorAdded({ ...SUB_INDICATOR, displayNumber: '3.1', weight: NOT_STATED });
    given(drafted(), indicatorAdded({ displayNumber: '3' }), child)
      .when(reviseIndicator({ displayNumber: '3', weight: '35' }))
      .then(indicatorRevised({ displayNumber: '3', weight: '35' }));
  });

  test('to a unit that nobody knows keeps targets in any', () => {
    given(...READY_DRAFT)
      .when(reviseIndicator({ unit: NOT_STATED }))
      .then(indicatorRevised({ unit: NOT_STATED }));
  });
});

describe('removing indicators', () => {
  test('takes their targets along, and voids the signatures', () => {
    given(...SIGNED_BY_MAKER)
      .when(removeIndicator({ reason: 'ซ้ำกับตัวชี้วัดอื่น' }))
      .then(indicatorRemoved({ reason: 'ซ้ำกับตัวชี้วัดอื่น' }), voided(MAKER));
    given(...READY_DRAFT, indicatorRemoved())
      .when(addIndicator())
      .then(indicatorAdded());
  });

  test('from what is monitored, as a document says, while nothing was reported', () => {
    given(...MONITORED)
      .when(removeIndicator({}, TRANSCRIBED))
      .then(indicatorRemoved());
  });
});

describe('setting targets', () => {
  test.each([
    ['higher', { criterion: 'single', value: '1' }],
    ['higher', { criterion: 'fiveLevels', levels: ['1', '1', '2', '3', '3'] }],
    ['higher', { criterion: 'threeAnchors', levels: ['1150.40', '1202.17', '1256.27'], value: '1202.17' }],
    ['lower', { criterion: 'fiveLevels', levels: ['5', '4', '3', '2', '1'] }],
    [NOT_STATED, { criterion: 'threeAnchors', levels: ['3', '2', '1'] }],
    [
      'milestone',
      {
        criterion: 'milestones',
        milestones: [
          { level: 1, description: 'แต่งตั้งศูนย์บัญชาการ' },
          { level: 5, description: 'ซ้อมแผนครบทุกระดับ' },
        ],
      },
    ],
    ['date', { criterion: 'dates', dates: [isoDate('2027-03-31'), isoDate('2027-02-28'), isoDate('2027-01-31')] }],
    ['higher', { value: '1', comparisonSpan: '2025-10-01..2026-03-31' }],
  ] as const)('of an indicator that goes %s: %j', (direction, criterion) => {
    const stated = { value: undefined, ...criterion };
    given(drafted(), indicatorAdded({ direction })).when(setTarget(stated)).then(targetSet(stated));
  });

  test('as a change against a span that a document leaves open', () => {
    const comparisonSpan = NOT_STATED;
    given(...ANNOUNCED)
      .when(setTarget({ comparisonSpan }, TRANSCRIBED))
      .then(targetSet({ comparisonSpan, span: FIRST_HALF_KEY }));
  });

  test('in a draft, and anew for the same span', () => {
    given(drafted(), indicatorAdded()).when(setTarget()).then(targetSet());
    given(...READY_DRAFT)
      .when(setTarget({ value: '1500000' }))
      .then(targetSet({ value: '1500000' }));
  });

  test('in a draft to what it is already changes nothing', () => {
    given(...READY_DRAFT)
      .when(setTarget())
      .thenNothing();
    given(...SIGNED_BY_MAKER)
      .when(setTarget())
      .thenNothing();
  });

  test('in a draft to the same value in other digits is a change, because the terms print it', () => {
    given(...READY_DRAFT)
      .when(setTarget({ value: '1200000.00' }))
      .then(targetSet({ value: '1200000.00' }));
  });

  test('for several spans', () => {
    given(...READY_DRAFT)
      .when(setTarget({ span: YEAR }))
      .then(targetSet({ span: '2026-10-01..2027-09-30' }));
  });

  test('of an announced agreement, for a span that its document leaves open', () => {
    given(...ANNOUNCED)
      .when(setTarget({ span: NOT_STATED }, TRANSCRIBED))
      .then(targetSet({ span: NOT_STATED }));
  });

  test('in any unit where that of the indicator is not stated', () => {
    given(drafted(), indicatorAdded({ unit: NOT_STATED }))
      .when(setTarget({ unit: 'percent' }))
      .then(targetSet({ unit: 'percent' }));
  });
});
