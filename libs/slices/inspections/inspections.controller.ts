import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import { Allow, GrantReader, Published, RequestedBy, sightNow, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Clock,
  Creates,
  FromRequest,
  KnownQuery,
  Lists,
  TellsOne,
  UuidParameter,
  type CommandOutcome,
  type Page,
} from '@khamrap/platform/http';
import { CloseInspectionRound, CloseInspectionRoundBody } from './commands/close-round';
import { OpenInspectionRound, OpenInspectionRoundBody } from './commands/open-round';
import { RecordVisit, RecordVisitBody } from './commands/record-visit';
import { ReopenInspectionRound, ReopenInspectionRoundBody } from './commands/reopen-round';
import { ReviseInspectionRound, ReviseInspectionRoundBody } from './commands/revise-round';
import { StateNoFindings, StateNoFindingsBody } from './commands/state-no-findings';
import {
  FindingsQuery,
  ListFindings,
  ListOverdue,
  OverdueQuery,
  type FollowUpPage,
} from './views/follow-up/findings.query';
import { FOLLOW_UP_COLUMNS } from './views/follow-up/follow-up.item';
import {
  InspectionRoundsQuery,
  ListInspectionRounds,
  ROUND_COLUMNS,
  type InspectionRoundItem,
} from './views/follow-up/rounds.query';
import {
  FindingsSummaryQuery,
  SUMMARY_COLUMNS,
  SummariseFindings,
  type FindingsSummaryPage,
} from './views/follow-up/summary.query';
import { InspectionRoundAnswer } from './views/round/round.answer';
import { ReadInspectionRound } from './views/round/round.query';

/** Rounds: opened, revised, visited, closed; and what is to be read of them. */
@ApiTags('inspections')
@Controller('v1/inspections')
export class InspectionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly grants: GrantReader,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Opens an inspection round, with what its zone holds on its first day' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Creates('/v1/inspections/:id')
  open(
    @Body() body: OpenInspectionRoundBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new OpenInspectionRound(undefined, body, requester, context));
  }

  @Post(':roundId/revision')
  @ApiOperation({ summary: 'States a round anew and as a whole; the old stays in its history' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  revise(
    @UuidParameter('roundId') roundId: string,
    @Body() body: ReviseInspectionRoundBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReviseInspectionRound({ roundId }, body, requester, context));
  }

  @Post(':roundId/visits')
  @ApiOperation({ summary: 'Records a visit: days, places, offices, who was there by role, who presided' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  recordVisit(
    @UuidParameter('roundId') roundId: string,
    @Body() body: RecordVisitBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RecordVisit({ roundId }, body, requester, context));
  }

  @Post(':roundId/no-findings')
  @ApiOperation({ summary: 'States that nothing was found: the only way in which a round has no findings' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  stateNoFindings(
    @UuidParameter('roundId') roundId: string,
    @Body() body: StateNoFindingsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new StateNoFindings({ roundId }, body, requester, context));
  }

  @Post(':roundId/closure')
  @ApiOperation({ summary: 'Closes a round that has findings, or of which it is stated that nothing was found' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  close(
    @UuidParameter('roundId') roundId: string,
    @Body() body: CloseInspectionRoundBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CloseInspectionRound({ roundId }, body, requester, context));
  }

  @Post(':roundId/reopening')
  @ApiOperation({ summary: 'Opens a closed round again, for a reason' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  reopen(
    @UuidParameter('roundId') roundId: string,
    @Body() body: ReopenInspectionRoundBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReopenInspectionRound({ roundId }, body, requester, context));
  }

  @Get()
  @ApiOperation({ summary: 'Inspection rounds, the latest first, now or as they were known' })
  @Published('inspection.read')
  @Lists({ fileName: 'inspection-rounds', columns: ROUND_COLUMNS })
  list(
    @Query() query: InspectionRoundsQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<Page<InspectionRoundItem>> {
    return this.queries.execute(new ListInspectionRounds(query, requester));
  }

  @Get('findings')
  @ApiOperation({
    summary: 'Findings, soonest due first: the resolved of closed rounds; the open ones within your reach',
  })
  @Published('inspection.read')
  @Lists({ fileName: 'inspection-findings', columns: FOLLOW_UP_COLUMNS })
  findings(@Query() query: FindingsQuery, @RequestedBy() requester: Requester | undefined): Promise<FollowUpPage> {
    return this.queries.execute(new ListFindings(query, this.#today(), this.#sightNow(requester)));
  }

  @Get('findings/summary')
  @ApiOperation({ summary: 'Findings counted by office, theme, year or severity, with the follow-up rate' })
  @Allow('inspection.read')
  @Lists({ fileName: 'inspection-findings-summary', columns: SUMMARY_COLUMNS })
  summary(@Query() query: FindingsSummaryQuery, @RequestedBy() requester: Requester): Promise<FindingsSummaryPage> {
    return this.queries.execute(new SummariseFindings(query, this.#today(), this.#sightNow(requester)));
  }

  @Get('overdue')
  @ApiOperation({
    summary: 'Answers to findings and recommendations that are late: whose, by how many days, how far escalated',
  })
  @Allow('inspection.read')
  @Lists({ fileName: 'inspection-overdue', columns: FOLLOW_UP_COLUMNS })
  overdue(@Query() query: OverdueQuery, @RequestedBy() requester: Requester): Promise<FollowUpPage> {
    return this.queries.execute(new ListOverdue(query, this.#today(), this.#sightNow(requester)));
  }

  @Get(':roundId')
  @ApiOperation({ summary: 'One round with its visits, findings and recommendations, now or as it stood' })
  @Published('inspection.read')
  @TellsOne(InspectionRoundAnswer)
  read(
    @UuidParameter('roundId') roundId: string,
    @Query() freshness: KnownQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<InspectionRoundAnswer> {
    return this.queries.execute(new ReadInspectionRound(roundId, freshness, requester));
  }

  #today(): IsoDate {
    return bangkokDateOf(this.clock.now().getTime());
  }

  #sightNow(requester: Requester | undefined): ReturnType<typeof sightNow> {
    return sightNow(this.grants, requester, 'inspection.read');
  }
}
