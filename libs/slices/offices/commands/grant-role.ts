import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import { ROLES, type RoleName } from '@khamrap/platform/access';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  RequestedCommand,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { SCOPE_KINDS, type ScopeKind } from '../domain/office.events';
import { refusalOfAccess, refusalOfReach } from './office-access';
import { ScopeFacts } from './scope-facts';
import type { OfficeTarget } from './targets';

/** Whoever acts for the holder of an office does so by a delegation, which says what it covers. */
const ROLE_NAMES = (Object.keys(ROLES) as RoleName[]).filter((role) => role !== 'delegate');

class RoleScopeBody {
  @ApiProperty({ enum: SCOPE_KINDS })
  @IsIn(SCOPE_KINDS)
  readonly kind: ScopeKind;

  @ApiProperty({
    required: false,
    example: 'phrae-cdd',
    description: 'Office, province (TH-54), zone or indicator; the nation names none',
  })
  @IsOptional()
  @IsIdentifier()
  readonly value?: string;
}

export class GrantRoleBody {
  @ApiProperty({
    example: '0f8fad5b-d9cb-469f-a165-70867728950e',
    format: 'uuid',
    description: 'Pseudonym of the one who is to hold the role',
  })
  @IsUuidText()
  readonly grantee: string;

  @ApiProperty({ enum: ROLE_NAMES })
  @IsIn(ROLE_NAMES)
  readonly role: RoleName;

  @ApiProperty({ type: RoleScopeBody })
  @IsBody(() => RoleScopeBody)
  readonly scope: RoleScopeBody;

  @ApiProperty({ type: 'string', required: false, description: 'The first day; today without it, never in the past' })
  @IsOptional()
  @IsDateText()
  readonly from?: IsoDate;

  @ApiProperty({ type: 'string', required: false, example: '2027-09-30', description: 'The last day, if there is one' })
  @IsOptional()
  @IsDateText()
  readonly to?: IsoDate;

  @ApiProperty({
    example: 'คำสั่งจังหวัดแพร่ที่ 11/2566',
    description: 'The order or decision that the grant rests on: part of the record',
  })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;
}

export class GrantRole extends RequestedCommand<GrantRoleBody, OfficeTarget> {}

@CommandHandler(GrantRole)
export class GrantRoleHandler implements ICommandHandler<GrantRole> {
  constructor(
    private readonly ledger: Ledger,
    private readonly scopes: ScopeFacts,
  ) {}

  async execute({ target: { officeId }, body, requester, context }: GrantRole): Promise<CommandOutcome> {
    const { scope, ...role } = body;
    const grantId = derivedId('roleGrant', context.commandId);
    const decidedOn = bangkokDateOf(Date.parse(context.decidedAt));
    const { isKnown, places, basis } = await this.scopes.of(scope, officeId, decidedOn);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'GrantRole',
        data: { grantId, ...role, scope },
        isScopeKnown: isKnown,
        actor: requester.actor.id,
        decidedOn,
      },
      context,
      basis,
      authorise: (state) =>
        refusalOfAccess(requester, 'office.grantRole', officeId, state) ?? refusalOfReach(requester, places),
    });
    return { id: grantId, ...accepted };
  }
}
