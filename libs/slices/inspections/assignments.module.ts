import { Module } from '@nestjs/common';
import { AssignmentsController } from './assignments.controller';
import { AssignInspectorHandler } from './commands/assign-inspector';
import { EndAssignmentHandler } from './commands/end-assignment';
import { ZoneSnapshots } from './commands/zone-snapshots';
import { ListAssignmentsHandler, ListOwnAssignmentsHandler } from './views/assignments/assignments.query';

/** Who is assigned to inspect what. */
@Module({
  controllers: [AssignmentsController],
  providers: [
    AssignInspectorHandler,
    EndAssignmentHandler,
    ListAssignmentsHandler,
    ListOwnAssignmentsHandler,
    ZoneSnapshots,
  ],
})
export class AssignmentsModule {}
