export { allRows, FoldingTables, rowsAt, type TableRow, type TableRows } from './folding-tables';
export { freshProjectionName, noteCodec, notesProjection, notesTable, noteWritten, type NotesOptions } from './notes';
export {
  freshStreamOf,
  PROJECTING,
  ProjectionBench,
  type Happening,
  type InstanceOptions,
  type ProjectionInstance,
} from './projection-bench';
