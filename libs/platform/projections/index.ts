export { KeepProjections1700000000003 } from './migrations/1700000000003-keep-projections';
export type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from './projection';
export { Projections, type ProjectionHealth, type ProjectionLog, type ProjectionsOptions } from './projections';
export { NotRecordedYet, pastPositionOf, type Freshness } from './past-position';
export { NotProjectedYet, ReadModels, type Standpoint } from './read-models';
export { VersionedTable, type ColumnType, type ColumnValue, type Columns, type RowChange } from './versioned-table';
