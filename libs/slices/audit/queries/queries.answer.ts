import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import type { BothLanguages } from '@khamrap/kernel';
import { BothLanguagesAnswer, IsPlainText, type CsvColumn } from '@khamrap/platform/http';
import type { SavedQuery } from '@khamrap/platform/saved-queries';
import type { ReadyQuery } from './ready-queries';

const TITLE_BYTES_MAX = 300;
const ADDRESS_BYTES_MAX = 1_500;

/** A question to be kept. */
export class SaveQueryBody {
  @ApiProperty({ example: 'ตัวชี้วัดที่ล่าช้าในจังหวัดแพร่' })
  @IsPlainText({ bytesMax: TITLE_BYTES_MAX })
  readonly title: string;

  @ApiProperty({
    example: '/v1/standings/due?province=TH-54&late=true',
    description: 'Path and parameters of a list or comparison, as they are asked for; checked as they would be then',
  })
  @IsPlainText({ bytesMax: ADDRESS_BYTES_MAX })
  readonly address: string;

  @ApiPropertyOptional({ default: false, description: 'Whether others who read histories are shown it' })
  @IsOptional()
  @IsBoolean()
  readonly shared: boolean = false;
}

/** A question under a name, with the address that asks it. */
export class QueryAnswer {
  @ApiProperty({ description: 'Name of a ready one, UUID of a saved one', example: 'late-this-round' })
  readonly queryId: string;
  @ApiProperty({ enum: ['ready', 'saved'] }) readonly kind: 'ready' | 'saved';
  @ApiProperty({ type: BothLanguagesAnswer, description: 'Of a saved one, as its owner wrote it, in both languages' })
  readonly title: BothLanguages;
  @ApiPropertyOptional({ type: BothLanguagesAnswer, description: 'What a ready one asks' })
  readonly asks?: BothLanguages;
  @ApiProperty({ description: 'Path of the route' }) readonly route: string;
  @ApiProperty({ type: Object, additionalProperties: { type: 'string' } })
  readonly parameters: Readonly<Record<string, string>>;
  @ApiProperty({ description: 'Path and parameters: what whoever asks may see is answered there' })
  readonly address: string;
  @ApiPropertyOptional({ description: 'Of a saved one' }) readonly shared?: boolean;
  @ApiPropertyOptional({ description: 'Whether it is your own' }) readonly own?: boolean;
  @ApiPropertyOptional({ format: 'date-time' }) readonly savedAt?: string;
}

export function readyAnswer({ queryId, title, asks, address }: ReadyQuery): QueryAnswer {
  return { queryId, kind: 'ready', title, asks, ...partsOf(address), address };
}

export function savedAnswer(query: SavedQuery, reader: string | undefined): QueryAnswer {
  const { queryId, title, address, shared, owner, savedAtMs } = query;
  return {
    queryId,
    kind: 'saved',
    title: { th: title, en: title },
    ...partsOf(address),
    address,
    shared,
    own: owner === reader,
    savedAt: new Date(savedAtMs).toISOString(),
  };
}

function partsOf(address: string): Pick<QueryAnswer, 'route' | 'parameters'> {
  const [route = '', query = ''] = address.split('?', 2);
  return { route, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

export const QUERY_COLUMNS: readonly CsvColumn<QueryAnswer>[] = [
  { header: 'queryId', value: ({ queryId }) => queryId },
  { header: 'kind', value: ({ kind }) => kind },
  { header: 'titleTh', value: ({ title }) => title.th },
  { header: 'titleEn', value: ({ title }) => title.en },
  { header: 'address', value: ({ address }) => address },
  { header: 'shared', value: ({ shared }) => (shared === undefined ? null : String(shared)) },
  { header: 'own', value: ({ own }) => (own === undefined ? null : String(own)) },
  { header: 'savedAt', value: ({ savedAt }) => savedAt },
];
