import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ToldDisclosure } from './disclosures';

const HEX_64 = { type: String, pattern: '^[0-9a-f]{64}$' } as const;

class DisclosedStreamAnswer {
  @ApiProperty({ example: 'office-phrae-cdd' }) readonly name: string;
  @ApiProperty({ ...HEX_64, description: 'Opens the reference by which leaves call the stream' }) readonly salt: string;
}

class PrivateValueAnswer {
  @ApiProperty({ description: 'JSON Pointer within the data of the event', example: '/note' }) readonly path: string;
  @ApiProperty({ description: 'RFC 9901 §4.2.1: base64url of the JSON array [salt, name, value]' })
  readonly disclosure: string;
}

class PublishedByAnswer {
  @ApiProperty({ description: 'Position of the event by which it was published; its own where that was at once' })
  readonly position: number;
  @ApiProperty({ format: 'date-time', description: 'When that event was recorded' }) readonly recordedAt: string;
}

/** What opens one leaf of the log: SHA-256 of salt and body, one behind the other, is the `body` of the leaf. */
export class DisclosureAnswer {
  @ApiProperty() readonly position: number;
  @ApiProperty({ type: DisclosedStreamAnswer }) readonly stream: DisclosedStreamAnswer;
  @ApiProperty({ pattern: '^[0-9a-f]{32}$' }) readonly salt: string;
  @ApiProperty({ description: 'The event as canonical text (RFC 8785), byte for byte' }) readonly body: string;

  @ApiPropertyOptional({
    type: [PrivateValueAnswer],
    description: 'For those who work on it; what was erased is missing',
  })
  readonly private?: readonly PrivateValueAnswer[];

  @ApiProperty({ example: 'OfficeRegistered' }) readonly type: string;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;

  @ApiProperty({
    type: PublishedByAnswer,
    nullable: true,
    description: 'By what everybody may have it; null where it is told to those who are entitled to it',
  })
  readonly published: PublishedByAnswer | null;
}

/** What is disclosed of a part of the log. */
export class DisclosuresAnswer {
  @ApiProperty({ type: [DisclosureAnswer], description: 'In the order of the log; what is not disclosed is left out' })
  readonly items: readonly DisclosureAnswer[];
  @ApiProperty() readonly from: number;
  @ApiProperty({ description: 'The answer tells of the positions before this one' }) readonly until: number;

  @ApiPropertyOptional({ description: 'Where to go on; absent at the end of the log' })
  readonly next?: number;
}

export function disclosureAnswer({ recordedAt, published, ...disclosure }: ToldDisclosure): DisclosureAnswer {
  return {
    ...disclosure,
    recordedAt: dateTime(recordedAt),
    published: published && { ...published, recordedAt: dateTime(published.recordedAt) },
  };
}

function dateTime(recordedAt: number): string {
  return new Date(recordedAt).toISOString();
}
