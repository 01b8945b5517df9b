import type { RecordedEvent } from '../../event-store';
import { APPEND_EVENT_COUNT_MAX } from '../../event-store';

/** Half of what a store takes at once unless it is told otherwise (1 MiB of data). */
const APPEND_BYTES_MAX = 512 * 1_024;

/**
 * Cuts consecutive events of the log into appends: events of one stream that have one recorded time go together, as they were
 * appended together, up to what a store takes at once.
 */
export function* appendsOf(
  events: readonly RecordedEvent[],
  { countMax = APPEND_EVENT_COUNT_MAX, bytesMax = APPEND_BYTES_MAX } = {},
): Generator<readonly RecordedEvent[]> {
  let append: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const [first] = append;
    const size = Buffer.byteLength(event.body) + event.type.length;
    const isTogether = first?.stream === event.stream && first.recordedAt === event.recordedAt;
    if (append.length > 0 && (!isTogether || append.length === countMax || bytes + size > bytesMax)) {
      yield append;
      append = [];
      bytes = 0;
    }
    append.push(event);
    bytes += size;
  }
  if (append.length > 0) yield append;
}
