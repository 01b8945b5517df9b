import { Injectable } from '@nestjs/common';
import type { BothLanguages } from '@khamrap/kernel';
import type { ToldEvent, UsableNarration } from './narration-of-events';
import type { Names } from './narration-rule';
import { foldOf, Timeline, type Fold } from './timeline';

/** Shorter streams are folded faster than they are looked up and compared. */
const EVENT_COUNT_MIN = 100;
/** Of all folds together. The events that an extreme agreement has in a year take a few megabytes. */
const EVENT_COUNT_MAX = 6_000;

interface KeptFold {
  readonly positions: readonly number[];
  /** How offices were called that facts name. */
  readonly called: ReadonlyMap<string, BothLanguages>;
  readonly fold: Fold;
}

/**
 * Makes timelines, and keeps the folds of long streams for the next page. A fold is used again for the very same events only, by
 * their positions, whoever asks: which these are is judged anew for every question.
 */
@Injectable()
export class Timelines {
  /** By stream and how far it is told; what was used last stands last. */
  readonly #kept = new Map<string, KeptFold>();
  #eventCount = 0;
  protected readonly eventCountMin: number = EVENT_COUNT_MIN;

  of(narration: UsableNarration, events: readonly ToldEvent[], names: Names): Timeline {
    if (events.length < this.eventCountMin) return new Timeline(narration, events, names);
    const last = events.at(-1) as ToldEvent;
    const key = `${last.stream} ${events.length} ${last.position}`;
    const known = this.#kept.get(key);
    if (known && isOf(known, events, names)) {
      this.#keep(key, known);
      return new Timeline(narration, events, names, known.fold);
    }
    const called = new Map<string, BothLanguages>();
    const fold = foldOf(narration, events, {
      office: (officeId) => {
        const name = names.office(officeId);
        called.set(officeId, name);
        return name;
      },
    });
    this.#keep(key, { positions: events.map(({ position }) => position), called, fold });
    return new Timeline(narration, events, names, fold);
  }

  #keep(key: string, kept: KeptFold): void {
    this.#drop(key);
    this.#kept.set(key, kept);
    this.#eventCount += kept.positions.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#eventCount <= EVENT_COUNT_MAX) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#eventCount -= this.#kept.get(key)?.positions.length ?? 0;
    this.#kept.delete(key);
  }
}

function isOf({ positions, called }: KeptFold, events: readonly ToldEvent[], names: Names): boolean {
  return (
    positions.length === events.length &&
    positions.every((position, index) => position === events[index]?.position) &&
    [...called].every(([officeId, { th, en }]) => {
      const name = names.office(officeId);
      return name.th === th && name.en === en;
    })
  );
}
