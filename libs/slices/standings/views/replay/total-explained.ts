import {
  bandOf,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  NOT_STATED,
  SCORE_FRACTION_DIGITS,
  sumDecimals,
  totalOf,
  type Band,
  type BothLanguages,
} from '@khamrap/kernel';
import { weightCarriers } from '../../domain/round-total';
import { step, type Explanation, type Input, type RuleUsed } from './explanation';
import type { Moment } from './recorded-life';
import type { StatingEvent } from './statements';

/** An indicator as it goes into the total of a round. */
export interface Weighed {
  readonly indicatorId: string;
  readonly parentIndicatorId: string | undefined;
  readonly displayNumber: string;
  readonly weight: string;
  readonly isCounted: boolean;
  readonly score: string | undefined;
  readonly isCertified: boolean;
  /** By what the weight is stated. */
  readonly weightEvent: StatingEvent | null;
  /** By what the score is stated, where it is the snapshot that does. */
  readonly scoreEvent: StatingEvent | null;
}

/** What an agreement comes to in a round. */
export interface RoundExplained {
  readonly total: Explanation;
  readonly weightCountedPercent: Explanation;
  readonly certifiedWeightPercent: Explanation;
  readonly band: Explanation;
}

const TOTAL: BothLanguages = {
  th: 'Σ(คะแนน × น้ำหนัก) ÷ Σ น้ำหนักที่นับ ปัดครึ่งขึ้นทศนิยม 4 ตำแหน่ง',
  en: 'Σ(score × weight) ÷ Σ weight that counts, half-up to 4 digits',
};
const COUNTED: BothLanguages = {
  th: 'Σ น้ำหนักที่นับ × 100 ÷ Σ น้ำหนักทั้งหมด ปัดครึ่งขึ้นทศนิยม 4 ตำแหน่ง',
  en: 'Σ weight that counts × 100 ÷ Σ all weight, half-up to 4 digits',
};
const CERTIFIED: BothLanguages = {
  th: 'Σ น้ำหนักที่ตรวจรับรองผลแล้ว × 100 ÷ Σ น้ำหนักที่นับ ปัดครึ่งขึ้นทศนิยม 4 ตำแหน่ง',
  en: 'Σ certified weight × 100 ÷ Σ weight that counts, half-up to 4 digits',
};
const BAND: BothLanguages = {
  th: 'ระดับสูงสุดที่คะแนนรวมถึง',
  en: 'the highest band whose bound the total reaches',
};

/** The total of a round over the indicators that carry weight, the shares of weight, and the band. */
export function roundExplained(moment: Moment, indicators: readonly Weighed[], bands: RoundBands): RoundExplained {
  const carriers = weightCarriers(indicators);
  const counted = carriers.filter(({ isCounted }) => isCounted);
  const outcome = totalOf(carriers.map(({ weight, isCounted, score }) => ({ weight, counted: isCounted, score })));
  const isStated = (some: readonly Weighed[]): boolean => some.every(({ weight }) => weight !== NOT_STATED);
  const total = outcome.kind === 'total' ? totalExplained(counted) : noTotal(counted, outcome.reason);
  return {
    total,
    weightCountedPercent: isStated(carriers)
      ? shareExplained(COUNTED, counted, carriers)
      : { ...NO_SHARE, formula: COUNTED, inputs: carriers.map(weightInput) },
    certifiedWeightPercent: isStated(counted)
      ? shareExplained(
          CERTIFIED,
          counted.filter(({ isCertified }) => isCertified),
          counted,
        )
      : { ...NO_SHARE, formula: CERTIFIED, inputs: counted.map(weightInput) },
    band: bandExplained(moment, total.result, bands),
  };
}

const NO_SHARE: Omit<Explanation, 'formula' | 'inputs'> = {
  steps: [],
  rule: null,
  result: null,
  reason: 'weightNotStated',
};

function weightInput({ displayNumber, weight, weightEvent }: Weighed): Input {
  return {
    name: `weight ${displayNumber}`,
    label: { th: `น้ำหนักของตัวชี้วัด ${displayNumber}`, en: `weight of indicator ${displayNumber}` },
    value: weight,
    event: weightEvent,
  };
}

function scoreInput({ displayNumber, score, scoreEvent }: Weighed): readonly Input[] {
  if (score === undefined) return [];
  const label = { th: `คะแนนของตัวชี้วัด ${displayNumber}`, en: `score of indicator ${displayNumber}` };
  return [{ name: `score ${displayNumber}`, label, value: score, event: scoreEvent }];
}

function inputsOf(counted: readonly Weighed[]): readonly Input[] {
  return counted.flatMap((each) => [...scoreInput(each), weightInput(each)]);
}

function noTotal(counted: readonly Weighed[], reason: string): Explanation {
  return { formula: TOTAL, inputs: inputsOf(counted), steps: [], rule: null, result: null, reason };
}

function totalExplained(counted: readonly Weighed[]): Explanation {
  const products = counted.map(({ score = '0', weight }) => multiplyDecimals(score, weight));
  const weights = counted.map(({ weight }) => weight);
  const [weighted, all] = [sumDecimals(products), sumDecimals(weights)];
  const total = divideDecimals(weighted, all, SCORE_FRACTION_DIGITS) ?? null;
  const terms = counted.map(({ score = '0', weight }) => `${score} × ${weight}`);
  return {
    formula: TOTAL,
    inputs: inputsOf(counted),
    steps: [
      step({ th: 'Σ(คะแนน × น้ำหนัก)', en: 'Σ(score × weight)' }, terms.join(' + '), weighted),
      step({ th: 'Σ น้ำหนักที่นับ', en: 'Σ weight that counts' }, weights.join(' + '), all),
      ...(total === null ? [] : [step(TOTAL, `${weighted} ÷ ${all}`, total, SCORE_FRACTION_DIGITS)]),
    ],
    rule: null,
    result: total,
    reason: null,
  };
}

function shareExplained(formula: BothLanguages, part: readonly Weighed[], whole: readonly Weighed[]): Explanation {
  const weightsOf = (some: readonly Weighed[]): string => sumDecimals(some.map(({ weight }) => weight));
  const [counted, all] = [weightsOf(part), weightsOf(whole)];
  const share = divideDecimals(multiplyDecimals(counted, '100'), all, SCORE_FRACTION_DIGITS) ?? null;
  return {
    formula,
    inputs: whole.map(weightInput),
    steps: share === null ? [] : [step(formula, `${counted} × 100 ÷ ${all}`, share, SCORE_FRACTION_DIGITS)],
    rule: null,
    result: share,
    reason: null,
  };
}

function bandInputs(total: string, bands: readonly Band[], event: StatingEvent | null): readonly Input[] {
  return [
    { name: 'total', label: { th: 'คะแนนรวม', en: 'total' }, value: total, event: null },
    ...bands.map(({ code, from }) => ({
      name: `band ${code}`,
      label: { th: `ระดับ ${code} ตั้งแต่`, en: `band ${code} from` },
      value: from,
      event,
    })),
  ];
}

/** The bands by which a total is told. */
export interface RoundBands {
  readonly bands: readonly Band[];
  readonly version: number | undefined;
}

function bandExplained(
  { agreement, statements }: Moment,
  total: string | null,
  { bands, version }: RoundBands,
): Explanation {
  const event = version === undefined ? null : statements.last('bands', version);
  const band = total === null ? undefined : bandOf(bands, total);
  const next = band && bands.find(({ from }) => compareDecimals(from, band.from) > 0);
  const rule: RuleUsed | null =
    version === undefined ? null : { kind: 'bands', schemeId: agreement.scheme?.schemeId ?? null, version, event };
  return {
    formula: BAND,
    inputs: total === null ? [] : bandInputs(total, bands, event),
    steps: band ? [step(BAND, `${band.from} ≤ ${total}${next ? ` < ${next.from}` : ''}`, band.code)] : [],
    rule,
    result: band?.code ?? null,
    reason: null,
  };
}
