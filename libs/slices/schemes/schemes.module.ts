import { Module } from '@nestjs/common';
import { ExtendDeadlineHandler } from './commands/extend-deadline';
import { PublishBandsHandler } from './commands/publish-bands';
import { PublishCalendarHandler } from './commands/publish-calendar';
import { PublishReferenceDataHandler } from './commands/publish-reference-data';
import { PublishScoringRuleHandler } from './commands/publish-scoring-rule';
import { PublishStatusRulesHandler } from './commands/publish-status-rules';
import { PublishSchemeHandler } from './commands/publish-scheme';
import { SchemesController } from './schemes.controller';
import { ReadSchemeHandler } from './views/scheme/scheme.query';
import { ListSchemesHandler } from './views/schemes/schemes.query';

@Module({
  controllers: [SchemesController],
  providers: [
    PublishSchemeHandler,
    PublishScoringRuleHandler,
    PublishBandsHandler,
    PublishStatusRulesHandler,
    PublishCalendarHandler,
    ExtendDeadlineHandler,
    PublishReferenceDataHandler,
    ReadSchemeHandler,
    ListSchemesHandler,
  ],
})
export class SchemesModule {}
