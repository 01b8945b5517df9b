import type { AnyRules } from '../../publication/publication';
import { openingsOf, USUAL, type NamedOpening } from './openings';
import { indicatorName, isProvinceName, namesTold, seesAll } from './told-sights';

/**
 * One row for each event of the log, written once: by what it is found. `at` is the position once more. A statement that asks for the
 * order of `at` can only have it from an index behind a type, an actor, a province; asked for the order of positions, the database
 * may as well look through all of the log for them, and believes that to be short where they are many, also where they all lie
 * years back. `place` names the part of its stream that an event is about, where that stands elsewhere than the stream.
 */
export const TRAIL_EVENT = 'trail_event';
/** What each event concerns. */
export const TRAIL_CONCERN = 'trail_concern';
/** The official texts of each event, and the runs of characters in them. */
export const TRAIL_TEXT = 'trail_text';
/** One row for each event that is published: by which one, which may be itself. What is in here, everybody may know. */
export const TRAIL_PUBLISHED = 'trail_published';
/** Events that wait for a mark, each under the key of that mark. */
export const TRAIL_WAITING = 'trail_waiting';
/** Under which names the places are found that are not published: provinces, and offices with their provinces. */
export const TRAIL_PLACE = 'trail_place';
/** What offices were called, and which provinces zones were said to hold, from which position on. */
export const TRAIL_OFFICE_NAME = 'trail_office_name';
export const TRAIL_ZONE = 'trail_zone';

export const TRAIL_TABLES = [
  TRAIL_EVENT,
  TRAIL_CONCERN,
  TRAIL_TEXT,
  TRAIL_PUBLISHED,
  TRAIL_WAITING,
  TRAIL_PLACE,
  TRAIL_OFFICE_NAME,
  TRAIL_ZONE,
] as const;

/** Events that the reader may have. */
export const TRAIL = 'trail';
/** The same once more for each thing that they concern. */
export const TRAIL_CONCERNING = 'trail_concerning';
/** Streams that the reader reaches, by the names that were told. */
export const TRAIL_STREAM = 'trail_stream';

export const TRAIL_VIEWS = [TRAIL, TRAIL_CONCERNING, TRAIL_STREAM] as const;

/** Their rows tell of events that are not published: nobody but who projects reads them, others by the views. */
const WALLED = [TRAIL_EVENT, TRAIL_CONCERN, TRAIL_TEXT, TRAIL_WAITING, TRAIL_PLACE];

export function trailStatements(schema: string, rules: AnyRules): readonly string[] {
  return [
    ...eventTables(schema),
    ...publicationTables(schema),
    ...nameTables(schema),
    ...WALLED.map((table) => `ALTER TABLE ${schema}.${table} ENABLE ROW LEVEL SECURITY`),
    ...viewStatements(schema, openingsOf(rules)),
  ];
}

function eventTables(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${TRAIL_EVENT} (
       position       bigint NOT NULL PRIMARY KEY,
       type           text COLLATE "C" NOT NULL,
       stream         text COLLATE "C" NOT NULL,
       actor          text COLLATE "C" NOT NULL,
       command_id     uuid NOT NULL,
       document       text COLLATE "C",
       indicator      text COLLATE "C",
       effective_from text COLLATE "C",
       province       text COLLATE "C",
       place          text COLLATE "C",
       opening        text COLLATE "C",
       at             bigint NOT NULL
     )`,
    `CREATE INDEX ON ${schema}.${TRAIL_EVENT} (type, at)`,
    `CREATE INDEX ON ${schema}.${TRAIL_EVENT} (stream, at)`,
    `CREATE INDEX ON ${schema}.${TRAIL_EVENT} (actor, at)`,
    `CREATE INDEX ON ${schema}.${TRAIL_EVENT} (command_id)`,
    `CREATE INDEX ON ${schema}.${TRAIL_EVENT} (document, at) WHERE document IS NOT NULL`,
    `CREATE INDEX ${TRAIL_EVENT}_effective ON ${schema}.${TRAIL_EVENT} (at) INCLUDE (effective_from)
       WHERE effective_from IS NOT NULL`,
    `CREATE INDEX ${TRAIL_EVENT}_province ON ${schema}.${TRAIL_EVENT} (province, at) WHERE province IS NOT NULL`,
    `CREATE INDEX ${TRAIL_EVENT}_province_type ON ${schema}.${TRAIL_EVENT} (province, type, at)
       WHERE province IS NOT NULL`,
    `CREATE INDEX ${TRAIL_EVENT}_opening ON ${schema}.${TRAIL_EVENT} (at) WHERE opening IS NOT NULL`,
    `CREATE TABLE ${schema}.${TRAIL_CONCERN} (
       name     text COLLATE "C" NOT NULL,
       position bigint NOT NULL,
       told_at  bigint NOT NULL,
       PRIMARY KEY (name, position, told_at)
     )`,
    `CREATE TABLE ${schema}.${TRAIL_TEXT} (
       position bigint NOT NULL PRIMARY KEY,
       content  text NOT NULL,
       runs     int[] NOT NULL
     )`,
    `CREATE INDEX ${TRAIL_TEXT}_runs ON ${schema}.${TRAIL_TEXT} USING gin (runs) WITH (gin_pending_list_limit = 1024)`,
  ];
}

function publicationTables(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${TRAIL_PUBLISHED} (
       position           bigint NOT NULL PRIMARY KEY,
       type               text COLLATE "C" NOT NULL,
       published_position bigint NOT NULL,
       published_at_ms    bigint NOT NULL,
       at                 bigint NOT NULL
     )`,
    `CREATE INDEX ON ${schema}.${TRAIL_PUBLISHED} (type, at)`,
    `CREATE INDEX ON ${schema}.${TRAIL_PUBLISHED} (published_position, position)`,
    `CREATE TABLE ${schema}.${TRAIL_WAITING} (
       key            uuid NOT NULL,
       position       bigint NOT NULL,
       type           text COLLATE "C" NOT NULL,
       recorded_at_ms bigint NOT NULL,
       stands         text COLLATE "C" NOT NULL,
       days_from      text COLLATE "C",
       days_to        text COLLATE "C",
       unless         text NOT NULL,
       PRIMARY KEY (key, position)
     )`,
  ];
}

function nameTables(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${TRAIL_PLACE} (
       name  text COLLATE "C" NOT NULL,
       place text COLLATE "C" NOT NULL,
       PRIMARY KEY (name, place)
     )`,
    `CREATE INDEX ON ${schema}.${TRAIL_PLACE} (place, name)`,
    `CREATE TABLE ${schema}.${TRAIL_OFFICE_NAME} (
       office   text COLLATE "C" NOT NULL,
       position bigint NOT NULL,
       name_th  text NOT NULL,
       name_en  text,
       PRIMARY KEY (office, position)
     )`,
    `CREATE TABLE ${schema}.${TRAIL_ZONE} (
       zone           text COLLATE "C" NOT NULL,
       position       bigint NOT NULL,
       effective_from text COLLATE "C" NOT NULL,
       provinces      text NOT NULL,
       PRIMARY KEY (zone, position)
     )`,
  ];
}

/**
 * The views ask with the rights of whoever projects, and let through what a reader may have and nothing else: the same wall as a
 * policy of the tables would be. A policy would forbid the index of runs: what is asked of a row that it may yet hold back must
 * not be answered before, unless the database knows of the question that it tells nothing, and of this one it does not.
 */
function viewStatements(schema: string, openings: readonly NamedOpening[]): readonly string[] {
  const events = `${schema}.${TRAIL_EVENT} AS t
       LEFT JOIN ${schema}.${TRAIL_PUBLISHED} AS p ON p.position = t.position
       LEFT JOIN ${schema}.${TRAIL_TEXT} AS x ON x.position = t.position`;
  return [
    `CREATE VIEW ${schema}.${TRAIL} AS
       SELECT t.position, t.type, t.stream, t.actor, t.command_id, t.document, t.indicator, t.effective_from, t.province,
              t.opening, t.at, p.at AS published_at, p.position AS published_row, p.type AS published_type,
              p.published_position, p.published_at_ms,
              x.position AS text_row, x.content, x.runs,
              ${reached(schema, openings)} AS is_reached
       FROM ${events}
       WHERE p.position IS NOT NULL OR ${reached(schema, openings)}`,
    // Who may not have the event that tells what another one concerns is not told it by the way.
    `CREATE VIEW ${schema}.${TRAIL_CONCERNING} AS
       SELECT c.name, t.*, telling.published_position AS told_published_position, telling.is_reached AS told_is_reached
       FROM ${schema}.${TRAIL_CONCERN} AS c
       JOIN ${schema}.${TRAIL} AS t ON t.position = c.position
       JOIN ${schema}.${TRAIL} AS telling ON telling.position = c.told_at`,
    `CREATE VIEW ${schema}.${TRAIL_STREAM} AS
       SELECT n.name, n.place AS stream FROM ${schema}.${TRAIL_PLACE} AS n
       WHERE strpos(n.place, '#') = 0 AND (${permissionsIn(openings)
         .map((permission) => `n.name = ANY (${namesTold(permission)})`)
         .join(' OR ')})`,
  ];
}

/** SQL: whether the sights that were told reach an event that is not published. Never null. */
function reached(schema: string, openings: readonly NamedOpening[]): string {
  const cases = openings.map((opening) => {
    const condition = opening.permissions.map((permission) => reachedBy(schema, permission, opening)).join(' AND ');
    const isOf = opening.name === USUAL.name ? 't.opening IS NULL' : `t.opening = '${opening.name}'`;
    return `WHEN ${isOf} THEN coalesce(${condition}, false)`;
  });
  return `CASE ${cases.join(' ')} ELSE false END`;
}

function reachedBy(
  schema: string,
  permission: NamedOpening['permissions'][number],
  { nationOnly, wholeOnly }: NamedOpening,
): string {
  const all = `coalesce(${seesAll(permission)}, false)`;
  if (nationOnly) return all;
  const names = namesTold(permission);
  const places = `FROM ${schema}.${TRAIL_PLACE} AS n WHERE n.place = coalesce(t.place, t.stream)`;
  if (wholeOnly)
    return `(${all} OR coalesce((SELECT bool_and(n.name = ANY (${names})) ${places} AND ${isProvinceName('n.name')}), false))`;
  return `(${all}
    OR coalesce('${indicatorName('')}' || t.indicator = ANY (${names}), false)
    OR EXISTS (SELECT ${places} AND n.name = ANY (${names})))`;
}

function permissionsIn(openings: readonly NamedOpening[]): readonly NamedOpening['permissions'][number][] {
  return [...new Set(openings.flatMap(({ permissions }) => permissions))];
}
