import type { DecodedEvent, RecordedEvent } from '@khamrap/platform/event-store';
import type { PoolClient } from 'pg';

/** Where one build of a projection writes: its own schema, within the transaction that also moves the checkpoint. */
export interface ProjectionWriter {
  readonly client: PoolClient;
  readonly schema: string;
}

/** A fold in progress. What it keeps in memory belongs to one leadership: after any failure a new one is begun. */
export interface ProjectionFold {
  /** Folds a batch in memory, then writes what it changes, set by set. */
  project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void>;
}

/** A read model: what it is called, what it listens to, where it is kept, how it folds. */
export interface ProjectionDefinition {
  /** Lower case, `a-z` and `_`. */
  readonly name: string;
  /** Raised when the same events are to give other rows: the new version is built beside the old one. */
  readonly version: number;
  readonly eventTypes: readonly string[];
  /** Which events of these types it needs, told by the body as text; all where absent. Most are then never parsed. */
  concerns?(event: RecordedEvent): boolean;
  /**
   * How long what comes is let gather before it is written, in milliseconds; 50 by default. Short where people watch live: each
   * commit has its price, whether it brings one event, fifty or none of this projection's, and whoever appends pays it too.
   */
  readonly gatherMs?: number;
  /** Names of the tables that readers see, as views in schema `read_model`. */
  readonly tables: readonly string[];
  /** Names of views that are made with the tables and shown like them. */
  readonly views?: readonly string[];
  /**
   * Statements that make the tables in an empty schema, and with them what holds rows back (`sightPolicy`): what one version
   * shows to whom, the next one says anew. A view made here is asked with the rights of whoever projects: it may show of a row
   * that is held back what is published all the same.
   */
  createTables(schema: string): readonly string[];
  begin(): ProjectionFold;
}
