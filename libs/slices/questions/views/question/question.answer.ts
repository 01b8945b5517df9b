import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer } from '@khamrap/platform/http';
import { QuestionItem } from '../questions/question.item';

class NamedFileAnswer {
  @ApiProperty() readonly sha256: string;
  @ApiProperty() readonly mediaType: string;
  @ApiProperty() readonly name: string;
}

/** One thing that was said in a question. */
export class QuestionStepAnswer {
  @ApiProperty({ enum: ['opened', 'explained', 'returned', 'accepted', 'reopened'] }) readonly step: string;
  @ApiProperty({ description: 'Pseudonym of who said it' }) readonly by: string;
  @ApiProperty({ description: 'The note, the explanation or the reason' }) readonly text: string;
  @ApiPropertyOptional({ description: 'The office that is asked, or that explains' }) readonly officeId?: string;
  @ApiPropertyOptional() readonly dueOn?: string;
  @ApiPropertyOptional({ type: [NamedFileAnswer] }) readonly evidence?: readonly NamedFileAnswer[];
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** A question with all that was said in it, oldest first. */
export class QuestionAnswer extends QuestionItem {
  @ApiProperty({ type: [QuestionStepAnswer] }) readonly steps: readonly QuestionStepAnswer[];
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
}
