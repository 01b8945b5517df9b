import { Module } from '@nestjs/common';
import { AwardsController } from './awards.controller';
import { AnnounceAwardsHandler } from './commands/announce-awards';
import { CorrectAwardHandler } from './commands/correct-award';
import { GrantAwardHandler } from './commands/grant-award';
import { OfficePlaces } from './commands/office-places';
import { RevokeAwardHandler } from './commands/revoke-award';
import { ReadAwardHandler } from './views/award/award.query';
import { ListAwardsHandler, TallyAwardsHandler } from './views/awards/awards.handlers';

@Module({
  controllers: [AwardsController],
  providers: [
    OfficePlaces,
    GrantAwardHandler,
    AnnounceAwardsHandler,
    CorrectAwardHandler,
    RevokeAwardHandler,
    ReadAwardHandler,
    ListAwardsHandler,
    TallyAwardsHandler,
  ],
})
export class AwardsModule {}
