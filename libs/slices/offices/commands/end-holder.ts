import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { END_REASONS, type EndReason } from '../domain/office.events';
import { DayBody, dayOf, IsDay } from './day-body';
import { refusalOfAccess } from './office-access';
import type { OfficeTarget } from './targets';

/** The dissolution of the office is a command of its own, which ends its holder too. */
const REASONS = END_REASONS.filter((reason) => reason !== 'officeDissolved');

export class EndHolderBody {
  @IsDay('The last day in the post')
  readonly on: DayBody;

  @ApiProperty({ enum: REASONS })
  @IsIn(REASONS)
  readonly reason: EndReason;

  @IsSource()
  readonly source?: SourceBody;
}

export class EndHolder extends RequestedCommand<EndHolderBody, OfficeTarget> {}

@CommandHandler(EndHolder)
export class EndHolderHandler implements ICommandHandler<EndHolder> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { officeId }, body, requester, context }: EndHolder): Promise<CommandOutcome> {
    const { source, on, reason } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: { type: 'EndHolder', data: { on: dayOf(on), reason }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state),
    });
    return { id: officeId, ...accepted };
  }
}
