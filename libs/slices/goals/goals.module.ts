import { Module } from '@nestjs/common';
import { PublishGoalSetHandler } from './commands/publish-goal-set';
import { ReviseGoalSetHandler } from './commands/revise-goal-set';
import { GoalsController } from './goals.controller';
import { ReadGoalSetHandler } from './views/goal-set/goal-set.query';
import { ListGoalSetsHandler } from './views/goal-sets/goal-sets.query';

@Module({
  controllers: [GoalsController],
  providers: [PublishGoalSetHandler, ReviseGoalSetHandler, ReadGoalSetHandler, ListGoalSetsHandler],
})
export class GoalsModule {}
