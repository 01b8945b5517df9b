import { ApiPropertyOptional, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
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
import { INSPECTION_LEVELS, type InspectionLevel } from '../../domain/inspection.vocabulary';

export class AssignmentsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly id?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Pseudonym of the one who is assigned' })
  @IsOptional()
  @IsUuidText()
  readonly inspector?: string;

  @ApiPropertyOptional({ enum: INSPECTION_LEVELS })
  @IsOptional()
  @IsIn(INSPECTION_LEVELS)
  readonly level?: InspectionLevel;

  @ApiPropertyOptional({ example: 'prime-minister-office', description: 'The body for which they inspect' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-5' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({ example: 'TH-84', description: 'Assignments that hold this province' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({
    type: 'string',
    example: '2026-10-01',
    description: 'Assignments that held on this day, or part of it; without it, whatever was ever given',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

/** The same of one's own assignments. */
export class OwnAssignmentsQuery extends OmitType(AssignmentsQuery, ['inspector'] as const) {}

/** Who was assigned to inspect which provinces of a zone, from when on, by what, and how it ended. */
export interface AssignmentItem {
  readonly assignmentId: string;
  /** Pseudonym. */
  readonly inspector: string;
  readonly level: InspectionLevel;
  readonly officeId: string;
  readonly zoneId: string;
  /** What the zone held on the first day. ISO 3166-2. */
  readonly zoneProvinces: readonly string[];
  readonly zoneStatedBy: string;
  /** Those that are assigned. */
  readonly provinces: readonly string[];
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly documentReference: string | null;
  readonly documentSha256: string | null;
  /** Pseudonym. */
  readonly assignedBy: string;
  /** RFC 3339. */
  readonly assignedAt: string;
  readonly assignedPosition: number;
  /** The last day where it was ended: on that very day it ended with its recording. */
  readonly endedOn: string | null;
  readonly endReason: string | null;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
  readonly endedPosition: number | null;
}

export type AssignmentsPage = Page<AssignmentItem>;

export const ASSIGNMENT_COLUMNS: readonly CsvColumn<AssignmentItem>[] = [
  { header: 'assignmentId', value: (assignment) => assignment.assignmentId },
  { header: 'inspector', value: (assignment) => assignment.inspector },
  { header: 'level', value: (assignment) => assignment.level },
  { header: 'officeId', value: (assignment) => assignment.officeId },
  { header: 'zoneId', value: (assignment) => assignment.zoneId },
  { header: 'zoneProvinces', value: (assignment) => assignment.zoneProvinces.join('; ') },
  { header: 'provinces', value: (assignment) => assignment.provinces.join('; ') },
  { header: 'from', value: (assignment) => assignment.from },
  { header: 'to', value: (assignment) => assignment.to },
  { header: 'reason', value: (assignment) => assignment.reason },
  { header: 'documentReference', value: (assignment) => assignment.documentReference },
  { header: 'documentSha256', value: (assignment) => assignment.documentSha256 },
  { header: 'assignedBy', value: (assignment) => assignment.assignedBy },
  { header: 'assignedAt', value: (assignment) => assignment.assignedAt },
  { header: 'assignedPosition', value: (assignment) => assignment.assignedPosition },
  { header: 'endedOn', value: (assignment) => assignment.endedOn },
  { header: 'endReason', value: (assignment) => assignment.endReason },
  { header: 'endedBy', value: (assignment) => assignment.endedBy },
  { header: 'endedAt', value: (assignment) => assignment.endedAt },
  { header: 'endedPosition', value: (assignment) => assignment.endedPosition },
];
