import { Module } from '@nestjs/common';
import { StandingsController } from './standings.controller';
import { ListDueHandler } from './views/due/due.handler';
import { ListLeagueHandler } from './views/league/league.handler';
import { ListRollUpsHandler } from './views/roll-ups/roll-ups.handler';
import { ListAgreementsHandler, ListStandingsHandler } from './views/standings/standings.handlers';
import { StandingsStream } from './views/standings/standings.stream';

@Module({
  controllers: [StandingsController],
  providers: [
    ListStandingsHandler,
    ListAgreementsHandler,
    ListRollUpsHandler,
    ListLeagueHandler,
    ListDueHandler,
    StandingsStream,
  ],
})
export class StandingsModule {}
