import { NOT_STATED } from '@khamrap/kernel';
import { amountOf } from '../../domain/judgement';
import type { FigureSlot, FoldedIndicator } from '../standings/folded-agreement';
import { figureOf } from '../standings/folded-agreement';
import type { AgreementRound } from '../standings/agreement-rounds.query';
import { liesIn } from '../standings/round-calendar';
import { isCounted, slotsOf } from '../standings/standing-row';
import type { StandingRow } from '../standings/standings.rows';
import { compared, comparedWithPrint, type Published } from './comparison';
import { unexplained, type Explanation } from './explanation';
import { figureExplained, type Place } from './figure-explained';
import { judgedExplained, targetVersionOf } from './judged-explained';
import type { RecordedLife } from './recorded-life';
import { replayed, type NumberOf, type ReplayedNumber } from './replayed-number';
import { roundIfClosedNow, type RoundAtClosing } from './round-at-closing';
import { scoreExplained } from './score-explained';
import { headlineValueOf, targetInputs } from './target-inputs';

type Life = RecordedLife<RoundAtClosing>;
type Snapshot = RoundAtClosing['closed']['indicators'][number];

const NOT_THERE: Explanation = unexplained({ th: 'ไม่พบในสมุดบันทึก', en: 'the log states no such thing' }, 'notInTheLog');
const NO_RULE: Explanation = unexplained(
  { th: 'ไม่มีเกณฑ์การให้คะแนนสำหรับรอบนี้', en: 'there is no scoring rule for this round' },
  'noRule',
);
/** What is told of an open round to whoever sees only what is published: the same whatever there is. */
const NOT_TOLD: Explanation = {
  ...unexplained({ th: 'ยังไม่เปิดเผยก่อนปิดรอบ', en: 'not told before the round is closed' }, 'roundOpen'),
  withheld: [{ th: 'คะแนนของรอบที่ยังไม่ปิด', en: 'scores of a round that is not closed' }],
};
const STATED = { th: 'ตามที่ระบุ', en: 'as it is stated' };

/** The numbers of an indicator in a span. */
export function numbersOfStanding(life: Life, row: StandingRow, isInFull: boolean): readonly ReplayedNumber[] {
  const indicator = life.agreement.indicators.get(row.indicatorId);
  const of = {
    indicatorId: row.indicatorId,
    displayNumber: row.displayNumber,
    name: { th: row.name, en: row.nameEn ?? row.name },
    period: row.period,
    round: row.round,
  };
  if (!indicator) return replayed({ number: 'status', of, explanation: NOT_THERE, shown: row.status });
  const seen = new SeenStanding(life, indicator, row, isInFull);
  return [...seen.numbers(of), ...seen.scores(of)];
}

/** An indicator in a span, as far as whoever asks may see it. */
class SeenStanding {
  readonly #place: Place;
  readonly #round: string | undefined;
  readonly #closing: RoundAtClosing | undefined;
  readonly #snapshot: Snapshot | undefined;
  readonly #isClosed: boolean;

  constructor(
    private readonly life: Life,
    private readonly indicator: FoldedIndicator,
    private readonly row: StandingRow,
    private readonly isInFull: boolean,
  ) {
    const { agreement, closings } = life;
    const { period } = row;
    this.#round = agreement.calendar.roundOfSpan.get(period);
    this.#closing = this.#round === undefined ? undefined : closings.get(this.#round);
    this.#snapshot = this.#closing?.closed.indicators.find(({ indicatorId }) => indicatorId === row.indicatorId);
    this.#isClosed = this.#snapshot !== undefined;
    const slots = slotsOf(agreement, indicator, period, isInFull ? undefined : isPublished);
    const figures = slots.flatMap(({ current, published }) => (isInFull ? current : (published ?? [])));
    this.#place = { indicator, period, round: this.#round, figures, knowsScores: isInFull || this.#isClosed };
  }

  numbers(of: NumberOf): readonly ReplayedNumber[] {
    const { life, row, indicator, isInFull } = this;
    const { agreement } = life;
    const version = this.#version();
    const isSilenceKnown = isInFull || this.#isClosed || this.#liesInClosedRound();
    const isApplicable = this.#round === undefined || isCounted(agreement, indicator, this.#round);
    const withholding = { isSilenceKnown, isPublic: !isInFull };
    const judged = judgedExplained(life, this.#place, version, isApplicable, withholding);
    const actual = figureExplained(life, this.#place);
    const value = (version && headlineValueOf(version)) ?? null;
    const target = { ...unexplained(STATED, null), inputs: targetInputs(life, version), result: value };
    return [
      ...replayed({ number: 'target', of, explanation: target, shown: row.target, published: this.#ofTarget(value) }),
      ...replayed({ number: 'actual', of, explanation: actual, shown: row.actual, published: this.#ofActual(actual) }),
      ...replayed({ number: 'gap', of, explanation: judged.gap, shown: row.gap }),
      ...replayed({
        number: 'attainmentPercent',
        of,
        explanation: judged.attainmentPercent,
        shown: row.attainmentPercent,
      }),
      ...replayed({ number: 'status', of, explanation: judged.status, shown: row.status }),
    ];
  }

  scores(of: NumberOf): readonly ReplayedNumber[] {
    const { row } = this;
    const explanation = this.#score();
    const basis = explanation ? (this.#isClosed ? 'closed' : 'provisional') : null;
    const score = explanation ?? NOT_THERE;
    const published = explanation ? this.#ofScore(score.result) : [];
    return replayed({ number: 'score', of, basis, explanation: score, shown: row.score, published });
  }

  /** Undefined where there is none to be told. */
  #score(): Explanation | undefined {
    const { life, indicator, row, isInFull } = this;
    if (this.#isClosed) return this.#closing?.scores.get(row.indicatorId);
    const isOfRound = this.#round !== undefined && isCounted(life.agreement, indicator, this.#round);
    if (!isInFull || !isOfRound || !life.agreement.rules.scoring) return undefined;
    return scoreExplained(life, this.#place, this.#version(), undefined);
  }

  /** To the public a target without a span stands beside a figure only where the figure is published. */
  #version() {
    const spans = [...this.indicator.figures].filter(
      ([, slots]) => this.isInFull || [...slots.values()].some(isPublished),
    );
    return targetVersionOf(
      this.#place,
      spans.some(([span]) => span === this.row.period),
    );
  }

  #liesInClosedRound(): boolean {
    return [...this.life.closings.values()].some(({ closed }) => liesIn(this.row.period, closed.span));
  }

  #ofTarget(value: string | null): readonly Published[] {
    const stated = this.#snapshot?.target;
    return [
      ...this.#inSnapshot(stated?.value, value),
      ...printed(this.row.targetEventId, this.row.targetAsPrinted, value, this.life),
    ];
  }

  #ofActual({ result }: Explanation): readonly Published[] {
    const stated = this.#snapshot?.figure;
    const isAmount = stated !== undefined && this.indicator.terms.direction !== 'judged';
    const figure = isAmount ? figureOf({ ...stated, evidence: [] } as never) : undefined;
    const amount = figure && stated ? amountOf({ figure, unit: stated.unit }) : undefined;
    return [
      ...this.#inSnapshot(amount, result),
      ...printed(this.row.actualEventId, this.row.actualAsPrinted, result, this.life),
    ];
  }

  #ofScore(result: string | null): readonly Published[] {
    const assessors = this.isInFull ? (['evaluator', 'selfAssessment'] as const) : (['evaluator'] as const);
    const isTold = this.isInFull || this.#isClosed;
    return [
      ...this.#inSnapshot(this.#snapshot?.score, result),
      ...(isTold ? assessors : []).flatMap((kind): readonly Published[] => {
        const value = this.indicator.scores.get(`${this.#round} ${kind}`);
        if (value === undefined) return [];
        const event = this.life.statements.last('score', this.#round ?? '', this.row.indicatorId, kind);
        return [{ kind, event, ...compared(value, result) }];
      }),
    ];
  }

  #inSnapshot(value: string | undefined, result: string | null): readonly Published[] {
    if (value === undefined) return [];
    return [
      { kind: 'snapshot', event: this.life.statements.last('closed', this.#round ?? ''), ...compared(value, result) },
    ];
  }
}

function isPublished({ published }: FigureSlot): boolean {
  return published !== undefined;
}

function printed(
  eventId: string | null,
  text: string | null,
  result: string | null,
  { statements }: Life,
): readonly Published[] {
  if (eventId === null || text === null) return [];
  return [{ kind: 'printed', event: statements.event(eventId), ...comparedWithPrint(text, result) }];
}

/** What an agreement comes to in a round. */
export function numbersOfRound(life: Life, row: AgreementRound, isInFull: boolean): readonly ReplayedNumber[] {
  const of = { indicatorId: null, displayNumber: null, name: null, period: row.period, round: row.round };
  const closing = life.closings.get(row.round);
  const made = closing?.explained ?? (isInFull ? roundIfClosedNow(life, row.round) : undefined);
  const basis = made === undefined ? null : closing ? 'closed' : 'provisional';
  const closed = closing?.closed;
  const event = life.statements.last('closed', row.round);
  const snapshot = (value: string | undefined, result: string | null): readonly Published[] =>
    value === undefined ? [] : [{ kind: 'snapshot', event, ...compared(value, result) }];
  const none = isInFull ? NO_RULE : NOT_TOLD;
  const { total = none, band = none, weightCountedPercent = none, certifiedWeightPercent = none } = made ?? {};
  return [
    ...replayed({
      number: 'total',
      of,
      basis,
      explanation: total,
      shown: row.total,
      published: [
        ...snapshot(closed?.total, total.result),
        ...scoresOfRound(life, row, total.result, isInFull).map(made ? asItIs : uncompared),
      ],
    }),
    ...replayed({
      number: 'weightCountedPercent',
      of,
      basis,
      explanation: weightCountedPercent,
      shown: row.weightCountedPercent,
      published: snapshot(closed?.weightCountedPercent, weightCountedPercent.result),
    }),
    ...replayed({
      number: 'certifiedWeightPercent',
      of,
      basis,
      explanation: certifiedWeightPercent,
      shown: row.certifiedWeightPercent,
    }),
    ...replayed({
      number: 'band',
      of,
      basis,
      explanation: band,
      shown: row.band,
      published: [
        ...snapshot(closed?.band, band.result),
        ...announcedBand(life, row.round, band.result).map(made ? asItIs : uncompared),
      ],
    }),
  ];
}

const asItIs = (told: Published): Published => told;

/** Nothing was worked out that it could be held against. */
function uncompared({ kind, event, value }: Published): Published {
  return { kind, event, value, equals: null, differsBy: null };
}

/** What was given, announced or printed as the total of a round. */
function scoresOfRound(
  { agreement, statements, closings }: Life,
  { round }: AgreementRound,
  total: string | null,
  isInFull: boolean,
): readonly Published[] {
  const folded = agreement.rounds.get(round);
  const told = [
    ...(isInFull || closings.has(round) ? (['evaluator'] as const) : []),
    ...(isInFull ? (['selfAssessment'] as const) : []),
  ];
  const given = told.flatMap((kind): readonly Published[] => {
    const value = folded?.scores.get(kind);
    const event = statements.last('score', round, '', kind);
    return value === undefined ? [] : [{ kind, event, ...compared(value, total) }];
  });
  const result = folded?.result;
  const event = statements.last('result', round);
  if (!result || !event) return given;
  const print = statements.printedBy(event.eventId);
  return [
    ...given,
    ...(result.score === NOT_STATED ? [] : [{ kind: 'announced' as const, event, ...compared(result.score, total) }]),
    ...(print === undefined ? [] : [{ kind: 'printed' as const, event, ...comparedWithPrint(print, total) }]),
  ];
}

function announcedBand({ agreement, statements }: Life, round: string, band: string | null): readonly Published[] {
  const announced = agreement.rounds.get(round)?.result?.band;
  if (announced === undefined) return [];
  return [{ kind: 'announced', event: statements.last('result', round), ...compared(announced, band) }];
}
