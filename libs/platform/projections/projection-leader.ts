import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import { leadIfElected, STANDBY_MS } from '@khamrap/platform/database';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';
import { BuildRunner, PoisonEvent } from './build-runner';
import {
  beginLive,
  buildsOf,
  channelOf,
  dropRetired,
  FencedOff,
  makeBuildTables,
  orderBuild,
  retireUnseen,
  switchTo,
  type Build,
  type ProjectingAccess,
} from './builds';
import type { ProjectionDefinition } from './projection';

/** How to write as the projecting role. */
export interface Projecting extends ProjectingAccess {
  /** For the connection that holds the leadership. */
  readonly url: string;
}

/** Where the projections tell what operators should know. */
export interface ProjectionLog {
  info(message: string): void;
  error(message: string): void;
}

export interface ProjectionLeaderOptions {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly definition: ProjectionDefinition;
  readonly projecting: Projecting;
  /** Told the position of the live build. */
  readonly onProgress: (position: Position) => void;
  readonly log: ProjectionLog;
}

const FAILURE_BACK_OFF_MS = 1_000;
const LOOK_AROUND_MS = 500;
/** What was retired is kept for minutes, so with every so many looks is soon enough to drop it. */
const DROP_EACH = 4;

/**
 * Leads one projection, if elected among the instances: runs its live build, makes new ones beside it, switches. What makes
 * a second leader harmless is not the election but the epoch that every commit checks.
 */
export class ProjectionLeader {
  /** Builds that met an event which this program cannot fold. */
  readonly #stuck = new Set<number>();

  constructor(private readonly options: ProjectionLeaderOptions) {}

  /** Stands for election until the signal; leads whenever elected. */
  async stand(stopping: AbortSignal): Promise<void> {
    const { definition, projecting, log } = this.options;
    const candidacy = {
      url: projecting.url,
      name: channelOf(definition),
      applicationName: `khamrap leads ${definition.name}`,
      until: stopping,
    };
    while (!stopping.aborted) {
      let waitMs = STANDBY_MS;
      try {
        await leadIfElected(candidacy, async (lost) => {
          const signal = AbortSignal.any([lost, stopping]);
          while (!signal.aborted) await this.#lead(signal);
        });
      } catch (error) {
        waitMs = FAILURE_BACK_OFF_MS;
        const what = error instanceof Error ? error.message : String(error);
        if (error instanceof FencedOff) log.info(`projection ${definition.name}: ${what}`);
        else log.error(`projection ${definition.name} stopped: ${what}`);
        // A poisoned projection stays where it is until a program that can fold the event is started.
        if (error instanceof PoisonEvent) return;
      }
      await delay(waitMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  /** Runs the builds that there are, until one of them is switched to, others are ordered, or the signal ends it. */
  async #lead(signal: AbortSignal): Promise<void> {
    const { live, coming } = await this.#buildsToRun();
    const ending = new AbortController();
    const until = AbortSignal.any([ending.signal, signal]);
    const liveRun = live && handled(this.#runner(live, this.options.onProgress).run(until));
    try {
      if (coming) await this.#bringUp(coming, liveRun, ending, signal);
      else await Promise.race([...(liveRun ? [liveRun] : []), this.#lookAround(until)]);
    } finally {
      ending.abort();
      await liveRun;
    }
  }

  /**
   * The builds for this version of the program. Tables of another version cannot be brought forward by it; older ones are
   * read until new ones are ready.
   */
  async #buildsToRun(): Promise<{ readonly live?: Build; readonly coming?: Build }> {
    const { store, definition, projecting } = this.options;
    const { logId } = store.identity();
    const builds = await buildsOf(projecting.pool, definition.name);
    const foreign = builds.find((build) => build.logId !== logId);
    if (foreign) throw new Error(`build ${foreign.buildId} was made from another log (${foreign.logId})`);
    const live = builds.find(({ state }) => state === 'live');
    const ordered = builds.find(({ state }) => state === 'building');
    const newest = Math.max(live?.version ?? 0, ordered?.version ?? 0);
    if (!live) await beginLive(projecting, definition, logId);
    else if (live.version !== definition.version && newest > definition.version)
      throw new Error(`version ${newest} is there already, this program knows ${definition.version}`);
    else if (ordered && ordered.version < definition.version) await retireUnseen(projecting.pool, ordered.buildId);
    else if (live.version < definition.version && !ordered) await orderBuild(projecting.pool, definition, logId);
    else {
      const coming = ordered && this.#isMine(ordered) ? ordered : undefined;
      return { ...(live.version === definition.version && { live }), ...(coming && { coming }) };
    }
    return this.#buildsToRun();
  }

  #isMine({ buildId, version }: Build): boolean {
    return version === this.options.definition.version && !this.#stuck.has(buildId);
  }

  /** Makes the coming build beside the live one; if it cannot be made, the live one goes on alone. */
  async #bringUp(
    coming: Build,
    liveRun: Promise<void> | undefined,
    liveEnding: AbortController,
    signal: AbortSignal,
  ): Promise<void> {
    const { definition, projecting, log } = this.options;
    await makeBuildTables(projecting, definition, coming);
    const comingEnding = new AbortController();
    const progress = new PositionSignal(coming.position);
    const runner = this.#runner(coming, (position) => progress.reached(position));
    const comingRun = handled(
      runner.run(AbortSignal.any([comingEnding.signal, signal])).catch((error: unknown) => {
        if (!(error instanceof PoisonEvent)) throw error;
        this.#stuck.add(coming.buildId);
        log.error(`build ${coming.buildId} of projection ${definition.name} stopped: ${error.message}`);
      }),
    );
    try {
      const isPast = await this.#passes(progress, comingRun, liveRun, liveEnding);
      comingEnding.abort();
      await comingRun;
      if (!isPast || signal.aborted) return;
      await switchTo(projecting, definition, coming, runner.epoch);
      this.options.onProgress(runner.position);
      log.info(`projection ${definition.name}: build ${coming.buildId} is live at position ${runner.position}`);
    } finally {
      comingEnding.abort();
      await comingRun.catch(() => undefined);
    }
  }

  /** Waits for the coming build to reach the log, holds the live one, lets the coming one pass it; false when one ended. */
  async #passes(
    progress: PositionSignal,
    comingRun: Promise<void>,
    liveRun: Promise<void> | undefined,
    liveEnding: AbortController,
  ): Promise<boolean> {
    const { store, definition, projecting } = this.options;
    const comingEnded = handled(comingRun.then(() => false));
    const anyEnded = handled(Promise.race([comingEnded, ...(liveRun ? [liveRun.then(() => false)] : [])]));
    const head = await store.head();
    if (!(await Promise.race([progress.atLeast(head.position), anyEnded]))) return false;
    liveEnding.abort();
    await liveRun;
    const builds = await buildsOf(projecting.pool, definition.name);
    const held = builds.find(({ state }) => state === 'live')?.position ?? BEFORE_FIRST;
    return Promise.race([progress.atLeast(held), comingEnded]);
  }

  /** Ends when a build was ordered; meanwhile drops what nobody reads any more. */
  async #lookAround(signal: AbortSignal): Promise<void> {
    const { definition, projecting, log } = this.options;
    for (let look = 0; !signal.aborted; look++) {
      if (look % DROP_EACH === 0)
        await dropRetired(projecting.pool, definition.name).catch((error: unknown) =>
          log.error(`projection ${definition.name}: a retired build is still there: ${String(error)}`),
        );
      await delay(LOOK_AROUND_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const builds = await buildsOf(projecting.pool, definition.name);
      if (builds.some((build) => build.state === 'building' && this.#isMine(build))) return;
    }
  }

  #runner(build: Build, onProgress: (position: Position) => void): BuildRunner {
    const { store, codec, projecting, definition } = this.options;
    return new BuildRunner({ store, codec, pool: projecting.pool, definition, build, onProgress });
  }
}

/** A position that others wait for. */
class PositionSignal {
  #waiting: { readonly position: Position; readonly resolve: () => void }[] = [];

  constructor(private position: Position) {}

  reached(position: Position): void {
    this.position = position;
    this.#waiting = this.#waiting.filter((waiting) => {
      if (waiting.position > position) return true;
      waiting.resolve();
      return false;
    });
  }

  atLeast(position: Position): Promise<true> {
    if (this.position >= position) return Promise.resolve(true);
    return new Promise((resolve) => this.#waiting.push({ position, resolve: () => resolve(true) }));
  }
}

/** A promise whose failure is heard by whoever waits for it, and may come before anyone does. */
function handled<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}
