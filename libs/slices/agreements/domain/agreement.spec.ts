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
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  reportActual,
  setTarget,
  sign,
  signed,
  targetSet,
  TODAY,
  tookEffect,
  TRANSCRIBED,
  YEAR,
} from './agreement.examples';

const { given } = specification(agreementDecider);

const YESTERDAY = isoDate('2027-03-30');
const SUB_INDICATOR = {
  indicatorId: 'online',
  displayNumber: '1.1',
  parentIndicatorId: 'income',
  unit: 'percent',
} as const;
const SIGNED_BY_MAKER: readonly AgreementEvent[] = [...READY_DRAFT, signed('maker', READY_DRAFT)];
const voided = (
  ...signatures: readonly { side: 'maker' | 'receiver' | 'witness'; officeId: string }[]
): AgreementEvent => ({
  type: 'SignaturesVoided',
  data: { signatures },
});

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

  test('keeps the printed number beside the display number', () => {
    const child = { ...SUB_INDICATOR, weight: NOT_STATED, printedNumber: '1', goalNumber: 99 };
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

describe('signing', () => {
  test('by one side does not put the agreement into effect', () => {
    given(...READY_DRAFT)
      .when(sign('maker', READY_DRAFT))
      .then(signed('maker', READY_DRAFT));
    given(...READY_DRAFT)
      .when(sign('witness', READY_DRAFT))
      .then(signed('witness', READY_DRAFT));
  });

  test('by the last maker or receiver puts the agreement into effect in the same decision', () => {
    given(...SIGNED_BY_MAKER)
      .when(sign('receiver', READY_DRAFT))
      .then(signed('receiver', READY_DRAFT), tookEffect(READY_DRAFT));
  });

  test('on paper counts from the day on the paper, and the agreement from the latest of these days', () => {
    const scanSha256 = 'b'.repeat(64);
    given(...SIGNED_BY_MAKER)
      .when(sign('receiver', READY_DRAFT, { capture: { kind: 'paper', scanSha256, signedOn: YESTERDAY } }))
      .then(
        signed('receiver', READY_DRAFT, { capture: 'paper', scanSha256, signedOn: YESTERDAY }),
        tookEffect(READY_DRAFT),
      );
  });

  test('under delegated authority is kept as such', () => {
    const capacity = 'delegated';
    given(...READY_DRAFT)
      .when(sign('maker', READY_DRAFT, { capacity }))
      .then(signed('maker', READY_DRAFT, { capacity }));
  });

  test('by a witness may follow when the agreement is in effect', () => {
    given(...IN_EFFECT)
      .when(sign('witness', IN_EFFECT))
      .then(signed('witness', IN_EFFECT));
  });

  test('waits for every one of several makers', () => {
    const parties = [MAKER, { ...MAKER, officeId: 'district-2' }, RECEIVER];
    const past = [drafted({ parties }), indicatorAdded(), targetSet()];
    const byTwo = [...past, signed('maker', past), signed('receiver', past)];
    given(...past, signed('maker', past))
      .when(sign('receiver', past))
      .then(signed('receiver', past));
    given(...byTwo)
      .when(sign('maker', past, { officeId: 'district-2' }))
      .then(signed('maker', past, { officeId: 'district-2' }), tookEffect(past));
  });

  test('needs no target of an indicator that leaves the targets to its sub-indicators', () => {
    const child = { ...SUB_INDICATOR, weight: NOT_STATED };
    const target = targetSet({ indicatorId: 'online', unit: 'percent' });
    const past = [drafted(), indicatorAdded(), indicatorAdded(child), target];
    given(...past)
      .when(sign('maker', past))
      .then(signed('maker', past));
  });
});

describe('changing terms that some have signed', () => {
  const byWitnessToo = [...SIGNED_BY_MAKER, signed('witness', READY_DRAFT)];

  test('voids their signatures', () => {
    const other = { indicatorId: 'other', displayNumber: '2' };
    given(...SIGNED_BY_MAKER)
      .when(addIndicator(other))
      .then(indicatorAdded(other), voided({ side: 'maker', officeId: 'district-1' }));
    given(...byWitnessToo)
      .when(setTarget({ value: '7' }))
      .then(
        targetSet({ value: '7' }),
        voided({ side: 'maker', officeId: 'district-1' }, { side: 'witness', officeId: 'office-9' }),
      );
  });

  test('lets them sign again, and only then does the agreement take effect', () => {
    const changed = [...SIGNED_BY_MAKER, targetSet({ value: '7' }), voided({ side: 'maker', officeId: 'district-1' })];
    const signedAgain = [...changed, signed('receiver', changed)];
    given(...changed)
      .when(sign('receiver', changed))
      .then(signed('receiver', changed));
    given(...signedAgain)
      .when(sign('maker', changed))
      .then(signed('maker', changed), tookEffect(changed));
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
