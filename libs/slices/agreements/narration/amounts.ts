import { NOT_STATED, toldAlike, toldDay, toldList, toldSpan, UNSTATED, type BothLanguages } from '@khamrap/kernel';
import type { ActualReported, EvaluationRoundClosed, TargetSet, Unit } from '../domain/agreement.events';
import { FINALITIES } from './words';

// Figures and targets as people read them.

export type ToldTarget = Omit<TargetSet['data'], 'indicatorId'> & { readonly effectiveFrom?: string };
export type ToldFigure = Omit<ActualReported['data'], 'indicatorId' | 'reportedBy' | 'note' | 'preparedBy'>;
type SnapshotFigure = NonNullable<EvaluationRoundClosed['data']['indicators'][number]['figure']>;

/** How a unit stands behind a number; those that stand elsewhere are in `toldAmount`. */
const UNITS: Readonly<Record<Exclude<Unit, 'percent' | 'count' | 'level' | typeof NOT_STATED>, BothLanguages>> = {
  baht: { th: 'บาท', en: 'baht' },
  millionBaht: { th: 'ล้านบาท', en: 'million baht' },
  person: { th: 'คน', en: 'persons' },
  household: { th: 'ครัวเรือน', en: 'households' },
  village: { th: 'หมู่บ้าน', en: 'villages' },
  project: { th: 'โครงการ', en: 'projects' },
  product: { th: 'ผลิตภัณฑ์', en: 'products' },
  day: { th: 'วัน', en: 'days' },
  month: { th: 'เดือน', en: 'months' },
  kilogram: { th: 'กิโลกรัม', en: 'kilograms' },
  tonne: { th: 'ตัน', en: 'tonnes' },
  rai: { th: 'ไร่', en: 'rai' },
  cubicMetre: { th: 'ลูกบาศก์เมตร', en: 'cubic metres' },
  score: { th: 'คะแนน', en: 'points' },
};

/** What a unit is called by itself. */
export function toldUnit(unit: Unit): BothLanguages {
  switch (unit) {
    case NOT_STATED:
      return UNSTATED;
    case 'percent':
      return { th: 'ร้อยละ', en: 'per cent' };
    case 'count':
      return { th: 'จำนวน', en: 'count' };
    case 'level':
      return { th: 'ระดับ', en: 'level' };
    default:
      return UNITS[unit];
  }
}

/** The number with its thousands apart, as it was stated otherwise: `1250000.50` is `1,250,000.50`. */
export function toldNumber(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A decimal that may not be stated, such as a weight. */
export function toldDecimal(decimal: string): BothLanguages {
  return decimal === NOT_STATED ? UNSTATED : toldAlike(toldNumber(decimal));
}

/** A number with its unit: `ร้อยละ 80`, `80 per cent`. */
export function toldAmount(decimal: string, unit: Unit): BothLanguages {
  return withUnit(toldNumber(decimal), unit);
}

/** One number, or several, with their unit. */
function withUnit(number: string, unit: Unit): BothLanguages {
  switch (unit) {
    case NOT_STATED:
      return { th: `${number} (ไม่ระบุหน่วย)`, en: `${number} (unit not stated)` };
    case 'percent':
      return { th: `ร้อยละ ${number}`, en: `${number} per cent` };
    case 'count':
      return toldAlike(number);
    case 'level':
      return { th: `ระดับ ${number}`, en: `level ${number}` };
    default:
      return { th: `${number} ${UNITS[unit].th}`, en: `${number} ${UNITS[unit].en}` };
  }
}

/** A target, however it is stated. */
export function toldTarget(target: ToldTarget): BothLanguages {
  const { value, unit, levels, milestones, dates, comparisonSpan, asPrinted } = target;
  const parts: BothLanguages[] = [];
  if (value !== undefined) parts.push(toldAmount(value, unit));
  if (levels) {
    // The poorest first; that they are levels is said before them.
    const numbers = levels.map(toldNumber).join(', ');
    const anchors = unit === 'level' ? toldAlike(numbers) : withUnit(numbers, unit);
    parts.push({ th: `เกณฑ์ ${levels.length} ระดับ ${anchors.th}`, en: `levels ${anchors.en}` });
  }
  if (milestones) {
    const steps = milestones.map(({ level, description }) => `${level} ${description}`).join('; ');
    parts.push({ th: `ขั้นของความสำเร็จ ${steps}`, en: `milestones: ${steps}` });
  }
  if (dates) {
    const days = toldList(dates.map(toldDay));
    parts.push({ th: `แล้วเสร็จภายใน ${days.th}`, en: `done by ${days.en}` });
  }
  const told = parts.length === 0 ? UNSTATED : toldList(parts);
  return printed(against(told, comparisonSpan), asPrinted);
}

/** A figure of whatever kind. */
export function toldFigure(figure: ToldFigure): BothLanguages {
  const { finality, asOf, asPrinted, statedGrowth, adoptedFrom } = figure;
  const told = [amountOf(figure)];
  if (statedGrowth) {
    const { percent, comparedWith } = statedGrowth;
    const span = toldSpan(comparedWith);
    told.push({
      th: `ระบุการเปลี่ยนแปลงร้อยละ ${toldNumber(percent)} เทียบกับ ${span.th}`,
      en: `a growth of ${toldNumber(percent)} per cent against ${span.en} is stated`,
    });
  }
  if (adoptedFrom) told.push({ th: 'นำมาจากคำรับรองอื่น', en: 'taken over from another agreement' });
  told.push(FINALITIES[finality]);
  if (asOf !== undefined) {
    const day = toldDay(asOf);
    told.push({ th: `ณ วันที่ ${day.th}`, en: `as of ${day.en}` });
  }
  return printed(toldList(told), asPrinted);
}

/** What a figure came to. */
export function amountOf(
  figure: SnapshotFigure & Partial<Pick<ToldFigure, 'narrative' | 'notAvailableReason'>>,
): BothLanguages {
  const { kind, unit, value, numerator, denominator, comparisonSpan, milestone, date } = figure;
  switch (kind) {
    case 'value':
    case 'adopted':
      return value === undefined ? UNSTATED : toldAmount(value, unit);
    case 'delta':
      return against(value === undefined ? UNSTATED : toldAmount(value, unit), comparisonSpan);
    case 'ratio': {
      const [over, under] = [toldDecimal(numerator ?? NOT_STATED), toldDecimal(denominator ?? NOT_STATED)];
      return { th: `${over.th} จาก ${under.th}`, en: `${over.en} of ${under.en}` };
    }
    case 'milestone':
      return { th: `ถึงขั้นที่ ${milestone ?? UNSTATED.th}`, en: `milestone ${milestone ?? UNSTATED.en}` };
    case 'date': {
      const day = toldDay(date ?? NOT_STATED);
      return { th: `แล้วเสร็จวันที่ ${day.th}`, en: `done on ${day.en}` };
    }
    case 'narrative':
      return toldAlike(figure.narrative ?? '…');
    case 'notAvailable': {
      const { notAvailableReason: reason } = figure;
      return {
        th: `ไม่มีข้อมูล${reason === undefined ? '' : ` (${reason})`}`,
        en: `not available${reason === undefined ? '' : ` (${reason})`}`,
      };
    }
  }
}

function against(told: BothLanguages, comparisonSpan: string | undefined): BothLanguages {
  if (comparisonSpan === undefined) return told;
  const span = toldSpan(comparisonSpan);
  return {
    th: `เปลี่ยนแปลง ${told.th} เทียบกับ ${span.th}`,
    en: `a change of ${told.en} against ${span.en}`,
  };
}

function printed(told: BothLanguages, asPrinted: string | undefined): BothLanguages {
  if (asPrinted === undefined) return told;
  return { th: `${told.th} (พิมพ์ว่า “${asPrinted}”)`, en: `${told.en} (printed as “${asPrinted}”)` };
}
