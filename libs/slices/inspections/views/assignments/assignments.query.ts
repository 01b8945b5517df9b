import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { FULL_SIGHT, GrantReader, sightNow, type Requester, type Sight } from '@khamrap/platform/access';
import { decodeCursor } from '@khamrap/platform/http';
import { ReadModels, type SightToAsk } from '@khamrap/platform/projections';
import type { AssignmentsPage, AssignmentsQuery, OwnAssignmentsQuery } from './assignments.answer';
import { ASSIGNMENTS } from './assignments.projection';
import { findAssignments } from './assignments.rows';

/** Who was assigned to inspect what, as it was known when: as far as the requester sees who holds which role. */
export class ListAssignments extends Query<AssignmentsPage> {
  constructor(
    readonly query: AssignmentsQuery,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** The same of one's own assignments, wherever they reach. */
export class ListOwnAssignments extends Query<AssignmentsPage> {
  constructor(
    readonly query: OwnAssignmentsQuery,
    readonly requester: Requester,
  ) {
    super();
  }
}

@QueryHandler(ListAssignments)
export class ListAssignmentsHandler implements IQueryHandler<ListAssignments> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
  ) {}

  async execute({ query, requester }: ListAssignments): Promise<AssignmentsPage> {
    return this.list(query, sightNow(this.grantReader, requester, 'role.read'));
  }

  async list(query: AssignmentsQuery, sight: SightToAsk): Promise<AssignmentsPage> {
    const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, ['text'])[0]);
    const { standpoint, result } = await this.readModels.read(
      ASSIGNMENTS,
      query,
      (manager, at, told: Sight) => findAssignments(manager, at, { query, sight: told }, after),
      sight,
    );
    const items = result.slice(0, query.limit);
    const last = result.length > query.limit ? items.at(-1) : undefined;
    return { items, position: standpoint.position, ...(last && { next: [last.assignmentId] }) };
  }
}

@QueryHandler(ListOwnAssignments)
export class ListOwnAssignmentsHandler implements IQueryHandler<ListOwnAssignments> {
  constructor(private readonly handler: ListAssignmentsHandler) {}

  async execute({ query, requester }: ListOwnAssignments): Promise<AssignmentsPage> {
    return this.handler.list(Object.assign(query, { inspector: requester.actor.id }), FULL_SIGHT);
  }
}
