import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import type { Freshness, Standpoint } from '@khamrap/platform/projections';

/**
 * The day for which an answer tells who held a post and what a zone held: the day asked for, or the day on which the answer
 * stands. For the past that is the day in Bangkok at that moment, so the same question has the same answer for ever.
 */
export async function dayOfAnswer(
  store: EventStore,
  { effectiveOn, asOf }: Freshness & { readonly effectiveOn?: IsoDate },
  { past, position }: Standpoint,
  today: IsoDate,
): Promise<IsoDate> {
  if (effectiveOn !== undefined) return effectiveOn;
  if (!past) return today;
  if (asOf !== undefined) return bangkokDateOf(Date.parse(asOf));
  const [event] = await store.readLog(position, 1);
  return event ? bangkokDateOf(event.recordedAt) : today;
}
