import { randomUUID } from 'node:crypto';
import { NO_STREAM, type DomainEvent, type Position, type Provenance, type StreamName } from '@khamrap/kernel';
import { createPool, readDataSource, type Database } from '@khamrap/platform/database';
import {
  CommandSalts,
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type DecodedEvent,
  type EventCodec,
  type EventStore,
  type LogIdentity,
  type RecordedEvent,
} from '@khamrap/platform/event-store';
import {
  KeepProjections1700000000003,
  Projections,
  ReadModels,
  type Projecting,
  type ProjectionDefinition,
} from '@khamrap/platform/projections';
import type { Pool } from 'pg';
import type { EntitySchema } from 'typeorm';
import { commandContext } from '../builders';
import { createTestDatabase } from '../database';

/** Something that happened in a stream. */
export interface Happening {
  readonly stream: StreamName;
  readonly event: DomainEvent;
  /** Where it was taken from; native without it. */
  readonly provenance?: Provenance;
}

/** The projections of one process. */
export interface ProjectionInstance {
  readonly projections: Projections;
  readonly readModels: ReadModels;
  /** What it logged: `info: …` and `error: …`. */
  readonly messages: readonly string[];
  /** How often it has asked the database for positions. */
  lookCount(): number;
  close(): Promise<void>;
}

export interface InstanceOptions {
  /** False for a process that only reads. */
  readonly projects?: boolean;
  /** What the instance sees of the store. */
  readonly store?: EventStore;
}

const APPEND_COUNT_MAX = 500;
/** What the server calls the connections over which instances write rows. */
export const PROJECTING = 'spec project';

/** A database with a log and projections, and as many instances on it as a test asks for. */
export class ProjectionBench {
  /** Connections of the projecting role, for tests. */
  readonly pool: Pool;
  readonly #revisions = new Map<StreamName, number>();
  readonly #opened: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly database: Database,
    readonly store: EventStore,
    readonly codec: EventCodec,
    private readonly drop: () => Promise<void>,
  ) {
    this.pool = createPool({ url: database.urls.project, size: 4, applicationName: 'spec' });
  }

  static async open(codec: EventCodec, clock: LogIdentity['clock'] = 'system'): Promise<ProjectionBench> {
    const { database, drop } = await createTestDatabase({
      migrations: [OpenTheLog1700000000001, KeepProjections1700000000003],
    });
    const { append: appendUrl, read: readUrl } = database.urls;
    const store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'projections.test/log', clock });
    return new ProjectionBench(database, store, codec, drop);
  }

  /**
   * Appends what happened, in this order.
   * @param recordedAt milliseconds since 1970; for a log with a simulated clock
   * @returns the events as projections see them
   */
  async record(happenings: readonly Happening[], recordedAt?: number): Promise<readonly DecodedEvent[]> {
    const recorded: DecodedEvent[] = [];
    for (let from = 0; from < happenings.length;) {
      const { stream } = happenings[from] as Happening;
      const other = happenings.findIndex((happening, index) => index > from && happening.stream !== stream);
      const until = Math.min(other < 0 ? happenings.length : other, from + APPEND_COUNT_MAX);
      recorded.push(...(await this.#append(stream, happenings.slice(from, until), recordedAt)));
      from = until;
    }
    return recorded;
  }

  /** Another process, with its projections running. */
  async instance(
    definitions: readonly ProjectionDefinition[],
    { projects = true, store = this.store }: InstanceOptions = {},
    entities: readonly EntitySchema[] = [],
  ): Promise<ProjectionInstance> {
    const { urls, roles } = this.database;
    const messages: string[] = [];
    const readPool = createPool({ url: urls.read, size: 4, applicationName: 'spec positions' });
    let looks = 0;
    readPool.on('acquire', () => looks++);
    const dataSource = await readDataSource({ database: this.database, entities, poolSize: 6 });
    const projectPool = createPool({ url: urls.project, size: 4, applicationName: PROJECTING });
    const projecting: Projecting = { url: urls.project, pool: projectPool, readRole: roles.read };
    const projections = new Projections({
      store,
      codec: this.codec,
      definitions,
      ...(projects && { projecting }),
      readUrl: urls.read,
      readPool,
      log: {
        info: (message) => messages.push(`info: ${message}`),
        error: (message) => messages.push(`error: ${message}`),
      },
    });
    let closing: Promise<void> | undefined;
    const end = async (): Promise<void> => {
      await projections.stop();
      await Promise.all([projectPool.end(), readPool.end(), dataSource.destroy()]);
    };
    const close = (): Promise<void> => (closing ??= end());
    this.#opened.push(close);
    await projections.start();
    const readModels = new ReadModels(store, projections, dataSource);
    return { projections, readModels, messages, lookCount: () => looks, close };
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((close) => close()));
    await Promise.all([this.store.close(), this.pool.end()]);
    await this.drop();
  }

  async #append(
    stream: StreamName,
    events: readonly Happening[],
    recordedAt: number | undefined,
  ): Promise<readonly DecodedEvent[]> {
    const expectedRevision = this.#revisions.get(stream) ?? NO_STREAM;
    const context = commandContext();
    const salts = new CommandSalts();
    const encoded = events.map(({ event, provenance }, index) =>
      this.codec.encode({
        event,
        index,
        stream,
        revision: expectedRevision + 1 + index,
        context: provenance === undefined ? context : { ...context, provenance },
        salts,
      }),
    );
    const outcome = await this.store.append({
      stream,
      expectedRevision,
      events: encoded.map(({ event }) => event),
      ...(recordedAt !== undefined && { recordedAt }),
    });
    if (outcome.kind !== 'appended' || outcome.firstPosition === null) throw new Error(`${stream}: ${outcome.kind}`);
    this.#revisions.set(stream, expectedRevision + events.length);
    const recorded = await this.store.readLog(outcome.firstPosition, events.length);
    return recorded.map((event) => this.decode(event));
  }

  decode(event: RecordedEvent): DecodedEvent {
    return { ...this.codec.decode(event), position: event.position, recordedAtMs: event.recordedAt };
  }

  /** The position of the last event. */
  async head(): Promise<Position> {
    return (await this.store.head()).position;
  }
}

/** A stream that no other test knows. */
export function freshStreamOf(category: string): StreamName {
  return `${category}-${randomUUID()}` as StreamName;
}
