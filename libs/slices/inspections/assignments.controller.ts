import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, GrantReader, RequestedBy, SignedIn, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Creates,
  FromRequest,
  Lists,
  UuidParameter,
  type CommandOutcome,
  type RequestedCommand,
} from '@khamrap/platform/http';
import { AssignInspector, AssignInspectorBody } from './commands/assign-inspector';
import { EndAssignment, EndAssignmentBody } from './commands/end-assignment';
import {
  ASSIGNMENT_COLUMNS,
  AssignmentsQuery,
  OwnAssignmentsQuery,
  type AssignmentsPage,
} from './views/assignments/assignments.answer';
import { ListAssignments, ListOwnAssignments } from './views/assignments/assignments.query';

@ApiTags('inspections')
@Controller('v1/inspection-assignments')
export class AssignmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly grantReader: GrantReader,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Assigns somebody to inspect provinces of a zone for a time, never oneself' })
  @Allow('inspection.assign')
  @Creates('/v1/inspection-assignments?id=:id')
  assign(
    @Body() body: AssignInspectorBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new AssignInspector(undefined, body, requester, context));
  }

  @Post(':assignmentId/end')
  @ApiOperation({ summary: 'Ends an assignment: at once, or with a day that lies ahead' })
  @Allow('inspection.assign')
  @Changes()
  end(
    @UuidParameter('assignmentId') assignmentId: string,
    @Body() body: EndAssignmentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.#inForce(new EndAssignment({ assignmentId }, body, requester, context));
  }

  @Get()
  @ApiOperation({
    summary: 'Who was assigned to inspect what, on which day: within the reach of whoever asks; now or as it was known',
  })
  @Allow('role.read')
  @Lists({ fileName: 'inspection-assignments', columns: ASSIGNMENT_COLUMNS })
  list(@Query() query: AssignmentsQuery, @RequestedBy() requester: Requester): Promise<AssignmentsPage> {
    return this.queries.execute(new ListAssignments(query, requester));
  }

  @Get('mine')
  @ApiOperation({ summary: 'What the one who asks is or was assigned to inspect' })
  @SignedIn()
  @Lists({ fileName: 'my-inspection-assignments', columns: ASSIGNMENT_COLUMNS })
  own(@Query() query: OwnAssignmentsQuery, @RequestedBy() requester: Requester): Promise<AssignmentsPage> {
    return this.queries.execute(new ListOwnAssignments(query, requester));
  }

  /** What an assignment lets do can be done on this instance when its answer comes; the others follow within a second. */
  async #inForce(command: RequestedCommand<object, object | undefined>): Promise<CommandOutcome> {
    const outcome = await this.commands.execute(command);
    if (outcome.position !== null) await this.grantReader.reached?.(outcome.position);
    return outcome;
  }
}
