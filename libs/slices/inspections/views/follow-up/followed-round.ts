import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { evolve } from '../../domain/inspection.evolve';
import type { InspectionEvent } from '../../domain/inspection.events';
import type { InspectionState } from '../../domain/inspection.state';

/** What the events of a round tell of one finding or recommendation beside what the rules need. */
export interface FollowedItem {
  readonly kind: 'finding' | 'recommendation';
  readonly eventId: string;
  readonly recordedOn: IsoDate;
  readonly responseCount: number;
  readonly settledOn?: IsoDate | undefined;
  readonly escalatedOn?: IsoDate | undefined;
  /** Everybody may know of it (`publication.ts`). */
  readonly isTold: boolean;
}

/** A round with all that is followed up of it, as it stands after an event. */
export interface FollowedRound {
  readonly state: InspectionState;
  readonly items: ReadonlyMap<string, FollowedItem>;
  readonly visitCount: number;
  /** An inspector's statement that nothing was found has been told with a closing. */
  readonly isFoundEmpty: boolean;
  /** The event that opened the round. */
  readonly eventId?: string;
}

export const NO_ROUND: FollowedRound = {
  state: { status: 'notOpened' },
  items: new Map(),
  visitCount: 0,
  isFoundEmpty: false,
};

/** Folds one more event of the round. */
export function follow(followed: FollowedRound, event: DecodedEvent): FollowedRound {
  const told = event as unknown as InspectionEvent;
  const state = evolve(followed.state, told);
  const next = { ...followed, state };
  const on = bangkokDateOf(event.recordedAtMs);
  const change = (id: string, changed: Partial<FollowedItem>): FollowedRound => changing(next, [id], changed);
  switch (told.type) {
    case 'InspectionRoundOpened':
      return { ...next, eventId: event.eventId };
    case 'InspectionVisitRecorded':
      return { ...next, visitCount: followed.visitCount + 1 };
    case 'FindingRecorded':
      return withItem(next, told.data.findingId, newItem('finding', event, on));
    case 'RecommendationMade':
      return withItem(next, told.data.recommendationId, newItem('recommendation', event, on));
    case 'FindingResponded': {
      const id = told.data.recommendationId ?? told.data.findingId ?? '';
      return change(id, { responseCount: (followed.items.get(id)?.responseCount ?? 0) + 1 });
    }
    case 'ResponseJudged': {
      const { recommendationId, outcome, isRoundClosed } = told.data;
      if (recommendationId === undefined || outcome === 'insufficient') return next;
      return change(recommendationId, { settledOn: on, isTold: isRoundClosed });
    }
    case 'FindingResolved':
      return change(told.data.findingId, { settledOn: on, isTold: told.data.isRoundClosed });
    case 'FindingReopened':
      return change(told.data.findingId, { settledOn: undefined, escalatedOn: undefined, isTold: false });
    case 'FindingWithdrawn':
      return change(told.data.findingId, { settledOn: on });
    case 'FindingEscalated':
      return change(told.data.findingId, { escalatedOn: on });
    case 'InspectionRoundClosed': {
      const isFoundEmpty = state.status !== 'notOpened' && state.isStatedWithoutFindings;
      return changing({ ...next, isFoundEmpty }, [...told.data.resolved, ...told.data.fulfilled], { isTold: true });
    }
    case 'InspectionRoundReopened':
      return { ...next, isFoundEmpty: false };
    case 'InspectionRoundRevised':
    case 'FindingCorrected':
    case 'DueDateExtended':
    case 'NoFindingsStated':
    case 'NoFindingsVoided':
    case 'FindingsCarried':
      return next;
  }
}

/** The items whose rows an event may change. */
export function concernedBy(event: DecodedEvent, { items, state }: FollowedRound): readonly string[] {
  const told = event as unknown as InspectionEvent;
  switch (told.type) {
    case 'InspectionRoundRevised':
      return [...items.keys()];
    case 'InspectionRoundClosed':
      return [...told.data.resolved, ...told.data.fulfilled];
    case 'RecommendationMade':
      return [told.data.recommendationId];
    case 'FindingResponded':
    case 'ResponseJudged':
    case 'DueDateExtended':
      return [told.data.recommendationId ?? told.data.findingId ?? ''];
    case 'FindingWithdrawn':
    case 'FindingCorrected': {
      const { findingId } = told.data;
      const following =
        state.status === 'notOpened'
          ? []
          : [...state.recommendations].filter(([, { recommendation }]) => recommendation.findingId === findingId);
      return [findingId, ...following.map(([id]) => id)];
    }
    case 'FindingRecorded':
    case 'FindingResolved':
    case 'FindingReopened':
    case 'FindingEscalated':
      return [told.data.findingId];
    case 'InspectionRoundOpened':
    case 'InspectionVisitRecorded':
    case 'InspectionRoundReopened':
    case 'NoFindingsStated':
    case 'NoFindingsVoided':
    case 'FindingsCarried':
      return [];
  }
}

function newItem(kind: FollowedItem['kind'], { eventId }: DecodedEvent, recordedOn: IsoDate): FollowedItem {
  return { kind, eventId, recordedOn, responseCount: 0, isTold: false };
}

function withItem(followed: FollowedRound, id: string, item: FollowedItem): FollowedRound {
  return { ...followed, items: new Map(followed.items).set(id, item) };
}

function changing(followed: FollowedRound, ids: readonly string[], changed: Partial<FollowedItem>): FollowedRound {
  const items = new Map(followed.items);
  for (const id of ids) {
    const item = items.get(id);
    if (item) items.set(id, { ...item, ...changed });
  }
  return { ...followed, items };
}
