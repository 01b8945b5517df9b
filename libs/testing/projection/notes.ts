import { randomInt } from 'node:crypto';
import { code, eventSchema, integer, official, type EventDeclaration, type EventOf } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import {
  VersionedTable,
  type ProjectionDefinition,
  type ProjectionFold,
  type ProjectionWriter,
  type RowChange,
} from '@khamrap/platform/projections';
import { freshStreamOf, type Happening } from './projection-bench';

const schema = eventSchema('NoteWritten', 1, { noteId: code(), amount: integer(), text: official() });
/** An event that no version of the projection listens to. */
const forgotten = eventSchema('NoteForgotten', 1, {});

type NoteWritten = EventOf<typeof schema>;

const declarations: readonly EventDeclaration[] = [schema, forgotten].map((only) => ({
  versions: [only],
  upcasters: [],
}));

export const noteCodec = new EventCodec([...ledgerEventDeclarations, ...declarations]);

export interface NotesOptions {
  readonly name?: string;
  readonly version?: number;
  /** What a batch meets before it writes rows. */
  readonly beforeRows?: (batch: readonly DecodedEvent[], writer: ProjectionWriter) => Promise<void> | void;
  /** What a batch meets when its rows are written and not committed. */
  readonly afterRows?: (batch: readonly DecodedEvent[], writer: ProjectionWriter) => Promise<void> | void;
}

/** The same note is written again and again: its newest text, and the sum of its amounts (times the version). */
export function notesTable(name = 'notes'): VersionedTable {
  return new VersionedTable({
    name: `${name}_note`,
    key: { note_id: 'uuid' },
    columns: { text: 'text', total: 'bigint' },
    indexes: ['(total)'],
  });
}

/** The smallest projection with everything that an engine has to get right: it remembers, and reads what it has forgotten. */
export function notesProjection(options: NotesOptions = {}): ProjectionDefinition {
  const { name = 'notes', version = 1 } = options;
  const table = notesTable(name);
  return {
    name,
    version,
    eventTypes: [schema.type],
    tables: [table.name, table.history],
    createTables: (place) => table.createStatements(place),
    begin: () => new NotesFold(table, version, options),
  };
}

class NotesFold implements ProjectionFold {
  readonly #totals = new Map<string, number>();

  constructor(
    private readonly table: VersionedTable,
    private readonly factor: number,
    private readonly options: NotesOptions,
  ) {}

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    await this.options.beforeRows?.(batch, writer);
    const changes: RowChange[] = [];
    for (const event of batch) {
      const { noteId, amount, text } = event.data as unknown as NoteWritten['data'];
      const total = (this.#totals.get(noteId) ?? (await this.#stored(noteId, writer))) + amount * this.factor;
      this.#totals.set(noteId, total);
      const { position, recordedAtMs } = event;
      changes.push({ row: { note_id: noteId, text, total }, present: true, position, recordedAtMs });
    }
    await this.table.write(writer, changes);
    await this.options.afterRows?.(batch, writer);
  }

  async #stored(noteId: string, { client, schema: place }: ProjectionWriter): Promise<number> {
    const { rows } = await client.query<{ total: string }>(
      `SELECT total FROM ${place}.${this.table.name} WHERE note_id = $1`,
      [noteId],
    );
    return Number(rows[0]?.total ?? 0);
  }
}

/** A name for a projection that no other test knows, in the letters that such names have. */
export function freshProjectionName(): string {
  return `notes_${Array.from({ length: 8 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')}`;
}
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** One more line on a note; on a new one unless it is named. */
export function noteWritten(
  change: { readonly on?: Happening; readonly amount?: number; readonly text?: string } = {},
): Happening {
  const stream = change.on?.stream ?? freshStreamOf('note');
  const { amount = 1, text = 'noted' } = change;
  return { stream, event: { type: schema.type, data: { noteId: stream.slice('note-'.length), amount, text } } };
}
