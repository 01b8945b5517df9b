import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, RowChange } from '@khamrap/platform/projections';
import { FoldingTables, noteCodec, notesProjection, notesTable, noteWritten, ProjectionBench, rowsAt } from './index';

let bench: ProjectionBench;
let events: readonly DecodedEvent[];

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
  const first = noteWritten({ amount: 1, text: 'ก' });
  const second = noteWritten({ amount: 10, text: 'ข' });
  events = await bench.record([
    first,
    second,
    ...[2, 3, 4, 5].flatMap((amount) => [noteWritten({ on: first, amount }), noteWritten({ on: second, amount })]),
  ]);
});

afterAll(() => bench.close());

const table = notesTable();

function withProject(project: (kept: readonly RowChange[], batch: readonly DecodedEvent[]) => readonly RowChange[]) {
  const definition = notesProjection();
  return {
    ...definition,
    begin: () => {
      const totals = new Map<string, number>();
      return {
        project: async (batch, writer) => {
          const changes = batch.map(({ data, position, recordedAtMs }): RowChange => {
            const { noteId, amount, text } = data as { noteId: string; amount: number; text: string };
            totals.set(noteId, (totals.get(noteId) ?? 0) + amount);
            const row = { note_id: noteId, text, total: totals.get(noteId) ?? 0 };
            return { row, present: true, position, recordedAtMs };
          });
          await table.write(writer, project(changes, batch));
        },
      };
    },
  } satisfies ProjectionDefinition;
}

test('a projection whose rows do not depend on its batches passes, and its history tells every state', async () => {
  const tables = await FoldingTables.make(bench.pool, notesProjection());
  const rows = await tables.foldAlike(events, 1);
  const sums = events.map(({ position }) =>
    rowsAt(rows, table, position).reduce((sum, { total }) => sum + (total as number), 0),
  );
  expect(sums).toEqual([1, 11, 13, 15, 18, 21, 25, 29, 34, 39]);
});

test('one that forgets what it has not read again fails', async () => {
  const tables = await FoldingTables.make(
    bench.pool,
    withProject((changes) => changes),
  );
  await expect(tables.foldAlike(events, 1)).rejects.toThrow(/any size, forgetting/);
});

test('one that coalesces its history fails', async () => {
  const tables = await FoldingTables.make(
    bench.pool,
    withProject((changes) => changes.slice(-1)),
  );
  await expect(tables.foldAlike(events, 1)).rejects.toThrow(/one by one/);
});
