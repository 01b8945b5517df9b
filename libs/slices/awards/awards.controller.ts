import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Creates, FromRequest, Lists, type CommandOutcome } from '@khamrap/platform/http';
import { AnnounceAwards, AnnounceAwardsBody } from './commands/announce-awards';
import { GrantAward, GrantAwardBody } from './commands/grant-award';
import { AWARD_COLUMNS, AwardsQuery, ListAwards, type AwardsPage } from './views/awards/awards.query';

@ApiTags('awards')
@Controller('v1')
export class AwardsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('awards')
  @ApiOperation({ summary: 'Records an award whose recipients are known by name' })
  @Allow('award.grant')
  @Creates('/v1/awards?id=:id')
  grant(
    @Body() body: GrantAwardBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new GrantAward(undefined, body, requester, context));
  }

  @Post('award-announcements')
  @ApiOperation({ summary: 'Records that a number of awards was announced without names' })
  @Allow('award.grant')
  @Creates('/v1/awards?id=:id')
  announce(
    @Body() body: AnnounceAwardsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AnnounceAwards(undefined, body, requester, context));
  }

  @Get('awards')
  @ApiOperation({ summary: 'Awards, now or as they were known' })
  @Allow('award.read')
  @Lists({ fileName: 'awards', columns: AWARD_COLUMNS })
  list(@Query() query: AwardsQuery): Promise<AwardsPage> {
    return this.queries.execute(new ListAwards(query));
  }
}
