import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, ValidateIf } from 'class-validator';
import { bangkokDateOf, NOT_STATED, spanKey, streamName, type IsoDate } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsDecimalText,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsUuidText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { AMENDMENT_CHANGES, type AmendmentChange, type AmendmentRequested } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import { SchemeFacts } from './scheme-facts';
import { TargetBody, targetOf } from './target-body';
import type { AgreementTarget } from './targets';

const CHANGE_COUNT_MAX = 500;

class ChangeBody {
  @ApiProperty({ enum: AMENDMENT_CHANGES })
  @IsIn(AMENDMENT_CHANGES)
  readonly change: AmendmentChange;

  @ApiProperty({ example: '0f8fad5b-d9cb-469f-a165-70867728950e', format: 'uuid' })
  @IsUuidText()
  readonly indicatorId: string;

  @ApiProperty({ required: false, type: TargetBody, description: 'For `target`: the target that is to stand' })
  @IsOptional()
  @IsBody(() => TargetBody)
  readonly target?: TargetBody;

  @ApiProperty({ required: false, description: 'For `weight`: a decimal number as text, or `notStated`' })
  @ValidateIf(({ weight }: ChangeBody) => weight !== undefined && weight !== NOT_STATED)
  @IsDecimalText()
  readonly weight?: string;

  @ApiProperty({ required: false, description: 'For `cancelIndicator`: the round from which on it no longer counts' })
  @IsOptional()
  @IsIdentifier()
  readonly fromRound?: string;
}

class BasisDocumentBody {
  @ApiProperty({ example: 'หนังสือจังหวัดแพร่ ที่ พร 0017/ว 1234' })
  @IsPlainText({ bytesMax: 4_000 })
  readonly reference: string;

  @ApiProperty({ required: false, pattern: SHA256_HEX.source })
  @IsOptional()
  @Matches(SHA256_HEX)
  readonly sha256?: string;
}

export class RequestAmendmentBody {
  @ApiProperty({ example: 'phrae-cdd', description: 'The maker that asks' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ type: [ChangeBody] })
  @IsListOfBodies(() => ChangeBody, { countMax: CHANGE_COUNT_MAX })
  readonly changes: readonly ChangeBody[];

  @ApiProperty({ example: 'เกิดอุทกภัย ตลาดประจำอำเภอปิดสองเดือน' })
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly reason: string;

  @ApiProperty({ required: false, type: BasisDocumentBody })
  @IsOptional()
  @IsBody(() => BasisDocumentBody)
  readonly basisDocument?: BasisDocumentBody;

  @ApiProperty({ type: 'string', example: '2022-04-01' })
  @IsDateText()
  readonly effectiveFrom: IsoDate;
}

export class RequestAmendment extends RequestedCommand<RequestAmendmentBody, AgreementTarget> {}

@CommandHandler(RequestAmendment)
export class RequestAmendmentHandler implements ICommandHandler<RequestAmendment> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: RequestAmendment): Promise<CommandOutcome> {
    const { changes, officeId, ...request } = body;
    const amendmentId = derivedId('amendment', context.commandId);
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.amend', side: 'maker', officeId, office, isBroughtIn: false } as const;
    const authorise = (state: AgreementState) => refusalOfActing(requester, act, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const cutOffOn = scheme?.amendmentCutOffOn;
    const data = {
      amendmentId,
      officeId,
      requestedBy: requester.actor.id,
      changes: changes.map(changeOf),
      ...request,
    };
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'RequestAmendment',
        data,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
        ...(cutOffOn !== undefined && { cutOffOn }),
        ...(scheme && { rounds: scheme.rounds }),
      },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: amendmentId, ...accepted };
  }
}

function changeOf({ target, ...change }: ChangeBody): AmendmentRequested['data']['changes'][number] {
  if (!target) return change;
  const { span, ...stated } = targetOf(target);
  return { ...change, target: { span: spanKey(span), ...stated } };
}
