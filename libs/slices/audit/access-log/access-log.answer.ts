import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Access, ReadAccess, RecordedSeal } from '@khamrap/platform/access-log';
import { IsIdentifier, IsMomentText, IsPlainText, IsUuidText, PageQuery, type CsvColumn } from '@khamrap/platform/http';

const ROUTE_BYTES_MAX = 200;
const HEX_64 = { type: String, pattern: '^[0-9a-f]{64}$' } as const;

/** Which reads are asked for; all that is given has to hold. */
export class AccessLogQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Pseudonym of who read' })
  @IsOptional()
  @IsUuidText()
  readonly person?: string;

  @ApiPropertyOptional({ description: 'Reads under a role that holds at this office', example: 'phrae-cdd' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ description: 'Method and pattern', example: 'GET /v1/agreements/:agreementId' })
  @IsOptional()
  @IsPlainText({ bytesMax: ROUTE_BYTES_MAX })
  readonly route?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Reads that named this agreement, or showed of its stream' })
  @IsOptional()
  @IsUuidText()
  readonly agreement?: string;

  @ApiPropertyOptional({ description: 'Reads that showed of this stream', example: 'office-phrae-cdd' })
  @IsOptional()
  @IsIdentifier()
  readonly stream?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'From this moment on' })
  @IsOptional()
  @IsMomentText()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this moment' })
  @IsOptional()
  @IsMomentText()
  readonly to?: string;
}

/** One read that showed more than everybody may see. */
export interface AccessItem extends Access {
  readonly number: number;
  /** RFC 3339. */
  readonly at: string;
  /** Whether the ledger has sealed it. */
  readonly sealed: boolean;
}

export function accessItem({ number, atMs, access }: ReadAccess, sealedSize: number): AccessItem {
  return { number, at: new Date(atMs).toISOString(), ...access, sealed: number < sealedSize };
}

export const ACCESS_COLUMNS: readonly CsvColumn<AccessItem>[] = [
  { header: 'number', value: ({ number }) => number },
  { header: 'at', value: ({ at }) => at },
  { header: 'kind', value: ({ kind }) => kind },
  { header: 'person', value: ({ person }) => person },
  { header: 'roles', value: ({ roles }) => roles.join(' ') },
  { header: 'places', value: ({ places }) => places.join(' ') },
  { header: 'permissions', value: ({ permissions }) => permissions.join(' ') },
  { header: 'route', value: ({ route }) => route },
  { header: 'parameters', value: ({ parameters }) => JSON.stringify(parameters) },
  { header: 'opened', value: ({ opened }) => opened.map(({ stream }) => stream).join(' ') },
  { header: 'rowCount', value: ({ rowCount }) => rowCount },
  { header: 'position', value: ({ position }) => position },
  { header: 'correlationId', value: ({ correlationId }) => correlationId },
  { header: 'sealed', value: ({ sealed }) => String(sealed) },
];

/** How much of the access log the ledger has sealed, and when. */
export interface AccessSealItem {
  readonly size: number;
  /** Of the tree over the first `size` rows (RFC 6962), in hexadecimal. */
  readonly root: string;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Of the event AccessLogSealed. */
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

export function sealItem({ recordedAtMs, ...seal }: RecordedSeal): AccessSealItem {
  return { ...seal, recordedAt: new Date(recordedAtMs).toISOString() };
}

export const SEAL_COLUMNS: readonly CsvColumn<AccessSealItem>[] = (
  ['size', 'root', 'firstAt', 'lastAt', 'eventId', 'position', 'recordedAt'] as const
).map((header) => ({ header, value: (seal) => seal[header] }));

class ProvingSealAnswer {
  @ApiProperty() readonly size: number;
  @ApiProperty({ ...HEX_64, description: 'Of the tree (RFC 6962), as the event at `position` states it' })
  readonly root: string;
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
}

/** The proof that a row stands among those that an event of the ledger has sealed. */
export class AccessProofAnswer {
  @ApiProperty() readonly number: number;
  @ApiProperty({ description: 'The row as canonical text (RFC 8785), byte for byte' }) readonly body: string;
  @ApiProperty({ pattern: '^[0-9a-f]{32}$' }) readonly salt: string;
  @ApiProperty({ description: 'The leaf; its `body` is SHA-256 of salt and body, one behind the other' })
  readonly leaf: string;
  @ApiProperty({ ...HEX_64, description: 'SHA-256 of 0x00 and the leaf' }) readonly leafHash: string;
  @ApiProperty({ type: ProvingSealAnswer }) readonly seal: ProvingSealAnswer;
  @ApiProperty({ type: [String], description: 'Hashes in hexadecimal, the sibling of the leaf first' })
  readonly proof: readonly string[];
}
