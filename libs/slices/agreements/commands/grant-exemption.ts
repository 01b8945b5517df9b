import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsIdentifier,
  IsPlainText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOfActing } from './acting-context';
import { actOfReceiver, refusalOfGranting } from './agreement-access';
import { OfficeFacts } from './office-facts';
import { SchemeFacts } from './scheme-facts';
import type { IndicatorTarget } from './targets';

class ExemptionDocumentBody {
  @ApiProperty({ description: 'Number and date of the letter or order' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly reference: string;

  @ApiProperty({ required: false, description: 'SHA-256 of the file, hexadecimal', pattern: SHA256_HEX.source })
  @IsOptional()
  @Matches(SHA256_HEX)
  readonly sha256?: string;
}

export class GrantExemptionBody {
  @ApiProperty({ description: 'The evaluation round', example: '12' })
  @IsIdentifier()
  readonly round: string;

  @ApiProperty({ example: 'phrae-province', description: 'The receiver that grants it' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'แหล่งข้อมูลส่วนกลางหยุดเผยแพร่ในปีนี้' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @ApiProperty({ required: false, type: ExemptionDocumentBody })
  @IsOptional()
  @IsBody(() => ExemptionDocumentBody)
  readonly basisDocument?: ExemptionDocumentBody;
}

export class GrantExemption extends RequestedCommand<GrantExemptionBody, IndicatorTarget> {}

@CommandHandler(GrantExemption)
export class GrantExemptionHandler implements ICommandHandler<GrantExemption> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target, body, requester, context }: GrantExemption): Promise<CommandOutcome> {
    const { agreementId, indicatorId } = target;
    const { ...exemption } = body;
    const { officeId } = body;
    const act = actOfReceiver({ officeId, office: await this.offices.of(officeId), indicatorId });
    const authorise = (state: AgreementState) => refusalOfGranting(requester, act, 'exemption.ownIndicator', state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'GrantExemption',
        data: { indicatorId, ...exemption, grantedBy: requester.actor.id },
        rounds: scheme?.rounds ?? [],
      },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: indicatorId, ...accepted };
  }
}
