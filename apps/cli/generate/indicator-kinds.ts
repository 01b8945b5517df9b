/** What the offices of the generated nation promise: the shape of an indicator, and where its figures lie. */
export interface IndicatorKind {
  readonly code: string;
  readonly nameTh: string;
  readonly nameEn: string;
  readonly unit: 'baht' | 'percent' | 'count' | 'person' | 'household' | 'day' | 'project';
  readonly direction: 'higher' | 'lower';
  readonly criterion: 'single' | 'fiveLevels';
  /** The target of a whole year lies about here; of a round, in proportion where figures grow over the year. */
  readonly yearTarget: number;
  /** Whether the figure grows over the year, so that earlier rounds have lower targets. */
  readonly grows: boolean;
}

export const INDICATOR_KINDS: readonly IndicatorKind[] = (
  [
    [
      'income',
      'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน',
      'Income from community products',
      'baht',
      'higher',
      'fiveLevels',
      48_000_000,
      true,
    ],
    ['households', 'จำนวนครัวเรือนที่ได้รับการพัฒนา', 'Households developed', 'household', 'higher', 'single', 1_200, true],
    [
      'satisfaction',
      'ร้อยละความพึงพอใจของผู้รับบริการ',
      'Satisfaction of those served',
      'percent',
      'higher',
      'fiveLevels',
      85,
      false,
    ],
    ['waiting', 'ระยะเวลารอรับบริการเฉลี่ย', 'Mean waiting time', 'day', 'lower', 'fiveLevels', 12, false],
    ['disbursement', 'ร้อยละการเบิกจ่ายงบประมาณ', 'Budget disbursed', 'percent', 'higher', 'single', 96, true],
    ['trained', 'จำนวนผู้ผ่านการอบรม', 'Persons trained', 'person', 'higher', 'single', 800, true],
    [
      'standards',
      'จำนวนผลิตภัณฑ์ที่ได้รับการรับรองมาตรฐาน',
      'Products certified to a standard',
      'count',
      'higher',
      'fiveLevels',
      60,
      true,
    ],
    ['complaints', 'ร้อยละเรื่องร้องเรียนที่ยังไม่ยุติ', 'Complaints not settled', 'percent', 'lower', 'single', 10, false],
    ['projects', 'จำนวนโครงการที่แล้วเสร็จ', 'Projects completed', 'project', 'higher', 'single', 14, true],
    [
      'coverage',
      'ร้อยละความครอบคลุมของพื้นที่เป้าหมาย',
      'Coverage of target areas',
      'percent',
      'higher',
      'fiveLevels',
      78,
      true,
    ],
  ] as const
).map(([code, nameTh, nameEn, unit, direction, criterion, yearTarget, grows]) => ({
  code,
  nameTh,
  nameEn,
  unit,
  direction,
  criterion,
  yearTarget,
  grows,
}));
