import type { FindingCode } from './finding';

/** How far clocks may be apart before a time is called wrong. */
export const SKEW_MS_DEFAULT = 5 * 60_000;

/** That a quorum of witnesses had seen a log at a time. */
export interface Sighting {
  readonly size: number;
  /** When the quorum was reached, in seconds since 1970. */
  readonly seconds: number;
}

/**
 * The sandwich: an event was recorded after the last time that witnesses saw the log without it, and before the first
 * time that they saw it. Recorded times never run backwards, so looking at the events next to each sighting is looking
 * at all of them.
 */
export class Sandwich {
  readonly #sightings: readonly Sighting[];

  constructor(
    sightings: readonly Sighting[],
    private readonly skewMs = SKEW_MS_DEFAULT,
  ) {
    this.#sightings = sightings.toSorted((one, other) => one.size - other.size || one.seconds - other.seconds);
  }

  /** How many events from the beginning of the log have been seen by witnesses. */
  get seenSize(): number {
    return this.#sightings.at(-1)?.size ?? 0;
  }

  /**
   * The positions that tell of all of them, ascending: the last that each sighting covers, and the first that it does
   * not.
   */
  get positions(): readonly number[] {
    const positions = this.#sightings.flatMap(({ size }) => (size > 0 ? [size - 1, size] : [0]));
    return [...new Set(positions)].sort((one, other) => one - other);
  }

  /** @param recordedAt as it stands in the leaf */
  judge(position: number, recordedAt: string): FindingCode | undefined {
    const recordedMs = millisecondsOf(recordedAt);
    const after = this.#firstCovering(position);
    // Of those that do not cover it the latest in time counts, whatever its size: the log did not have the event yet.
    const before = this.#sightings.slice(0, after).reduce((most, { seconds }) => Math.max(most, seconds), -Infinity);
    if (recordedMs < before * 1_000 - this.skewMs) return 'timeBeforeWitness';
    const covering = this.#sightings[after];
    return covering && recordedMs > covering.seconds * 1_000 + this.skewMs ? 'timeAfterWitness' : undefined;
  }

  #firstCovering(position: number): number {
    let low = 0;
    let high = this.#sightings.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#sightings[middle] as Sighting).size > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const DAY_MS = 86_400_000;
const DAYS_OF_400_YEARS = 146_097;
/** From 0000-03-01 to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468;

/** A time as leaves write it, such as 2026-01-31T09:15:00.000Z, in milliseconds since 1970. */
export function millisecondsOf(recordedAt: string): number {
  const [year, month, day, hour, minute, second, milliseconds] = recordedAt.split(/[-T:.Z]/).map(Number) as [
    ...[number, number, number, number, number, number, number],
  ];
  const time = ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds;
  return daysSince1970(year, month, day) * DAY_MS + time;
}

/** Of the Gregorian calendar; years are counted from March, so that the leap day is their last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_BEFORE_1970;
}
