import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, Matches } from 'class-validator';
import { NOT_STATED, type IsoDate } from '@khamrap/kernel';
import { IsDateText, IsPlainText, SHA256_HEX } from '@khamrap/platform/http';
import type { SourceDescription } from '../domain/source-document.events';

const ADDRESS_COUNT_MAX = 50;
const DAY_COUNT_MAX = 366;
const ADDRESS = /^https?:\/\/[^\s\p{Cc}\p{Cf}]{1,1500}$/u;
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]{1,100}$/;

/** What is told of a document. What is left out, the document does not state. */
export class SourceDescriptionBody {
  @ApiProperty({ required: false, description: 'As the document has it', example: 'พิธีลงนามคำรับรองการปฏิบัติราชการ' })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly title?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly titleEn?: string;

  @ApiProperty({ required: false, description: 'Who published it', example: 'สำนักงานประชาสัมพันธ์จังหวัดแพร่' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly publisher?: string;

  @ApiProperty({ type: 'string', required: false, example: '2021-10-12' })
  @IsOptional()
  @IsDateText()
  readonly publishedOn?: IsoDate;

  @ApiProperty({ type: [String], required: false, description: 'The days of which it tells', example: ['2021-10-12'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(DAY_COUNT_MAX)
  @IsDateText({ each: true })
  readonly tellsOf?: IsoDate[];

  @ApiProperty({ type: [String], required: false, example: ['https://example.go.th/news/1'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ADDRESS_COUNT_MAX)
  @Matches(ADDRESS, { each: true })
  readonly addresses?: string[];

  @ApiProperty({ description: 'Language tag (BCP 47)', pattern: LANGUAGE_TAG.source, example: 'th' })
  @Matches(LANGUAGE_TAG)
  readonly language: string;

  @ApiProperty({ required: false, example: 'text/plain' })
  @IsOptional()
  @Matches(MEDIA_TYPE)
  readonly mediaType?: string;

  @ApiProperty({ description: 'In your own words', example: 'ข่าวพิธีลงนามคำรับรองของส่วนราชการประจำจังหวัด' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly description: string;

  @ApiProperty({ required: false, description: 'In your own words' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly descriptionEn?: string;
}

export class RegisterSourceDocumentBody extends SourceDescriptionBody {
  @ApiProperty({
    description: 'SHA-256 of the bytes of the document, hexadecimal',
    pattern: SHA256_HEX.source,
    example: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
  })
  @Matches(SHA256_HEX)
  readonly sha256: string;
}

export class DescribeSourceDocumentBody extends SourceDescriptionBody {
  @ApiProperty({ description: 'Why it is corrected', example: 'ชื่อผู้เผยแพร่ผิด' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;
}

/** What is told, with every silence said. */
export function descriptionOf({
  title,
  titleEn,
  publisher,
  publishedOn,
  tellsOf = [],
  addresses = [],
  language,
  mediaType,
  description,
  descriptionEn,
}: SourceDescriptionBody): SourceDescription {
  return {
    ...(title !== undefined && { title }),
    ...(titleEn !== undefined && { titleEn }),
    publisher: publisher ?? NOT_STATED,
    publishedOn: publishedOn ?? NOT_STATED,
    tellsOf,
    addresses,
    language,
    ...(mediaType !== undefined && { mediaType }),
    description,
    ...(descriptionEn !== undefined && { descriptionEn }),
  };
}
