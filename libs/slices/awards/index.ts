export { AwardsModule } from './awards.module';
export { AnnounceAwards } from './commands/announce-awards';
export { CorrectAward } from './commands/correct-award';
export { GrantAward } from './commands/grant-award';
export { RevokeAward } from './commands/revoke-award';
export type { AwardStatementCommand as AwardCommand } from './domain/award.commands';
export { awardEventDeclarations } from './domain/award.events';
export { awardRefusals } from './domain/award.refusals';
export { awardsProjection } from './views/awards/awards.projection';
