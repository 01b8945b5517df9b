import { isoDate, NOT_STATED, spanOfFiscalYear } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import {
  actualReported,
  addIndicator,
  ANNOUNCED,
  draftAgreement,
  drafted,
  IN_EFFECT,
  indicatorAdded,
  MONITORED,
  READY_DRAFT,
  reportActual,
  setTarget,
  signed,
  targetSet,
  TODAY,
  TRANSCRIBED,
  YEAR,
} from './agreement.examples';

const { given } = specification(agreementDecider);

const SUB_INDICATOR = {
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'percent',
} as const;
const SIGNED_BY_MAKER: readonly AgreementEvent[] = [...READY_DRAFT, signed('maker', READY_DRAFT)];

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

  test('keeps the printed number beside the display number', () => {
    const child = { ...SUB_INDICATOR, weight: NOT_STATED, printedNumber: '1' };
    given(...READY_DRAFT)
      .when(addIndicator(child))
      .then(indicatorAdded(child));
  });
});

describe('setting targets', () => {
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

describe('reporting actuals', () => {
  test.each([
    ['in effect', IN_EFFECT],
    ['announced', ANNOUNCED],
    ['monitored', MONITORED],
  ])('of what is %s', (_status, past) => {
    given(...past)
      .when(reportActual())
      .then(actualReported());
  });

  test('for a single day, which may be today', () => {
    given(...IN_EFFECT)
      .when(reportActual({ span: { from: TODAY, to: TODAY }, asOf: TODAY }))
      .then(actualReported({ span: '2027-03-31..2027-03-31', asOf: TODAY }));
  });

  test('once for each indicator and span', () => {
    const other = indicatorAdded({ indicatorId: 'other', displayNumber: '2' });
    given(...MONITORED, other, actualReported())
      .when(reportActual({ indicatorId: 'other' }))
      .then(actualReported({ indicatorId: 'other' }));
    given(...MONITORED, actualReported())
      .when(reportActual({ span: NOT_STATED }, TRANSCRIBED))
      .then(actualReported({ span: NOT_STATED }));
  });

  test('keeps the digits, the evidence, and what is private to the keeper', () => {
    const told = {
      value: '0.10',
      finality: 'final',
      asOf: TODAY,
      asPrinted: '๐.๑๐',
      evidence: [{ sha256: 'c'.repeat(64), mediaType: 'application/pdf', name: 'สรุปยอดจำหน่าย' }],
      note: 'รอใบเสร็จจากสองร้าน',
      preparedBy: 'สมมุติ ตัวอย่าง',
    } as const;
    given(...IN_EFFECT)
      .when(reportActual(told))
      .then(actualReported(told));
  });

  test('from a document that looks ahead is taken as the document says', () => {
    const asOf = isoDate('2027-09-30');
    given(...MONITORED)
      .when(reportActual({ asOf }, TRANSCRIBED))
      .then(actualReported({ asOf }));
  });
});
