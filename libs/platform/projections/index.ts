export { KeepProjections1700000000003 } from './migrations/1700000000003-keep-projections';
export { orderRebuild } from './builds';
export { dayOfAnswer } from './day-of-answer';
export { eventsBefore } from './events-before';
export { paced, type Pace } from './paced';
export type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from './projection';
export type { Projecting, ProjectionLog } from './projection-leader';
export { Projections, type ProjectionHealth, type ProjectionsOptions } from './projections';
export { momentOfStreams, NotProjectedYet, NotRecordedYet, type Freshness } from './past-position';
export { ReadModels, type SightToAsk, type Standpoint } from './read-models';
export { officeNames, officeNamesOf } from './office-names';
export { sightPolicy, type SightColumns } from './sight-policy';
export {
  VersionedTable,
  writeTogether,
  type ColumnType,
  type ColumnValue,
  type Columns,
  type RowChange,
} from './versioned-table';
