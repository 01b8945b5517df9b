import { ApiProperty } from '@nestjs/swagger';
import { IsUuidText } from '@khamrap/platform/http';
import { streamName, type StreamName } from '@khamrap/kernel';

/** The request that an address names. */
export class PersonalDataRequestTarget {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly requestId: string;
}

/** The stream of a request. */
export function streamOfRequest(requestId: string): StreamName {
  return streamName('personal-data-request', requestId);
}
