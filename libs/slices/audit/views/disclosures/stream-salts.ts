import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { StreamName } from '@khamrap/kernel';
import { EVENT_STORE, LogDamaged, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { streamSaltOf } from '@khamrap/platform/transparency/proof';

const CACHE_COUNT_MAX = 20_000;
const READ_COUNT_MAX = 8;

/** What opens the references of streams, made of the salts of their first events; the last 20,000 are remembered. */
@Injectable()
export class StreamSalts {
  readonly #salts = new LRUCache<string, string>({ max: CACHE_COUNT_MAX });

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** The salts of the streams of these events, by name, as 64 hexadecimal digits. */
  async of(
    events: readonly Pick<RecordedEvent, 'stream' | 'revision' | 'salt'>[],
  ): Promise<ReadonlyMap<string, string>> {
    const found = new Map<StreamName, string>();
    for (const { stream, revision, salt } of events) {
      if (revision === 0) this.#salts.set(stream, saltOf(salt));
      const known = this.#salts.get(stream);
      if (known !== undefined) found.set(stream, known);
    }
    const missing = [...new Set(events.map(({ stream }) => stream))].filter((stream) => !found.has(stream));
    // A few at a time: whoever walks the log must not hold all connections.
    for (let from = 0; from < missing.length; from += READ_COUNT_MAX) {
      const some = missing.slice(from, from + READ_COUNT_MAX);
      const salts = await Promise.all(some.map((stream) => this.#read(stream)));
      some.forEach((stream, index) => found.set(stream, salts[index] as string));
    }
    return found;
  }

  async #read(stream: StreamName): Promise<string> {
    const [first] = await this.store.readRecorded(stream, 0, 1);
    if (first === undefined) throw new LogDamaged(`the stream ${stream} has no first event`);
    const salt = saltOf(first.salt);
    this.#salts.set(stream, salt);
    return salt;
  }
}

function saltOf(firstSalt: Buffer): string {
  return Buffer.from(streamSaltOf(firstSalt)).toString('hex');
}
