import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
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
import type { RegisteredOffice } from '../domain/office.state';
import { isOver } from '../domain/roles.decide';
import { DayBody, dayOf, IsDay } from './day-body';
import { Endings, roleOfDelegation, type EndedRole } from './endings';
import { refusalOfAccess } from './office-access';
import type { OfficeTarget } from './targets';

export class DissolveOfficeBody {
  @IsDay('The last day on which there is the office')
  readonly on: DayBody;

  @ApiProperty({ example: 'กฎกระทรวงแบ่งส่วนราชการ', description: 'The law, order or announcement that dissolves it' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis: string;

  @ApiProperty({ required: false, description: 'The office that takes its place' })
  @IsOptional()
  @IsIdentifier()
  readonly successorOfficeId?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class DissolveOffice extends RequestedCommand<DissolveOfficeBody, OfficeTarget> {}

@CommandHandler(DissolveOffice)
export class DissolveOfficeHandler implements ICommandHandler<DissolveOffice> {
  constructor(
    private readonly ledger: Ledger,
    private readonly endings: Endings,
  ) {}

  async execute({ target: { officeId }, body, requester, context }: DissolveOffice): Promise<CommandOutcome> {
    const { source, on, ...end } = body;
    const provenance = provenanceOf(source, requester);
    const decidedOn = bangkokDateOf(Date.parse(context.decidedAt));
    const refusalOfEnd = await this.endings.refusalOf({
      requester,
      officeId,
      decidedOn,
      rolesIn: (state) => openRolesIn(officeId, state, decidedOn),
    });
    const refusalOfScope = await this.endings.refusalOfScope(requester, officeId, decidedOn);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'DissolveOffice',
        officeId,
        data: { ...end, on: dayOf(on) },
        provenance,
        actor: requester.actor.id,
        decidedOn,
      },
      context: withProvenance(context, provenance),
      authorise: (state) =>
        refusalOfAccess(requester, 'office.register', officeId, state) ?? refusalOfEnd(state) ?? refusalOfScope(state),
    });
    return { id: officeId, ...accepted };
  }
}

/** Every role that is kept at the office and may still hold: who holds one loses it with the office. */
function openRolesIn(officeId: string, state: RegisteredOffice, day: IsoDate): readonly EndedRole[] {
  const delegations = [...state.delegations].filter(
    ([, { isEnded, to }]) => !isEnded && (to === undefined || to >= day),
  );
  const grants = [...state.grants].filter(([, role]) => !isOver(role, day));
  return [
    ...delegations.flatMap(([id]) => roleOfDelegation(officeId, id, state)),
    ...grants.map(([id, { scope }]) => ({ id, scope, coversBelow: true })),
  ];
}
