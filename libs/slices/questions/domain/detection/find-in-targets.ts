import type { TargetAmended, WeightAmended } from '@khamrap/agreements/events';
import {
  compareDecimals,
  dayNumberOf,
  divideDecimals,
  isIsoDate,
  multiplyDecimals,
  NOT_STATED,
  parseDecimal,
  subtractDecimals,
  sumDecimals,
  toldSpan,
  type BothLanguages,
} from '@khamrap/kernel';
import { placeIn, toldIndicator, watchOfTarget, type Finding } from './finding';
import type { AgreementMemory, Cell, RememberedIndicator, RememberedTarget, ToldEvent } from './memory';

type Terms = RememberedTarget['terms'];

/** What an amended target gives to ask, before it is taken in. */
export function findInTarget(memory: AgreementMemory, told: ToldEvent<TargetAmended>): Finding[] {
  const { data } = told.event;
  const { indicatorId, span, amendmentId } = data;
  const indicator = memory.indicators.get(indicatorId);
  const before = indicator?.targets.get(span);
  const eased = indicator && before && easedBy(indicator.terms.direction, before.terms, data);
  if (!eased) return [];
  const named = toldIndicator(memory, indicatorId);
  const days = toldSpan(span);
  const amendment = memory.amendments.get(amendmentId)?.links ?? [];
  const common = {
    subject: [memory.agreementId, indicatorId, span, told.link.eventId],
    place: placeIn(memory, { indicatorId, span }),
    measures: { easedPercent: eased.percent },
    watch: watchOfTarget(memory.agreementId, indicatorId, span),
  };
  const change: BothLanguages = {
    th: `ค่าเป้าหมายของ${named.th} ช่วง ${days.th} เปลี่ยนจาก ${eased.before} เป็น ${eased.after}`,
    en: `The target of ${named.en}, ${days.en}, went from ${eased.before} to ${eased.after}`,
  };
  const found: Finding[] = [
    {
      ...common,
      rule: 'targetLoweredAfterSigning',
      restsOn: [before.link, ...(memory.tookEffect ? [memory.tookEffect] : []), ...amendment, told.link],
      seen: { th: `${change.th} หลังลงนามคำรับรองแล้ว`, en: `${change.en} after the agreement was signed.` },
    },
  ];
  const cells = reportedFor(indicator, span);
  // A document that is entered later says nothing of what was known when.
  if (cells.length > 0 && !told.isTranscribed) {
    const values = cells.flatMap(({ value }) => value ?? []).join(', ') || '–';
    found.push({
      ...common,
      rule: 'targetLoweredAfterActual',
      restsOn: [before.link, ...cells.map(standingLink), ...amendment, told.link],
      seen: {
        th: `${change.th} หลังรายงานผลการดำเนินงาน ${values} แล้ว`,
        en: `${change.en} after ${values} had been reported.`,
      },
    });
  }
  return found;
}

/** Weights that an amendment shifts are one question, which grows with each of them. */
export function findInWeight(memory: AgreementMemory, told: ToldEvent<WeightAmended>): Finding[] {
  const { indicatorId, amendmentId, weight } = told.event.data;
  const indicator = memory.indicators.get(indicatorId);
  if (!indicator) return [];
  const { links, weights } = memory.amendments.get(amendmentId) ?? { links: [], weights: [] };
  const all = [...weights, { indicatorId, before: indicator.weight, after: weight }];
  const shifts = all.map(({ before, after }) => distance(before, after));
  const shown = all.map((each) => ({
    number: memory.indicators.get(each.indicatorId)?.terms.displayNumber ?? '?',
    ...each,
  }));
  const change = shown.map(({ number, before, after }) => `${number}: ${before} → ${after}`).join('; ');
  return [
    {
      rule: 'weightChangedAfterSigning',
      subject: [memory.agreementId, amendmentId],
      place: placeIn(memory),
      restsOn: [...(memory.tookEffect ? [memory.tookEffect] : []), ...links, told.link],
      measures: { points: sumDecimals(shifts) },
      seen: {
        th: `น้ำหนักตัวชี้วัดเปลี่ยนหลังลงนาม (${change})`,
        en: `Indicators weigh otherwise than what was signed (${change}).`,
      },
      watch: null,
    },
  ];
}

/** Every figure that was reported for the span of a target; for one without a span, for any. */
function reportedFor({ cells }: RememberedIndicator, span: string): readonly Cell[] {
  return [...cells.values()].filter((cell) => span === NOT_STATED || cell.span === span);
}

/** The event that states a figure as it stands. */
export function standingLink(cell: Cell) {
  return cell.corrections.at(-1)?.link ?? cell.first;
}

/** A weight that nobody states is taken for none. */
function distance(before: string, after: string): string {
  const [one, other] = [parseDecimal(before) ?? '0', parseDecimal(after) ?? '0'];
  return compareDecimals(one, other) > 0 ? subtractDecimals(one, other) : subtractDecimals(other, one);
}

interface Eased {
  readonly before: string;
  readonly after: string;
  /** Against the target before; 100 where that cannot be computed. */
  readonly percent: string;
}

/** How much easier a target is than the one before; undefined where it is as hard, harder, or cannot be compared. */
export function easedBy(direction: string, before: Terms, after: Terms): Eased | undefined {
  if (before.unit !== after.unit || (before.criterion ?? 'single') !== (after.criterion ?? 'single')) return undefined;
  const pairs = steps(before).map((step, index) => [step, steps(after)[index]] as const);
  const compared = pairs.map(([one, other]) => (other === undefined ? 0 : ease(direction, one, other)));
  // Easier in one step and harder in another is no easier target.
  if (!compared.some((each) => each > 0) || compared.some((each) => each < 0)) return undefined;
  const at = compared.findIndex((each) => each > 0);
  const [one = '', other = ''] = pairs[at] ?? [];
  return { before: one, after: other, percent: percentBetween(one, other) };
}

/** What a target asks for, each step as a text that can be compared: the headline first. */
function steps({ value, levels = [], milestones = [], dates = [] }: Terms): readonly string[] {
  return [
    ...(value === undefined ? [] : [value]),
    ...levels,
    ...dates,
    ...milestones.map(({ level }) => String(level)),
  ];
}

/** Above zero where the second step is easier than the first. */
function ease(direction: string, one: string, other: string): number {
  if (isIsoDate(one) && isIsoDate(other)) return dayNumberOf(other) - dayNumberOf(one);
  const [before, after] = [parseDecimal(one), parseDecimal(other)];
  if (before === undefined || after === undefined) return 0;
  if (direction === 'lower') return compareDecimals(after, before);
  // Where nobody says which way is better, nobody can say which is easier.
  return direction === NOT_STATED ? 0 : compareDecimals(before, after);
}

function percentBetween(one: string, other: string): string {
  const [before, after] = [parseDecimal(one), parseDecimal(other)];
  if (before === undefined || after === undefined) return '100';
  const shift = distance(before, after);
  const base = before.replace('-', '');
  return divideDecimals(multiplyDecimals(shift, '100'), base, 2) ?? '100';
}
