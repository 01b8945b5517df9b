import { Module } from '@nestjs/common';
import { AppointHolderHandler } from './commands/appoint-holder';
import { DissolveOfficeHandler } from './commands/dissolve-office';
import { EndDelegationHandler } from './commands/end-delegation';
import { EndHolderHandler } from './commands/end-holder';
import { EndRoleHandler } from './commands/end-role';
import { Endings } from './commands/endings';
import { GrantDelegationHandler } from './commands/grant-delegation';
import { GrantRoleHandler } from './commands/grant-role';
import { RegisterOfficeHandler } from './commands/register-office';
import { RegisterZoneHandler } from './commands/register-zone';
import { RenameOfficeHandler } from './commands/rename-office';
import { ScopeFacts } from './commands/scope-facts';
import { SetZoneProvincesHandler } from './commands/set-zone-provinces';
import { OfficesController } from './offices.controller';
import { ReadOfficeHandler } from './views/office/office.query';
import { ListOfficesHandler } from './views/offices/offices.query';
import { ListProvincesHandler } from './views/provinces/provinces.query';
import { ListOwnRoleGrantsHandler, ListRoleGrantsHandler } from './views/role-grants/role-grants.query';
import { ListZonesHandler } from './views/zones/zones.query';

@Module({
  controllers: [OfficesController],
  providers: [
    RegisterOfficeHandler,
    RenameOfficeHandler,
    DissolveOfficeHandler,
    AppointHolderHandler,
    EndHolderHandler,
    GrantDelegationHandler,
    EndDelegationHandler,
    GrantRoleHandler,
    EndRoleHandler,
    RegisterZoneHandler,
    SetZoneProvincesHandler,
    ListOfficesHandler,
    ReadOfficeHandler,
    ListZonesHandler,
    ListProvincesHandler,
    ListRoleGrantsHandler,
    ListOwnRoleGrantsHandler,
    ScopeFacts,
    Endings,
  ],
})
export class OfficesModule {}
