import { ApiProperty } from '@nestjs/swagger';
import type { EvidenceFile } from '@khamrap/platform/files';

/** What is known of a file of evidence. */
export class EvidenceFileAnswer {
  @ApiProperty() readonly sha256: string;
  @ApiProperty() readonly byteCount: number;
  @ApiProperty({ description: 'Recognised from the content' }) readonly mediaType: string;
  @ApiProperty({ format: 'date-time' }) readonly uploadedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the bytes were erased' })
  readonly erasedAt: string | null;
}

/** The file as it is told to clients. */
export function evidenceAnswer({
  sha256,
  byteCount,
  mediaType,
  uploadedAtMs,
  erasedAtMs,
}: EvidenceFile): EvidenceFileAnswer {
  return {
    sha256,
    byteCount,
    mediaType,
    uploadedAt: new Date(uploadedAtMs).toISOString(),
    erasedAt: erasedAtMs === undefined ? null : new Date(erasedAtMs).toISOString(),
  };
}
