import type { Position } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore, RecordedEvent } from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { analyze, channelOf, FencedOff, inTransaction, recordFailure, schemaOf, takeOver, type Build } from './builds';
import { paced } from './paced';
import { isPassing } from './passing-failure';
import type { ProjectionDefinition, ProjectionFold } from './projection';

const BATCH_COUNT_MAX = 2_000;
const ATTEMPT_COUNT_MAX = 3;
const RETRY_MS = 200;
/** Less than anybody notices between an answer and the page that they open next. */
const GATHER_MS = 50;
/** After how many folded events, and after which share of all, a build has grown so much that its plans are looked at anew. */
const GROWTH_COUNT_MIN = 10_000;
const GROWTH_SHARE = 0.2;

/** An event that the projection cannot fold. The projection stops at it; nothing is skipped. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
}

export interface BuildRunnerOptions {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly pool: Pool;
  readonly definition: ProjectionDefinition;
  readonly build: Build;
  /** Told after each batch is committed. */
  readonly onProgress: (position: Position) => void;
}

/** Brings one build forward, batch by batch: rows and checkpoint in one transaction, fenced by the build's epoch. */
export class BuildRunner {
  readonly #types: ReadonlySet<string>;
  readonly #schema: string;
  #fold: ProjectionFold;
  #epoch = 0;
  #position: Position;
  /** How many events have been folded since the tables were analysed. */
  #growth = 0;

  constructor(private readonly options: BuildRunnerOptions) {
    this.#types = new Set(options.definition.eventTypes);
    this.#schema = schemaOf(options.build);
    this.#fold = options.definition.begin();
    this.#position = options.build.position;
  }

  get position(): Position {
    return this.#position;
  }

  /** Under which the build was taken over; whoever has a later one fences this runner off. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Runs until the signal. @throws FencedOff, PoisonEvent, or what the database or the log threw */
  async run(signal: AbortSignal): Promise<void> {
    const { store, pool, build, definition } = this.options;
    ({ epoch: this.#epoch, position: this.#position } = await takeOver(pool, build.buildId));
    try {
      const batches = store.subscribe({ after: this.#position, batchCountMax: BATCH_COUNT_MAX, signal });
      const pace = { batchCountMax: BATCH_COUNT_MAX, gatherMs: definition.gatherMs ?? GATHER_MS, signal };
      for await (const batch of paced(batches, pace)) {
        if (signal.aborted) return;
        await this.#apply(batch, signal);
        if (batch.length < BATCH_COUNT_MAX) await this.#analyzeGrown();
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof FencedOff)) await this.#record(error);
      throw error;
    }
  }

  /** Once it has caught up; without it, questions are only slower. */
  async #analyzeGrown(): Promise<void> {
    if (this.#growth < Math.max(GROWTH_COUNT_MIN, GROWTH_SHARE * this.#position)) return;
    this.#growth = 0;
    await analyze(this.options.pool, this.options.build).catch(() => undefined);
  }

  /** A batch that fails is halved until the event that cannot be folded stands alone, and that one is tried again. */
  async #apply(batch: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await this.#commit(batch);
      } catch (error) {
        if (error instanceof FencedOff || isPassing(error)) throw error;
        this.#fold = this.options.definition.begin();
        if (batch.length > 1) {
          const half = Math.ceil(batch.length / 2);
          await this.#apply(batch.slice(0, half), signal);
          return this.#apply(batch.slice(half), signal);
        }
        if (attempt === ATTEMPT_COUNT_MAX) throw poisoned(batch[0] as RecordedEvent, error);
        await delay(RETRY_MS, undefined, { signal });
      }
    }
  }

  async #commit(batch: readonly RecordedEvent[]): Promise<void> {
    const { pool } = this.options;
    const last = (batch.at(-1) as RecordedEvent).position;
    const events = batch.filter((event) => this.#isHeard(event)).map((event) => this.#decode(event));
    if (events.length === 0) await this.#move(pool, last, 0);
    else {
      await inTransaction(pool, async (client) => {
        await this.#move(client, last, events.length);
        await this.#fold.project(events, { client, schema: this.#schema });
      });
    }
    this.#position = last;
    this.#growth += events.length;
    this.options.onProgress(last);
  }

  /** Moves the checkpoint. @throws FencedOff when it is no longer this runner's */
  async #move(client: Pool | PoolClient, to: Position, appliedCount: number): Promise<void> {
    const { build, definition } = this.options;
    const { rowCount } = await client.query({
      name: 'move-checkpoint',
      // Readers see the live build only: how far another one is would wake them for nothing, again and again.
      text: `WITH moved AS (
               UPDATE projections.build SET position = $1, applied_count = applied_count + $2, changed_at = now()
               WHERE build_id = $3 AND position = $4 AND epoch = $5 RETURNING state)
             SELECT CASE WHEN state = 'live' THEN pg_notify($6, $1::bigint::text) END FROM moved`,
      values: [to, appliedCount, build.buildId, this.#position, this.#epoch, channelOf(definition)],
    });
    if (rowCount !== 1) throw new FencedOff(`${this.#schema} has been taken over`);
  }

  #isHeard(event: RecordedEvent): boolean {
    return this.#types.has(event.type) && (this.options.definition.concerns?.(event) ?? true);
  }

  #decode(event: RecordedEvent): DecodedEvent {
    return { ...this.options.codec.decode(event), position: event.position, recordedAtMs: event.recordedAt };
  }

  /** For the health of the projection; without the database it has to be told by the log alone. */
  async #record(error: unknown): Promise<void> {
    const { pool, build } = this.options;
    await recordFailure(pool, build.buildId, this.#epoch, messageOf(error)).catch(() => undefined);
  }
}

function poisoned({ position, type, eventId }: RecordedEvent, cause: unknown): PoisonEvent {
  return new PoisonEvent(`position ${position} (${type}, event ${eventId}): ${messageOf(cause)}`, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
