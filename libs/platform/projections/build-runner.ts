import type { Position } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore, RecordedEvent } from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { inTransaction, recordFailure, schemaOf, takeOver, type Build } from './builds';
import type { ProjectionDefinition, ProjectionFold } from './projection';

const BATCH_COUNT_MAX = 2_000;
const ATTEMPT_COUNT_MAX = 3;
const RETRY_MS = 200;

/** Another instance has taken the build over: this one stops without having written anything. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff';
}

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

  constructor(private readonly options: BuildRunnerOptions) {
    this.#types = new Set(options.definition.eventTypes);
    this.#schema = schemaOf(options.build);
    this.#fold = options.definition.begin();
    this.#position = options.build.position;
  }

  get position(): Position {
    return this.#position;
  }

  /** Runs until the signal. @throws FencedOff, PoisonEvent, or what the database or the log threw */
  async run(signal: AbortSignal): Promise<void> {
    const { store, pool, build } = this.options;
    ({ epoch: this.#epoch, position: this.#position } = await takeOver(pool, build.buildId));
    for await (const batch of readAhead(
      store.subscribe({ after: this.#position, batchCountMax: BATCH_COUNT_MAX, signal }),
    )) {
      await this.#apply(batch);
    }
  }

  /** A batch that fails is tried again, then halved until the event that cannot be folded stands alone. */
  async #apply(batch: readonly RecordedEvent[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#commit(batch);
      } catch (error) {
        if (error instanceof FencedOff || isConnectionLoss(error)) throw error;
        this.#fold = this.options.definition.begin();
        if (attempt < ATTEMPT_COUNT_MAX) {
          await delay(RETRY_MS);
          continue;
        }
        if (batch.length === 1) throw await this.#poisoned(batch[0] as RecordedEvent, error);
        const half = Math.ceil(batch.length / 2);
        await this.#apply(batch.slice(0, half));
        return this.#apply(batch.slice(half));
      }
    }
  }

  async #commit(batch: readonly RecordedEvent[]): Promise<void> {
    const last = (batch.at(-1) as RecordedEvent).position;
    const events = batch.filter((event) => this.#types.has(event.type)).map((event) => this.#decode(event));
    await inTransaction(this.options.pool, async (client) => {
      const { rowCount } = await client.query({
        name: 'move-checkpoint',
        text: `UPDATE projections.build SET position = $1, applied_count = applied_count + $2, changed_at = now()
               WHERE build_id = $3 AND position = $4 AND epoch = $5`,
        values: [last, events.length, this.options.build.buildId, this.#position, this.#epoch],
      });
      if (rowCount !== 1) throw new FencedOff(`${this.#schema} has been taken over`);
      if (events.length > 0) await this.#fold.project(events, { client, schema: this.#schema });
      await client.query({
        name: 'tell-position',
        text: 'SELECT pg_notify($1, $2)',
        values: [channelOf(this.options.definition), String(last)],
      });
    });
    this.#position = last;
    this.options.onProgress(last);
  }

  #decode(event: RecordedEvent): DecodedEvent {
    return { ...this.options.codec.decode(event), position: event.position, recordedAtMs: event.recordedAt };
  }

  async #poisoned(event: RecordedEvent, cause: unknown): Promise<PoisonEvent> {
    const what = cause instanceof Error ? cause.message : String(cause);
    const error = `position ${event.position} (${event.type}, event ${event.eventId}): ${what}`;
    await recordFailure(this.options.pool, this.options.build.buildId, error);
    return new PoisonEvent(error, { cause });
  }
}

export function channelOf(definition: Pick<ProjectionDefinition, 'name'>): string {
  return `khamrap_projection_${definition.name}`;
}

/** Reads the next batch while the present one is being written. */
async function* readAhead<Item>(source: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  let coming = iterator.next();
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done) return;
      coming = iterator.next();
      // Taken up by the next turn of the loop; until then its failure is nobody's.
      coming.catch(() => undefined);
      yield value as Item;
    }
  } finally {
    void iterator.return?.();
  }
}

function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
    return true;
  return typeof code === 'string' && (/^(08|57P)/.test(code) || /^E[A-Z]+$/.test(code));
}
