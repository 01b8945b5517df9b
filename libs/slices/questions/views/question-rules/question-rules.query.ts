import { Inject } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, Ledger, type DecodedEvent, type EventStore } from '@khamrap/platform/event-store';
import { BothLanguagesAnswer, EventSourceAnswer, statedIn } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import { RULES_STREAM } from '../../commands/publish-question-rules';
import type { QuestionRulesPublished } from '../../domain/rules/question-rules.events';
import { RULES } from '../../domain/rules/rule-catalogue';
import { RULE_CODES, RULE_MODES, type RuleCode, type RuleMode } from '../../domain/rules/rule-vocabulary';
import { RULES_OF_PROGRAM, rulesOf, type RulesInForce } from '../../domain/rules/rules-in-force';

class ThresholdAnswer {
  @ApiProperty({ example: 'daysLate' }) readonly name: string;
  @ApiProperty({ enum: ['atLeast', 'moreThan', 'atMost'] }) readonly is: string;
  @ApiProperty({ example: '1' }) readonly value: string;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly told: BothLanguagesAnswer;
}

class RuleAnswer {
  @ApiProperty({ enum: RULE_CODES }) readonly rule: RuleCode;
  @ApiProperty({ enum: RULE_MODES }) readonly mode: RuleMode;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly title: BothLanguagesAnswer;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly asks: BothLanguagesAnswer;
  @ApiProperty({ type: [ThresholdAnswer] }) readonly thresholds: readonly ThresholdAnswer[];
}

class RulesVersionAnswer {
  @ApiProperty() readonly rulesVersion: number;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ type: [RuleAnswer] }) readonly rules: readonly RuleAnswer[];
  @ApiProperty({ type: EventSourceAnswer, description: 'From its position on the rules are in force' })
  readonly stated: EventSourceAnswer;
}

/** The rules as they are in force. */
export class QuestionRulesAnswer {
  @ApiProperty({ description: '1 where none were published: the program’s own' }) readonly rulesVersion: number;
  @ApiProperty({ type: [RuleAnswer] }) readonly rules: readonly RuleAnswer[];
  @ApiProperty({ type: [RulesVersionAnswer], description: 'All that were published, oldest first' })
  readonly published: readonly RulesVersionAnswer[];
  @ApiProperty({ type: Number, nullable: true, description: 'For `If-Match`; null where none were published' })
  readonly revision: number | null;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
}

export class ReadQuestionRules extends Query<QuestionRulesAnswer> {
  constructor(readonly freshness: Freshness) {
    super();
  }
}

@QueryHandler(ReadQuestionRules)
export class ReadQuestionRulesHandler implements IQueryHandler<ReadQuestionRules> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ freshness }: ReadQuestionRules): Promise<QuestionRulesAnswer> {
    const { position, until } = await momentOfStreams(this.store, freshness);
    const published = (await this.ledger.history(RULES_STREAM, until)).map(versionOf);
    const newest = published.at(-1);
    return {
      rulesVersion: newest?.rulesVersion ?? RULES_OF_PROGRAM.rulesVersion,
      rules: newest?.rules ?? rulesIn(RULES_OF_PROGRAM),
      published,
      revision: published.length === 0 ? null : published.length - 1,
      asOfPosition: Math.max(position, newest?.stated.position ?? 0),
    };
  }
}

function versionOf(recorded: DecodedEvent): RulesVersionAnswer {
  const { data } = recorded as unknown as QuestionRulesPublished;
  const { rulesVersion, reason } = data;
  return { rulesVersion, reason, rules: rulesIn(rulesOf(data)), stated: statedIn(recorded) };
}

function rulesIn({ rules }: RulesInForce): readonly RuleAnswer[] {
  return RULE_CODES.map((rule) => {
    const { title, asks, thresholds } = RULES[rule];
    return {
      rule,
      mode: rules[rule].mode,
      title,
      asks,
      thresholds: Object.entries(thresholds).map(([name, { is, value, told }]) => ({
        name,
        is,
        value: rules[rule].thresholds[name] ?? value,
        told,
      })),
    };
  });
}
