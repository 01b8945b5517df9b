import type { IsoDate } from '@khamrap/kernel';

/** What happens on one day in one stream; it may begin what happens on later days. */
export type Act = (on: IsoDate) => Promise<void>;

/**
 * Acts by the day on which they happen. Recorded times never run backwards, so the days are gone through one after the other;
 * on one day many streams go on at once, and within one stream each act waits for the one before.
 */
export class Diary {
  readonly #days = new Map<IsoDate, Map<string, Act[]>>();

  /** Notes an act of a stream for a day; acts of one stream and day happen in the order in which they were noted. */
  note(on: IsoDate, stream: string, act: Act): void {
    const day = this.#days.get(on) ?? new Map<string, Act[]>();
    this.#days.set(on, day);
    const acts = day.get(stream);
    if (acts) acts.push(act);
    else day.set(stream, [act]);
  }

  /** Goes through all days, those that acts add among them. @param streamCountMax how many streams go on at once */
  async live(streamCountMax: number): Promise<void> {
    for (let on = this.#earliest(); on !== undefined; on = this.#earliest()) {
      const streams = [...(this.#days.get(on) ?? new Map<string, Act[]>()).values()];
      this.#days.delete(on);
      await atOnce(streamCountMax, streams, async (acts) => {
        for (const act of acts) await act(on);
      });
    }
  }

  #earliest(): IsoDate | undefined {
    let earliest: IsoDate | undefined;
    for (const day of this.#days.keys()) if (earliest === undefined || day < earliest) earliest = day;
    return earliest;
  }
}

/** Does something for every item, so many at once. */
async function atOnce<Item>(
  countMax: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: Math.min(countMax, items.length) }, worker));
}
