import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Public, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Creates,
  FromRequest,
  KnownQuery,
  Lists,
  TellsOne,
  type CommandOutcome,
  type Page,
} from '@khamrap/platform/http';
import { ExtendDeadline, ExtendDeadlineBody } from './commands/extend-deadline';
import { PublishBands, PublishBandsBody } from './commands/publish-bands';
import { PublishCalendar, PublishCalendarBody } from './commands/publish-calendar';
import { PublishReferenceData, PublishReferenceDataBody } from './commands/publish-reference-data';
import { PublishScoringRule, PublishScoringRuleBody } from './commands/publish-scoring-rule';
import { PublishStatusRules, PublishStatusRulesBody } from './commands/publish-status-rules';
import { PublishScheme, PublishSchemeBody } from './commands/publish-scheme';
import { SchemeTarget } from './commands/scheme-access';
import { PublishedSchemeAnswer } from './views/scheme/scheme.answer';
import { ReadScheme } from './views/scheme/scheme.query';
import { ListSchemes, SCHEME_COLUMNS, SchemesQuery, type SchemeItem } from './views/schemes/schemes.query';

@ApiTags('schemes')
@Controller('v1/schemes')
export class SchemesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publishes a scheme under its names; its rules and calendars follow' })
  @Allow('scheme.publish')
  @Creates('/v1/schemes/:id')
  publish(
    @Body() body: PublishSchemeBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishScheme(undefined, body, requester, context));
  }

  @Post(':schemeId/scoring-rules')
  @ApiOperation({ summary: 'Publishes the next version of the rule by which figures become scores' })
  @Allow('scheme.publish')
  @Changes()
  publishScoringRule(
    @Param() target: SchemeTarget,
    @Body() body: PublishScoringRuleBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishScoringRule(target, body, requester, context));
  }

  @Post(':schemeId/bands')
  @ApiOperation({ summary: 'Publishes the next version of the bands in which totals are told' })
  @Allow('scheme.publish')
  @Changes()
  publishBands(
    @Param() target: SchemeTarget,
    @Body() body: PublishBandsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishBands(target, body, requester, context));
  }

  @Post(':schemeId/status-rules')
  @ApiOperation({ summary: 'Publishes the next version of the rules by which statuses are told' })
  @Allow('scheme.publish')
  @Changes()
  publishStatusRules(
    @Param() target: SchemeTarget,
    @Body() body: PublishStatusRulesBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishStatusRules(target, body, requester, context));
  }

  @Post(':schemeId/calendars')
  @ApiOperation({ summary: 'Publishes the next version of the calendar of a fiscal year' })
  @Allow('scheme.publish')
  @Changes()
  publishCalendar(
    @Param() target: SchemeTarget,
    @Body() body: PublishCalendarBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishCalendar(target, body, requester, context));
  }

  @Post(':schemeId/deadline-extensions')
  @ApiOperation({ summary: 'Moves the deadlines of a round back, for some offices or for all' })
  @Allow('scheme.publish')
  @Changes()
  extendDeadline(
    @Param() target: SchemeTarget,
    @Body() body: ExtendDeadlineBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ExtendDeadline(target, body, requester, context));
  }

  @Post(':schemeId/reference-data')
  @ApiOperation({ summary: 'Publishes the digest of reference data' })
  @Allow('scheme.publish')
  @Changes()
  publishReferenceData(
    @Param() target: SchemeTarget,
    @Body() body: PublishReferenceDataBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishReferenceData(target, body, requester, context));
  }

  // The rules of a score are for everybody: without them nobody could compute it again.
  @Get()
  @ApiOperation({ summary: 'Schemes, now or as they were known' })
  @Public()
  @Lists({ fileName: 'schemes', columns: SCHEME_COLUMNS })
  list(@Query() query: SchemesQuery): Promise<Page<SchemeItem>> {
    return this.queries.execute(new ListSchemes(query));
  }

  @Get(':schemeId')
  @ApiOperation({ summary: 'One scheme with every version of its rules and calendars, now or as it stood' })
  @Public()
  @TellsOne(PublishedSchemeAnswer)
  read(@Param() { schemeId }: SchemeTarget, @Query() freshness: KnownQuery): Promise<PublishedSchemeAnswer> {
    return this.queries.execute(new ReadScheme(schemeId, freshness));
  }
}
