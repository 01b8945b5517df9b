import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiPropertyOptional, ApiProduces, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Allow,
  GrantReader,
  Published,
  RequestedBy,
  sightNow,
  type Requester,
  type Sight,
} from '@khamrap/platform/access';
import { bangkokDateOf } from '@khamrap/kernel';
import { Clock, IsFiscalYear, lastEventIdOf, Lists, PROVINCE_CODE, sendEvents, Stopping } from '@khamrap/platform/http';
import { DUE_COLUMNS, DueQuery, type DuePage } from './views/due/due.answer';
import { ListDue } from './views/due/due.handler';
import { LEAGUE_COLUMNS, LeagueQuery, type LeaguePage } from './views/league/league.answer';
import { ListLeague } from './views/league/league.handler';
import { ROLL_UP_COLUMNS, RollUpsQuery, type RollUpsPage } from './views/roll-ups/roll-ups.answer';
import { ListRollUps } from './views/roll-ups/roll-ups.handler';
import { withinReach } from './views/standings/asked-past';
import {
  AGREEMENT_COLUMNS,
  STANDING_COLUMNS,
  StandingsQuery,
  type AgreementsPage,
  type StandingsPage,
} from './views/standings/standings.answer';
import { ListAgreements, ListStandings } from './views/standings/standings.handlers';
import { StandingsStream } from './views/standings/standings.stream';

/** Who holds it sees, where they hold it, also what is not published. */
const PERMISSION = 'standings.read';

class StreamQuery {
  @ApiPropertyOptional({ type: 'integer', example: 2566 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;
}

@ApiTags('standings')
@Controller('v1')
export class StandingsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly stream: StandingsStream,
    private readonly stopping: Stopping,
    private readonly clock: Clock,
    private readonly grantReader: GrantReader,
  ) {}

  @Get('standings')
  @ApiOperation({
    summary:
      'How indicators stand, one for each span that has a target or an actual; now, or as known at any past moment',
  })
  @Published('standings.read')
  @Lists({ fileName: 'standings', columns: STANDING_COLUMNS })
  standings(@Query() query: StandingsQuery, @RequestedBy() requester: Requester | undefined): Promise<StandingsPage> {
    return this.queries.execute(new ListStandings(withinReach(query), this.#sightNow(requester)));
  }

  @Get('agreements')
  @ApiOperation({
    summary: 'Agreements with the standings of their indicators counted; drafts are not among them',
  })
  @Published('standings.read')
  @Lists({ fileName: 'agreements', columns: AGREEMENT_COLUMNS })
  agreements(@Query() query: StandingsQuery, @RequestedBy() requester: Requester | undefined): Promise<AgreementsPage> {
    return this.queries.execute(new ListAgreements(withinReach(query), this.#sightNow(requester)));
  }

  @Get('standings/roll-ups')
  @ApiOperation({
    summary: 'Standings added up by goal, office, province, inspection zone or nation, beside the year before',
  })
  @Published('standings.read')
  @Lists({ fileName: 'roll-ups', columns: ROLL_UP_COLUMNS })
  rollUps(@Query() query: RollUpsQuery, @RequestedBy() requester: Requester | undefined): Promise<RollUpsPage> {
    return this.queries.execute(new ListRollUps(query, this.#sightNow(requester)));
  }

  @Get('standings/league')
  @ApiOperation({
    summary: 'Ranks within one scheme, fiscal year and closed round; who has none is listed with the reason',
  })
  @Published('standings.read')
  @Lists({ fileName: 'league', columns: LEAGUE_COLUMNS })
  league(@Query() query: LeagueQuery): Promise<LeaguePage> {
    return this.queries.execute(new ListLeague(query));
  }

  @Get('standings/due')
  @ApiOperation({ summary: 'What is to be reported or certified, by whom and until when, and what is late' })
  @Allow('standings.read')
  @Lists({ fileName: 'due', columns: DUE_COLUMNS })
  due(@Query() query: DueQuery, @RequestedBy() requester: Requester): Promise<DuePage> {
    const today = bangkokDateOf(this.clock.now().getTime());
    return this.queries.execute(new ListDue(withinReach(query), today, this.#sightNow(requester)));
  }

  @Get('standings/stream')
  @ApiOperation({
    summary: 'Standings as they change: server-sent events, whose id is the position; resumes with `Last-Event-ID`',
  })
  @Published('standings.read')
  @ApiProduces('text/event-stream')
  async live(
    @Query() query: StreamQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = lastEventIdOf(request);
    const sight = this.#sightNow(requester);
    await sendEvents(request, reply, (signal) => this.stream.changes(query, after, signal, sight), {
      signal: this.stopping.signal,
    });
  }

  /** A grant that ends while a stream goes on, or while somebody waits, ends for what comes next. */
  #sightNow(requester: Requester | undefined): () => Promise<Sight> {
    return sightNow(this.grantReader, requester, PERMISSION);
  }
}
