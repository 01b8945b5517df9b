import type { DecodedEvent } from '@khamrap/platform/event-store';
import { marksOf, toldIn, type AnyRules } from './publication';
import type { Condition, Mark, Publication } from './publication-rule';

// The rules once more, one event at a time over a history in memory: the database is held against this, which is asked set by set.

/** As much of an event as rules are told. */
export type RuledEvent = Pick<DecodedEvent, 'stream' | 'type' | 'data' | 'provenance' | 'position'>;

interface MarkAt extends Mark {
  readonly position: number;
}

/** By which position each event is published, as far as the history goes; undefined where it is not. */
export function publishedPositions(rules: AnyRules, history: readonly RuledEvent[]): readonly (number | undefined)[] {
  const marks = new Map<string, MarkAt[]>();
  for (const event of history) {
    const ofStream = marks.get(event.stream) ?? [];
    ofStream.push(...marksOf(rules, event).map((mark) => ({ ...mark, position: event.position })));
    marks.set(event.stream, ofStream);
  }
  return history.map((event) => {
    const publication = publicationOf(rules, event);
    if (publication === 'never') return undefined;
    return publication === 'atOnce' ? event.position : positionBy(publication, event, marks.get(event.stream) ?? []);
  });
}

function publicationOf(rules: AnyRules, event: RuledEvent): Publication {
  const rule = rules[event.type];
  if (rule === undefined) return 'never';
  return typeof rule.publish === 'function' ? rule.publish(toldIn(event)) : rule.publish;
}

function positionBy(
  { mark, stands, days, unless = [] }: Condition,
  { position }: RuledEvent,
  marks: readonly MarkAt[],
): number | undefined {
  const same = (one: readonly string[], other: readonly string[]) => JSON.stringify(one) === JSON.stringify(other);
  const holds = (each: MarkAt) =>
    days === undefined || (each.days !== undefined && each.days.from <= days.from && each.days.to >= days.to);
  const named = marks.filter((each) => same(each.name, mark) && holds(each));
  const last = named.findLast((each) => each.position < position + (stands === 'either' ? 1 : 0));
  if (stands !== 'after' && last && last.lifted !== true) return position;
  const behind = named.find((each) => each.position > position && each.lifted !== true);
  if (stands === 'before' || behind === undefined) return undefined;
  const isHeldBack = marks.some(
    (each) =>
      each.position > position && each.position <= behind.position && unless.some((name) => same(name, each.name)),
  );
  return isHeldBack ? undefined : behind.position;
}
