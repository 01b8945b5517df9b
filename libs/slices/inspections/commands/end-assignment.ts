import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { contextUnder, IsDateText, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { assignmentDecider, type AssignmentState } from '../domain/assignments/assignment.decider';
import { placeOfOffice, refusalOfEnding } from './assignment-access';
import { assigningOffice } from './assigning-office';

export class EndAssignmentBody {
  @ApiProperty({
    type: 'string',
    required: false,
    example: '2027-06-30',
    description: 'The last day, never in the past; without it, and with today, the assignment ends at once',
  })
  @IsOptional()
  @IsDateText()
  readonly on?: IsoDate;

  @ApiProperty({
    example: 'คำสั่งสำนักนายกรัฐมนตรี ที่ 12/2570',
    description: 'The order or decision that ends it: part of the record',
  })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;
}

/** The assignment that an address names. */
interface AssignmentTarget {
  readonly assignmentId: string;
}

export class EndAssignment extends RequestedCommand<EndAssignmentBody, AssignmentTarget> {}

@CommandHandler(EndAssignment)
export class EndAssignmentHandler implements ICommandHandler<EndAssignment> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { assignmentId }, body, requester, context }: EndAssignment): Promise<CommandOutcome> {
    const { ...stated } = body;
    const stream = streamName('inspection-assignment', assignmentId);
    const { state } = await this.ledger.stateOf(assignmentDecider, stream);
    // What is not there is for the decider to refuse: an assignment and its office never change once they are.
    const office = state.status === 'assigned' ? await assigningOffice(this.ledger, state.officeId) : undefined;
    const refusalOf = (of: Requester, current: AssignmentState): Rejection | undefined =>
      current.status === 'assigned' ? refusalOfEnding(of, placeOfOffice(current.officeId, office), current) : undefined;
    const accepted = await this.ledger.execute({
      decider: assignmentDecider,
      stream,
      command: {
        type: 'EndAssignment',
        data: { assignmentId, ...stated },
        actor: requester.actor.id,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: contextUnder(context, requester, (of) => refusalOf(of, state)),
      authorise: (current) => refusalOf(requester, current),
    });
    return { id: assignmentId, ...accepted };
  }
}
