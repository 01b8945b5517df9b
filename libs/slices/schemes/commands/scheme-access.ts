import { ApiProperty } from '@nestjs/swagger';
import { Rejection } from '@khamrap/kernel';
import { grantAt, type Requester } from '@khamrap/platform/access';
import { CommandRejected, type CommandContext } from '@khamrap/platform/event-store';
import { IsIdentifier, provenanceOf, underGrant, withProvenance, type SourceBody } from '@khamrap/platform/http';

/** The scheme that an address names. */
export class SchemeTarget {
  @ApiProperty({ example: 'opdc-2565' })
  @IsIdentifier()
  readonly schemeId: string;
}

/**
 * The context of what somebody publishes, from their source and under the grant that allows it. A scheme holds for the whole
 * nation, so the grant must reach that far.
 * @throws CommandRejected, NotPermitted
 */
export function publishingContext(
  context: CommandContext,
  requester: Requester,
  source: SourceBody | undefined,
): CommandContext {
  const allowing = grantAt(requester, 'scheme.publish', {});
  if (!allowing) throw new CommandRejected(new Rejection('scheme.notYours'));
  return withProvenance(underGrant(context, allowing), provenanceOf(source, requester));
}
