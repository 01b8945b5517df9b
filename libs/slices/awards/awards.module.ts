import { Module } from '@nestjs/common';
import { AwardsController } from './awards.controller';
import { AnnounceAwardsHandler } from './commands/announce-awards';
import { GrantAwardHandler } from './commands/grant-award';
import { ListAwardsHandler } from './views/awards/awards.query';

@Module({
  controllers: [AwardsController],
  providers: [GrantAwardHandler, AnnounceAwardsHandler, ListAwardsHandler],
})
export class AwardsModule {}
