import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsDateText,
  IsIdentifier,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { DELEGATION_KINDS, type DelegationKind } from '../domain/office.events';
import { DayBody, dayOf, IsDay } from './day-body';
import { refusalOfAccess } from './office-access';
import type { OfficeTarget } from './targets';

const SCOPE_COUNT_MAX = 100;

export class GrantDelegationBody {
  @ApiProperty({ required: false, description: 'The office of the one who acts, where it is another' })
  @IsOptional()
  @IsIdentifier()
  readonly toOfficeId?: string;

  @ApiProperty({ example: 'นิติยา พงษ์พานิช', description: 'Part of the public record' })
  @IsPlainText({ bytesMax: 500 })
  readonly personName: string;

  @ApiProperty({ example: 'รองผู้ว่าราชการจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 500 })
  readonly positionTitle: string;

  @ApiProperty({
    enum: DELEGATION_KINDS,
    description: 'ปฏิบัติราชการแทน (by a written order), รักษาราชการแทน, รักษาการในตำแหน่ง',
  })
  @IsIn(DELEGATION_KINDS)
  readonly kind: DelegationKind;

  @ApiProperty({ type: [String], example: ['agreement.sign'], description: 'Empty where the document does not say it' })
  @IsArray()
  @ArrayMaxSize(SCOPE_COUNT_MAX)
  @ArrayUnique()
  @IsIdentifier({ each: true })
  readonly scope: string[];

  @ApiProperty({ required: false, example: 'คำสั่งจังหวัดแพร่ ที่ 1/2565' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly orderReference?: string;

  @IsDay('The first day')
  readonly from: DayBody;

  @ApiProperty({ type: 'string', required: false, example: '2023-09-30', description: 'The last day, if there is one' })
  @IsOptional()
  @IsDateText()
  readonly to?: IsoDate;

  @IsSource()
  readonly source?: SourceBody;
}

export class GrantDelegation extends RequestedCommand<GrantDelegationBody, OfficeTarget> {}

@CommandHandler(GrantDelegation)
export class GrantDelegationHandler implements ICommandHandler<GrantDelegation> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { officeId }, body, requester, context }: GrantDelegation): Promise<CommandOutcome> {
    const { source, from, ...delegation } = body;
    const provenance = provenanceOf(source, requester);
    const delegationId = derivedId('delegation', context.commandId);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: { type: 'GrantDelegation', data: { delegationId, ...delegation, from: dayOf(from) }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state),
    });
    return { id: delegationId, ...accepted };
  }
}
