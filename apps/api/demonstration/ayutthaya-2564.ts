import { AddIndicator, DraftAgreement, ReportActual } from '@khamrap/agreements';
import { isoDate, NOT_STATED, spanOfFiscalYear } from '@khamrap/kernel';
import { creationStep, step, type BodyOf, type Step } from './demonstration-step';
import { from, MEETING_2564 } from './documents';
import { AYUTTHAYA_CDD } from './offices';

// What the community development office of Phra Nakhon Si Ayutthaya reported of the first two quarters of fiscal year 2564: two
// figures of different things, which are never added up or set against each other.

const AGREEMENT = 'ayutthaya-2564';
const { knownOn } = MEETING_2564;
const HALF_YEAR = { from: spanOfFiscalYear(2564).from, to: isoDate('2021-03-31') };
const HALF_YEAR_BEFORE = { from: spanOfFiscalYear(2563).from, to: isoDate('2020-03-31') };

type Terms = Pick<BodyOf<typeof AddIndicator>, 'displayNumber' | 'name' | 'nameEn' | 'direction' | 'definition'>;
type Figure = Pick<BodyOf<typeof ReportActual>, 'kind' | 'value' | 'comparisonSpan' | 'asPrinted'>;

/** An indicator in baht, and what was reported of it. */
function figureSteps(key: string, paragraph: number, terms: Terms, figure: Figure): readonly Step[] {
  const indicator = `${AGREEMENT}/${key}`;
  const source = from(MEETING_2564, 4, paragraph);
  return [
    step(AddIndicator)({ key: indicator, knownOn }, (idOf) => ({
      target: { agreementId: idOf(AGREEMENT) },
      body: {
        ...terms,
        unit: 'baht',
        unitPrinted: 'บาท',
        weight: NOT_STATED,
        leadOffice: AYUTTHAYA_CDD,
        leadPerson: 'กิจจา ทองแดง',
        source,
      },
    })),
    step(ReportActual)({ key: `${indicator}/actual`, knownOn }, (idOf) => ({
      target: { agreementId: idOf(AGREEMENT), indicatorId: idOf(indicator) },
      body: { ...figure, span: HALF_YEAR, unit: 'baht', finality: NOT_STATED, source },
    })),
  ];
}

export const ayutthaya2564Steps: readonly Step[] = [
  creationStep(DraftAgreement)({ key: AGREEMENT, knownOn }, () => ({
    title: 'การติดตามตัวชี้วัดของจังหวัดพระนครศรีอยุธยา ปีงบประมาณ พ.ศ. 2564',
    level: 'province',
    basis: 'monitoringOnly',
    fiscalYear: 2564,
    province: 'TH-14',
    parties: [],
    source: from(MEETING_2564, 4),
  })),
  ...figureSteps(
    'otop-income',
    14,
    {
      displayNumber: '1',
      name: 'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      nameEn: 'Income from the sale of community products (OTOP)',
      direction: 'higher',
    },
    {
      // By how much it grew is all that is told.
      kind: 'delta',
      value: '256893339',
      comparisonSpan: HALF_YEAR_BEFORE,
      asPrinted: 'เพิ่มขึ้น 256,893,339 บาท',
    },
  ),
  ...figureSteps(
    'otop-sales',
    13,
    {
      displayNumber: '2',
      name: 'ยอดจำหน่าย OTOP รวมทั้งสิ้น',
      nameEn: 'OTOP sales in total',
      direction: NOT_STATED,
      definition:
        'เอกสารไม่ระบุว่ายอดรวมนี้นับจากโครงการใดบ้าง · The document does not state which projects the total covers.',
    },
    { kind: 'value', value: '27775960', asPrinted: '27,775,960 บาท' },
  ),
];
