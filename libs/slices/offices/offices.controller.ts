import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { bangkokDateOf, type IsoDate, type Province } from '@khamrap/kernel';
import { Allow, Public, Published, RequestedBy, SignedIn, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Clock,
  Creates,
  FromRequest,
  IdentifierParameter,
  Lists,
  TellsOne,
  UuidParameter,
  type CommandOutcome,
  type Page,
  type RequestedCommand,
} from '@khamrap/platform/http';
import { AppointHolder, AppointHolderBody } from './commands/appoint-holder';
import { DissolveOffice, DissolveOfficeBody } from './commands/dissolve-office';
import { EndDelegation, EndDelegationBody } from './commands/end-delegation';
import { EndHolder, EndHolderBody } from './commands/end-holder';
import { EndRole, EndRoleBody } from './commands/end-role';
import { GrantDelegation, GrantDelegationBody } from './commands/grant-delegation';
import { GrantRole, GrantRoleBody } from './commands/grant-role';
import { RegisterOffice, RegisterOfficeBody } from './commands/register-office';
import { RegisterZone, RegisterZoneBody } from './commands/register-zone';
import { RenameOffice, RenameOfficeBody } from './commands/rename-office';
import { SetZoneProvinces, SetZoneProvincesBody } from './commands/set-zone-provinces';
import { GrantBook } from './grants/grant-book';
import { OfficeRecordAnswer } from './views/office/office.answer';
import { OfficeQuery, ReadOffice } from './views/office/office.query';
import { OFFICE_COLUMNS, OfficesQuery, type OfficesPage } from './views/offices/offices.answer';
import { ListOffices } from './views/offices/offices.query';
import { ListProvinces, PROVINCE_COLUMNS, ProvincesQuery } from './views/provinces/provinces.query';
import {
  OwnRoleGrantsQuery,
  ROLE_GRANT_COLUMNS,
  RoleGrantsQuery,
  type OwnRoleGrantsPage,
  type RoleGrantsPage,
} from './views/role-grants/role-grants.answer';
import { ListOwnRoleGrants, ListRoleGrants } from './views/role-grants/role-grants.query';
import { ListZones, ZONE_COLUMNS, ZonesQuery, type ZonesPage } from './views/zones/zones.query';

@ApiTags('offices')
@Controller('v1')
export class OfficesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly book: GrantBook,
  ) {}

  @Post('offices')
  @ApiOperation({ summary: 'Registers an office under its readable code' })
  @Allow('office.register')
  @Creates('/v1/offices/:id')
  register(
    @Body() body: RegisterOfficeBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new RegisterOffice(undefined, body, requester, context));
  }

  @Post('offices/:officeId/names')
  @ApiOperation({ summary: 'Gives an office another name' })
  @Allow('office.register')
  @Changes()
  rename(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: RenameOfficeBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RenameOffice({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/dissolution')
  @ApiOperation({ summary: 'Dissolves an office, and ends all that is open in it' })
  @Allow('office.register')
  @Changes()
  dissolve(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: DissolveOfficeBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new DissolveOffice({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/holders')
  @ApiOperation({ summary: 'Records who holds the post, or held it once' })
  @Allow('office.register')
  @Changes()
  appoint(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: AppointHolderBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AppointHolder({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/holders/end')
  @ApiOperation({ summary: 'Records that the holder has left the post' })
  @Allow('office.register')
  @Changes()
  endHolder(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: EndHolderBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new EndHolder({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/delegations')
  @ApiOperation({ summary: 'Records who acts for the holder, and in which right' })
  @Allow('office.register')
  @Changes()
  delegate(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: GrantDelegationBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new GrantDelegation({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/delegations/:delegationId/end')
  @ApiOperation({ summary: 'Records that somebody no longer acts for the holder' })
  @Allow('office.register')
  @Changes()
  endDelegation(
    @IdentifierParameter('officeId') officeId: string,
    @UuidParameter('delegationId') delegationId: string,
    @Body() body: EndDelegationBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new EndDelegation({ officeId, delegationId }, body, requester, context));
  }

  @Post('offices/:officeId/role-grants')
  @ApiOperation({ summary: 'Grants a role to somebody of the office, never to oneself' })
  @Allow('office.grantRole')
  @Changes()
  grantRole(
    @IdentifierParameter('officeId') officeId: string,
    @Body() body: GrantRoleBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new GrantRole({ officeId }, body, requester, context));
  }

  @Post('offices/:officeId/role-grants/:grantId/end')
  @ApiOperation({ summary: 'Ends a role, at once' })
  @Allow('office.grantRole')
  @Changes()
  endRole(
    @IdentifierParameter('officeId') officeId: string,
    @UuidParameter('grantId') grantId: string,
    @Body() body: EndRoleBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new EndRole({ officeId, grantId }, body, requester, context));
  }

  @Post('zones')
  @ApiOperation({ summary: 'Registers an inspection zone' })
  @Allow('office.register')
  @Creates('/v1/zones?id=:id')
  registerZone(
    @Body() body: RegisterZoneBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RegisterZone(undefined, body, requester, context));
  }

  @Post('zones/:zoneId/provinces')
  @ApiOperation({ summary: 'States which provinces a zone holds from a day on' })
  @Allow('office.grantRole')
  @Changes()
  setProvinces(
    @IdentifierParameter('zoneId') zoneId: string,
    @Body() body: SetZoneProvincesBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new SetZoneProvinces({ zoneId }, body, requester, context));
  }

  @Get('offices')
  @ApiOperation({ summary: 'Offices, and who held their posts on a day; now or as they were known' })
  @Public()
  @Lists({ fileName: 'offices', columns: OFFICE_COLUMNS })
  list(@Query() query: OfficesQuery): Promise<OfficesPage> {
    return this.queries.execute(new ListOffices(query, this.#today()));
  }

  @Get('offices/:officeId')
  @ApiOperation({ summary: 'One office with its names, holders and delegations, now or as it stood' })
  @Published('role.read')
  @TellsOne(OfficeRecordAnswer)
  read(
    @IdentifierParameter('officeId') officeId: string,
    @Query() query: OfficeQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<OfficeRecordAnswer> {
    return this.queries.execute(new ReadOffice(officeId, query, this.#today(), requester));
  }

  @Get('role-grants')
  @ApiOperation({
    summary: 'Who could do what, where, on which day: within the reach of whoever asks; now or as it was known',
  })
  @Allow('role.read')
  @Lists({ fileName: 'role-grants', columns: ROLE_GRANT_COLUMNS })
  roleGrants(@Query() query: RoleGrantsQuery, @RequestedBy() requester: Requester): Promise<RoleGrantsPage> {
    return this.queries.execute(new ListRoleGrants(query, this.#today(), requester));
  }

  @Get('role-grants/mine')
  @ApiOperation({ summary: 'The roles of the one who asks, and the pseudonym under which they are given' })
  @SignedIn()
  @Lists({ fileName: 'my-role-grants', columns: ROLE_GRANT_COLUMNS })
  ownRoleGrants(@Query() query: OwnRoleGrantsQuery, @RequestedBy() requester: Requester): Promise<OwnRoleGrantsPage> {
    return this.queries.execute(new ListOwnRoleGrants(query, this.#today(), requester));
  }

  @Get('zones')
  @ApiOperation({ summary: 'Inspection zones and the provinces that they held on a day' })
  @Public()
  @Lists({ fileName: 'zones', columns: ZONE_COLUMNS })
  zones(@Query() query: ZonesQuery): Promise<ZonesPage> {
    return this.queries.execute(new ListZones(query, this.#today()));
  }

  @Get('provinces')
  @ApiOperation({ summary: 'The 76 provinces and Bangkok, as they ship with the ledger' })
  @Public()
  @Lists({ fileName: 'provinces', columns: PROVINCE_COLUMNS })
  provinces(@Query() query: ProvincesQuery): Promise<Page<Province>> {
    return this.queries.execute(new ListProvinces(query));
  }

  /** What changes grants holds on this instance when its answer comes; the others follow within a second. */
  async #inForce(command: RequestedCommand<object, object | undefined>): Promise<CommandOutcome> {
    const outcome = await this.commands.execute(command);
    if (outcome.position !== null) await this.book.reached(outcome.position);
    return outcome;
  }

  #today(): IsoDate {
    return bangkokDateOf(this.clock.now().getTime());
  }
}
