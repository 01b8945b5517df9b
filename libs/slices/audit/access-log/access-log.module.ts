import { Module } from '@nestjs/common';
import { AccessLogController } from './access-log.controller';
import { ListAccessesHandler, ListAccessSealsHandler, ProveAccessHandler } from './access-log.queries';

/** Who read what, for those who review it. */
@Module({
  controllers: [AccessLogController],
  providers: [ListAccessesHandler, ListAccessSealsHandler, ProveAccessHandler],
})
export class AccessLogReviewModule {}
