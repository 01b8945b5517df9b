import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { KnownRoutes } from '@khamrap/platform/http';
import { Queries } from './queries';
import { QueriesController } from './queries.controller';

/** Questions that come with the program, and those that people keep. */
@Module({
  imports: [DiscoveryModule],
  controllers: [QueriesController],
  providers: [KnownRoutes, Queries],
})
export class QueriesModule {}
