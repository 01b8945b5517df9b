import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsIdentifier,
  IsPlainText,
  IsSource,
  PROVINCE_CODE,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { OFFICE_KINDS, type OfficeKind } from '../domain/office.events';
import { placeOf, refusalAt } from './office-access';

/** How the post is reached. */
class ContactBody {
  @ApiProperty({ required: false, example: '0 2000 0000' })
  @IsOptional()
  @IsPlainText({ bytesMax: 200 })
  readonly telephone?: string;

  @ApiProperty({ required: false, example: 'office@example.go.th' })
  @IsOptional()
  @IsPlainText({ bytesMax: 200 })
  readonly email?: string;
}

export class RegisterOfficeBody {
  @ApiProperty({ example: 'phrae-cdd', description: 'Readable code, for ever' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameTh: string;

  @ApiProperty({ required: false, example: 'Phrae community development office' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameEn?: string;

  @ApiProperty({ enum: OFFICE_KINDS })
  @IsIn(OFFICE_KINDS)
  readonly kind: OfficeKind;

  @ApiProperty({ required: false, example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiProperty({ required: false, example: 'cdd', description: 'The office above it' })
  @IsOptional()
  @IsIdentifier()
  readonly parentOfficeId?: string;

  @ApiProperty({ required: false, description: 'Where it acts; an area is no office itself' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly area?: string;

  @ApiProperty({ required: false, type: ContactBody, description: 'Of the post, never of a person' })
  @IsOptional()
  @IsBody(() => ContactBody)
  readonly contact?: ContactBody;

  @IsSource()
  readonly source?: SourceBody;
}

export class RegisterOffice extends RequestedCommand<RegisterOfficeBody> {}

@CommandHandler(RegisterOffice)
export class RegisterOfficeHandler implements ICommandHandler<RegisterOffice> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: RegisterOffice): Promise<CommandOutcome> {
    const { source, officeId, ...data } = body;
    const provenance = provenanceOf(source, requester);
    const refusal = refusalAt(requester, 'office.register', placeOf(officeId, data.province));
    if (refusal) throw new CommandRejected(refusal);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: { type: 'RegisterOffice', officeId, data },
      context: withProvenance(context, provenance),
    });
    return { id: officeId, ...accepted };
  }
}
