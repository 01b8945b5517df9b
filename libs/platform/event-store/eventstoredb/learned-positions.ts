import { BEFORE_FIRST } from '@khamrap/kernel';
import type { RecordedEvent } from '../event-store';
import type { RecordedLog } from '../postgres/recorded-log';

const IMPATIENT_MS = 50;

interface Learner {
  readonly eventId: string;
  readonly learn: (event: RecordedEvent) => void;
}

/**
 * Tells those who have appended where their events come to stand. However many wait, the log is asked once each time that it
 * grows.
 */
export class LearnedPositions {
  readonly #learners = new Set<Learner>();
  #isAsking = false;
  /** How long one who waits is let wait; less once nothing is sequenced any more. */
  #patienceMs: number;
  #head = BEFORE_FIRST;

  constructor(
    private readonly log: RecordedLog,
    private readonly patienceMsMax: number,
  ) {
    this.#patienceMs = patienceMsMax;
  }

  /** An event that stands, as the log has it; undefined when that is not known in time. */
  async learn(eventId: string): Promise<RecordedEvent | undefined> {
    const learned = await this.hearOf(eventId, this.#patienceMs);
    // Where nobody sequences, whoever comes after is not held up as long as the first.
    this.#patienceMs = learned ? this.patienceMsMax : Math.max(IMPATIENT_MS, this.#patienceMs / 2);
    return learned;
  }

  /** An event that may come to stand, as the log has it; undefined when it is not there in time. */
  async hearOf(eventId: string, timeoutMs: number): Promise<RecordedEvent | undefined> {
    let learner: Learner | undefined;
    let timer: NodeJS.Timeout | undefined;
    const learned = await new Promise<RecordedEvent | undefined>((resolve) => {
      learner = { eventId, learn: resolve };
      this.#learners.add(learner);
      timer = setTimeout(() => resolve(undefined), timeoutMs);
      if (!this.#isAsking) void this.#ask();
    });
    clearTimeout(timer);
    this.#learners.delete(learner as Learner);
    return learned;
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const never = new AbortController();
    try {
      while (this.#learners.size > 0) {
        const seen = await this.#askOnce();
        if (this.#learners.size > 0) await this.log.beyond(seen, never.signal);
      }
    } catch {
      // The database is away: those who wait learn nothing in time, and say so.
    } finally {
      this.#isAsking = false;
    }
  }

  /** @returns up to where the log had come when it was asked, or before */
  async #askOnce(): Promise<number> {
    const { position } = await this.log.head();
    // Somebody sequences (again): it is worth while to wait.
    if (position > this.#head) this.#patienceMs = this.patienceMsMax;
    this.#head = position;
    const asked = [...this.#learners];
    const events = await this.log.readEvents([...new Set(asked.map(({ eventId }) => eventId))]);
    const byId = new Map(events.map((event) => [event.eventId, event]));
    for (const learner of asked) {
      const event = byId.get(learner.eventId);
      if (!event) continue;
      this.#learners.delete(learner);
      learner.learn(event);
    }
    return position;
  }
}
