import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, IsUuidText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';

export class FileAppealBody {
  @ApiProperty({ example: '12m', description: 'Code of the evaluation round' })
  @IsIdentifier()
  readonly round: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'Where the appeal is about one indicator only' })
  @IsOptional()
  @IsUuidText()
  readonly indicatorId?: string;

  @ApiProperty({ example: 'phrae-cdd', description: 'The maker of the agreement that appeals' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'คะแนนคำนวณจากตัวเลขก่อนการแก้ไข', description: 'Part of the public record' })
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly grounds: string;
}

export class FileAppeal extends RequestedCommand<FileAppealBody, { readonly agreementId: string }> {}

@CommandHandler(FileAppeal)
export class FileAppealHandler implements ICommandHandler<FileAppeal> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: FileAppeal): Promise<CommandOutcome> {
    const { round, indicatorId, officeId, grounds } = body;
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.amend', side: 'maker', officeId, office, isBroughtIn: false } as const;
    const appealId = derivedId('appeal', context.commandId);
    const matter = { round, ...(indicatorId !== undefined && { indicatorId }) };
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'FileAppeal', data: { appealId, ...matter, officeId, filedBy: context.actor.id, grounds } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfActing(requester, act, state),
    });
    return { id: appealId, ...accepted };
  }
}
