import { ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { PERMISSIONS, ROLES, type Permission, type RoleName } from '@khamrap/platform/access';
import {
  FreshnessQuery,
  IsDateText,
  IsIdentifier,
  IsUuidText,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { SCOPE_KINDS, type ScopeKind } from '../../domain/office.events';

const ROLE_NAMES = Object.keys(ROLES) as RoleName[];
const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

export class RoleGrantsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ format: 'uuid', description: 'Pseudonym of the one who holds the role' })
  @IsOptional()
  @IsUuidText()
  readonly grantee?: string;

  @ApiPropertyOptional({ example: 'phrae-cdd', description: 'Roles that are kept at this office' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ enum: ROLE_NAMES })
  @IsOptional()
  @IsIn(ROLE_NAMES)
  readonly role?: RoleName;

  @ApiPropertyOptional({ enum: PERMISSION_NAMES, description: 'Roles that allow this, as roles are defined today' })
  @IsOptional()
  @IsIn(PERMISSION_NAMES)
  readonly permission?: Permission;

  @ApiPropertyOptional({
    example: 'TH-54',
    description:
      'Roles that reach into this province: those for the nation, for one of its zones or offices, or for itself',
  })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ enum: SCOPE_KINDS })
  @IsOptional()
  @IsIn(SCOPE_KINDS)
  readonly scopeKind?: ScopeKind;

  @ApiPropertyOptional({
    type: 'string',
    example: '2026-10-01',
    description: 'Roles that held on this day, or part of it; without it, whatever was ever given',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

/** The same of one's own roles. */
export class OwnRoleGrantsQuery extends OmitType(RoleGrantsQuery, ['grantee'] as const) {}

/** A role that somebody was given, who gave it, and how it ended. */
export interface RoleGrantItem {
  readonly grantId: string;
  /** Where it comes from; `grantId` is that of the grant, the delegation or the assignment. */
  readonly kind: 'role' | 'delegation' | 'assignment';
  /** Pseudonym. */
  readonly grantee: string;
  readonly role: string;
  /** What a delegation covers; null where the role allows all that it allows. */
  readonly permissions: readonly string[] | null;
  readonly scopeKind: ScopeKind;
  readonly scopeValue: string | null;
  /** Those provinces of the zone that were assigned; null where it holds for whatever the scope holds. */
  readonly provinces: readonly string[] | null;
  readonly coversBelow: boolean;
  /** The office in whose stream it stands; of an assignment, the body for which somebody inspects. */
  readonly officeId: string;
  /** Null where a document does not state the day; then nobody was let in. */
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  /** Pseudonym. */
  readonly grantedBy: string;
  /** RFC 3339. */
  readonly grantedAt: string;
  readonly grantedPosition: number;
  readonly endedOn: string | null;
  readonly endReason: string | null;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
  readonly endedPosition: number | null;
}

export interface RoleGrantsPage extends Page<RoleGrantItem> {
  /** The day for which the answer tells what zones held and where offices stood. */
  readonly effectiveOn: IsoDate;
}

export interface OwnRoleGrantsPage extends RoleGrantsPage {
  /** Under which the ledger knows the one who asks: what somebody needs who is to give them a role. */
  readonly pseudonym: string;
}

export const ROLE_GRANT_COLUMNS: readonly CsvColumn<RoleGrantItem>[] = [
  { header: 'grantId', value: (grant) => grant.grantId },
  { header: 'kind', value: (grant) => grant.kind },
  { header: 'grantee', value: (grant) => grant.grantee },
  { header: 'role', value: (grant) => grant.role },
  { header: 'permissions', value: (grant) => grant.permissions?.join('; ') },
  { header: 'scopeKind', value: (grant) => grant.scopeKind },
  { header: 'scopeValue', value: (grant) => grant.scopeValue },
  { header: 'provinces', value: (grant) => grant.provinces?.join('; ') },
  { header: 'coversBelow', value: (grant) => String(grant.coversBelow) },
  { header: 'officeId', value: (grant) => grant.officeId },
  { header: 'from', value: (grant) => grant.from },
  { header: 'to', value: (grant) => grant.to },
  { header: 'reason', value: (grant) => grant.reason },
  { header: 'grantedBy', value: (grant) => grant.grantedBy },
  { header: 'grantedAt', value: (grant) => grant.grantedAt },
  { header: 'grantedPosition', value: (grant) => grant.grantedPosition },
  { header: 'endedOn', value: (grant) => grant.endedOn },
  { header: 'endReason', value: (grant) => grant.endReason },
  { header: 'endedBy', value: (grant) => grant.endedBy },
  { header: 'endedAt', value: (grant) => grant.endedAt },
  { header: 'endedPosition', value: (grant) => grant.endedPosition },
];
