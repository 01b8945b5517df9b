import type {
  AgreementBasis,
  CertificationStep,
  Direction,
  Finality,
  Level,
  Side,
  SignatureCapture,
  SigningCapacity,
  SnapshotStanding,
  Unit,
} from '@khamrap/agreements/events';
import { NOT_STATED, parseSpanKey, formatBuddhistDate, type IsoDate } from '@khamrap/kernel';

/** A word in both languages. */
export type Words = readonly [thai: string, english: string];

const NOT_STATED_WORDS: Words = ['ไม่ระบุ', 'not stated'];

export const SIDES: Readonly<Record<Side, Words>> = {
  maker: ['ผู้ทำคำรับรอง', 'Maker'],
  receiver: ['ผู้รับคำรับรอง', 'Receiver'],
  witness: ['พยาน', 'Witness'],
};

export const LEVELS: Readonly<Record<Level, Words>> = {
  ministry: ['กระทรวง', 'ministry'],
  department: ['กรม', 'department'],
  cluster: ['กลุ่มจังหวัด', 'cluster of provinces'],
  province: ['จังหวัด', 'province'],
  provincialOffice: ['ส่วนราชการประจำจังหวัด', 'provincial office'],
  district: ['อำเภอ', 'district'],
};

export const BASES: Readonly<Record<AgreementBasis, Words>> = {
  signed: ['ลงนามโดยคู่คำรับรองในระบบนี้', 'signed by its parties in this ledger'],
  announced: ['ถ่ายทอดจากเอกสารที่ประกาศ', 'transcribed from an announced document'],
  monitoringOnly: ['ติดตามตัวเลขเท่านั้น', 'figures that are only followed'],
};

export const UNITS: Readonly<Record<Unit, Words>> = {
  baht: ['บาท', 'baht'],
  millionBaht: ['ล้านบาท', 'million baht'],
  percent: ['ร้อยละ', 'per cent'],
  count: ['จำนวน', 'count'],
  notStated: NOT_STATED_WORDS,
  person: ['คน', 'persons'],
  household: ['ครัวเรือน', 'households'],
  village: ['หมู่บ้าน', 'villages'],
  project: ['โครงการ', 'projects'],
  product: ['ผลิตภัณฑ์', 'products'],
  day: ['วัน', 'days'],
  month: ['เดือน', 'months'],
  kilogram: ['กิโลกรัม', 'kilograms'],
  tonne: ['ตัน', 'tonnes'],
  rai: ['ไร่', 'rai'],
  cubicMetre: ['ลูกบาศก์เมตร', 'cubic metres'],
  score: ['คะแนน', 'score'],
  level: ['ระดับ', 'level'],
};

export const DIRECTIONS: Readonly<Record<Direction, Words>> = {
  higher: ['ยิ่งสูงยิ่งดี', 'higher is better'],
  lower: ['ยิ่งต่ำยิ่งดี', 'lower is better'],
  milestone: ['ขั้นของความสำเร็จ', 'milestones'],
  date: ['กำหนดวันแล้วเสร็จ', 'date of completion'],
  judged: ['ผู้ประเมินให้คะแนน', 'judged by an assessor'],
  notStated: NOT_STATED_WORDS,
};

export const CAPACITIES: Readonly<Record<SigningCapacity, Words>> = {
  holder: ['ผู้ดำรงตำแหน่ง', 'holder'],
  delegated: ['ปฏิบัติราชการแทน', 'under delegated authority'],
  actingFor: ['รักษาราชการแทน', 'acting for'],
  actingInPosition: ['รักษาการในตำแหน่ง', 'acting in position'],
};

export const CAPTURES: Readonly<Record<SignatureCapture, Words>> = {
  click: ['กดยืนยันในระบบ', 'by a click in the system'],
  paper: ['ลงนามบนกระดาษ', 'on paper'],
  certificate: ['ด้วยใบรับรองอิเล็กทรอนิกส์', 'with a certificate'],
};

export const STEPS: Readonly<Record<CertificationStep, Words>> = {
  keeper: ['ผู้จัดเก็บข้อมูล', 'data keeper'],
  supervisor: ['ผู้กำกับดูแลตัวชี้วัด', 'indicator supervisor'],
  performanceUnit: ['หน่วยงานด้านการประเมินผลของจังหวัด', 'performance unit'],
};

export const FINALITIES: Readonly<Record<Finality, Words>> = {
  provisional: ['เบื้องต้น', 'provisional'],
  final: ['ขั้นสุดท้าย', 'final'],
  notStated: NOT_STATED_WORDS,
};

export const STANDINGS: Readonly<Record<SnapshotStanding, Words>> = {
  scored: ['มีคะแนน', 'scored'],
  floored: ['ได้คะแนนต่ำสุด', 'at the floor'],
  exempt: ['ยกเว้น', 'exempt'],
  cancelled: ['ยกเลิก', 'cancelled'],
  notCounted: ['ไม่นับในรอบนี้', 'not counted in this round'],
  notScored: ['ไม่มีคะแนน', 'not scored'],
};

/** A figure with its unit, as the event states it; `not stated` where it does not. */
export function amount(value: string | undefined, unit: Unit): string {
  if (value === undefined) return '';
  const [thai, english] = UNITS[unit];
  return unit === NOT_STATED ? value : `${value} ${thai} · ${english}`;
}

/** The days of a span: `1 ต.ค. 2564 – 31 มี.ค. 2565 (2021-10-01..2022-03-31)`. */
export function days(key: string): string {
  const span = parseSpanKey(key);
  if (span === undefined) return key;
  if (span === NOT_STATED) return NOT_STATED_WORDS.join(' · ');
  return `${formatBuddhistDate(span.from, 'short')} – ${formatBuddhistDate(span.to, 'short')} (${key})`;
}

/** A day in both calendars. */
export function day(date: IsoDate): string {
  return `${formatBuddhistDate(date, 'short')} (${date})`;
}

export function both([thai, english]: Words): string {
  return `${thai} · ${english}`;
}
