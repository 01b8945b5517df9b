import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import { Rejection } from '@khamrap/kernel';
import { GrantReader, sightNow, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { IsPlainText, KnownQuery, PageQuery, timesOf, type CsvColumn, type Page } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { evidenceAnswer } from '../evidence/evidence.answer';
import type { SourceDocumentAnswer, SourceDocumentItem, SourceFactItem } from './sources.answer';
import { SOURCES } from './sources.projection';
import { documentsAt, factsAt } from './sources.sql';

export class SourceDocumentsQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ description: 'Exactly as it was told; `notStated` for documents without one' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly publisher?: string;

  @ApiPropertyOptional({ description: 'Stands in titles, publisher or descriptions' })
  @IsOptional()
  @IsPlainText({ bytesMax: 300 })
  readonly text?: string;
}

export class SourceFactsQuery extends IntersectionType(PageQuery, KnownQuery) {}

export const SOURCE_DOCUMENT_COLUMNS: readonly CsvColumn<SourceDocumentItem>[] = [
  { header: 'sha256', value: (document) => document.sha256 },
  { header: 'title', value: (document) => document.title },
  { header: 'titleEn', value: (document) => document.titleEn },
  { header: 'publisher', value: (document) => document.publisher },
  { header: 'publishedOn', value: (document) => document.publishedOn },
  { header: 'tellsOf', value: (document) => document.tellsOf.join('; ') },
  { header: 'addresses', value: (document) => document.addresses.join('; ') },
  { header: 'language', value: (document) => document.language },
  { header: 'mediaType', value: (document) => document.mediaType },
  { header: 'description', value: (document) => document.description },
  { header: 'descriptionEn', value: (document) => document.descriptionEn },
  { header: 'factCount', value: (document) => document.factCount },
  { header: 'changedAtPosition', value: (document) => document.changedAtPosition },
];

export const SOURCE_FACT_COLUMNS: readonly CsvColumn<SourceFactItem>[] = [
  { header: 'position', value: (fact) => fact.position },
  { header: 'recordedAt', value: (fact) => fact.recordedAt },
  { header: 'eventId', value: (fact) => fact.eventId },
  { header: 'type', value: (fact) => fact.type },
  { header: 'stream', value: (fact) => fact.stream },
  { header: 'passage', value: (fact) => fact.passage },
  { header: 'recorderRole', value: (fact) => fact.recorderRole },
];

export class ListSourceDocuments extends Query<Page<SourceDocumentItem>> {
  constructor(readonly query: SourceDocumentsQuery) {
    super();
  }
}

@QueryHandler(ListSourceDocuments)
export class ListSourceDocumentsHandler implements IQueryHandler<ListSourceDocuments> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListSourceDocuments): Promise<Page<SourceDocumentItem>> {
    const { standpoint, result } = await this.readModels.read(SOURCES, query, (manager, { position }) =>
      documentsAt(manager, position, query, { cursor: query.cursor, countMax: query.limit + 1 }),
    );
    return pageOf(result, query, standpoint.position, (last) => last.registeredAtPosition);
  }
}

export class ReadSourceDocument extends Query<SourceDocumentAnswer> {
  constructor(
    readonly sha256: string,
    readonly freshness: KnownQuery,
  ) {
    super();
  }
}

@QueryHandler(ReadSourceDocument)
export class ReadSourceDocumentHandler implements IQueryHandler<ReadSourceDocument> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly files: EvidenceFiles,
  ) {}

  async execute({ sha256, freshness }: ReadSourceDocument): Promise<SourceDocumentAnswer> {
    const { standpoint, result } = await this.readModels.read(SOURCES, freshness, (manager, { position }) =>
      documentsAt(manager, position, { sha256 }, { cursor: undefined, countMax: 1 }),
    );
    const [document] = result;
    if (!document) throw new CommandRejected(new Rejection('sourceDocument.notRegistered'));
    const file = await this.files.info(sha256);
    return {
      ...document,
      file: file ? evidenceAnswer(file) : null,
      position: standpoint.position,
      ...timesOf(freshness),
    };
  }
}

/** What was transcribed from a document; nothing from one that nobody has registered. */
export class ListSourceFacts extends Query<Page<SourceFactItem>> {
  constructor(
    readonly sha256: string,
    readonly query: SourceFactsQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

@QueryHandler(ListSourceFacts)
export class ListSourceFactsHandler implements IQueryHandler<ListSourceFacts> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
  ) {}

  async execute({ sha256, query, requester }: ListSourceFacts): Promise<Page<SourceFactItem>> {
    const page = { cursor: query.cursor, countMax: query.limit + 1 };
    const { standpoint, result } = await this.readModels.read(
      SOURCES,
      query,
      (manager, { position }, sight) => factsAt(manager, { position, sha256, sight }, page),
      sightNow(this.grantReader, requester, 'agreement.read'),
    );
    return pageOf(result, query, standpoint.position, (last) => last.position);
  }
}

function pageOf<Item>(
  found: readonly Item[],
  query: PageQuery & KnownQuery,
  position: number,
  placeOf: (last: Item) => number,
): Page<Item> {
  const { limit } = query;
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit), position, ...timesOf(query), ...(last && { next: [placeOf(last)] }) };
}
