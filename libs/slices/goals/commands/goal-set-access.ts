import { ApiProperty } from '@nestjs/swagger';
import { Rejection } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { IsIdentifier } from '@khamrap/platform/http';

/** The goal set that an address names. */
export class GoalSetTarget {
  @ApiProperty({ example: 'phrae-2565' })
  @IsIdentifier()
  readonly goalSetId: string;
}

/** Whether somebody may publish the joint goals of a province. */
export function refusalOfAccess(requester: Requester, province: string): Rejection | undefined {
  return permits(requester, 'goalSet.publish', { province }) ? undefined : new Rejection('goalSet.notYours');
}
