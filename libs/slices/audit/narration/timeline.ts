import { canonicalJson } from '@khamrap/kernel';
import type { ToldEvent, UsableNarration } from './narration-of-events';
import type { Fact, Names } from './narration-rule';

/** An event, by which it can be found again. */
export type EventReference = Pick<ToldEvent, 'eventId' | 'position'>;

/** What an event made of one fact, or what became of it between two moments. */
export interface Change {
  readonly key: Fact['key'];
  /** Absent where nothing stood, as far as was told. */
  readonly before?: Fact;
  /** Absent where nothing stands any more. */
  readonly after?: Fact;
  /** The event that had set what stood before. */
  readonly setBy?: EventReference;
}

/** What stands, in parts. */
type Parts = readonly (readonly Fact[])[];

/** So many events lie between states that are kept: states are small each and many together. */
const KEPT_EVERY = 32;

/** What stood before an event. */
interface Moment {
  readonly index: number;
  readonly state: unknown;
}

/**
 * What events made of what stood: all that follows from which events they are and how offices are called. It holds no private
 * value, so it may be kept for whoever may have the same events.
 */
export interface Fold {
  /** What stood before every so many events; what stood between is folded again where it is asked for. */
  readonly kept: readonly Moment[];
  readonly changes: readonly (readonly Change[])[];
}

/** Folds events in their order. */
export function foldOf(narration: UsableNarration, events: readonly ToldEvent[], names: Names): Fold {
  const kept: Moment[] = [];
  const setBy = new Map<string, EventReference>();
  let state = narration.begin;
  let parts: Parts = narration.parts(state, names);
  const changes = events.map((event, index): readonly Change[] => {
    if (index % KEPT_EVERY === 0) kept.push({ index, state });
    const before = parts;
    const after = evolved(narration, state, event);
    if (after !== state) parts = narration.parts(after, names);
    state = after;
    const by: EventReference = { eventId: event.eventId, position: event.position };
    return changesBetweenParts(before, parts).map((change) => {
      const key = keyText(change.key);
      const setter = setBy.get(key);
      if (change.after) setBy.set(key, by);
      else setBy.delete(key);
      return setter && change.before ? { ...change, setBy: setter } : change;
    });
  });
  kept.push({ index: events.length, state });
  return { kept, changes };
}

/** Without what only this reader may have of it: states outlive the question. */
function evolved(narration: UsableNarration, state: unknown, { type, data, isTranscribed }: ToldEvent): unknown {
  return narration.evolve(state, { type, data, isTranscribed });
}

/**
 * What is told of one stream to one reader: a pure function of the events that the reader may have, and of nothing else. So what
 * somebody may not have leaves no trace: neither a value nor a gap, nor that something stood in between.
 */
export class Timeline {
  /** Where it was asked for last: most ask for one event after the other. */
  #last: Moment | undefined;
  #facts: { readonly count: number; readonly facts: readonly Fact[] } | undefined;

  /**
   * @param events in their order
   * @param fold of these very events, where it is known
   */
  constructor(
    readonly narration: UsableNarration,
    readonly events: readonly ToldEvent[],
    private readonly names: Names,
    private readonly fold: Fold = foldOf(narration, events, names),
  ) {}

  /** What stood before an event, for its sentence. @param index of the event */
  stateBefore(index: number): unknown {
    const until = Math.min(index, this.events.length);
    const kept = this.fold.kept.findLast((moment) => moment.index <= until);
    const last = this.#last && this.#last.index <= until ? this.#last : undefined;
    let { index: from, state } = last && last.index > (kept?.index ?? 0) ? last : (kept as Moment);
    for (; from < until; from += 1) state = evolved(this.narration, state, this.events[from] as ToldEvent);
    this.#last = { index: until, state };
    return state;
  }

  /** What an event changed. @param index of the event */
  changesAt(index: number): readonly Change[] {
    return this.fold.changes[index] ?? NO_CHANGES;
  }

  /** What stood after the first events. @param count of these events */
  factsAfter(count: number): readonly Fact[] {
    if (this.#facts?.count !== count)
      this.#facts = { count, facts: this.narration.facts(this.stateBefore(count), this.names) };
    return this.#facts.facts;
  }

  /** One of these facts. */
  factAfter(count: number, key: Fact['key']): Fact | undefined {
    // The last event before has stated it, as a rule.
    const stated = this.changesAt(count - 1).find((change) => isSameKey(change.key, key));
    return stated ? stated.after : this.factsAfter(count).find((fact) => isSameKey(fact.key, key));
  }

  /** The event at a position, where it is one of these. */
  at(position: number): ToldEvent | undefined {
    const event = this.events[this.countUpTo(position) - 1];
    return event?.position === position ? event : undefined;
  }

  /** How many of the events were recorded up to a position. */
  countUpTo(position: number): number {
    const behind = this.events.findIndex((event) => event.position > position);
    return behind < 0 ? this.events.length : behind;
  }
}

/** A key as one text. No text of an event holds what stands between its words here. */
export function keyText(key: Fact['key']): string {
  return key.join('\u0000');
}

function isSameKey(one: Fact['key'], other: Fact['key']): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

/** What differs between facts of which most parts are the same objects. */
function changesBetweenParts(before: Parts, after: Parts): readonly Pick<Change, 'key' | 'before' | 'after'>[] {
  const [stood, stands] = differingEnds(before, after);
  return stood.length === 0 && stands.length === 0 ? NO_CHANGES : changesBetween(joined(stood), joined(stands));
}

const NO_CHANGES: readonly Change[] = [];

function joined(parts: Parts): readonly Fact[] {
  const [first, second] = parts;
  return first && !second ? first : parts.flat();
}

/** Both lists without the same objects that both begin and end with. */
function differingEnds<Item>(
  before: readonly Item[],
  after: readonly Item[],
): readonly [readonly Item[], readonly Item[]] {
  let first = 0;
  while (first < before.length && first < after.length && before[first] === after[first]) first += 1;
  let beforeEnd = before.length;
  let afterEnd = after.length;
  while (beforeEnd > first && afterEnd > first && before[beforeEnd - 1] === after[afterEnd - 1]) {
    beforeEnd -= 1;
    afterEnd -= 1;
  }
  return [before.slice(first, beforeEnd), after.slice(first, afterEnd)];
}

/** What differs between facts: what stands behind in its order, then what stands no more. Facts are compared by their values. */
export function changesBetween(
  before: readonly Fact[],
  after: readonly Fact[],
): readonly Pick<Change, 'key' | 'before' | 'after'>[] {
  // Narrations make facts anew only where something happened, so most are the same objects in the same order.
  const [differed, differs] = differingEnds(before, after);
  if (differed.length === 0 && differs.length === 0) return NO_CHANGES;
  const stood = new Map(differed.map((fact) => [keyText(fact.key), fact]));
  const changes: Pick<Change, 'key' | 'before' | 'after'>[] = [];
  for (const fact of differs) {
    const text = keyText(fact.key);
    const earlier = stood.get(text);
    stood.delete(text);
    if (earlier === undefined) changes.push({ key: fact.key, after: fact });
    else if (!isSame(earlier, fact)) changes.push({ key: fact.key, before: earlier, after: fact });
  }
  for (const fact of stood.values()) changes.push({ key: fact.key, before: fact });
  return changes;
}

function isSame(one: Fact, other: Fact): boolean {
  // Facts that were made anew of the same parts hold the same values.
  return one.value === other.value || canonicalJson(one.value) === canonicalJson(other.value);
}
