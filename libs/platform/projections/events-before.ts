import type { Position, StreamName } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';

const PAGE_COUNT = 1_000;

/** The events of a stream that lie before a position of the log, in their order. */
export async function* eventsBefore(
  store: EventStore,
  codec: EventCodec,
  stream: StreamName,
  before: Position,
): AsyncGenerator<DecodedEvent> {
  for (let from = 0; ; from += PAGE_COUNT) {
    const page = await store.readRecorded(stream, from, PAGE_COUNT);
    for (const recorded of page) {
      if (recorded.position >= before) return;
      yield { ...codec.decode(recorded), position: recorded.position, recordedAtMs: recorded.recordedAt };
    }
    if (page.length < PAGE_COUNT) return;
  }
}
