import type { Change, Timeline } from '../narration/timeline';

/** An event with what it changed, as far as it was asked for. */
export interface EventOfAct {
  /** Its place in the timeline. */
  readonly index: number;
  readonly changes: readonly Change[];
}

/** What one command made true, as far as its reader may have it. */
export interface Act {
  readonly events: readonly [EventOfAct, ...EventOfAct[]];
}

/** What is asked of a history. */
export interface ActsAsked {
  /** Events behind this position, up to the other one. */
  readonly from: number;
  readonly to: number;
  readonly indicatorId?: string | undefined;
}

/**
 * The acts of a history in their order. Events of one command stand one behind the other in their stream, and the first of
 * them is what was done; the others follow from it.
 */
export function actsOf(timeline: Timeline, { from, to, indicatorId }: ActsAsked): readonly Act[] {
  const acts: { readonly events: [EventOfAct, ...EventOfAct[]]; readonly commandId: string }[] = [];
  timeline.events.forEach(({ position, commandId }, index) => {
    if (position <= from || position > to) return;
    if (indicatorId !== undefined && !concerns(timeline, index, indicatorId)) return;
    const event = { index, changes: changesOf(timeline, index, indicatorId) };
    const last = acts.at(-1);
    if (last?.commandId === commandId) last.events.push(event);
    else acts.push({ events: [event], commandId });
  });
  return acts;
}

/** Whether an event is about an indicator. */
function concerns(timeline: Timeline, index: number, indicatorId: string): boolean {
  const event = timeline.events[index];
  if (!event) return false;
  const indicators = timeline.narration.telling(event.type)?.indicators?.(event.data, timeline.stateBefore(index));
  return indicators?.includes(indicatorId) === true;
}

/** Of an event that is about many, what it changed of one. */
function changesOf(timeline: Timeline, index: number, indicatorId: string | undefined): readonly Change[] {
  const changes = timeline.changesAt(index);
  return indicatorId === undefined ? changes : changes.filter(({ key }) => key.includes(indicatorId));
}
