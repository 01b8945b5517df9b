import { Inject, Injectable } from '@nestjs/common';
import type { BothLanguages, Position, StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import type { Between } from '../history/moments';
import { dateTime, ToldRows, toldChange } from '../history/told-rows';
import { KnownNames } from '../narration/known-names';
import { NarrationOfEvents, type ToldEvent } from '../narration/narration-of-events';
import { keyText, type Timeline } from '../narration/timeline';
import { Timelines } from '../narration/timelines';
import { ToldStreams } from '../narration/told-streams';
import { differencesIn, toldDifference, type Difference } from './difference';
import type { DifferenceAnswer, DifferingEventAnswer, MomentAnswer } from './differences.answer';

/** What differs in one stream, or a part of it. */
export interface StreamDifferences {
  readonly stream: StreamName;
  readonly name?: BothLanguages;
  readonly changes: readonly DifferenceAnswer[];
  readonly events: readonly DifferingEventAnswer[];
  /** How many there are in all. */
  readonly count: number;
}

/** Which of the differences are wanted. */
export interface PartOfDifferences {
  readonly first: number;
  readonly countMax: number;
  /** Whether the stream is one of those asked for, by what is told of it; all are where absent. */
  readonly isAsked?: (events: readonly ToldEvent[]) => boolean;
}

/** The keys of facts by which streams are called; the first that stands. */
const NAMING = new Set(['title', 'name']);

/** Tells what differs in streams between two moments, to one reader. */
@Injectable()
export class ToldDifferences {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly streams: ToldStreams,
    private readonly narrations: NarrationOfEvents,
    private readonly timelines: Timelines,
    private readonly names: KnownNames,
  ) {}

  /**
   * What differs in a stream; undefined where there is nothing of it for the one who asks. What is told at both ends is what
   * could be had at the later one.
   * @throws StoreUnavailable, GrantsUnavailable, NotProjectedYet
   */
  async of(
    stream: StreamName,
    between: Between,
    requester: Requester | undefined,
    { first, countMax, isAsked = () => true }: PartOfDifferences,
  ): Promise<StreamDifferences | undefined> {
    const narration = this.narrations.of(stream);
    const events = narration ? await this.streams.events(stream, between.to, requester) : [];
    if (!narration || events.length === 0 || !isAsked(events)) return undefined;
    // Between moments at which nothing was recorded for this reader nothing differs, and nothing need be folded.
    if (!events.some(({ position }) => position > between.from)) return { stream, changes: [], events: [], count: 0 };
    const { shown, ...told } = await this.names.telling(between.to, events, (names) => {
      const timeline = this.timelines.of(narration, events, names);
      const all = differencesIn(timeline, between);
      const differences = all.slice(first, first + countMax);
      const name = timeline.factsAfter(events.length).find(({ key }) => NAMING.has(keyText(key)))?.shown;
      const rows = new ToldRows(timeline, names);
      for (const { setBy } of differences) rows.source(setBy);
      return {
        stream,
        ...(name && { name }),
        changes: differences.map((difference) => toldIn(timeline, difference)),
        events: eventsOf(timeline, differences, rows),
        count: all.length,
        shown: rows.shown,
      };
    });
    await this.streams.note(stream, shown, requester);
    return told;
  }

  /** A moment as answers state it. */
  async moment(position: Position): Promise<MomentAnswer> {
    const [event] = position < 0 ? [] : await this.store.readLog(position, 1);
    return { position, ...(event && { at: dateTime(event.recordedAt) }) };
  }
}

function toldIn(timeline: Timeline, difference: Difference): DifferenceAnswer {
  return {
    sentence: toldDifference(difference),
    ...toldChange(difference),
    madeBy: difference.madeBy.map((index) => {
      const { eventId, position } = timeline.events[index] as ToldEvent;
      return { eventId, position };
    }),
  };
}

function eventsOf(
  timeline: Timeline,
  differences: readonly Difference[],
  rows: ToldRows,
): readonly DifferingEventAnswer[] {
  const named = new Set(differences.flatMap(({ madeBy }) => madeBy));
  return [...named]
    .sort((first, second) => first - second)
    .map((index) => {
      const { changes: _changes, evidence: _evidence, ...row } = rows.event({ index, changes: [] });
      return { ...row, who: rows.who(timeline.events[index] as ToldEvent) };
    });
}
