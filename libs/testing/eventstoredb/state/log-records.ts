import { comparePositions, type LogPosition } from './log-position';
import type { ProposedEvent, StoredEvent } from './stored-event';

/** Thrown where a position is no place at which a record begins; the server answers it with INVALID_ARGUMENT. */
export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
}

/** Sizes of a record beside its content, about as large as those of the server's format 2. */
const RECORD_BYTES = 84;
const COMMIT_BYTES = 61;

/** The one order of all events, at byte offsets as sparse as those of a file. */
export class LogRecords {
  #events: StoredEvent[] = [];
  /** Where records begin: a reader can be set to these places and to no others. */
  #starts = new Set<bigint>();
  #end: bigint;

  constructor(start: bigint) {
    this.#end = start;
    this.#starts.add(start);
  }

  get events(): readonly StoredEvent[] {
    return this.#events;
  }

  /** Takes a place for the prepare of an event; the order in which events are committed is another matter. */
  prepare(stream: string, event: ProposedEvent): { readonly start: bigint; readonly end: bigint } {
    const text = Buffer.byteLength(stream) + Buffer.byteLength(event.type);
    return this.#take(RECORD_BYTES + text + event.data.length + event.metadata.length);
  }

  /** Takes a place for the record that commits a transaction, as versions before 2.0 of the protocol wrote them. */
  commit(): { readonly start: bigint; readonly end: bigint } {
    return this.#take(COMMIT_BYTES);
  }

  add(event: StoredEvent): void {
    this.#events.push(event);
  }

  /** Events at or behind a position, in order. */
  from(position: LogPosition | 'start'): readonly StoredEvent[] {
    if (position === 'start') return this.#events;
    this.#assertReadable(position.commit);
    return this.#events.slice(this.#firstAt(position));
  }

  /** Events behind a position, in order; a position behind the end of the log is waited for, as with the server. */
  after(position: LogPosition | undefined, checked: boolean): readonly StoredEvent[] {
    if (!position) return this.#events;
    if (checked) this.#assertReadable(position.commit);
    const first = this.#firstAt(position);
    const found = this.#events[first];
    return this.#events.slice(found && comparePositions(found.position, position) === 0 ? first + 1 : first);
  }

  /** Events that end at or before a position, the last one first. */
  before(position: LogPosition | 'end'): readonly StoredEvent[] {
    if (position === 'end') return this.#events.toReversed();
    if (position.commit > this.#end) throw new RangeError('The position is behind the end of the log.');
    this.#assertReadable(position.commit);
    return this.#events
      .slice(0, this.#firstAt(position))
      .filter(({ end }) => comparePositions(end, position) <= 0)
      .toReversed();
  }

  /** Removes events from the order and leaves their places empty, as a scavenge does. */
  remove(gone: ReadonlySet<StoredEvent>): void {
    this.#events = this.#events.filter((event) => !gone.has(event));
  }

  copy(): LogRecords {
    const copied = new LogRecords(0n);
    copied.#events = [...this.#events];
    copied.#starts = new Set(this.#starts);
    copied.#end = this.#end;
    return copied;
  }

  /** The log as it was when the event at `position` was its last one. */
  cutOffBehind(position: LogPosition): LogRecords {
    const cut = new LogRecords(0n);
    cut.#events = this.#events.filter((event) => comparePositions(event.position, position) <= 0);
    const last = cut.#events.at(-1);
    cut.#end = last && last.end.commit > last.end.prepare ? last.end.commit : (last?.end.prepare ?? 0n);
    cut.#starts = new Set([...this.#starts].filter((start) => start <= cut.#end));
    return cut;
  }

  #take(size: number): { readonly start: bigint; readonly end: bigint } {
    const start = this.#end;
    this.#end += BigInt(size);
    this.#starts.add(this.#end);
    return { start, end: this.#end };
  }

  #assertReadable(commit: bigint): void {
    const last = this.#events.at(-1);
    if (commit === 0n || !last || commit > last.position.commit || this.#starts.has(commit)) return;
    throw new InvalidPosition('Trying to read from an invalid position.');
  }

  /** Place of the first event at or behind a position. */
  #firstAt(position: LogPosition): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { position: found } = this.#events[middle] as StoredEvent;
      if (comparePositions(found, position) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
