import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Json, Position } from '@khamrap/kernel';
import { BothLanguagesAnswer, IsWholeNumberText } from '@khamrap/platform/http';

export class SubjectExportQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Goes on behind this position of the log: `nextAfter` of the answer before',
  })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly after?: Position;
}

class SubjectRecordsAnswer {
  @ApiProperty({ example: 'identity' }) readonly name: string;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly title: BothLanguagesAnswer;
  @ApiProperty({ type: BothLanguagesAnswer, description: 'What it is kept for, and how long' })
  readonly explanation: BothLanguagesAnswer;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true }) readonly records: Json;
}

class PersonPrivateValueAnswer {
  @ApiProperty({ example: '/note' }) readonly path: string;
  @ApiProperty({ type: String, nullable: true, description: 'Null where it was erased' })
  readonly value: string | null;
}

/** An event that somebody is the author of, or that names them. */
export class PersonEventAnswer {
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty() readonly stream: string;
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly type: string;
  @ApiProperty({ description: 'Whether the person is its author' }) readonly authored: boolean;
  @ApiProperty({ type: [PersonPrivateValueAnswer], description: 'Of events of their own' })
  readonly privateValues: readonly PersonPrivateValueAnswer[];
}

/** Everything that the service keeps about a person, in one document. */
export class SubjectExportAnswer {
  @ApiProperty({ type: BothLanguagesAnswer }) readonly title: BothLanguagesAnswer;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly explanation: BothLanguagesAnswer;
  @ApiProperty({ format: 'uuid', description: 'The random name under which the ledger knows the person' })
  readonly pseudonym: string;
  @ApiProperty({ type: [SubjectRecordsAnswer] }) readonly records: readonly SubjectRecordsAnswer[];
  @ApiProperty({ type: [PersonEventAnswer], description: 'In the order of the log' })
  readonly events: readonly PersonEventAnswer[];
  @ApiPropertyOptional({ description: 'There may be more events: ask again with `after`' })
  readonly nextAfter?: number;
}
