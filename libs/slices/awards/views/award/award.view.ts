import type { DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn, type Source } from '@khamrap/platform/http';
import {
  BASIS_EVENT_TYPES,
  basisChange,
  basisSuperseded,
  subjectOf,
  subjectsOf,
  type BasisChange,
  type BasisEvent,
  type BasisSuperseded,
} from '../../domain/award.basis';
import { awardDecider } from '../../domain/award.decider';
import type { AwardEvent, BasisAgreement } from '../../domain/award.events';
import type { AwardState, RecordedAward } from '../../domain/award.state';

/** One thing that happened to the award, as it was recorded. */
export interface AwardHappening extends Source {
  readonly type: AwardEvent['type'];
  readonly data: AwardEvent['data'];
}

/** An award as it stood, with all that happened to it until then. */
export interface AwardView extends RecordedAward {
  readonly revision: number;
  /** Where the statement that stands was made. */
  readonly statedPosition: number;
  readonly history: readonly AwardHappening[];
}

const STATING: ReadonlySet<string> = new Set<AwardEvent['type']>(['AwardGranted', 'AwardsAnnounced', 'AwardCorrected']);

/** Tells an award from its events; undefined when there are none. */
export function awardView(events: readonly DecodedEvent[]): AwardView | undefined {
  const last = events.at(-1);
  const state = events.reduce<AwardState>(
    (folded, event) => awardDecider.evolve(folded, event as unknown as AwardEvent),
    awardDecider.initialState,
  );
  const stated = events.findLast(({ type }) => STATING.has(type));
  if (!last || !stated || state.status === 'notRecorded') return undefined;
  return {
    ...state,
    revision: last.revision,
    statedPosition: stated.position,
    history: events.map(happening),
  };
}

/** The agreement whose result an award rests on. */
export function basisOf({ statement }: RecordedAward): BasisAgreement | undefined {
  return statement.kind === 'granted' ? statement.data.basisAgreement : undefined;
}

/** The warning about what an award rests on, from the events of the agreement that it names. */
export function supersededIn(
  basis: BasisAgreement,
  statedPosition: number,
  events: readonly DecodedEvent[],
): BasisSuperseded | undefined {
  const latest = new Map<string, BasisChange>();
  for (const event of events) {
    const stated = event as unknown as BasisEvent;
    if (BASIS_EVENT_TYPES.includes(stated.type))
      latest.set(subjectOf(stated), basisChange(stated, event.eventId, event.position));
  }
  const changes = subjectsOf(basis).flatMap((subject) => latest.get(subject) ?? []);
  return basisSuperseded(basis, changes, statedPosition);
}

function happening(event: DecodedEvent): AwardHappening {
  const { type, data } = event as unknown as AwardEvent;
  return { type, data, ...statedIn(event) };
}
