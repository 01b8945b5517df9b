import { Injectable } from '@nestjs/common';
import { toldAlike, toldName, type BothLanguages, type Position } from '@khamrap/kernel';
import { ReadModels } from '@khamrap/platform/projections';
import type { ToldEvent } from './narration-of-events';
import type { Names } from './narration-rule';

/** Projections of other slices; what they tell here is published for everybody. */
const OFFICES = 'offices';
const SOURCES = 'sources';
// As they were called at that position.
const OFFICE_NAMES = `
  SELECT DISTINCT ON (office_id) office_id AS id, name_th AS "nameTh", name_en AS "nameEn"
  FROM read_model.office_history WHERE office_id = ANY ($1::text[]) AND from_position <= $2
  ORDER BY office_id, from_position DESC`;
const DOCUMENT_TITLES = `
  SELECT DISTINCT ON (sha256) sha256 AS id, title AS "nameTh", title_en AS "nameEn"
  FROM read_model.source_document_history WHERE sha256 = ANY ($1::text[]) AND from_position <= $2
  ORDER BY sha256, from_position DESC`;
/** A name that is asked for may make another one be asked for, and that is all. */
const ROUND_COUNT_MAX = 3;

interface NameRow {
  readonly id: string;
  readonly nameTh: string;
  readonly nameEn: string | null;
}

/** Everything that answers call by a name which stands elsewhere in the ledger. */
export interface ToldNames extends Names {
  /** A source document, by its SHA-256; undefined where it was not registered by then. */
  document(sha256: string): BothLanguages | undefined;
}

/** Looks names up as they were at a position. */
@Injectable()
export class KnownNames {
  constructor(private readonly readModels: ReadModels) {}

  /**
   * Makes something that names are needed for. Which ones is only known by making it, so it is made again once they are known:
   * once, where none was unknown.
   * @param events whose offices and documents are looked up before
   * @throws NotProjectedYet, StoreUnavailable
   */
  async telling<Made>(asOf: Position, events: readonly ToldEvent[], make: (names: ToldNames) => Made): Promise<Made> {
    const offices = new Map<string, BothLanguages | undefined>();
    const documents = new Map<string, BothLanguages | undefined>();
    await this.#look(OFFICES, OFFICE_NAMES, asOf, new Set(events.flatMap(officesIn)), offices);
    await this.#look(SOURCES, DOCUMENT_TITLES, asOf, new Set(events.flatMap(documentsIn)), documents);
    for (let round = 1; ; round += 1) {
      const unknown = { offices: new Set<string>(), documents: new Set<string>() };
      const made = make({
        office: (officeId) => {
          if (!offices.has(officeId)) unknown.offices.add(officeId);
          return offices.get(officeId) ?? toldAlike(officeId);
        },
        document: (sha256) => {
          if (!documents.has(sha256)) unknown.documents.add(sha256);
          return documents.get(sha256);
        },
      });
      if (round === ROUND_COUNT_MAX || unknown.offices.size + unknown.documents.size === 0) return made;
      await this.#look(OFFICES, OFFICE_NAMES, asOf, unknown.offices, offices);
      await this.#look(SOURCES, DOCUMENT_TITLES, asOf, unknown.documents, documents);
    }
  }

  async #look(
    projection: string,
    statement: string,
    asOf: Position,
    ids: ReadonlySet<string>,
    known: Map<string, BothLanguages | undefined>,
  ): Promise<void> {
    if (ids.size === 0) return;
    const { result } = await this.readModels.read(projection, { asOfPosition: Math.max(asOf, 0) }, (manager) =>
      manager.query<NameRow[]>(statement, [[...ids], asOf]),
    );
    for (const id of ids) known.set(id, undefined);
    for (const { id, nameTh, nameEn } of result)
      known.set(id, toldName({ nameTh, ...(nameEn !== null && { nameEn }) }));
  }
}

/** Who acted for which office, and the one office that most events name. */
function officesIn({ actor, data }: ToldEvent): readonly string[] {
  const { officeId } = data;
  return [actor.office, typeof officeId === 'string' ? officeId : undefined].flatMap((office) => office ?? []);
}

function documentsIn({ provenance }: ToldEvent): readonly string[] {
  return provenance.kind === 'transcribed' ? [provenance.sourceDocument] : [];
}
