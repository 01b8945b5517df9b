import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { bangkokDateOf, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { Endings } from './endings';
import { refusalOfAccess } from './office-access';
import type { RoleGrantTarget } from './targets';

export class EndRoleBody {
  @ApiProperty({
    example: 'คำสั่งจังหวัดแพร่ที่ 12/2566',
    description: 'The order or decision that ends it: part of the record',
  })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;
}

export class EndRole extends RequestedCommand<EndRoleBody, RoleGrantTarget> {}

@CommandHandler(EndRole)
export class EndRoleHandler implements ICommandHandler<EndRole> {
  constructor(
    private readonly ledger: Ledger,
    private readonly endings: Endings,
  ) {}

  async execute({ target, body, requester, context }: EndRole): Promise<CommandOutcome> {
    const { officeId, grantId } = target;
    const decidedOn = bangkokDateOf(Date.parse(context.decidedAt));
    const refusalOfEnd = await this.endings.refusalOf({
      requester,
      officeId,
      decidedOn,
      // What does not exist is for the decider to refuse.
      rolesIn: ({ grants }) => {
        const role = grants.get(grantId);
        return role ? [{ id: grantId, scope: role.scope, coversBelow: true }] : [];
      },
    });
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'EndRole',
        data: { grantId, reason: body.reason },
        actor: requester.actor.id,
        decidedOn,
      },
      context,
      authorise: (state) => refusalOfAccess(requester, 'office.grantRole', officeId, state) ?? refusalOfEnd(state),
    });
    return { id: grantId, ...accepted };
  }
}
