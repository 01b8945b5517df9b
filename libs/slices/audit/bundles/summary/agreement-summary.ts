import type {
  ActualCorrected,
  ActualReported,
  AgreementEvent,
  IndicatorAdded,
  TargetAmended,
  TargetSet,
} from '@khamrap/agreements/events';
import { NOT_STATED, type Position } from '@khamrap/kernel';
import type { DisclosedEvent } from '../files/stream-files';
import { amount, both, days, FINALITIES, STANDINGS } from './words';

/** Something that an event states, and which one. */
export interface Stated<Value> {
  readonly value: Value;
  readonly position: Position;
}

/** A row of what was achieved: one for each indicator, span and keeper. */
export interface FigureRow {
  readonly span: string;
  readonly office?: string | undefined;
  readonly text: string;
  readonly finality: string;
  readonly correctedAt: readonly Position[];
  readonly certified: readonly Stated<'keeper' | 'supervisor' | 'performanceUnit'>[];
}

/** An indicator as far as it was disclosed. */
export interface IndicatorSummary {
  readonly indicatorId: string;
  terms?: Stated<IndicatorAdded['data']>;
  readonly targets: Map<string, Stated<{ readonly text: string; readonly amendedFrom?: string }>>;
  readonly figures: Map<string, Stated<FigureRow>>;
  readonly scores: Stated<{ readonly round: string; readonly text: string; readonly weight: string }>[];
  readonly notes: Stated<string>[];
}

type Data<Type extends AgreementEvent['type']> = Extract<AgreementEvent, { type: Type }>['data'];

/** What the disclosed events of an agreement say; nothing of what is not disclosed. */
export class AgreementSummary {
  heading?: Stated<Data<'AgreementDrafted'>>;
  readonly signatures: Stated<Data<'AgreementSigned'>>[] = [];
  readonly rounds: Stated<Data<'EvaluationRoundClosed'>>[] = [];
  readonly results: Stated<Data<'ResultAnnounced'>>[] = [];
  readonly steps: Stated<readonly [thai: string, english: string]>[] = [];
  readonly indicators = new Map<string, IndicatorSummary>();

  take({ type, data, position }: Pick<DisclosedEvent, 'type' | 'data' | 'position'>): void {
    const event = { type, data } as unknown as AgreementEvent;
    if (this.#takeTerms(event, position)) return;
    switch (event.type) {
      case 'ActualReported':
      case 'ActualCorrected':
        return this.#takeFigure(event.data, position, event.type === 'ActualCorrected');
      case 'ActualCertified':
        return this.#takeCertification(event.data, position);
      case 'EvaluationRoundClosed':
        return this.#takeRound(event.data, position);
      case 'EvaluationRoundReopened':
        return this.#step(position, `เปิดรอบ ${event.data.round} ใหม่`, `round ${event.data.round} was opened again`);
      case 'ResultAnnounced':
        return void this.results.push({ value: event.data, position });
      case 'ExemptionGranted':
        return this.#note(event.data.indicatorId, position, `ยกเว้นในรอบ · exempt in round ${event.data.round}`);
      case 'AgreementTookEffect':
        return this.#step(position, `มีผลเมื่อ ${event.data.effectiveOn}`, `in effect on ${event.data.effectiveOn}`);
      case 'AgreementClosed':
        return this.#step(position, `สิ้นสุดปีเมื่อ ${event.data.closedOn}`, `closed on ${event.data.closedOn}`);
      case 'AgreementSigned':
        return void this.signatures.push({ value: event.data, position });
      default:
    }
  }

  /** @returns whether the event was of the terms */
  #takeTerms(event: AgreementEvent, position: Position): boolean {
    switch (event.type) {
      case 'AgreementDrafted':
        this.heading = { value: event.data, position };
        return true;
      case 'IndicatorAdded':
      case 'IndicatorRevised':
        this.#takeIndicator(event.data, position);
        return true;
      case 'IndicatorRemoved':
        this.#note(event.data.indicatorId, position, 'นำออกจากคำรับรอง · taken out of the terms');
        return true;
      case 'TargetSet':
        this.#takeTarget(event.data, position);
        return true;
      case 'TargetAmended':
        this.#takeTarget(event.data, position, event.data.effectiveFrom);
        return true;
      case 'WeightAmended':
        this.#note(
          event.data.indicatorId,
          position,
          `น้ำหนักแก้เป็น · weight amended to ${event.data.weight} (${event.data.effectiveFrom})`,
        );
        return true;
      case 'IndicatorCancelled':
        this.#note(event.data.indicatorId, position, `ยกเลิกตั้งแต่รอบ · cancelled from round ${event.data.fromRound}`);
        return true;
      default:
        return false;
    }
  }

  #indicator(indicatorId: string): IndicatorSummary {
    const known = this.indicators.get(indicatorId);
    if (known) return known;
    const made = { indicatorId, targets: new Map(), figures: new Map(), scores: [], notes: [] };
    this.indicators.set(indicatorId, made);
    return made;
  }

  #takeIndicator(data: IndicatorAdded['data'], position: Position): void {
    this.#indicator(data.indicatorId).terms = { value: data, position };
  }

  #takeTarget(data: TargetSet['data'] | TargetAmended['data'], position: Position, amendedFrom?: string): void {
    const value = { text: targetText(data), ...(amendedFrom !== undefined && { amendedFrom }) };
    // The one that was promised stays beside the amended one.
    this.#indicator(data.indicatorId).targets.set(`${data.span} ${amendedFrom ?? ''}`, { value, position });
  }

  #takeFigure(data: ActualReported['data'] | ActualCorrected['data'], position: Position, isCorrection: boolean): void {
    const { figures } = this.#indicator(data.indicatorId);
    const before = figures.get(keyOf(data));
    const correctedAt = isCorrection ? [...(before?.value.correctedAt ?? []), position] : [];
    const { span, officeId: office, finality } = data;
    const value = {
      span,
      office,
      text: figureText(data),
      finality: both(FINALITIES[finality]),
      correctedAt,
      certified: [],
    };
    figures.set(keyOf(data), { value, position });
  }

  #takeCertification(data: Data<'ActualCertified'>, position: Position): void {
    const { figures } = this.#indicator(data.indicatorId);
    const figure = figures.get(keyOf(data));
    if (!figure) return;
    const certified = [...figure.value.certified, { value: data.step, position }];
    figures.set(keyOf(data), { ...figure, value: { ...figure.value, certified } });
  }

  #takeRound(data: Data<'EvaluationRoundClosed'>, position: Position): void {
    this.rounds.push({ value: data, position });
    for (const { indicatorId, score, standing, weight } of data.indicators) {
      const text = score === undefined ? both(STANDINGS[standing]) : `${score} (${both(STANDINGS[standing])})`;
      this.#indicator(indicatorId).scores.push({ value: { round: data.round, text, weight }, position });
    }
  }

  #note(indicatorId: string, position: Position, value: string): void {
    this.#indicator(indicatorId).notes.push({ value, position });
  }

  #step(position: Position, thai: string, english: string): void {
    this.steps.push({ value: [thai, english], position });
  }
}

interface FigureKey {
  readonly span: string;
  readonly officeId?: string | undefined;
}

function keyOf({ span, officeId = '' }: FigureKey): string {
  return `${span} ${officeId}`;
}

function targetText(data: TargetSet['data'] | TargetAmended['data']): string {
  const { value, unit, levels, dates, milestones, comparisonSpan, asPrinted } = data;
  const parts = [
    amount(value, unit),
    levels ? levels.join(' / ') : '',
    dates ? dates.join(' / ') : '',
    milestones ? milestones.map(({ level, description }) => `${level}: ${description}`).join('; ') : '',
    comparisonSpan === undefined ? '' : `เทียบกับ · against ${days(comparisonSpan)}`,
    asPrinted === undefined ? '' : `«${asPrinted}»`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function figureText(data: ActualReported['data'] | ActualCorrected['data']): string {
  const { value, unit, numerator, denominator, milestone, date, narrative, notAvailableReason } = data;
  const parts = [
    amount(value, unit),
    numerator === undefined ? '' : `${numerator} / ${denominator ?? NOT_STATED}`,
    milestone === undefined ? '' : `ขั้น · milestone ${milestone}`,
    date ?? '',
    narrative ?? '',
    notAvailableReason === undefined ? '' : `ไม่มีข้อมูล · not available: ${notAvailableReason}`,
    data.comparisonSpan === undefined ? '' : `เทียบกับ · against ${days(data.comparisonSpan)}`,
    data.asPrinted === undefined ? '' : `«${data.asPrinted}»`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
