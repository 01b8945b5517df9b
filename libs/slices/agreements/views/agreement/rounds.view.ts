import type {
  AppealDecided,
  AppealFiled,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
  ResultAnnounced,
  ScoreDetermined,
} from '../../domain/agreement.events';
import type { Source, Stated } from '@khamrap/platform/http';

/** A closing of a round with its frozen snapshot, and why it was set aside where it was. */
export interface ClosedRoundView extends ClosedRound, Stated {
  readonly reopened?: Omit<EvaluationRoundReopened['data'], 'round' | 'revision'> & Stated;
}

type ClosedRound = Omit<EvaluationRoundClosed['data'], 'round'>;

export interface RoundView {
  readonly round: string;
  readonly isClosed: boolean;
  /** Every time that it was closed, the first one first: earlier revisions stay readable. */
  readonly revisions: readonly ClosedRoundView[];
  /** Self-assessed and evaluators' scores, the earliest first. */
  readonly scores: readonly (Omit<ScoreDetermined['data'], 'round'> & Stated)[];
  /** What was made public of it, the earliest first. */
  readonly results: readonly (Omit<ResultAnnounced['data'], 'round'> & Stated)[];
}

export type AppealView = AppealFiled['data'] &
  Stated & { readonly decision?: Omit<AppealDecided['data'], 'appealId'> & Stated };

type RoundEvent = EvaluationRoundClosed | EvaluationRoundReopened | ScoreDetermined | ResultAnnounced;

/** Tells how the year was judged, round by round, and what was held against that. */
export class RoundsTelling {
  readonly #rounds = new Map<string, RoundView>();
  readonly #appeals = new Map<string, AppealView>();

  get rounds(): readonly RoundView[] {
    return [...this.#rounds.values()];
  }

  get appeals(): readonly AppealView[] {
    return [...this.#appeals.values()];
  }

  take(event: RoundEvent, stated: Source): void {
    const { round: name } = event.data;
    const round = this.#rounds.get(name) ?? { round: name, isClosed: false, revisions: [], scores: [], results: [] };
    this.#rounds.set(name, after(event, round, stated));
  }

  takeAppeal(event: AppealFiled | AppealDecided, stated: Source): void {
    const { appealId } = event.data;
    if (event.type === 'AppealFiled') return void this.#appeals.set(appealId, { ...event.data, stated });
    const appeal = this.#appeals.get(appealId);
    const { appealId: _its, ...decision } = event.data;
    if (appeal) this.#appeals.set(appealId, { ...appeal, decision: { ...decision, stated } });
  }
}

function after(event: RoundEvent, round: RoundView, stated: Source): RoundView {
  switch (event.type) {
    case 'EvaluationRoundClosed': {
      const { round: _its, ...closed } = event.data;
      return { ...round, isClosed: true, revisions: [...round.revisions, { ...closed, stated }] };
    }
    case 'EvaluationRoundReopened': {
      const { round: _its, revision, ...reopening } = event.data;
      const reopened = { ...reopening, stated };
      const revisions = round.revisions.map((closed) =>
        closed.revision === revision ? { ...closed, reopened } : closed,
      );
      return { ...round, isClosed: false, revisions };
    }
    case 'ScoreDetermined': {
      const { round: _its, ...score } = event.data;
      return { ...round, scores: [...round.scores, { ...score, stated }] };
    }
    case 'ResultAnnounced': {
      const { round: _its, ...result } = event.data;
      return { ...round, results: [...round.results, { ...result, stated }] };
    }
  }
}
