import { Body, Controller, Get, Post, Query } from '@nestjs/common';
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
  UuidParameter,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { AnnounceAwards, AnnounceAwardsBody } from './commands/announce-awards';
import { CorrectAward, CorrectAwardBody } from './commands/correct-award';
import { GrantAward, GrantAwardBody } from './commands/grant-award';
import { RevokeAward, RevokeAwardBody } from './commands/revoke-award';
import { AwardAnswer } from './views/award/award.answer';
import { ReadAward } from './views/award/award.query';
import {
  AWARD_COLUMNS,
  AwardsQuery,
  TalliesQuery,
  TALLY_COLUMNS,
  type AwardsPage,
  type TalliesPage,
} from './views/awards/awards.answer';
import { ListAwards, TallyAwards } from './views/awards/awards.handlers';

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

  @Post('awards/:awardId/correction')
  @ApiOperation({
    summary: 'States an award, or an announced number, anew and as a whole; the old stays in its history',
  })
  @Allow('award.grant')
  @Changes()
  correct(
    @UuidParameter('awardId') awardId: string,
    @Body() body: CorrectAwardBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CorrectAward({ awardId }, body, requester, context));
  }

  @Post('awards/:awardId/revocation')
  @ApiOperation({ summary: 'Takes back an award, or all that were announced together' })
  @Allow('award.grant')
  @Changes()
  revoke(
    @UuidParameter('awardId') awardId: string,
    @Body() body: RevokeAwardBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RevokeAward({ awardId }, body, requester, context));
  }

  // Awards are announced for everybody to know.
  @Get('awards')
  @ApiOperation({ summary: 'Awards, now or as they were known' })
  @Public()
  @Lists({ fileName: 'awards', columns: AWARD_COLUMNS })
  list(@Query() query: AwardsQuery): Promise<AwardsPage> {
    return this.queries.execute(new ListAwards(query));
  }

  @Get('awards/tallies')
  @ApiOperation({ summary: 'How many awards, by category, grantor, year or province: none counted twice' })
  @Public()
  @Lists({ fileName: 'award-tallies', columns: TALLY_COLUMNS })
  tallies(@Query() query: TalliesQuery): Promise<TalliesPage> {
    return this.queries.execute(new TallyAwards(query));
  }

  @Get('awards/:awardId')
  @ApiOperation({ summary: 'One award with its history, now or as it stood' })
  @Public()
  @TellsOne(AwardAnswer)
  read(@UuidParameter('awardId') awardId: string, @Query() freshness: KnownQuery): Promise<AwardAnswer> {
    return this.queries.execute(new ReadAward(awardId, freshness));
  }
}
