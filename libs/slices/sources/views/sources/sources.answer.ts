import { ApiProperty } from '@nestjs/swagger';
import { TimesOfAnswer } from '@khamrap/platform/http';
import { EvidenceFileAnswer } from '../evidence/evidence.answer';

/** One source document, with what is kept of its bytes. */
export class SourceDocumentAnswer extends TimesOfAnswer {
  @ApiProperty() readonly sha256: string;
  @ApiProperty({ type: String, nullable: true }) readonly title: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly titleEn: string | null;
  @ApiProperty({ description: 'Or `notStated`' }) readonly publisher: string;
  @ApiProperty({ example: '2021-10-12', description: 'Or `notStated`' }) readonly publishedOn: string;
  @ApiProperty({ type: [String], description: 'The days of which it tells; none where it states none' })
  readonly tellsOf: readonly string[];
  @ApiProperty({ type: [String], description: 'None where that is not known' }) readonly addresses: readonly string[];
  @ApiProperty({ example: 'th' }) readonly language: string;
  @ApiProperty({ type: String, nullable: true }) readonly mediaType: string | null;
  @ApiProperty() readonly description: string;
  @ApiProperty({ type: String, nullable: true }) readonly descriptionEn: string | null;
  @ApiProperty({ description: 'How many events that are published were transcribed from it' })
  readonly factCount: number;
  @ApiProperty() readonly revision: number;
  @ApiProperty({ description: 'Position of the event that registered it' }) readonly registeredAtPosition: number;
  @ApiProperty({ description: 'Position of the last event that changed it' }) readonly changedAtPosition: number;
  @ApiProperty({ format: 'date-time', description: 'When that event was recorded' }) readonly recordedAt: string;

  @ApiProperty({
    type: EvidenceFileAnswer,
    nullable: true,
    description: 'The file itself, where it was uploaded as evidence; as it is now, also in answers of the past',
  })
  readonly file: EvidenceFileAnswer | null;
  @ApiProperty({ description: 'The position that the answer shows' }) readonly position: number;
}

/** A source document, as it is told in lists. */
export type SourceDocumentItem = Omit<SourceDocumentAnswer, 'file' | 'position' | 'publishedBy'>;

/** An event that was transcribed from a document. */
export interface SourceFactItem {
  readonly position: number;
  readonly recordedAt: string;
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  /** Where in the document it stands. */
  readonly passage: string;
  /** The role in which it was recorded. */
  readonly recorderRole: string;
}
