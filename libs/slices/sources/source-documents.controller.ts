import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Public, Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Creates,
  FromRequest,
  KnownQuery,
  Lists,
  TellsOne,
  Sha256Parameter,
  type CommandOutcome,
  type Page,
} from '@khamrap/platform/http';
import { DescribeSourceDocument } from './commands/describe-source-document';
import { RegisterSourceDocument } from './commands/register-source-document';
import { DescribeSourceDocumentBody, RegisterSourceDocumentBody } from './commands/source-document-bodies';
import { SourceDocumentAnswer, type SourceDocumentItem, type SourceFactItem } from './views/sources/sources.answer';
import {
  ListSourceDocuments,
  ListSourceFacts,
  ReadSourceDocument,
  SOURCE_DOCUMENT_COLUMNS,
  SOURCE_FACT_COLUMNS,
  SourceDocumentsQuery,
  SourceFactsQuery,
} from './views/sources/sources.query';

@ApiTags('sources')
@Controller('v1/source-documents')
export class SourceDocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Registers a document, so that events can be transcribed from it' })
  @Allow('sourceDocument.register')
  @Creates('/v1/source-documents/:id')
  register(
    @Body() body: RegisterSourceDocumentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RegisterSourceDocument(undefined, body, requester, context));
  }

  @Post(':sha256/description')
  @ApiOperation({ summary: 'Corrects what is told of a document: states all of it anew, and why' })
  @Allow('sourceDocument.register')
  @Changes()
  describe(
    @Sha256Parameter('sha256') sha256: string,
    @Body() body: DescribeSourceDocumentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new DescribeSourceDocument({ sha256 }, body, requester, context));
  }

  @Get()
  @ApiOperation({ summary: 'Source documents in the order in which they were registered, now or as they were told' })
  @Public()
  @Lists({ fileName: 'source-documents', columns: SOURCE_DOCUMENT_COLUMNS })
  list(@Query() query: SourceDocumentsQuery): Promise<Page<SourceDocumentItem>> {
    return this.queries.execute(new ListSourceDocuments(query));
  }

  @Get(':sha256')
  @ApiOperation({ summary: 'One source document, now or as it was told' })
  @Public()
  @TellsOne(SourceDocumentAnswer)
  read(@Sha256Parameter('sha256') sha256: string, @Query() freshness: KnownQuery): Promise<SourceDocumentAnswer> {
    return this.queries.execute(new ReadSourceDocument(sha256, freshness));
  }

  @Get(':sha256/facts')
  @ApiOperation({ summary: 'Which events were transcribed from a document, and from which passage each' })
  @Published('agreement.read')
  @Lists({ fileName: 'source-facts', columns: SOURCE_FACT_COLUMNS })
  facts(
    @Sha256Parameter('sha256') sha256: string,
    @Query() query: SourceFactsQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<Page<SourceFactItem>> {
    return this.queries.execute(new ListSourceFacts(sha256, query, requester));
  }
}
