import { ApiProperty } from '@nestjs/swagger';
import type { BothLanguages } from '@khamrap/kernel';

/** A text in an answer, for people who read Thai and for those who read English. */
export class BothLanguagesAnswer implements BothLanguages {
  @ApiProperty() readonly th: string;
  @ApiProperty() readonly en: string;
}
