import { ApiProperty } from '@nestjs/swagger';
import { Rejection } from '@khamrap/kernel';
import { grantAt, knowsOf, permits, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { IsIdentifier, underGrant } from '@khamrap/platform/http';

/** The goal set that an address names. */
export class GoalSetTarget {
  @ApiProperty({ example: 'phrae-2565' })
  @IsIdentifier()
  readonly goalSetId: string;
}

/** The context of a command on the goals of a province, under the grant that reaches it. */
export function contextInProvince(context: CommandContext, requester: Requester, province: string): CommandContext {
  const allowing = grantAt(requester, 'goalSet.publish', { province });
  return allowing ? underGrant(context, allowing) : context;
}

/** Whether somebody may revise joint goals: from another province that is answered as if there were none to revise. */
export function refusalOfRevising(requester: Requester, province: string): Rejection | undefined {
  const refusal = refusalOfAccess(requester, province);
  return refusal && !knowsOf(requester, 'goalSet.publish', { province })
    ? new Rejection('goalSet.notPublished')
    : refusal;
}

/** Whether somebody may publish the joint goals of a province. */
export function refusalOfAccess(requester: Requester, province: string): Rejection | undefined {
  return permits(requester, 'goalSet.publish', { province }) ? undefined : new Rejection('goalSet.notYours');
}
