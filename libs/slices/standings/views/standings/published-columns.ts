import type { ColumnType, VersionedTable } from '@khamrap/platform/projections';
import { sightPolicy } from '@khamrap/platform/projections';
import { agreementRoundTable, COUNT_COLUMNS, standingTable } from './standings.tables';

/** What a standing says of its target: published with the agreement. */
export const TARGET_COLUMNS = [
  'target',
  'target_unit',
  'target_span',
  'target_as_printed',
  'target_event_id',
  'target_details',
] as const;

/** What a standing says of its figure, as far as the public can know the figure. */
export const FIGURE_COLUMNS = [
  'figure_kind',
  'actual',
  'actual_unit',
  'actual_as_printed',
  'actual_event_id',
  'actual_details',
  'finality',
  'as_of',
  'evidence_count',
  'status',
  'status_reason',
  'attainment_percent',
  'gap',
  'versions',
] as const;

/** What is published with the closing of a round, beside the figures. */
export const CLOSED_COLUMNS = ['score', 'score_basis', 'score_reason', 'evaluator_score', 'is_certified'] as const;

/** What an agreement comes to in a round: published with its closing. */
export const ROUND_COLUMNS = [
  'total',
  'no_total_reason',
  'band',
  'weight_counted_percent',
  'certified_weight_percent',
  'weighted_score',
  'counted_weight',
  'stated_weight',
  'evaluator_score',
] as const;

/** The text in `published` of a row that the public cannot know to be there. */
export const NOT_THERE = '';
/** How `published` begins where the public cannot know that a target stands beside a figure. */
export const WITHOUT_TARGET = '{"target":null';

/** A table whose rows are held back from those who may not see them, and how its rows are told in public. */
interface PublicCut {
  readonly table: VersionedTable;
  readonly indicator?: string;
  /** Columns that `published` tells where it is not null; what it does not mention is null, or zero for counts. */
  readonly told: readonly string[];
  /** Columns that nobody is told in public unless the whole row is public. */
  readonly inside: readonly string[];
}

const CUTS: readonly PublicCut[] = [
  {
    table: standingTable,
    indicator: 'indicator_id',
    told: [...FIGURE_COLUMNS, ...CLOSED_COLUMNS],
    inside: ['self_score'],
  },
  {
    table: agreementRoundTable,
    told: [...ROUND_COLUMNS, ...COUNT_COLUMNS.map(([, column]) => column)],
    inside: ['self_score'],
  },
];
/** Columns of the tables that the public view has not. */
const NEVER = new Set(['reports', 'published', 'public_changed']);
const COUNTS = new Set(COUNT_COLUMNS.map(([, column]) => column));
const TARGETS: ReadonlySet<string> = new Set(TARGET_COLUMNS);

/** Names of the views that show what of each row is published: of every row, whoever asks. */
export const PUBLIC_VIEWS = CUTS.flatMap(({ table }) => [publicName(table), `${publicName(table)}_history`]);

function publicName({ name }: VersionedTable): string {
  return `${name}_public`;
}

/** The columns that a table and its public view have in common. */
export function columnsInPublic(table: VersionedTable): readonly string[] {
  const { key, columns } = table.options;
  const own = [...Object.keys(key), ...Object.keys(columns)].filter((name) => !NEVER.has(name));
  return [...own, 'present', 'from_position', 'from_recorded_at_ms'];
}

/** Those of them that the table and the view may tell differently. */
export function columnsThatDiffer(table: VersionedTable): ReadonlySet<string> {
  const { told = [], inside = [] } = CUTS.find((cut) => cut.table === table) ?? {};
  const targets = table === standingTable ? TARGET_COLUMNS : [];
  return new Set([...told, ...inside, ...targets, 'present', 'from_position', 'from_recorded_at_ms']);
}

/**
 * Statements that hold rows back which are not published, and views, asked with the rights of whoever projects, that tell of
 * every row what is published of it and since when that is so.
 */
export function publicStatements(schema: string): readonly string[] {
  return CUTS.flatMap((cut) => {
    const { table, indicator } = cut;
    const columns = { isPublished: 'published IS NULL', province: 'province', offices: 'offices' };
    const policies = [table.name, table.history].flatMap((name) =>
      sightPolicy(`${schema}.${name}`, { ...columns, ...(indicator !== undefined && { indicator }) }),
    );
    const history = `${schema}.${table.history}`;
    const key = Object.keys(table.options.key)
      .map((name) => `h.${name} = r.${name}`)
      .join(' AND ');
    const newest = (column: string): string => `CASE WHEN r.public_changed THEN r.${column} ELSE
      (SELECT h.${column} FROM ${history} AS h WHERE ${key} AND h.public_changed ORDER BY h.from_position DESC LIMIT 1)
      END AS ${column}`;
    const told = toldColumns(cut).join(', ');
    return [
      ...policies,
      `CREATE VIEW ${schema}.${publicName(table)} AS
       SELECT ${told}, ${newest('from_position')}, ${newest('from_recorded_at_ms')}, r.first_position
       FROM ${schema}.${table.name} AS r`,
      `CREATE VIEW ${schema}.${publicName(table)}_history AS
       SELECT ${told}, r.from_position, r.from_recorded_at_ms FROM ${history} AS r WHERE r.public_changed`,
    ];
  });
}

function toldColumns({ table, told, inside }: PublicCut): readonly string[] {
  const { key, columns } = table.options;
  const all = Object.entries({ ...key, ...columns }).filter(([name]) => !NEVER.has(name));
  return [
    ...all.map(([name, type]) => {
      if (told.includes(name)) return `${toldColumn(name, type)} AS ${name}`;
      if (inside.includes(name)) return `CASE WHEN r.published IS NULL THEN r.${name} END AS ${name}`;
      if (table === standingTable && TARGETS.has(name))
        return `CASE WHEN NOT coalesce(starts_with(r.published, '${WITHOUT_TARGET}'), false) THEN r.${name} END AS ${name}`;
      return `r.${name}`;
    }),
    `(r.present AND r.published IS DISTINCT FROM '${NOT_THERE}') AS present`,
  ];
}

function toldColumn(name: string, type: ColumnType): string {
  const value = `(nullif(r.published, '${NOT_THERE}')::jsonb->>'${name}')::${type === 'text' ? 'text COLLATE "C"' : type}`;
  return `CASE WHEN r.published IS NULL THEN r.${name} ELSE ${COUNTS.has(name) ? `coalesce(${value}, 0)` : value} END`;
}
