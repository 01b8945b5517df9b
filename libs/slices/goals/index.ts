export { GoalsModule } from './goals.module';
export { PublishGoalSet } from './commands/publish-goal-set';
export { ReviseGoalSet } from './commands/revise-goal-set';
export type { GoalSetCommand } from './domain/goal-set.commands';
export { goalSetEventDeclarations } from './domain/goal-set.events';
export { goalSetRefusals } from './domain/goal-set.refusals';
export { goalSetsProjection } from './views/goal-sets/goal-sets.projection';
export { goalSetNarrations } from './narration';
export { goalSetPublication } from './publication';
