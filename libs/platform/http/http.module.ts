import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { Clock } from './clock';
import { CommandContextFactory } from './command-context-factory';
import { CommandReceipts } from './command-receipts';
import { HealthController } from './health.controller';
import { HealthChecks } from './health';
import { ProblemCatalogue } from './problem-catalogue';
import { ProblemsController } from './problems.controller';
import { Stopping } from './stopping';

export interface HttpModuleOptions {
  readonly rootModule: Type | DynamicModule;
  readonly catalogue: ProblemCatalogue;
  readonly clock: Clock;
  readonly stopping: Stopping;
  readonly receipts: CommandReceipts;
}

/** What every controller can rely on, around the application's own root module. */
@Module({})
export class HttpModule {
  static around({ rootModule, catalogue, clock, stopping, receipts }: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      imports: [rootModule],
      controllers: [HealthController, ProblemsController],
      providers: [
        { provide: ProblemCatalogue, useValue: catalogue },
        { provide: Clock, useValue: clock },
        { provide: Stopping, useValue: stopping },
        { provide: CommandReceipts, useValue: receipts },
        HealthChecks,
        CommandContextFactory,
      ],
      exports: [Clock, Stopping, HealthChecks, CommandContextFactory, CommandReceipts],
    };
  }
}
