import { setMaxListeners } from 'node:events';
import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import { Listener, PositionWatch } from '@khamrap/platform/database';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import { buildsOf, channelOf, type BuildState } from './builds';
import type { ProjectionDefinition } from './projection';
import { ProjectionLeader, type Projecting, type ProjectionLog } from './projection-leader';

export interface ProjectionsOptions {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly definitions: readonly ProjectionDefinition[];
  /** How to write as the projecting role; absent where this process only reads. */
  readonly projecting?: Projecting;
  readonly readUrl: string;
  readonly readPool: Pool;
  readonly log: ProjectionLog;
}

/** How one build of a projection is. */
export interface ProjectionHealth {
  readonly projection: string;
  readonly version: number;
  readonly state: BuildState;
  readonly position: Position;
  /** How many events of the log it has not folded yet. */
  readonly lagEventCount: number;
  /** How many of those that it listens to it has folded. */
  readonly appliedCount: number;
  /** Why it does not go on; null while it does. */
  readonly error: string | null;
}

/** The projections of this process: run where it may write, and known by their positions everywhere. */
export class Projections {
  readonly #stopping = new AbortController();
  /** One connection for all watches: each costs the server some memory, and a start of the process time. */
  readonly #listener: Listener;
  readonly #watches = new Map<string, PositionWatch>();
  readonly #running: Promise<void>[] = [];

  constructor(private readonly options: ProjectionsOptions) {
    this.#listener = new Listener(options.readUrl);
    // Each projection hears it, and there are more of them than Node takes for usual.
    setMaxListeners(0, this.#stopping.signal);
    for (const definition of options.definitions) {
      this.#watches.set(definition.name, new PositionWatch(this.#listener, channelOf(definition)));
    }
  }

  async start(): Promise<void> {
    await this.#listener.listen();
    const { store, codec, definitions, projecting, log } = this.options;
    if (!projecting) return;
    for (const definition of definitions) {
      const onProgress = (position: Position): void => this.#watches.get(definition.name)?.advance(position);
      const leader = new ProjectionLeader({ store, codec, definition, projecting, onProgress, log });
      this.#running.push(leader.stand(this.#stopping.signal));
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
    await Promise.all([...this.#watches.values()].map((watch) => watch.close()));
    await this.#listener.close();
  }

  /** Position up to which readers see a projection; before the first event while it has no build from this log. */
  async positionOf(projection: string): Promise<Position> {
    const { logId } = this.options.store.identity();
    const builds = await buildsOf(this.options.readPool, projection);
    return builds.find((build) => build.state === 'live' && build.logId === logId)?.position ?? BEFORE_FIRST;
  }

  /** Waits until readers see a projection at a position; false when that takes too long. */
  async waitFor(projection: string, position: Position, timeoutMs: number): Promise<boolean> {
    const watch = this.#watchOf(projection);
    // Those who wait are woken when the watches close, so nothing of a wait hangs on a signal that lives as long as the process.
    const timeOver = AbortSignal.timeout(timeoutMs);
    for (;;) {
      if ((await this.positionOf(projection)) >= position) return true;
      if (timeOver.aborted || this.#stopping.signal.aborted) return false;
      await watch.beyond(position - 1, timeOver);
    }
  }

  /** Wakes when a projection may show more than a position. */
  async beyond(projection: string, seen: Position, signal: AbortSignal): Promise<void> {
    await this.#watchOf(projection).beyond(seen, signal);
  }

  /** A view of a projection: while a reader locks it, the projection is not switched to another build. */
  viewToHold(projection: string): string {
    const table = this.options.definitions.find(({ name }) => name === projection)?.tables[0];
    if (table === undefined) throw new Error(`there is no projection ${projection} with tables`);
    return `read_model.${table}`;
  }

  async health(): Promise<readonly ProjectionHealth[]> {
    const { store, readPool } = this.options;
    const { logId } = store.identity();
    const [head, builds] = await Promise.all([store.head(), buildsOf(readPool)]);
    return builds.map(({ projection, version, state, position, appliedCount, error, ...build }) => ({
      projection,
      version,
      state,
      position,
      lagEventCount: Math.max(0, head.position - position),
      appliedCount,
      error: build.logId === logId ? error : `made from another log (${build.logId})`,
    }));
  }

  #watchOf(projection: string): PositionWatch {
    const watch = this.#watches.get(projection);
    if (!watch) throw new Error(`there is no projection ${projection}`);
    return watch;
  }
}
