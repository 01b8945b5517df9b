import { Module } from '@nestjs/common';
import { DescribeSourceDocumentHandler } from './commands/describe-source-document';
import { EraseEvidenceHandler } from './commands/erase-evidence';
import { RegisterSourceDocumentHandler } from './commands/register-source-document';
import { StoreEvidenceHandler } from './commands/store-evidence';
import { EvidenceController } from './evidence.controller';
import { SourceDocumentsController } from './source-documents.controller';
import { FindEvidenceHandler } from './views/evidence/evidence.query';
import {
  ListSourceDocumentsHandler,
  ListSourceFactsHandler,
  ReadSourceDocumentHandler,
} from './views/sources/sources.query';

@Module({
  controllers: [SourceDocumentsController, EvidenceController],
  providers: [
    RegisterSourceDocumentHandler,
    DescribeSourceDocumentHandler,
    ListSourceDocumentsHandler,
    ReadSourceDocumentHandler,
    ListSourceFactsHandler,
    StoreEvidenceHandler,
    FindEvidenceHandler,
    EraseEvidenceHandler,
  ],
})
export class SourcesModule {}
