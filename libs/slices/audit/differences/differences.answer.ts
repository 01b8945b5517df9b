import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import type { BothLanguages } from '@khamrap/kernel';
import { BothLanguagesAnswer } from '@khamrap/platform/http';
import { FactChangeAnswer, EventReferenceAnswer, HistoryEventAnswer, WhoAnswer } from '../history/history.answer';

/** A moment of the log. */
export class MomentAnswer {
  @ApiProperty({ description: 'Of the last event up to it; -1 before the first' }) readonly position: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'When that event was recorded' }) readonly at?: string;
}

/** What became of one fact between the moments. */
export class DifferenceAnswer extends FactChangeAnswer {
  @ApiProperty({ type: BothLanguagesAnswer, description: 'The same in words' }) readonly sentence: BothLanguages;
  @ApiProperty({ type: [EventReferenceAnswer], description: 'The events that made it so, in their order' })
  readonly madeBy: readonly EventReferenceAnswer[];
}

/** An event that made a difference: who, when, why. */
export class DifferingEventAnswer extends OmitType(HistoryEventAnswer, ['changes', 'evidence'] as const) {
  @ApiProperty({ type: WhoAnswer }) readonly who: WhoAnswer;
}

/** What differs in one stream. */
export class StreamDifferencesAnswer {
  @ApiProperty({ example: 'agreement-7f0c…' }) readonly stream: string;
  @ApiPropertyOptional({ type: BothLanguagesAnswer, description: 'What it is called' }) readonly name?: BothLanguages;
  @ApiProperty({ type: [DifferenceAnswer] }) readonly changes: readonly DifferenceAnswer[];
  @ApiProperty({ type: [DifferingEventAnswer], description: 'The events that `madeBy` names' })
  readonly events: readonly DifferingEventAnswer[];
  @ApiPropertyOptional({ description: 'Where all of it is told, where this is a part' }) readonly whole?: string;
}

class BetweenAnswer {
  @ApiProperty({ type: MomentAnswer }) readonly from: MomentAnswer;
  @ApiProperty({ type: MomentAnswer }) readonly to: MomentAnswer;
  @ApiProperty({ description: 'As `to`: the answer tells of what was recorded, and known, up to it' })
  readonly position: number;
}

/** What differs in an agreement between two moments. */
export class AgreementDifferencesAnswer extends BetweenAnswer {
  @ApiProperty({ example: 'agreement-7f0c…' }) readonly stream: string;
  @ApiProperty({ type: [DifferenceAnswer] }) readonly items: readonly DifferenceAnswer[];
  @ApiProperty({ type: [DifferingEventAnswer], description: 'The events that `madeBy` names' })
  readonly events: readonly DifferingEventAnswer[];
}

/** What differs in several streams between two moments: only those in which something does. */
export class DifferencesAnswer extends BetweenAnswer {
  @ApiProperty({ type: [StreamDifferencesAnswer] }) readonly items: readonly StreamDifferencesAnswer[];
}
