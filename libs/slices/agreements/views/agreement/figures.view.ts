import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
} from '../../domain/agreement.events';
import { figureKey } from '../../domain/agreement.state';
import { liesWithin } from '../../domain/rounds/round-lock.rules';
import type { Source, Stated } from '@khamrap/platform/http';

type WithoutKey<Data> = Omit<Data, 'indicatorId' | 'span' | 'officeId'>;

export type CertificationView = WithoutKey<ActualCertified['data']> & Stated;
export type ReturnedFigureView = WithoutKey<ActualReturned['data']> & Stated;
export type ExaminationView = WithoutKey<ActualExamined['data']> & Stated;

/** A figure as it was reported, or put in the place of an earlier one. */
export interface FigureView extends Omit<ActualReported['data'], 'indicatorId' | 'reportedBy'>, Stated {
  readonly reportedBy?: string;
  readonly correctedBy?: string;
  /** Why it took the place of the one before it. */
  readonly reason?: string;
  /** The steps that are done; whoever reports does the keeper's step. */
  readonly certification: readonly CertificationView[];
  /** Every time that it was given back, the earliest first. */
  readonly returns: readonly ReturnedFigureView[];
  /** Where it waits for its keeper: the step that gave it back. */
  readonly returnedAt?: string;
}

/** The figure that stands for a span (and keeper), with all that it took the place of. */
export interface ActualView extends FigureView {
  /** The earliest first, each with the certification that it had. */
  readonly earlier: readonly FigureView[];
  readonly examinations: readonly ExaminationView[];
}

export type FigureEvent = ActualReported | ActualCorrected | ActualCertified | ActualReturned | ActualExamined;

/** Tells the figures of one indicator. */
export class FiguresTelling {
  readonly #actuals = new Map<string, ActualView>();
  /** Those that stand for the public, behind those that stood before. */
  readonly #published = new Map<string, readonly FigureView[]>();

  get actuals(): readonly ActualView[] {
    return [...this.#actuals.values()];
  }

  /** For each span (and keeper) all that the public can know: the earliest first, the one that stands for it last. */
  get published(): readonly (readonly FigureView[])[] {
    return [...this.#published.values()];
  }

  /**
   * A round of this span is closed, and every figure that lies in it is public from now on, whatever becomes of it inside. What
   * was given back waits for its keeper: nobody stands by it.
   */
  closeRound(span: string): void {
    for (const [key, figure] of this.#actuals) {
      if (figure.returnedAt === undefined && liesWithin(figure.span, span)) this.#publish(key, figure);
    }
  }

  take(event: FigureEvent, stated: Source): void {
    const key = figureKey(event.data);
    const standing = this.#actuals.get(key);
    if (event.type === 'ActualReported') {
      const figure = figureOf(event.data, event.data.reportedBy, stated);
      this.#actuals.set(key, { ...figure, earlier: [], examinations: [] });
    } else if (standing) {
      this.#actuals.set(key, after(event, standing, stated));
    }
    // What a document states was public before it was transcribed.
    const isStated = event.type === 'ActualReported' || event.type === 'ActualCorrected';
    const figure = this.#actuals.get(key);
    if (isStated && figure && stated.provenance.kind === 'transcribed') this.#publish(key, figure);
  }

  #publish(key: string, { earlier: _earlier, examinations: _examinations, ...figure }: ActualView): void {
    const known = this.#published.get(key) ?? [];
    const before = known.filter(({ stated }) => stated.eventId !== figure.stated.eventId);
    this.#published.set(key, [...before, figure]);
  }
}

function after(event: Exclude<FigureEvent, ActualReported>, standing: ActualView, stated: Source): ActualView {
  switch (event.type) {
    case 'ActualCorrected': {
      const { earlier, examinations, ...replaced } = standing;
      return { ...figureOf(event.data, event.data.correctedBy, stated), earlier: [...earlier, replaced], examinations };
    }
    case 'ActualCertified': {
      const { returnedAt: _givenBack, ...figure } = standing;
      return { ...figure, certification: [...figure.certification, { ...withoutKey(event.data), stated }] };
    }
    case 'ActualReturned':
      return {
        ...standing,
        certification: [],
        returns: [...standing.returns, { ...withoutKey(event.data), stated }],
        returnedAt: event.data.step,
      };
    case 'ActualExamined':
      return { ...standing, examinations: [...standing.examinations, { ...withoutKey(event.data), stated }] };
  }
}

function figureOf(
  { indicatorId: _its, ...figure }: ActualReported['data'] | ActualCorrected['data'],
  by: string | undefined,
  stated: Source,
): FigureView {
  // Who transcribes what a document says does not stand by it.
  const isKeepers = by !== undefined && stated.provenance.kind === 'native';
  const certification = isKeepers ? [{ step: 'keeper' as const, certifiedBy: by, stated }] : [];
  return { ...figure, stated, certification, returns: [] };
}

function withoutKey<Data extends { readonly indicatorId: string; readonly span: string; readonly officeId?: string }>({
  indicatorId: _indicator,
  span: _span,
  officeId: _office,
  ...rest
}: Data): Omit<Data, 'indicatorId' | 'span' | 'officeId'> {
  return rest;
}
