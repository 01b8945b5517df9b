import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsPlainText } from '@khamrap/platform/http';

const NAME_BYTES_MAX = 1_000;
const BASIS_BYTES_MAX = 2_000;

/** What something is called in Thai, and perhaps in English. */
export class NamesBody {
  @ApiProperty({ example: 'รอบ 6 เดือน' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameTh: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameEn?: string;
}

/** A field that may name the order, manual or letter that something rests on. */
export function IsBasis(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ required: false, description: 'The order, manual or letter that it rests on' }),
    IsOptional(),
    IsPlainText({ bytesMax: BASIS_BYTES_MAX }),
  );
}
