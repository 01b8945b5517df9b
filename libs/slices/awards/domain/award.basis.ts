import type { ActualCorrected, EvaluationRoundClosed, EvaluationRoundReopened } from '@khamrap/agreements/events';
import type { BasisAgreement } from './award.events';

/** The events of agreements after which an award may rest on what no longer stands. */
export type BasisEvent = EvaluationRoundClosed | EvaluationRoundReopened | ActualCorrected;

/** Their names. */
export const BASIS_EVENT_TYPES: readonly BasisEvent['type'][] = [
  'EvaluationRoundClosed',
  'EvaluationRoundReopened',
  'ActualCorrected',
];

/** What last happened to a round or to a figure. */
export interface BasisChange {
  readonly type: BasisEvent['type'];
  readonly eventId: string;
  readonly position: number;
  /** Which closing of the round; null for a figure. */
  readonly revision: number | null;
}

/** The event after which the basis of an award no longer stands as the award names it. */
export type BasisSuperseded = Omit<BasisChange, 'revision'>;

/** What an event of an agreement changed: a round or a figure, by a key that no other of the agreement has. */
export function subjectOf(event: BasisEvent): string {
  switch (event.type) {
    case 'EvaluationRoundClosed':
    case 'EvaluationRoundReopened':
      return roundSubject(event.data.round);
    case 'ActualCorrected':
      return figureSubject(event.data);
  }
}

export function basisChange(event: BasisEvent, eventId: string, position: number): BasisChange {
  switch (event.type) {
    case 'EvaluationRoundClosed':
    case 'EvaluationRoundReopened':
      return { type: event.type, eventId, position, revision: event.data.revision };
    case 'ActualCorrected':
      return { type: event.type, eventId, position, revision: null };
  }
}

/** All that an award rests on within the agreement it names. */
export function subjectsOf({ round, figure }: BasisAgreement): readonly string[] {
  return [...(round === undefined ? [] : [roundSubject(round)]), ...(figure ? [figureSubject(figure)] : [])];
}

/**
 * Whether an award rests on something else than stands after a change of what it names. An award that names a version rests
 * on that one; any other on what stood when it was stated.
 * @param isLater whether the change came after the award was stated
 */
export function isSupersededBy(basis: BasisAgreement, change: BasisChange, isLater: boolean): boolean {
  switch (change.type) {
    case 'EvaluationRoundReopened':
      return true;
    case 'EvaluationRoundClosed':
      return basis.closureRevision === undefined
        ? // The first closing takes the place of none.
          (isOtherClosing(basis, change) ?? (isLater && change.revision !== 1))
        : basis.closureRevision !== change.revision;
    case 'ActualCorrected':
      return basis.eventId === undefined ? isLater : basis.eventId !== change.eventId;
  }
}

/** Where a figure is named too, the event is that of the figure. */
function isOtherClosing({ eventId, figure }: BasisAgreement, change: BasisChange): boolean | undefined {
  return eventId === undefined || figure ? undefined : eventId !== change.eventId;
}

/** The warning that follows from what last happened to each subject of an award; the latest where there are several. */
export function basisSuperseded(
  basis: BasisAgreement,
  changes: readonly BasisChange[],
  statedPosition: number,
): BasisSuperseded | undefined {
  const superseding = changes
    .filter((change) => isSupersededBy(basis, change, change.position > statedPosition))
    .toSorted((one, other) => other.position - one.position)[0];
  if (!superseding) return undefined;
  const { revision: _revision, ...superseded } = superseding;
  return superseded;
}

function roundSubject(round: string): string {
  return `round/${round}`;
}

function figureSubject({ indicatorId, span }: { readonly indicatorId: string; readonly span: string }): string {
  return `figure/${indicatorId}/${span}`;
}
