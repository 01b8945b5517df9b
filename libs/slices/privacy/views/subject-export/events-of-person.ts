import { Inject, Injectable } from '@nestjs/common';
import type { Actor, JsonObject, Position, StreamName } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { RequestRefused } from '@khamrap/platform/http';
import { Vault } from '@khamrap/platform/vault';
import { commitmentsOf, type CommitmentAt } from '../../erasures/commitments';
import type { PersonEventAnswer } from './subject-export.answer';

const PAGE_COUNT = 1_000;
/** How much of the log one answer goes through at the most, and how many events it holds. */
const POSITION_COUNT_MAX = 10_000;
const EVENT_COUNT_MAX = 500;
/** How many such readings a process does at once: each of them is work that nothing but patience bounds. */
const READING_COUNT_MAX = 2;
const RETRY_SECONDS = '2';

interface Mentioning {
  readonly event: RecordedEvent;
  readonly isAuthored: boolean;
  readonly commitments: readonly CommitmentAt[];
}

/** The events that somebody is the author of, or that name them. */
@Injectable()
export class EventsOfPerson {
  #readingCount = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  /**
   * Reads the log from behind a position on; the log is not indexed by who appears in it, because that is asked rarely.
   * @returns the events, and behind which position to go on where there may be more
   * @throws RequestRefused while as many are read for as may be
   */
  async read(pseudonym: string, after: Position): ReturnType<EventsOfPerson['readOne']> {
    if (this.#readingCount >= READING_COUNT_MAX)
      throw new RequestRefused('quotaExceeded', { headers: { 'retry-after': RETRY_SECONDS } });
    this.#readingCount += 1;
    try {
      return await this.readOne(pseudonym, after);
    } finally {
      this.#readingCount -= 1;
    }
  }

  private async readOne(
    pseudonym: string,
    after: Position,
  ): Promise<{ readonly events: readonly PersonEventAnswer[]; readonly nextAfter?: Position }> {
    const found: Mentioning[] = [];
    for (let from = after + 1; ; from += PAGE_COUNT) {
      const page = await this.store.readLog(from, PAGE_COUNT);
      for (const event of page) {
        if (!event.body.includes(pseudonym)) continue;
        found.push(mentioning(event, pseudonym));
        if (found.length === EVENT_COUNT_MAX) return { events: await this.#told(found), nextAfter: event.position };
      }
      if (page.length < PAGE_COUNT) return { events: await this.#told(found) };
      const reached = from + PAGE_COUNT - 1;
      if (reached - after >= POSITION_COUNT_MAX) return { events: await this.#told(found), nextAfter: reached };
    }
  }

  async #told(found: readonly Mentioning[]): Promise<readonly PersonEventAnswer[]> {
    const values = await this.#valuesOf(found);
    return found.map(({ event, isAuthored, commitments }) => ({
      position: event.position,
      recordedAt: new Date(event.recordedAt).toISOString(),
      stream: event.stream,
      eventId: event.eventId,
      type: event.type,
      authored: isAuthored,
      privateValues: commitments.map(({ path, digest }) => ({ path, value: values.get(digest) ?? null })),
    }));
  }

  /** The vault opens one stream at a time. */
  async #valuesOf(found: readonly Mentioning[]): Promise<ReadonlyMap<string, string>> {
    const digests = new Map<StreamName, string[]>();
    for (const { event, commitments } of found)
      digests.set(event.stream, [...(digests.get(event.stream) ?? []), ...commitments.map(({ digest }) => digest)]);
    const values = new Map<string, string>();
    for (const [stream, ofStream] of digests)
      for (const [digest, value] of await this.vault.valuesOf(stream, ofStream)) values.set(digest, value);
    return values;
  }
}

/** What somebody has written themselves they may read; what others wrote in an event that names them is not theirs to open. */
function mentioning(event: RecordedEvent, pseudonym: string): Mentioning {
  const { actor } = JSON.parse(event.body) as JsonObject & { actor: Actor };
  const isAuthored = actor.id === pseudonym;
  return { event, isAuthored, commitments: isAuthored ? commitmentsOf(event) : [] };
}
