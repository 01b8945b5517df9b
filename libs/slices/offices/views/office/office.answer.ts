import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import { DELEGATION_KINDS, END_REASONS, OFFICE_KINDS, SCOPE_KINDS } from '../../domain/office.events';

const DAY = { example: '2022-10-01', description: 'A day, or `notStated`' };

class ContactAnswer {
  @ApiPropertyOptional() readonly telephone?: string;
  @ApiPropertyOptional() readonly email?: string;
}

class OfficeNameAnswer {
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiPropertyOptional(DAY) readonly from?: string;
  @ApiPropertyOptional() readonly basis?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class DissolutionAnswer {
  @ApiProperty(DAY) readonly on: string;
  @ApiProperty() readonly basis: string;
  @ApiPropertyOptional() readonly successorOfficeId?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class HolderEndAnswer {
  @ApiProperty(DAY) readonly on: string;
  @ApiProperty({ enum: END_REASONS }) readonly reason: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class HolderAnswer {
  @ApiProperty() readonly personName: string;
  @ApiProperty() readonly positionTitle: string;
  @ApiProperty(DAY) readonly from: string;
  @ApiPropertyOptional({ ...DAY, description: 'The last day, of a holder who had left when it was recorded' })
  readonly until?: string;
  @ApiPropertyOptional() readonly orderReference?: string;
  @ApiPropertyOptional({ type: HolderEndAnswer }) readonly ended?: HolderEndAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class DelegationEndAnswer {
  @ApiProperty(DAY) readonly on: string;
  @ApiPropertyOptional() readonly reason?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class DelegationAnswer {
  @ApiProperty({ format: 'uuid' }) readonly delegationId: string;
  @ApiPropertyOptional() readonly toOfficeId?: string;
  @ApiProperty() readonly personName: string;
  @ApiProperty() readonly positionTitle: string;
  @ApiProperty({ enum: DELEGATION_KINDS }) readonly kind: string;
  @ApiProperty({ type: [String], description: 'Empty where the document does not say it' })
  readonly scope: readonly string[];
  @ApiPropertyOptional() readonly orderReference?: string;
  @ApiProperty(DAY) readonly from: string;
  @ApiPropertyOptional({ format: 'date' }) readonly to?: string;
  @ApiPropertyOptional({ description: 'Pseudonym of the one who acts in this ledger, for those who may see roles' })
  readonly delegate?: string;
  @ApiPropertyOptional() readonly coversBelow?: boolean;
  @ApiProperty({ enum: ['inForce', 'notInForce', 'notStated'], description: 'On the day `effectiveOn`' })
  readonly standing: string;
  @ApiPropertyOptional({ type: DelegationEndAnswer }) readonly ended?: DelegationEndAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class RoleScopeAnswer {
  @ApiProperty({ enum: SCOPE_KINDS }) readonly kind: string;
  @ApiPropertyOptional() readonly value?: string;
}

class RoleEndAnswer {
  @ApiProperty({ format: 'date' }) readonly on: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ description: 'Pseudonym' }) readonly endedBy: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class RoleGrantAnswer {
  @ApiProperty({ format: 'uuid' }) readonly grantId: string;
  @ApiProperty({ description: 'Pseudonym' }) readonly grantee: string;
  @ApiProperty() readonly role: string;
  @ApiProperty({ type: RoleScopeAnswer }) readonly scope: RoleScopeAnswer;
  @ApiProperty({ format: 'date' }) readonly from: string;
  @ApiPropertyOptional({ format: 'date' }) readonly to?: string;
  @ApiProperty() readonly reason: string;
  @ApiProperty({ description: 'Pseudonym' }) readonly grantedBy: string;
  @ApiPropertyOptional({ type: RoleEndAnswer }) readonly ended?: RoleEndAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** An office as it stood at `asOfPosition`, and who held its post on `effectiveOn`. */
export class OfficeRecordAnswer extends TimesOfAnswer {
  @ApiProperty({ example: 'phrae-cdd' }) readonly officeId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ format: 'date' }) readonly effectiveOn: string;
  @ApiProperty({ enum: ['registered', 'dissolved'] }) readonly status: string;
  @ApiProperty({ enum: OFFICE_KINDS }) readonly kind: string;
  @ApiPropertyOptional({ example: 'TH-54' }) readonly province?: string;
  @ApiPropertyOptional() readonly parentOfficeId?: string;
  @ApiPropertyOptional() readonly area?: string;
  @ApiPropertyOptional({ type: ContactAnswer }) readonly contact?: ContactAnswer;
  @ApiProperty({ type: [OfficeNameAnswer], description: 'The last one is the name of the office' })
  readonly names: readonly OfficeNameAnswer[];
  @ApiPropertyOptional({ type: DissolutionAnswer }) readonly dissolved?: DissolutionAnswer;
  @ApiProperty({ enum: ['held', 'vacant', 'notStated'] }) readonly holderStanding: string;
  @ApiPropertyOptional({ type: HolderAnswer }) readonly holder?: HolderAnswer;
  @ApiProperty({ type: [HolderAnswer] }) readonly holders: readonly HolderAnswer[];
  @ApiProperty({ type: [DelegationAnswer] }) readonly delegations: readonly DelegationAnswer[];
  @ApiPropertyOptional({ type: [RoleGrantAnswer], description: 'For those who may see roles' })
  readonly roleGrants?: readonly RoleGrantAnswer[];
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}
