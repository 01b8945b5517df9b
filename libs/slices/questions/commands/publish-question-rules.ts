import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsIn, IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { grantAt } from '@khamrap/platform/access';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  RequestedCommand,
  underGrant,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { refuse } from '../domain/question.refusals';
import { questionRulesDecider } from '../domain/rules/question-rules.decider';
import { RULE_CODES, RULE_MODES, type RuleCode, type RuleMode } from '../domain/rules/rule-vocabulary';

const REASON_BYTES_MAX = 4_000;
const THRESHOLD_COUNT_MAX = 10;

/** There is one set of rules for the whole ledger. */
export const RULES_STREAM = streamName('question-rules', 'current');

class RuleThresholdBody {
  @ApiProperty({ example: 'daysLate' })
  @IsIdentifier()
  readonly name: string;

  @ApiProperty({ example: '3', description: 'A decimal number as text' })
  @IsDecimalText()
  readonly value: string;
}

class RuleBody {
  @ApiProperty({ enum: RULE_CODES })
  @IsIn(RULE_CODES)
  readonly rule: RuleCode;

  @ApiPropertyOptional({ enum: RULE_MODES, description: 'As it is where absent' })
  @IsOptional()
  @IsIn(RULE_MODES)
  readonly mode?: RuleMode;

  @ApiPropertyOptional({ type: [RuleThresholdBody], description: 'Those that change' })
  @IsOptional()
  @IsListOfBodies(() => RuleThresholdBody, { countMax: THRESHOLD_COUNT_MAX })
  readonly thresholds?: RuleThresholdBody[];
}

export class PublishQuestionRulesBody {
  @ApiProperty({ type: [RuleBody], description: 'The rules that change; all others stay in force as they are' })
  @ArrayNotEmpty()
  @IsListOfBodies(() => RuleBody, { countMax: RULE_CODES.length })
  readonly rules: RuleBody[];

  @ApiProperty({ example: 'ปรับตามผลการตรวจราชการรอบที่ผ่านมา' })
  @IsPlainText({ bytesMax: REASON_BYTES_MAX, lines: true })
  readonly reason: string;
}

export class PublishQuestionRules extends RequestedCommand<PublishQuestionRulesBody> {}

@CommandHandler(PublishQuestionRules)
export class PublishQuestionRulesHandler implements ICommandHandler<PublishQuestionRules> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: PublishQuestionRules): Promise<CommandOutcome> {
    // The rules hold for the nation: a grant for a part of it does not reach them.
    const allowing = grantAt(requester, 'question.publishRules', {});
    if (!allowing) throw new CommandRejected(refuse('questionRules.notYours'));
    const accepted = await this.ledger.execute({
      decider: questionRulesDecider,
      stream: RULES_STREAM,
      command: { type: 'PublishQuestionRules', data: body },
      context: underGrant(context, allowing),
    });
    return { id: 'current', ...accepted };
  }
}
