import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import type { Freshness } from './past-position';
import type { Standpoint } from './read-models';

/**
 * The day for which an answer tells what days decide (who held a post, what was due): the day asked for, or the day on which the
 * answer stands. For the past that is the day in Bangkok at that moment, so the same question has the same answer for ever.
 * @param today in Bangkok
 */
export async function dayOfAnswer(
  store: Pick<EventStore, 'readLog'>,
  { asOf, publishedBy, effectiveOn }: Freshness & { readonly effectiveOn?: IsoDate | undefined },
  { past, position }: Standpoint,
  today: IsoDate,
): Promise<IsoDate> {
  if (effectiveOn !== undefined) return effectiveOn;
  if (!past) return today;
  const moment = asOf ?? publishedBy;
  if (moment !== undefined) return bangkokDateOf(Date.parse(moment));
  const [event] = await store.readLog(position, 1);
  return event ? bangkokDateOf(event.recordedAt) : today;
}
