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
import { GoalSetTarget } from './commands/goal-set-access';
import { PublishGoalSet, PublishGoalSetBody } from './commands/publish-goal-set';
import { ReviseGoalSet, ReviseGoalSetBody } from './commands/revise-goal-set';
import { GoalSetAnswer } from './views/goal-set/goal-set.answer';
import { ReadGoalSet } from './views/goal-set/goal-set.query';
import { GOAL_SET_COLUMNS, GoalSetsQuery, ListGoalSets, type GoalSetItem } from './views/goal-sets/goal-sets.query';

@ApiTags('goals')
@Controller('v1/goal-sets')
export class GoalsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publishes the joint goals of a province for a fiscal year' })
  @Allow('goalSet.publish')
  @Creates('/v1/goal-sets/:id')
  publish(
    @Body() body: PublishGoalSetBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishGoalSet(undefined, body, requester, context));
  }

  @Post(':goalSetId/revision')
  @ApiOperation({ summary: 'Puts other names or goals in the place of those that were published' })
  @Allow('goalSet.publish')
  @Changes()
  revise(
    @Param() target: GoalSetTarget,
    @Body() body: ReviseGoalSetBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReviseGoalSet(target, body, requester, context));
  }

  // What was published as a goal is for everybody to read.
  @Get()
  @ApiOperation({ summary: 'Goal sets, now or as they were known' })
  @Public()
  @Lists({ fileName: 'goal-sets', columns: GOAL_SET_COLUMNS })
  list(@Query() query: GoalSetsQuery): Promise<Page<GoalSetItem>> {
    return this.queries.execute(new ListGoalSets(query));
  }

  @Get(':goalSetId')
  @ApiOperation({ summary: 'One goal set with its earlier versions, now or as it stood' })
  @Public()
  @TellsOne(GoalSetAnswer)
  read(@Param() { goalSetId }: GoalSetTarget, @Query() freshness: KnownQuery): Promise<GoalSetAnswer> {
    return this.queries.execute(new ReadGoalSet(goalSetId, freshness));
  }
}
