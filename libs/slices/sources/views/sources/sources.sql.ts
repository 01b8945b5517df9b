import { decodeCursor } from '@khamrap/platform/http';
import type { Sight } from '@khamrap/platform/access';
import { officeNamesOf } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { sightParameters } from '../evidence/evidence-reach.sql';
import type { SourceDocumentItem, SourceFactItem } from './sources.answer';

/** Which documents are asked for. */
export interface DocumentFilter {
  readonly sha256?: string;
  readonly publisher?: string;
  readonly text?: string;
}

/** Which facts are asked for, and by whom. */
export interface FactFilter {
  readonly position: number;
  readonly sha256: string;
  readonly sight: Sight;
}

interface DocumentRow {
  readonly sha256: string;
  readonly title: string | null;
  readonly title_en: string | null;
  readonly publisher: string;
  readonly published_on: string;
  readonly tells_of: string;
  readonly addresses: string;
  readonly language: string;
  readonly media_type: string | null;
  readonly description: string;
  readonly description_en: string | null;
  readonly revision: number;
  readonly fact_count: number;
  readonly first_position: number;
  readonly from_position: number;
  readonly from_recorded_at_ms: number;
}

interface FactRow {
  readonly position: number;
  readonly recorded_at_ms: number;
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly passage: string;
  readonly recorder_role: string;
}

/** A page of a list in an order by position: what is on it comes after the cursor; one row more tells that there is a next. */
export interface PageCut {
  readonly cursor: string | undefined;
  readonly countMax: number;
}

/** Whether the stream of a fact `f` stood, at a position, the first parameter, where a condition on its row `s` holds. */
const stoodWhere = (condition: string): string => `EXISTS (SELECT FROM read_model.source_stream_history AS s
  WHERE s.stream = f.stream AND s.from_position = (SELECT max(c.from_position) FROM read_model.source_stream_change AS c
    WHERE c.stream = f.stream AND c.from_position <= $1) AND ${condition})`;

/** Whether a fact `f` was published at that position. */
const PUBLISHED = `(f.is_published OR ${stoodWhere('s.published_at IS NOT NULL')})`;
const WITHIN = `($5::boolean OR s.province = ANY ($6::text[]) OR ${officeNamesOf('s.offices', 's.province')} && $7::text[])`;

// Each document as it was told last at the position, now as in the past; those registered later are left out.
const DOCUMENTS = `
  SELECT d.*, k.first_position,
         (SELECT count(*)::int FROM read_model.source_fact AS f
          WHERE f.source_document = k.sha256 AND f.position <= $1 AND ${PUBLISHED}) AS fact_count
  FROM read_model.source_document AS k
  CROSS JOIN LATERAL (SELECT * FROM read_model.source_document_history AS h
    WHERE h.sha256 = k.sha256 AND h.from_position <= $1 ORDER BY h.from_position DESC LIMIT 1) AS d
  WHERE k.first_position <= $1 AND k.first_position > $2
    AND ($3::text IS NULL OR k.sha256 = $3)
    AND ($4::text IS NULL OR d.publisher = $4)
    AND ($5::text IS NULL OR strpos(
      lower(concat_ws(E'\\n', d.title, d.title_en, d.publisher, d.description, d.description_en)), lower($5)) > 0)
  ORDER BY k.first_position LIMIT $6`;

const FACTS = `
  SELECT position, recorded_at_ms, event_id, type, stream, passage, recorder_role
  FROM read_model.source_fact AS f
  WHERE f.source_document = $2 AND f.position <= $1 AND f.position > $3 AND (${PUBLISHED}
    OR ${stoodWhere(WITHIN)})
  ORDER BY f.position LIMIT $4`;

/** Documents as they were told at a position, in the order in which they were registered. */
export async function documentsAt(
  manager: EntityManager,
  position: number,
  { sha256, publisher, text }: DocumentFilter,
  page: PageCut,
): Promise<readonly SourceDocumentItem[]> {
  const rows = await manager.query<DocumentRow[]>(DOCUMENTS, [
    position,
    positionBefore(page),
    sha256 ?? null,
    publisher ?? null,
    text ?? null,
    page.countMax,
  ]);
  return rows.map(documentOf);
}

/**
 * The events that were transcribed from a document up to a position, in the order of the log: those that were published by then,
 * and those of agreements that a sight reaches.
 */
export async function factsAt(
  manager: EntityManager,
  { position, sha256, sight }: FactFilter,
  page: PageCut,
): Promise<readonly SourceFactItem[]> {
  const [isAll, provinces, offices] = sightParameters(sight);
  const parameters = [position, sha256, positionBefore(page), page.countMax, isAll, provinces, offices];
  const rows = await manager.query<FactRow[]>(FACTS, parameters);
  return rows.map(factOf);
}

function positionBefore({ cursor }: PageCut): number {
  return cursor === undefined ? -1 : (decodeCursor(cursor, ['integer'])[0] as number);
}

function documentOf(row: DocumentRow): SourceDocumentItem {
  return {
    sha256: row.sha256,
    title: row.title,
    titleEn: row.title_en,
    publisher: row.publisher,
    publishedOn: row.published_on,
    tellsOf: JSON.parse(row.tells_of) as string[],
    addresses: JSON.parse(row.addresses) as string[],
    language: row.language,
    mediaType: row.media_type,
    description: row.description,
    descriptionEn: row.description_en,
    factCount: row.fact_count,
    revision: row.revision,
    registeredAtPosition: Number(row.first_position),
    changedAtPosition: Number(row.from_position),
    recordedAt: new Date(Number(row.from_recorded_at_ms)).toISOString(),
  };
}

function factOf(row: FactRow): SourceFactItem {
  return {
    position: Number(row.position),
    recordedAt: new Date(Number(row.recorded_at_ms)).toISOString(),
    eventId: row.event_id,
    type: row.type,
    stream: row.stream,
    passage: row.passage,
    recorderRole: row.recorder_role,
  };
}
