import { Module } from '@nestjs/common';
import { StandingsController } from './standings.controller';
import { ListAgreementsHandler, ListStandingsHandler } from './views/standings/standings.handlers';
import { StandingsStream } from './views/standings/standings.stream';

@Module({
  controllers: [StandingsController],
  providers: [ListStandingsHandler, ListAgreementsHandler, StandingsStream],
})
export class StandingsModule {}
