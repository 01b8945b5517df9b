/** Asks for things before their turn, so many at a time, and gives them in their order. */
export class ReadAhead<Result> {
  readonly #asked: Promise<Result>[] = [];
  #next: number;

  /** @param end without it */
  constructor(
    start: number,
    private readonly end: number,
    private readonly countMax: number,
    private readonly ask: (index: number) => Promise<Result>,
  ) {
    this.#next = start;
  }

  /** Undefined behind the last one. */
  async take(): Promise<Result | undefined> {
    while (this.#next < this.end && this.#asked.length < this.countMax) {
      const asked = this.ask(this.#next++);
      // Whoever takes it is told; nobody may, when something before it failed.
      asked.catch(() => undefined);
      this.#asked.push(asked);
    }
    return this.#asked.shift();
  }
}
