import { randomUUID } from 'node:crypto';
import { checkCommit, type ExpectedRevision, type StreamUnderCheck } from './commit-check';
import { INT64_MAX, type LogPosition } from './log-position';
import { LogRecords } from './log-records';
import { jsonEvent, type ProposedEvent, type StoredEvent } from './stored-event';
import {
  describedBy,
  isMetadataStream,
  metadataStreamOf,
  parseMetadata,
  parseSettings,
  type AccessList,
  type StreamMetadata,
} from './stream-metadata';
import { STORE_DEFAULTS, type StoreOptions } from './store-options';
import { StreamIndex } from './stream-index';

/** What becomes of a write. */
export type WriteResult =
  | {
      readonly kind: 'written';
      /** True when these events stood there already. */
      readonly repeated: boolean;
      /** Revision of the last event; -1n where nothing was written to a stream that is not there. */
      readonly revision: bigint;
      readonly position: LogPosition | undefined;
    }
  | { readonly kind: 'wrongExpectedRevision'; readonly current: bigint }
  | { readonly kind: 'deleted' };

const TICKS_PER_MS = 10_000n;
/** Name under which the server writes what it has to say about itself. */
const STATISTICS_STREAM = '$stats-127.0.0.1:2113';

/** What a store holds, apart from the nodes that serve it: several servers may share one, as the nodes of a cluster do. */
export class StoreState {
  /** The store's clock in milliseconds since 1970; tests set it, also backwards. */
  clock: () => number;
  readonly #options: Required<StoreOptions>;
  #records: LogRecords;
  #streams = new StreamIndex();
  #appends = 0;
  #listeners = new Set<() => void>();

  constructor(options: StoreOptions = {}) {
    this.#options = { ...STORE_DEFAULTS, ...options };
    this.clock = this.#options.clock;
    this.#records = new LogRecords(this.#options.start);
    if (this.#options.systemEventEvery > 0) this.#writeFirstSystemEvents();
  }

  /** Every event of $all in order, system events included. */
  get events(): readonly StoredEvent[] {
    return this.#records.events;
  }

  get records(): LogRecords {
    return this.#records;
  }

  /** How many appends were stored, repeats not counted. */
  get appendCount(): number {
    return this.#appends;
  }

  /** Writes as a client does; a judgement and no error where it may not. */
  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): WriteResult {
    const checked = this.#check(stream, expected, events);
    const current = this.#streams.lastRevision(stream);
    if (checked.kind === 'deleted') return checked;
    if (checked.kind === 'wrongExpectedRevision') return { ...checked, current };
    if (checked.kind === 'repeated') return { ...checked, kind: 'written', repeated: true };
    const described = isMetadataStream(stream) ? describedBy(stream) : stream;
    const wasSoftlyDeleted = this.isSoftlyDeleted(described);
    const firstRevision = this.#streams.lastRevision(described) + 1n;
    const position = this.#commit(stream, events);
    const last = this.#streams.lastRevision(stream);
    if (wasSoftlyDeleted) this.#undelete(described, firstRevision);
    this.#appends += 1;
    this.#disturb();
    this.#changed();
    return { kind: 'written', repeated: false, revision: last, position };
  }

  /** Softly: the stream seems not to be there, its events stay in $all, and it goes on at the next revision. */
  delete(stream: string, expected: ExpectedRevision): WriteResult {
    return this.#remove(stream, expected, () =>
      this.#write(metadataStreamOf(stream), [
        { ...jsonEvent(randomUUID(), '$metadata', {}), data: Buffer.from(`{"$tb":${INT64_MAX}}`) },
      ]),
    );
  }

  /** For good: a last event is written, and nothing ever again. */
  tombstone(stream: string, expected: ExpectedRevision): WriteResult {
    return this.#remove(stream, expected, () =>
      this.#write(stream, [jsonEvent(randomUUID(), '$streamDeleted', {})], true),
    );
  }

  /** Writes the metadata of a stream as an operator does, such as `{ $tb: 5 }` or `{ $maxCount: 1 }`. */
  setMetadata(stream: string, metadata: object): void {
    this.#write(metadataStreamOf(stream), [jsonEvent(randomUUID(), '$metadata', metadata)]);
    this.#changed();
  }

  /** Writes `$settings`, where the default rights of streams stand. */
  setSettings(settings: object): void {
    this.#write('$settings', [jsonEvent(randomUUID(), '$settings', settings)]);
    this.#changed();
  }

  /** Writes an event of the server itself, such as one that says that an epoch began. */
  writeSystemEvent(stream: string, type: string, data: object): void {
    this.#write(stream, [jsonEvent(randomUUID(), type, data)]);
    this.#changed();
  }

  /** Removes what was truncated, deleted or grew too old from $all and from the streams; the last event of a stream stays. */
  scavenge(): void {
    const gone = new Set(
      this.#streams.names().flatMap((name) => {
        const last = this.#streams.lastEvent(name);
        const kept = new Set(this.isTombstoned(name) ? [] : this.readStream(name));
        return this.#streams.events(name).filter((event) => !kept.has(event) && event !== last);
      }),
    );
    this.#records.remove(gone);
    this.#streams.remove(gone);
  }

  /** Events of a stream that still count, in order; undefined where there is no such stream. */
  readStream(stream: string): readonly StoredEvent[] | undefined {
    const last = this.#streams.lastRevision(stream);
    if (last < 0n || this.isSoftlyDeleted(stream)) return undefined;
    const { truncateBefore = 0n, maxCount, maxAgeSeconds } = this.metadataOf(stream);
    const first =
      maxCount === undefined || last - maxCount + 1n < truncateBefore ? truncateBefore : last - maxCount + 1n;
    const oldest = maxAgeSeconds === undefined ? undefined : this.#ticks() - maxAgeSeconds * 1_000n * TICKS_PER_MS;
    return this.#streams
      .events(stream)
      .filter(({ revision, createdTicks }) => revision >= first && (oldest === undefined || createdTicks >= oldest));
  }

  /** The revision of the last event that was ever written to a stream; -1n for none. */
  lastRevision(stream: string): bigint {
    return this.#streams.lastRevision(stream);
  }

  isTombstoned(stream: string): boolean {
    return this.#streams.isTombstoned(isMetadataStream(stream) ? describedBy(stream) : stream);
  }

  isSoftlyDeleted(stream: string): boolean {
    return !isMetadataStream(stream) && this.metadataOf(stream).truncateBefore === INT64_MAX;
  }

  metadataOf(stream: string): StreamMetadata {
    if (isMetadataStream(stream)) return { maxCount: 1n };
    const last = this.#streams.lastEvent(metadataStreamOf(stream));
    return last ? parseMetadata(last.data) : {};
  }

  /** The default rights that `$settings` gives. */
  settings(): { readonly user?: AccessList; readonly system?: AccessList } {
    const last = this.#streams.lastEvent('$settings');
    return last ? parseSettings(last.data) : {};
  }

  /** Calls back after every change. @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Another store with the same content: what is written to one is not in the other. */
  copy(): StoreState {
    return this.#with(this.#records.copy());
  }

  /** The store as a backup has it that was made when the event at `position` was the last one; offsets begin again there. */
  restoredTo(position: LogPosition): StoreState {
    return this.#with(this.#records.cutOffBehind(position));
  }

  #with(records: LogRecords): StoreState {
    const other = new StoreState({ ...this.#options, systemEventEvery: 0 });
    Object.assign(other.#options, this.#options);
    other.clock = this.clock;
    other.#records = records;
    other.#streams = StreamIndex.of(records.events);
    other.#appends = this.#appends;
    return other;
  }

  #check(stream: string, expected: ExpectedRevision, events: readonly Pick<ProposedEvent, 'id'>[]) {
    const known: StreamUnderCheck = {
      lastRevision: this.#streams.lastRevision(stream),
      tombstoned: this.isTombstoned(stream),
      softlyDeleted: this.isSoftlyDeleted(stream),
      hasMetadata: this.#streams.lastRevision(metadataStreamOf(stream)) >= 0n,
      at: (revision) => this.#streams.at(stream, revision),
      lately: (id) => this.#streams.lately(stream, id),
    };
    return checkCommit(known, expected, events);
  }

  #remove(stream: string, expected: ExpectedRevision, write: () => LogPosition | undefined): WriteResult {
    const current = this.#streams.lastRevision(stream);
    const checked = this.#check(stream, expected, [{ id: randomUUID() }]);
    if (checked.kind === 'deleted') return checked;
    const isNothing = current < 0n && this.#streams.lastRevision(metadataStreamOf(stream)) < 0n;
    if (checked.kind !== 'commit' || isNothing) return { kind: 'wrongExpectedRevision', current };
    const position = write();
    this.#changed();
    return { kind: 'written', repeated: false, revision: current, position };
  }

  #commit(stream: string, events: readonly ProposedEvent[]): LogPosition | undefined {
    const { transactionEvery } = this.#options;
    const isTransaction = transactionEvery > 0 && this.#appends % transactionEvery === transactionEvery - 1;
    return isTransaction ? this.#writeTransaction(stream, events) : this.#write(stream, events);
  }

  #write(stream: string, events: readonly ProposedEvent[], isTombstone = false): LogPosition | undefined {
    for (const event of events) {
      const { start, end } = this.#records.prepare(stream, event);
      const revision = isTombstone ? INT64_MAX : this.#streams.lastRevision(stream) + 1n;
      this.#store(stream, revision, event, { commit: start, prepare: start }, { commit: end, prepare: end });
    }
    return this.#streams.lastEvent(stream)?.position;
  }

  /** Prepares first, then what others write meanwhile, then the commit, whose offset all events of the transaction share. */
  #writeTransaction(stream: string, events: readonly ProposedEvent[]): LogPosition | undefined {
    const prepares = events.map((event) => this.#records.prepare(stream, event));
    if (this.#options.systemEventEvery > 0) this.#writeStatistics();
    const commit = this.#records.commit();
    for (const [index, event] of events.entries()) {
      const { start, end } = prepares[index] as { start: bigint; end: bigint };
      const revision = this.#streams.lastRevision(stream) + 1n;
      const position = { commit: commit.start, prepare: start };
      this.#store(stream, revision, event, position, { commit: commit.end, prepare: end });
    }
    return this.#streams.lastEvent(stream)?.position;
  }

  #store(stream: string, revision: bigint, event: ProposedEvent, position: LogPosition, end: LogPosition): void {
    const stored = { ...event, stream, revision, createdTicks: this.#ticks(), position, end };
    this.#records.add(stored);
    this.#streams.add(stored);
  }

  #ticks(): bigint {
    return BigInt(Math.trunc(this.clock())) * TICKS_PER_MS + BigInt(this.#appends % 10_000);
  }

  /** Whatever is written to a stream that was deleted softly, or to its metadata: what was deleted stays deleted. */
  #undelete(stream: string, firstRevision: bigint): void {
    const known = this.#streams.lastEvent(metadataStreamOf(stream))?.data.toString('utf8') ?? '{}';
    const metadata = { ...(JSON.parse(known) as object), $tb: Number(firstRevision) };
    this.#write(metadataStreamOf(stream), [jsonEvent(randomUUID(), '$metadata', metadata)]);
  }

  #writeFirstSystemEvents(): void {
    this.#write('$epoch-information', [jsonEvent(randomUUID(), '$epoch-information', { epochNumber: 0 })]);
    this.#write(metadataStreamOf(STATISTICS_STREAM), [jsonEvent(randomUUID(), '$metadata', { $maxAge: 86_400 })]);
    this.#write('$user-admin', [jsonEvent(randomUUID(), '$UserCreated', { loginName: 'admin' })]);
  }

  #writeStatistics(): void {
    this.#write(STATISTICS_STREAM, [jsonEvent(randomUUID(), '$statsCollected', { 'proc-cpu': 3.14 })]);
  }

  #disturb(): void {
    const { systemEventEvery, foreignEventEvery, foreignStream } = this.#options;
    if (systemEventEvery > 0 && this.#appends % systemEventEvery === 0) this.#writeStatistics();
    if (foreignEventEvery > 0 && this.#appends % foreignEventEvery === 0)
      this.#write(foreignStream, [jsonEvent(randomUUID(), 'OrderPlaced', { items: 1 })]);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
