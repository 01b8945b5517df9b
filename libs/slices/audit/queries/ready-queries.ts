import type { BothLanguages } from '@khamrap/kernel';

/** A question that is asked again and again, under a name that stays. */
export interface ReadyQuery {
  readonly queryId: string;
  readonly title: BothLanguages;
  /** What it asks, in a sentence. */
  readonly asks: BothLanguages;
  readonly address: string;
}

/** The questions that the program brings. Names are for ever: people share their addresses. */
export const READY_QUERIES: readonly ReadyQuery[] = [
  {
    queryId: 'late-this-round',
    title: { th: 'ล่าช้าในรอบนี้', en: 'Late this round' },
    asks: {
      th: 'ตัวชี้วัดใดพ้นกำหนดรายงานหรือรับรองผลในรอบที่เปิดอยู่แล้ว และเป็นหน้าที่ของหน่วยงานใด',
      en: 'Of which indicators the report or certification is late in a round that is open, and which office has to act',
    },
    address: '/v1/standings/due?late=true',
  },
  {
    queryId: 'targets-lowered-after-signing',
    title: { th: 'ค่าเป้าหมายที่ลดลงหลังลงนาม', en: 'Targets lowered after signing' },
    asks: {
      th: 'ค่าเป้าหมายใดถูกปรับลดหลังจากลงนามคำรับรองแล้ว',
      en: 'Which targets were lowered after the agreement had been signed',
    },
    address: '/v1/audit/questions?rule=targetLoweredAfterSigning',
  },
  {
    queryId: 'corrections-after-certification',
    title: { th: 'ผลที่แก้ไขหลังรับรอง', en: 'Corrections after certification' },
    asks: {
      th: 'ผลการดำเนินงานใดถูกแก้ไขหลังจากได้รับการรับรองแล้ว',
      en: 'Which actuals were corrected after they had been certified',
    },
    address: '/v1/audit/questions?rule=correctedAfterCertification',
  },
  {
    queryId: 'evidence-used-twice',
    title: { th: 'หลักฐานที่ใช้ซ้ำ', en: 'Evidence used twice' },
    asks: {
      th: 'ไฟล์หลักฐานใดถูกใช้ประกอบผลมากกว่าหนึ่งแห่ง',
      en: 'Which files of evidence stand behind more than one figure',
    },
    address: '/v1/audit/questions?rule=evidenceUsedTwice',
  },
];

/** The routes whose addresses can be kept: lists and comparisons that somebody reads again. Others are not. */
export const KEEPABLE_ROUTES: readonly string[] = [
  '/v1/agreements',
  '/v1/awards',
  '/v1/audit/agreements/:agreementId/diff',
  '/v1/audit/agreements/:agreementId/history',
  '/v1/audit/agreements/:agreementId/targets',
  '/v1/audit/awards/:awardId/history',
  '/v1/audit/events',
  '/v1/audit/offices/:officeId/diff',
  '/v1/audit/offices/:officeId/history',
  '/v1/audit/provinces/:province/diff',
  '/v1/audit/questions',
  '/v1/inspections',
  '/v1/inspections/findings',
  '/v1/standings',
  '/v1/standings/due',
  '/v1/standings/league',
  '/v1/standings/roll-ups',
];
