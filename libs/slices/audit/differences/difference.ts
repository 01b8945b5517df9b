import { toldAlike, type BothLanguages } from '@khamrap/kernel';
import { changesBetween, keyText, type Change, type EventReference, type Timeline } from '../narration/timeline';
import type { Between } from '../history/moments';

/** What became of one fact between two moments, with the events that made it so, in their order. */
export interface Difference extends Change {
  /** Places in the timeline. */
  readonly madeBy: readonly number[];
}

/**
 * What differs between two moments of a timeline. What changed and was changed back in between differs in nothing; what its
 * reader may not have is in neither.
 */
export function differencesIn(timeline: Timeline, { from, to }: Between): readonly Difference[] {
  const [first, last] = [timeline.countUpTo(from), timeline.countUpTo(to)];
  const changes = changesBetween(timeline.factsAfter(first), timeline.factsAfter(last));
  if (changes.length === 0) return [];
  const asked = new Set(changes.map(({ key }) => keyText(key)));
  const setBy = new Map<string, EventReference>();
  const madeBy = new Map<string, number[]>();
  for (let index = 0; index < last; index += 1) {
    for (const { key } of timeline.changesAt(index)) {
      const text = keyText(key);
      if (!asked.has(text)) continue;
      if (index < first) setBy.set(text, timeline.events[index] as EventReference);
      else madeBy.set(text, [...(madeBy.get(text) ?? []), index]);
    }
  }
  return changes.map((change) => {
    const text = keyText(change.key);
    const setter = change.before && setBy.get(text);
    return { ...change, ...(setter && { setBy: setter }), madeBy: madeBy.get(text) ?? [] };
  });
}

/** A difference as one sentence. */
export function toldDifference({ key, before, after }: Change): BothLanguages {
  const label = (after ?? before)?.label ?? toldAlike(key.join(' '));
  if (before && after)
    return {
      th: `${label.th} เปลี่ยนจาก ${before.shown.th} เป็น ${after.shown.th}`,
      en: `${label.en}: changed from ${before.shown.en} to ${after.shown.en}.`,
    };
  if (after) return { th: `${label.th} เพิ่มขึ้นใหม่: ${after.shown.th}`, en: `${label.en}: new, ${after.shown.en}.` };
  return {
    th: `${label.th} ไม่มีแล้ว เดิมคือ ${before?.shown.th ?? ''}`,
    en: `${label.en}: no more; it was ${before?.shown.en ?? ''}.`,
  };
}
