import type { Position } from '@khamrap/kernel';
import { LogDamaged, type LogIdentity, type RecordedEvent } from '../event-store';
import type { PlacedEvent, Place } from './stored-form';

/** How far the events of a store are numbered. */
export interface Reached {
  /** Position of the next event. */
  readonly nextPosition: Position;
  /** Of the event before it; 0 before the first. */
  readonly recordedAt: number;
  /** Of the event before it; absent before the first. */
  readonly last?: { readonly place: Place; readonly eventId: string };
}

export const NOTHING_REACHED: Reached = { nextPosition: 0, recordedAt: 0 };

/**
 * Gives the ledger's events of $all their positions and times, in order: the only rule, and nothing but $all goes into it, so
 * that whoever reads $all from its start comes to the same.
 *
 * A time that was supplied holds in a log whose clock is simulated; in any other it holds where the store's own clock has passed
 * it, which is so for events that were copied, and nobody can date an event ahead by it. Events that were appended together have
 * the time of the first.
 * @param events whole appends, one behind the other
 */
export function inOrder(
  reached: Reached,
  events: readonly PlacedEvent[],
  clock: LogIdentity['clock'],
): { readonly recorded: readonly RecordedEvent[]; readonly reached: Reached } {
  let { nextPosition, recordedAt, last } = reached;
  const recorded = events.map((event) => {
    const { place, createdAt, index, of: _of, suppliedAt, ...stored } = event;
    if (index === 0) recordedAt = Math.max(recordedAt, timeOf(createdAt, suppliedAt, clock));
    last = { place, eventId: event.eventId };
    return { ...stored, position: nextPosition++, recordedAt };
  });
  return { recorded, reached: { nextPosition, recordedAt, ...(last && { last }) } };
}

/**
 * The whole appends at the beginning of some events. The last one may still be coming, and is left for later.
 * @throws LogDamaged where another event follows before an append is whole: the store was handed a part of it and took it for all
 */
export function wholeAppends(events: readonly PlacedEvent[]): readonly PlacedEvent[] {
  let wholeCount = 0;
  let due = 0;
  events.forEach((event, position) => {
    const before = events[position - 1];
    const continues = due > 0 && event.stream === before?.stream && event.of === before.of;
    if (event.index !== due || (due > 0 && !continues))
      throw new LogDamaged(`an append to ${before?.stream ?? event.stream} stands in part only`);
    due = event.index + 1 === event.of ? 0 : event.index + 1;
    if (due === 0) wholeCount = position + 1;
  });
  return events.slice(0, wholeCount);
}

function timeOf(createdAt: number, suppliedAt: number | undefined, clock: LogIdentity['clock']): number {
  if (suppliedAt === undefined) return createdAt;
  return clock === 'simulated' ? suppliedAt : Math.min(suppliedAt, createdAt);
}
