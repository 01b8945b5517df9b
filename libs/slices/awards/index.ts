export { AwardsModule } from './awards.module';
export { AnnounceAwards } from './commands/announce-awards';
export { GrantAward } from './commands/grant-award';
export type { AwardCommand } from './domain/award.commands';
export { awardEventDeclarations } from './domain/award.events';
export { awardRefusals } from './domain/award.refusals';
export { awardsProjection } from './views/awards/awards.projection';
export { awardEntity } from './views/awards/awards.table';
