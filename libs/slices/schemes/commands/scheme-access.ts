import { ApiProperty } from '@nestjs/swagger';
import { Rejection, type Provenance } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { IsIdentifier, provenanceOf, type SourceBody } from '@khamrap/platform/http';

/** The scheme that an address names. */
export class SchemeTarget {
  @ApiProperty({ example: 'opdc-2565' })
  @IsIdentifier()
  readonly schemeId: string;
}

/** The provenance of what somebody publishes. A scheme holds for the whole nation, so the permission must reach that far. */
export function provenanceFor(source: SourceBody | undefined, requester: Requester): Provenance {
  if (!permits(requester, 'scheme.publish', {})) throw new CommandRejected(new Rejection('scheme.notYours'));
  return provenanceOf(source, requester);
}
