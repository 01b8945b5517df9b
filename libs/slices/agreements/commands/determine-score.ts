import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { ASSESSORS, type Assessor } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { boundsOfJudged, boundsOfTotal } from '../domain/rounds/score-bounds';
import { contextUnder, PERMISSION_OF_ASSESSOR, refusalOfScoring } from './round-access';
import { SchemeFacts } from './scheme-facts';
import type { RoundTarget } from './targets';

export class DetermineScoreBody {
  @ApiProperty({ enum: ASSESSORS, description: 'Whose score it is; the computed score of a closed round is neither' })
  @IsIn(ASSESSORS)
  readonly assessor: Assessor;

  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'An indicator that is judged; otherwise the whole round',
  })
  @IsOptional()
  @IsUUID()
  readonly indicatorId?: string;

  @ApiProperty({ example: '4.5', description: 'On the scale of the scoring rule' })
  @IsDecimalText()
  readonly score: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly reason?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class DetermineScore extends RequestedCommand<DetermineScoreBody, RoundTarget> {}

@CommandHandler(DetermineScore)
export class DetermineScoreHandler implements ICommandHandler<DetermineScore> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  async execute({ target, body, requester, context }: DetermineScore): Promise<CommandOutcome> {
    const { agreementId, round } = target;
    const { source, ...score } = body;
    const { indicatorId } = score;
    const permission = PERMISSION_OF_ASSESSOR[score.assessor];
    const provenance = provenanceOf(source, requester);
    const authorise = (state: AgreementState): Rejection | undefined =>
      refusalOfScoring(requester, score, provenance, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const boundsOf = indicatorId === undefined ? boundsOfTotal : boundsOfJudged;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'DetermineScore',
        data: { round, ...score, determinedBy: context.actor.id },
        rounds: scheme?.rounds ?? [],
        ...(scheme && { bounds: boundsOf(scheme.rule) }),
      },
      context: withProvenance(contextUnder(context, requester, permission), provenance),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: indicatorId ?? agreementId, ...accepted };
  }
}
