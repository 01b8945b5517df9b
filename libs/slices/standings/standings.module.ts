import { Module } from '@nestjs/common';
import { StandingsController } from './standings.controller';
import { ListDueHandler } from './views/due/due.handler';
import { ListLeagueHandler } from './views/league/league.handler';
import { ReplayController } from './views/replay/replay.controller';
import { ReplayAgreementHandler } from './views/replay/replay.handler';
import { ListRollUpsHandler } from './views/roll-ups/roll-ups.handler';
import { ListAgreementsHandler, ListStandingsHandler } from './views/standings/standings.handlers';
import { StandingsStream } from './views/standings/standings.stream';

@Module({
  controllers: [StandingsController, ReplayController],
  providers: [
    ListStandingsHandler,
    ListAgreementsHandler,
    ListRollUpsHandler,
    ListLeagueHandler,
    ListDueHandler,
    ReplayAgreementHandler,
    StandingsStream,
  ],
})
export class StandingsModule {}
