import { NO_STREAM, type Decider, type DomainEvent, type Revision, type StreamName } from '@khamrap/kernel';
import { LRUCache } from 'lru-cache';
import type { Envelope, EventCodec } from './codec/event-codec';
import type { EventStore } from './event-store';

const PAGE_COUNT = 1_000;

/** Where a command's events stand in their stream, and what was asked. */
export interface RememberedCommand {
  readonly firstRevision: Revision;
  readonly eventCount: number;
  readonly requestHash: string;
}

/** All that a stream says up to one revision: the state that its decider folds, and every command it ever accepted. */
export interface FoldedStream<State = unknown> {
  revision: Revision;
  state: State;
  readonly commands: Map<string, RememberedCommand>;
}

// States are cached by the number of commands they remember: that is what grows with a stream.
const CACHED_COMMAND_COUNT_MAX = 200_000;
/** What a stream weighs by itself, in commands. */
const STREAM_WEIGHT = 8;

/** Folds streams and keeps the folded ones that are in use. */
export class FoldedStreams {
  readonly #cache: LRUCache<StreamName, FoldedStream>;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    commandCountMax: number = CACHED_COMMAND_COUNT_MAX,
  ) {
    this.#cache = new LRUCache({
      maxSize: commandCountMax,
      sizeCalculation: (folded) => Math.min(STREAM_WEIGHT + folded.commands.size, commandCountMax / 2),
    });
  }

  /** The stream as last seen, folded from the log where it was not. It may have moved on: the append tells. */
  async cached<State, Event extends DomainEvent>(
    decider: Decider<State, never, Event>,
    stream: StreamName,
  ): Promise<FoldedStream<State>> {
    const cached = this.#cache.get(stream) as FoldedStream<State> | undefined;
    return cached ?? this.caughtUp(decider, stream);
  }

  /** The stream with everything that the log holds of it now. */
  async caughtUp<State, Event extends DomainEvent>(
    decider: Decider<State, never, Event>,
    stream: StreamName,
  ): Promise<FoldedStream<State>> {
    const cached = this.#cache.get(stream) as FoldedStream<State> | undefined;
    const folded: FoldedStream<State> = cached ?? {
      revision: NO_STREAM,
      state: decider.initialState,
      commands: new Map(),
    };
    for (;;) {
      const page = await this.store.readStream(stream, folded.revision + 1, PAGE_COUNT);
      for (const recorded of page) {
        if (recorded.revision <= folded.revision) continue;
        const envelope = this.codec.decode(recorded);
        folded.state = decider.evolve(folded.state, envelope as unknown as Event);
        folded.revision = recorded.revision;
        remember(folded.commands, envelope);
      }
      if (page.length < PAGE_COUNT) break;
    }
    this.keep(stream, folded);
    return folded;
  }

  /** The state that the log tells now, for those who only look: what is kept for deciding is read and left as it is. */
  async stateOf<State, Event extends DomainEvent>(
    decider: Decider<State, never, Event>,
    stream: StreamName,
  ): Promise<{ readonly state: State; readonly revision: Revision }> {
    let { state, revision } = (this.#cache.get(stream) as FoldedStream<State> | undefined) ?? {
      state: decider.initialState,
      revision: NO_STREAM,
    };
    for (;;) {
      const page = await this.store.readStream(stream, revision + 1, PAGE_COUNT);
      for (const recorded of page) {
        state = decider.evolve(state, this.codec.decode(recorded) as unknown as Event);
        revision = recorded.revision;
      }
      if (page.length < PAGE_COUNT) return { state, revision };
    }
  }

  keep(stream: StreamName, folded: FoldedStream): void {
    if (folded.revision === NO_STREAM) return;
    // The cache weighs what is put in, not what grows in it.
    this.#cache.delete(stream);
    this.#cache.set(stream, folded);
  }
}

function remember(commands: Map<string, RememberedCommand>, { commandId, revision, requestHash }: Envelope): void {
  const before = commands.get(commandId);
  commands.set(
    commandId,
    before ? { ...before, eventCount: before.eventCount + 1 } : { firstRevision: revision, eventCount: 1, requestHash },
  );
}
