import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import { PositionWatch } from '@khamrap/platform/database';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import { BuildRunner, channelOf, FencedOff, PoisonEvent } from './build-runner';
import {
  beginBuild,
  buildsOf,
  dropRetired,
  switchTo,
  type Build,
  type BuildState,
  type ProjectingAccess,
} from './builds';
import type { ProjectionDefinition } from './projection';

/** How to write as the projecting role. */
export interface Projecting extends ProjectingAccess {
  /** For the connection that holds the leadership. */
  readonly url: string;
}

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

export interface ProjectionLog {
  info(message: string): void;
  error(message: string): void;
}

export interface ProjectionHealth {
  readonly projection: string;
  readonly version: number;
  readonly state: BuildState;
  readonly position: Position;
  readonly lagEventCount: number;
  readonly appliedCount: number;
  readonly error: string | null;
}

const STANDBY_MS = 500;
const FAILURE_BACK_OFF_MS = 1_000;
const LOOK_FOR_BUILDS_MS = 500;

/**
 * Runs the projections. Between instances one leads each projection, chosen by an advisory lock; what makes a second leader
 * harmless is not the lock but the epoch that every commit checks.
 */
export class Projections {
  readonly #stopping = new AbortController();
  readonly #watches = new Map<string, PositionWatch>();
  readonly #running: Promise<void>[] = [];

  constructor(private readonly options: ProjectionsOptions) {
    for (const definition of options.definitions) {
      this.#watches.set(definition.name, new PositionWatch(options.readUrl, channelOf(definition)));
    }
  }

  async start(): Promise<void> {
    await Promise.all([...this.#watches.values()].map((watch) => watch.listen()));
    const { projecting, definitions } = this.options;
    if (!projecting) return;
    for (const definition of definitions) this.#running.push(this.#standFor(definition, projecting));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
    await Promise.all([...this.#watches.values()].map((watch) => watch.close()));
  }

  /** Position up to which readers see a projection; before the first event while it has no build. */
  async positionOf(projection: string): Promise<Position> {
    const builds = await buildsOf(this.options.readPool, projection);
    return builds.find((build) => build.state === 'live')?.position ?? BEFORE_FIRST;
  }

  /** Waits until readers see a projection at a position; false when that takes too long. */
  async waitFor(projection: string, position: Position, timeoutMs: number): Promise<boolean> {
    const watch = this.#watches.get(projection);
    if (!watch) throw new Error(`there is no projection ${projection}`);
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#stopping.signal]);
    for (;;) {
      if ((await this.positionOf(projection)) >= position) return true;
      if (signal.aborted) return false;
      await watch.beyond(position - 1, signal);
    }
  }

  /** Wakes when a projection may show more than a position. */
  async beyond(projection: string, seen: Position, signal: AbortSignal): Promise<void> {
    await this.#watches.get(projection)?.beyond(seen, signal);
  }

  /** Orders a build from the first event beside the one that is read; the leader makes it and switches. */
  async rebuild(projection: string): Promise<void> {
    const definition = this.options.definitions.find(({ name }) => name === projection);
    const { projecting } = this.options;
    if (!definition || !projecting) throw new Error(`there is no projection ${projection} to rebuild here`);
    await beginBuild(projecting, definition, this.options.store.identity().logId, 'building');
  }

  async health(): Promise<readonly ProjectionHealth[]> {
    const [head, builds] = await Promise.all([this.options.store.head(), buildsOf(this.options.readPool)]);
    return builds.map(({ projection, version, state, position, appliedCount, error }) => ({
      projection,
      version,
      state,
      position,
      lagEventCount: Math.max(0, head.position - position),
      appliedCount,
      error,
    }));
  }

  /** Stands for leadership until the end; leads whenever elected. */
  async #standFor(definition: ProjectionDefinition, projecting: Projecting): Promise<void> {
    const { log } = this.options;
    while (!this.#stopping.signal.aborted) {
      let waitMs = STANDBY_MS;
      try {
        await this.#leadIfElected(definition, projecting);
      } catch (error) {
        waitMs = FAILURE_BACK_OFF_MS;
        const what = error instanceof Error ? error.message : String(error);
        if (error instanceof FencedOff) log.info(`projection ${definition.name}: ${what}`);
        else log.error(`projection ${definition.name} stopped: ${what}`);
        // A poisoned projection stays where it is until a program that can fold the event is started.
        if (error instanceof PoisonEvent) return;
      }
      await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #leadIfElected(definition: ProjectionDefinition, projecting: Projecting): Promise<void> {
    const lock = new Client({
      connectionString: projecting.url,
      application_name: `khamrap leads ${definition.name}`,
      keepAlive: true,
    });
    const lost = new AbortController();
    lock.on('error', () => lost.abort());
    lock.on('end', () => lost.abort());
    try {
      await lock.connect();
      const { rows } = await lock.query<{ elected: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS elected',
        [channelOf(definition)],
      );
      if (!rows[0]?.elected) return;
      const signal = AbortSignal.any([lost.signal, this.#stopping.signal]);
      await dropRetired(projecting.pool, definition.name);
      while (!signal.aborted) await this.#lead(definition, projecting, signal);
    } finally {
      await lock.end().catch(() => undefined);
    }
  }

  /** Runs the builds that there are, until one of them is switched to or the signal ends it. */
  async #lead(definition: ProjectionDefinition, projecting: Projecting, signal: AbortSignal): Promise<void> {
    const { live, coming } = await this.#buildsToRun(definition, projecting);
    const ending = new AbortController();
    const until = AbortSignal.any([ending.signal, signal]);
    const liveRunner =
      live &&
      this.#runner(definition, projecting, live, (position) => this.#watches.get(definition.name)?.advance(position));
    const liveRun = liveRunner?.run(until) ?? Promise.resolve();
    try {
      if (coming) await this.#bringUp(definition, projecting, coming, liveRun, ending, signal);
      else await Promise.race([liveRun, this.#newBuildOrdered(definition, projecting, until)]);
    } finally {
      ending.abort();
      await liveRun;
    }
  }

  async #buildsToRun(
    definition: ProjectionDefinition,
    projecting: Projecting,
  ): Promise<{ live?: Build; coming?: Build }> {
    const logId = this.options.store.identity().logId;
    const builds = await buildsOf(projecting.pool, definition.name);
    const live = builds.find((build) => build.state === 'live');
    const coming = builds.find((build) => build.state === 'building');
    const foreign = builds.find((build) => build.logId !== logId);
    if (foreign) throw new Error(`build ${foreign.buildId} was made from another log (${foreign.logId})`);
    if (!live) {
      await beginBuild(projecting, definition, logId, 'live');
      return this.#buildsToRun(definition, projecting);
    }
    if (live.version > definition.version)
      throw new Error(`version ${live.version} is live, this program knows ${definition.version}`);
    if (live.version < definition.version && !coming) {
      await beginBuild(projecting, definition, logId, 'building');
      return this.#buildsToRun(definition, projecting);
    }
    // Tables of an older version cannot be brought forward by this program; they are read until the new ones are ready.
    return { ...(live.version === definition.version && { live }), ...(coming && { coming }) };
  }

  /** Brings the coming build up to the log, holds the live one, lets the coming one pass it, and switches. */
  async #bringUp(
    definition: ProjectionDefinition,
    projecting: Projecting,
    coming: Build,
    liveRun: Promise<void>,
    liveEnding: AbortController,
    signal: AbortSignal,
  ): Promise<void> {
    const comingEnding = new AbortController();
    const until = AbortSignal.any([comingEnding.signal, signal]);
    const progress = new PositionSignal();
    const runner = this.#runner(definition, projecting, coming, (position) => progress.reached(position));
    const run = runner.run(until);
    const stopped = Promise.all([run, liveRun]);
    try {
      await Promise.race([progress.atLeast((await this.options.store.head()).position), stopped]);
      liveEnding.abort();
      await liveRun;
      await Promise.race([progress.atLeast(await this.positionOf(definition.name)), run]);
      comingEnding.abort();
      await run;
      if (signal.aborted) return;
      await switchTo(projecting, definition, coming);
      this.#watches.get(definition.name)?.advance(runner.position);
      this.options.log.info(
        `projection ${definition.name}: build ${coming.buildId} is live at position ${runner.position}`,
      );
    } finally {
      comingEnding.abort();
      await run.catch(() => undefined);
    }
  }

  async #newBuildOrdered(definition: ProjectionDefinition, { pool }: Projecting, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(LOOK_FOR_BUILDS_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || (await buildsOf(pool, definition.name)).some((build) => build.state === 'building')) return;
    }
  }

  #runner(
    definition: ProjectionDefinition,
    { pool }: Projecting,
    build: Build,
    onProgress: (position: Position) => void,
  ): BuildRunner {
    const { store, codec } = this.options;
    return new BuildRunner({ store, codec, pool, definition, build, onProgress });
  }
}

/** A position that others wait for. */
class PositionSignal {
  #position: Position = BEFORE_FIRST;
  #waiting: { position: Position; resolve: () => void }[] = [];

  reached(position: Position): void {
    this.#position = position;
    this.#waiting = this.#waiting.filter((waiting) => {
      if (waiting.position > position) return true;
      waiting.resolve();
      return false;
    });
  }

  atLeast(position: Position): Promise<void> {
    if (this.#position >= position) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ position, resolve }));
  }
}
