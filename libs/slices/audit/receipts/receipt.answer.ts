import { ApiProperty } from '@nestjs/swagger';

class ReceiptCheckpointAnswer {
  @ApiProperty({ description: 'Name of the log that the checkpoint is of' }) readonly origin: string;
  @ApiProperty({ description: 'How many events it covers' }) readonly size: number;
  @ApiProperty({ description: 'Root of the tree, standard base64 of 32 bytes' }) readonly root: string;
}

class ReceiptWitnessAnswer {
  @ApiProperty({ description: 'Name of the key with which the witness has cosigned' }) readonly name: string;
  @ApiProperty({ format: 'date-time', description: 'When it has seen the checkpoint, by its own clock' })
  readonly time: string;
}

/** What proves that an event is in the log: nothing of what the event says. */
export class EventReceiptAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ description: 'SHA-256 of salt and body, hexadecimal' }) readonly bodyHash: string;
  @ApiProperty({
    enum: ['sequenced', 'included', 'witnessed'],
    description:
      '`sequenced` proves nothing yet; `included`: a checkpoint signed by the log covers it; `witnessed`: one that a quorum of ' +
      'witnesses has cosigned besides',
  })
  readonly status: 'sequenced' | 'included' | 'witnessed';
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Entry of the verifiable log, byte for byte: what `proof` is of. Keep both; null while sequenced',
  })
  readonly leaf: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'RFC 6962 leaf hash of `leaf`, hexadecimal' })
  readonly leafHash: string | null;
  @ApiProperty({ type: ReceiptCheckpointAnswer, nullable: true })
  readonly checkpoint: ReceiptCheckpointAnswer | null;
  @ApiProperty({ type: String, nullable: true, description: 'c2sp.org/tlog-proof, with the signed checkpoint' })
  readonly proof: string | null;
  @ApiProperty({ type: [ReceiptWitnessAnswer], description: 'Who has cosigned the checkpoint, and when' })
  readonly witnesses: readonly ReceiptWitnessAnswer[];
}
