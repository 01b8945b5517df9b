import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Ledger } from '@khamrap/platform/event-store';
import { IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { personalDataRequestDecider } from '../domain/personal-data-request.decider';
import { REFUSAL_GROUNDS, type RefusalGround } from '../domain/personal-data-request.events';
import { requirePrivacyOfficer } from './privacy-officer';
import { streamOfRequest, type PersonalDataRequestTarget } from './request-target';

const TEXT_BYTES_MAX = 4_000;

export class RefusePersonalDataRequestBody {
  @ApiProperty({ enum: REFUSAL_GROUNDS, description: 'What the law lets the request be refused for' })
  @IsIn(REFUSAL_GROUNDS)
  readonly ground: RefusalGround;

  @ApiProperty({
    description: 'For the record that section 39 asks for, and with nothing in it that tells of a person',
    example: 'ต้องเก็บไว้เป็นหลักฐานการปฏิบัติราชการ',
  })
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly reason: string;

  @ApiPropertyOptional({ description: 'To the person; kept erasably' })
  @IsOptional()
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly explanation?: string;
}

export class RefusePersonalDataRequest extends RequestedCommand<
  RefusePersonalDataRequestBody,
  PersonalDataRequestTarget
> {}

@CommandHandler(RefusePersonalDataRequest)
export class RefusePersonalDataRequestHandler implements ICommandHandler<RefusePersonalDataRequest> {
  constructor(private readonly ledger: Ledger) {}

  async execute({
    target: { requestId },
    body,
    requester,
    context,
  }: RefusePersonalDataRequest): Promise<CommandOutcome> {
    requirePrivacyOfficer(requester);
    const { ground, reason, explanation } = body;
    const accepted = await this.ledger.execute({
      decider: personalDataRequestDecider,
      stream: streamOfRequest(requestId),
      command: {
        type: 'RefusePersonalDataRequest',
        data: { ground, reason, ...(explanation !== undefined && { explanation }) },
        by: requester.actor.id,
      },
      context,
    });
    return { id: requestId, ...accepted };
  }
}
