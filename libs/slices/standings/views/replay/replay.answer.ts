import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { BothLanguagesAnswer, IsIdentifier, KnownQuery, TimesOfAnswer } from '@khamrap/platform/http';
import type { Input, RuleUsed, Step } from './explanation';
import type { Compared, Published } from './comparison';
import { NUMBERS, type NumberName, type NumberOf, type ReplayedNumber } from './replayed-number';

const SPAN_KEY = /^(?:notStated|\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})$/;

/** Which numbers of an agreement, and as of when. */
export class ReplayQuery extends KnownQuery {
  @ApiPropertyOptional({ example: '6m', description: 'Only of this evaluation round' })
  @IsOptional()
  @IsIdentifier()
  readonly round?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only of this indicator' })
  @IsOptional()
  @IsUUID()
  readonly indicator?: string;

  @ApiPropertyOptional({ example: '2021-10-01..2022-03-31', description: 'Only of this span, or `notStated`' })
  @IsOptional()
  @Matches(SPAN_KEY)
  readonly period?: string;
}

class StatingEventAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ example: 'TargetSet' }) readonly type: string;
  @ApiProperty({ example: 'agreement-7f0c0c1e-8a5b-5c1d-9a35-2f3a0d7f9a11' }) readonly stream: string;
}

const BY_WHICH_EVENT = {
  type: StatingEventAnswer,
  nullable: true,
  description: 'The event that states it; null where none does by itself',
} as const;

class ReplayInputAnswer implements Input {
  @ApiProperty({ example: 'target' }) readonly name: string;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly label: BothLanguagesAnswer;
  @ApiProperty() readonly value: string;
  @ApiPropertyOptional({ example: 'millionBaht' }) readonly unit?: string;
  @ApiProperty(BY_WHICH_EVENT) readonly event: StatingEventAnswer | null;
}

class ReplayStepAnswer implements Step {
  @ApiProperty({ type: BothLanguagesAnswer }) readonly does: BothLanguagesAnswer;
  @ApiProperty({ example: '75 + (260 − 200) ÷ (300 − 200) × (100 − 75)' }) readonly expression: string;
  @ApiPropertyOptional({ description: 'Half-up to so many digits after the point; absent where it is exact' })
  readonly roundedTo?: number;
  @ApiProperty({ example: '90.0000' }) readonly result: string;
}

class RuleUsedAnswer implements RuleUsed {
  @ApiProperty({ enum: ['scoringRule', 'statusRules', 'bands'] }) readonly kind: RuleUsed['kind'];
  @ApiProperty({ type: String, nullable: true, description: 'Null for the rules that hold without a scheme' })
  readonly schemeId: string | null;
  @ApiProperty() readonly version: number;
  @ApiProperty(BY_WHICH_EVENT) readonly event: StatingEventAnswer | null;
}

class ComparedAnswer implements Compared {
  @ApiProperty({ type: String, nullable: true }) readonly value: string | null;
  @ApiProperty({ type: Boolean, nullable: true, description: 'Null where the two cannot be compared' })
  readonly equals: boolean | null;
  @ApiProperty({ type: String, nullable: true, description: 'The value less the result' })
  readonly differsBy: string | null;
  @ApiPropertyOptional({ description: 'Whether they are equal to as many digits as the value is told with' })
  readonly equalsRounded?: boolean;
}

class PublishedNumberAnswer extends ComparedAnswer implements Published {
  @ApiProperty({
    enum: ['snapshot', 'evaluator', 'selfAssessment', 'announced', 'printed'],
    description: 'In the snapshot of the closed round, by who assessed, as announced, as a document prints it',
  })
  readonly kind: Published['kind'];
  @ApiProperty(BY_WHICH_EVENT) readonly event: StatingEventAnswer | null;
}

class NumberOfAnswer implements NumberOf {
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) readonly indicatorId: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly displayNumber: string | null;
  @ApiProperty({ type: BothLanguagesAnswer, nullable: true }) readonly name: BothLanguagesAnswer | null;
  @ApiProperty({ type: String, nullable: true }) readonly period: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly round: string | null;
}

class ReplayedNumberAnswer implements ReplayedNumber {
  @ApiProperty({ enum: NUMBERS }) readonly number: NumberName;
  @ApiProperty({ type: NumberOfAnswer }) readonly of: NumberOfAnswer;
  @ApiProperty({ type: String, enum: ['closed', 'provisional'], nullable: true })
  readonly basis: ReplayedNumber['basis'];
  @ApiProperty({ type: BothLanguagesAnswer }) readonly formula: BothLanguagesAnswer;
  @ApiProperty({ type: String, nullable: true, description: 'The last step, with the numbers put in' })
  readonly expression: string | null;
  @ApiProperty({ type: [ReplayInputAnswer] }) readonly inputs: readonly ReplayInputAnswer[];
  @ApiProperty({ type: [ReplayStepAnswer] }) readonly steps: readonly ReplayStepAnswer[];
  @ApiProperty({ type: RuleUsedAnswer, nullable: true }) readonly rule: RuleUsedAnswer | null;
  @ApiProperty({ type: String, nullable: true }) readonly result: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why there is none, or why it is at the floor' })
  readonly reason: string | null;
  @ApiProperty({ type: [BothLanguagesAnswer], description: 'What may go into it and is not told to whoever asks' })
  readonly withheld: readonly BothLanguagesAnswer[];
  @ApiProperty({ type: ComparedAnswer, description: 'What standings tells the same reader' })
  readonly shown: ComparedAnswer;
  @ApiProperty({ type: [PublishedNumberAnswer] }) readonly published: readonly PublishedNumberAnswer[];
}

/** Every number that is shown of an agreement, worked out anew from the events of the log. */
export class ReplayAnswer extends TimesOfAnswer {
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
  @ApiProperty() readonly title: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ type: [ReplayedNumberAnswer] }) readonly numbers: readonly ReplayedNumberAnswer[];
  @ApiProperty({ description: 'Of how many of them something that is shown or was published is not what comes out' })
  readonly differing: number;
}
