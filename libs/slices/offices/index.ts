export { OfficesModule } from './offices.module';
export { AppointHolder } from './commands/appoint-holder';
export { DissolveOffice } from './commands/dissolve-office';
export { EndDelegation } from './commands/end-delegation';
export { EndHolder } from './commands/end-holder';
export { EndRole } from './commands/end-role';
export { GrantDelegation } from './commands/grant-delegation';
export { GrantRole } from './commands/grant-role';
export { RegisterOffice } from './commands/register-office';
export { RegisterZone } from './commands/register-zone';
export { RenameOffice } from './commands/rename-office';
export { SetZoneProvinces } from './commands/set-zone-provinces';
export type { OfficeCommand } from './domain/office.commands';
export { officeEventDeclarations } from './domain/office.declarations';
export { officeRefusals } from './domain/office.refusals';
export type { ZoneCommand } from './domain/zone.decider';
export {
  AdministratorExists,
  grantFirstAdministrator,
  type FirstAdministratorOrder,
} from './grants/first-administrator';
export { GrantBook } from './grants/grant-book';
export { officesProjection } from './views/offices/offices.projection';
export { officeNarrations } from './narration';
export { officePublication } from './publication';
