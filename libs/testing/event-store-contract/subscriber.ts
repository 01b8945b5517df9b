import type { Position } from '@khamrap/kernel';
import type { EventStore, RecordedEvent } from '@khamrap/platform/event-store';
import { eventually, within } from '../eventually';

/** How soon a subscription must end once it has been told to. */
const END_MS_MAX = 2_000;

/** One who follows the log and keeps everything that arrives, in the order of arrival. */
export class Subscriber {
  readonly received: RecordedEvent[] = [];
  readonly batchCounts: number[] = [];
  readonly #abort = new AbortController();
  readonly #ended: Promise<void>;
  #failure: unknown;

  constructor(store: EventStore, after: Position, batchCountMax = 100) {
    const batches = store.subscribe({ after, batchCountMax, signal: this.#abort.signal });
    this.#ended = this.#follow(batches);
    // A failure is thrown where the test next waits; until then nobody listens.
    this.#ended.catch(() => undefined);
  }

  get positions(): Position[] {
    return this.received.map((event) => event.position);
  }

  /** Waits until this event has arrived. */
  async untilReceived(eventId: string, waitMsMax?: number): Promise<RecordedEvent> {
    return eventually(
      `the event ${eventId} at the subscriber`,
      () => {
        if (this.#failure !== undefined) throw this.#failure;
        return this.received.findLast((event) => event.eventId === eventId);
      },
      waitMsMax,
    );
  }

  /** Waits until everything up to a position has arrived. */
  async untilPosition(position: Position): Promise<void> {
    await eventually(`position ${position} at the subscriber`, () => {
      if (this.#failure !== undefined) throw this.#failure;
      return (this.received.at(-1)?.position ?? -1) >= position ? true : undefined;
    });
  }

  /** Ends the subscription; throws when it does not end in time, or ended by a failure. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await within(END_MS_MAX, 'the end of a subscription', this.#ended);
  }

  async #follow(batches: AsyncIterable<readonly RecordedEvent[]>): Promise<void> {
    try {
      for await (const batch of batches) {
        this.batchCounts.push(batch.length);
        this.received.push(...batch);
      }
    } catch (failure) {
      this.#failure = failure;
      throw failure;
    }
  }
}
