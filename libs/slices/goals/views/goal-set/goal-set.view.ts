import type { DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn, type Source } from '@khamrap/platform/http';
import type { GoalSetEvent, GoalSetPublished } from '../../domain/goal-set.events';

/** One version of a set, as it was stated. */
export interface GoalSetVersionView {
  readonly goalSetVersion: number;
  readonly nameTh: string;
  readonly nameEn?: string | undefined;
  readonly goals: GoalSetPublished['data']['goals'];
  /** Why the version took the place of the one before; absent from the first. */
  readonly reason?: string;
  readonly stated: Source;
}

/** A goal set as it stood: its newest version, and those before it, oldest first. */
export interface GoalSetView extends GoalSetVersionView {
  readonly goalSetId: string;
  readonly revision: number;
  /** Position of its last event. */
  readonly lastPosition: number;
  readonly province: string;
  readonly fiscalYear: number;
  readonly earlierVersions: readonly GoalSetVersionView[];
}

/** Tells a goal set from its events; undefined when there are none. */
export function goalSetView(goalSetId: string, events: readonly DecodedEvent[]): GoalSetView | undefined {
  const last = events.at(-1);
  const newest = last && versionOf(last);
  if (!last || !newest) return undefined;
  const { province, fiscalYear } = (last as unknown as GoalSetEvent).data;
  return {
    goalSetId,
    revision: last.revision,
    lastPosition: last.position,
    province,
    fiscalYear,
    ...newest,
    earlierVersions: events.slice(0, -1).map(versionOf),
  };
}

function versionOf(event: DecodedEvent): GoalSetVersionView {
  const { data } = event as unknown as GoalSetEvent;
  const { province: _province, fiscalYear: _fiscalYear, ...content } = data;
  return { goalSetVersion: 1, ...content, stated: statedIn(event) };
}
