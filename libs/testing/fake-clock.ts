/** 2 October 2025, the second day of fiscal year 2569, at 09:00 in Bangkok. */
const START = '2025-10-02T02:00:00.000Z';

/** A clock that stands still until it is told to move. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** RFC 3339 in UTC with milliseconds. */
  nowText(): string;
  advance(milliseconds: number): void;
  /** Sets any time, an earlier one too: clocks of real machines jump. */
  set(time: string): void;
}

/** @param start RFC 3339 */
export function fakeClock(start: string = START): FakeClock {
  let time = millisecondsOf(start);
  return {
    now: () => time,
    nowText: () => new Date(time).toISOString(),
    advance: (milliseconds) => {
      time += milliseconds;
    },
    set: (text) => {
      time = millisecondsOf(text);
    },
  };
}

function millisecondsOf(text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${text}" is not a time`);
  return milliseconds;
}
