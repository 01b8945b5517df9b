import { isoDate, NOT_STATED, spanOfFiscalYear, type Provenance } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent, AgreementDrafted, IndicatorAdded } from '../agreement.events';
import {
  addIndicator,
  draftAgreement,
  drafted,
  indicatorAdded,
  reportActual,
  setTarget,
  sign,
} from '../agreement.examples';

// What the first source documents demand of the ledger: Phrae announced twelve joint goals for 2565 without weights,
// targets or parties, and told two figures for 2566 without any agreement at hand.

const { given } = specification(agreementDecider);

const SOURCE: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 1' };

const announced: Partial<AgreementDrafted['data']> = {
  title: 'คำรับรองการปฏิบัติราชการจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
  level: 'province',
  basis: 'announced',
  fiscalYear: 2565,
  period: spanOfFiscalYear(2565),
  province: 'TH-54',
  parties: [],
  announcedOn: isoDate('2021-10-12'),
};
const goalEight: IndicatorAdded['data'] = {
  indicatorId: 'goal-8',
  displayNumber: '8',
  goalNumber: 8,
  name: 'เศรษฐกิจสร้างสรรค์',
  unit: NOT_STATED,
  direction: NOT_STATED,
  weight: NOT_STATED,
};
const subIndicators = ([NOT_STATED, 'percent', 'percent', NOT_STATED] as const).map(
  (unit, index): IndicatorAdded['data'] => ({
    ...goalEight,
    indicatorId: `goal-8-${index + 1}`,
    displayNumber: `8.${index + 1}`,
    printedNumber: `${index + 1}`,
    parentIndicatorId: 'goal-8',
    direction: 'higher',
    unit,
  }),
);

describe('the agreement of 2565, as announced', () => {
  const past: readonly AgreementEvent[] = [drafted(announced), indicatorAdded(goalEight)];

  test('is kept as announced, twelve days into its year, without parties', () => {
    given()
      .when(draftAgreement({ ...announced, period: undefined }, SOURCE))
      .then(drafted({ ...announced, period: { from: isoDate('2021-10-01'), to: isoDate('2022-09-30') } }));
  });

  test('has joint goal 8 with its sub-indicators 8.1 to 8.4, printed 1 to 4', () => {
    given(drafted(announced)).when(addIndicator(goalEight, SOURCE)).then(indicatorAdded(goalEight));
    for (const [index, sub] of subIndicators.entries()) {
      const earlier = subIndicators.slice(0, index).map(indicatorAdded);
      given(...past, ...earlier)
        .when(addIndicator(sub, SOURCE))
        .then(indicatorAdded(sub));
    }
  });

  test('has no weight, which is neither zero nor shared out', () => {
    given(...past)
      .when(addIndicator({ ...goalEight, indicatorId: 'goal-9', displayNumber: '9' }, SOURCE))
      .then(indicatorAdded({ ...goalEight, indicatorId: 'goal-9', displayNumber: '9', weight: NOT_STATED }));
  });

  test('cannot be signed after the fact', () => {
    given(...past)
      .when(sign('maker', past))
      .thenRejected('agreement.notForSigning');
  });
});

describe('the figures of 2566, with no agreement at hand', () => {
  const monitored = drafted({ basis: 'monitoringOnly', fiscalYear: 2566, period: spanOfFiscalYear(2566), parties: [] });
  const tourism = indicatorAdded({ indicatorId: 'tourism', unit: 'millionBaht', weight: NOT_STATED });
  const otop = indicatorAdded({ indicatorId: 'otop', displayNumber: '2', unit: 'baht', weight: NOT_STATED });
  const past = [monitored, tourism, otop];
  const nineMonths = { from: isoDate('2022-10-01'), to: isoDate('2023-06-30') };
  const target = { indicatorId: 'tourism', value: '1887', unit: 'millionBaht', asPrinted: '1,887 ล้านบาท' } as const;

  test('the target of tourism is for a span that nobody stated', () => {
    given(...past)
      .when(setTarget({ ...target, span: NOT_STATED }, SOURCE))
      .then({ type: 'TargetSet', data: { ...target, span: 'notStated' } });
  });

  test('tourism is reported for the first nine months, in the unit and precision of the document', () => {
    const actual = {
      indicatorId: 'tourism',
      kind: 'value',
      value: '2446.88',
      unit: 'millionBaht',
      finality: NOT_STATED,
      evidence: [],
    } as const;
    given(...past)
      .when(reportActual({ ...actual, span: nineMonths }, SOURCE))
      .then({ type: 'ActualReported', data: { ...actual, span: '2022-10-01..2023-06-30' } });
    given(...past)
      .when(reportActual({ ...actual, span: nineMonths, unit: 'baht' }, SOURCE))
      .thenRejected('actual.unitDiffers');
  });

  test('product sales are reported to the baht, for a span that nobody stated', () => {
    const actual = {
      indicatorId: 'otop',
      kind: 'value',
      value: '1755091742',
      unit: 'baht',
      finality: NOT_STATED,
      evidence: [],
    } as const;
    given(...past)
      .when(reportActual({ ...actual, span: NOT_STATED }, SOURCE))
      .then({ type: 'ActualReported', data: { ...actual, span: 'notStated' } });
  });
});
