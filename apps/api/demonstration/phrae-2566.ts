import { AddIndicator, DraftAgreement, ReportActual, SetTarget } from '@khamrap/agreements';
import { GrantAward } from '@khamrap/awards';
import { isoDate, NOT_STATED, spanOfFiscalYear } from '@khamrap/kernel';
import { creationStep, step, type BodyOf, type Step } from './demonstration-step';
import { from, RESULTS_2566 } from './documents';
import { MORAL_PROMOTION_COMMITTEE, named, PHRAE_PROVINCE } from './offices';

// What Phrae told of fiscal year 2566 twelve days before it ended. The document shows no agreement, so the figures are followed
// by themselves; it gives no weight, and a span for the revenue from tourism only.

const AGREEMENT = 'phrae-2566';
const { knownOn } = RESULTS_2566;
const TOLD = from(RESULTS_2566, 6);
const NO_SPAN = { notStated: true } as const;

type Terms = Omit<BodyOf<typeof AddIndicator>, 'weight' | 'source'>;
type Figure = Omit<BodyOf<typeof ReportActual>, 'finality' | 'source' | 'unit'>;

/** An indicator and the one figure that is told of it. */
function figureSteps(key: string, terms: Terms, figure: Figure): readonly Step[] {
  const indicator = `${AGREEMENT}/${key}`;
  return [
    step(AddIndicator)({ key: indicator, knownOn }, (idOf) => ({
      target: { agreementId: idOf(AGREEMENT) },
      body: { ...terms, weight: NOT_STATED, source: TOLD },
    })),
    step(ReportActual)({ key: `${indicator}/actual`, knownOn }, (idOf) => ({
      target: { agreementId: idOf(AGREEMENT), indicatorId: idOf(indicator) },
      body: { ...figure, unit: terms.unit, finality: NOT_STATED, source: TOLD },
    })),
  ];
}

export const phrae2566Steps: readonly Step[] = [
  creationStep(DraftAgreement)({ key: AGREEMENT, knownOn }, () => ({
    title: 'การติดตามตัวชี้วัดของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2566',
    level: 'province',
    basis: 'monitoringOnly',
    fiscalYear: 2566,
    province: 'TH-54',
    parties: [],
    source: TOLD,
  })),
  ...figureSteps(
    'tourism',
    {
      displayNumber: '1',
      name: 'รายได้จากการท่องเที่ยว',
      nameEn: 'Revenue from tourism',
      unit: 'millionBaht',
      unitPrinted: 'ล้านบาท',
      direction: 'higher',
    },
    {
      // The first nine months of the fiscal year.
      span: { from: spanOfFiscalYear(2566).from, to: isoDate('2023-06-30') },
      value: '2446.88',
      asPrinted: '2446.88 ล้านบาท',
    },
  ),
  // Whether it was set for the year or for nine months is not stated, so nothing is claimed of having reached it.
  step(SetTarget)({ key: `${AGREEMENT}/tourism/target`, knownOn }, (idOf) => ({
    target: { agreementId: idOf(AGREEMENT), indicatorId: idOf(`${AGREEMENT}/tourism`) },
    body: { span: NO_SPAN, value: '1887', unit: 'millionBaht', asPrinted: '1,887 ล้านบาท', source: TOLD },
  })),
  ...figureSteps(
    'otop-groups',
    {
      displayNumber: '2',
      name: 'จำนวนผู้ผลิตและผู้ประกอบการ OTOP',
      nameEn: 'OTOP producers, groups and single persons together',
      unit: 'count',
      unitPrinted: 'กลุ่ม/ราย',
      direction: NOT_STATED,
    },
    { span: NO_SPAN, value: '1307', asPrinted: '1,307 กลุ่ม/ราย' },
  ),
  ...figureSteps(
    'otop-products',
    {
      displayNumber: '3',
      name: 'จำนวนผลิตภัณฑ์ OTOP',
      nameEn: 'OTOP products',
      unit: 'product',
      unitPrinted: 'ผลิตภัณฑ์',
      direction: NOT_STATED,
    },
    { span: NO_SPAN, value: '2390', asPrinted: '2,390 ผลิตภัณฑ์' },
  ),
  ...figureSteps(
    'otop-income',
    {
      displayNumber: '4',
      name: 'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      nameEn: 'Income from the sale of community products (OTOP)',
      unit: 'baht',
      unitPrinted: 'บาท',
      direction: 'higher',
    },
    {
      span: NO_SPAN,
      value: '1755091742',
      asPrinted: '1,755,091,742 บาท',
      // As printed; no base is derived from it.
      statedGrowth: { percent: '9.54', comparedWith: NO_SPAN },
    },
  ),
  // One of four; neither the year nor the day of the choice is stated.
  creationStep(GrantAward)({ key: 'award/model-virtue-province', knownOn }, () => ({
    category: 'modelVirtueProvince',
    categoryPrinted: 'จังหวัดคุณธรรมต้นแบบโดดเด่น',
    grantors: [named(MORAL_PROMOTION_COMMITTEE)],
    recipients: [{ ...named(PHRAE_PROVINCE), province: 'TH-54' }],
    awardYear: { notStated: true },
    level: 'national',
    oneOf: { of: 4, comparisonSet: 'จังหวัดคุณธรรมต้นแบบโดดเด่น ระดับประเทศ' },
    forms: [NOT_STATED],
    asPrinted: '1 ใน 4 จังหวัด ระดับประเทศ',
    source: from(RESULTS_2566, 7),
  })),
];
