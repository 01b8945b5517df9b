import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsPlainText,
  IsSource,
  IsUuidText,
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
import { contextOnAgreement } from './acting-context';
import { refusalOfScoring } from './round-access';
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
  @IsUuidText()
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
    const provenance = provenanceOf(source, requester);
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfScoring(of, score, provenance, state);
    const authorise = (state: AgreementState): Rejection | undefined => refusalOf(requester, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
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
      context: withProvenance(acting, provenance),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: indicatorId ?? agreementId, ...accepted };
  }
}
