import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Json } from '@khamrap/kernel';
import {
  IsFiscalYear,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import type { BasisSuperseded } from '../../domain/award.basis';
import type { AwardItem, AwardsFilter } from './awards.query';
import type { AwardRow } from './awards.table';
import {
  TALLIED_BY,
  type ExceededCount,
  type StatedTotal,
  type TalliedBy,
  type Tally,
  type TallyItem,
} from './awards.tally';

const STATUSES = ['stands', 'revoked'] as const;
const NAME_BYTES_MAX = 1_000;
const YEAR_OR_NOT_STATED = /^(?:2[3-6]\d\d|notStated)$/;

/** Which awards, and as of when. */
class AwardsFilterQuery extends IntersectionType(PageQuery, KnownQuery) implements AwardsFilter {
  @ApiPropertyOptional({ example: 'TH-54', description: 'ISO 3166-2' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ example: 'gecc' })
  @IsOptional()
  @IsIdentifier()
  readonly category?: string;

  @ApiPropertyOptional({ example: 'opdc', description: 'Office or name of a grantor' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly grantor?: string;

  @ApiPropertyOptional({ example: 'phrae-province', description: 'Office of a recipient' })
  @IsOptional()
  @IsIdentifier()
  readonly recipient?: string;

  @ApiPropertyOptional({ example: '2565', description: 'Buddhist Era, or `notStated`' })
  @IsOptional()
  @Matches(YEAR_OR_NOT_STATED)
  readonly awardYear?: string;

  @ApiPropertyOptional({ type: 'integer', example: 2565, description: 'Buddhist Era, the later year' })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;
}

export class AwardsQuery extends AwardsFilterQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly id?: string;

  @ApiPropertyOptional({ enum: STATUSES, description: 'Without it both are listed' })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: AwardRow['status'];
}

export class TalliesQuery extends AwardsFilterQuery {
  @ApiPropertyOptional({ enum: TALLIED_BY, default: 'category' })
  @IsIn(TALLIED_BY)
  readonly by: TalliedBy = 'category';
}

export interface AwardsPage extends Page<AwardItem> {
  /** All awards that the filter finds, counted once: what is revoked is left out, what is part of a stated number is in it. */
  readonly awardCount: number;
}

export interface TalliesPage extends Page<TallyItem> {
  readonly by: TalliedBy;
  /** Of all that the filter finds. */
  readonly overall: Tally;
  /** What all rows, of every page, add up to: more than `overall` where an award is counted in several of them. */
  readonly sumOfRows: number;
  /** Whether some award is counted in several rows: in that of each grantor, or apart from the number that it is part of. */
  readonly rowsOverlap: boolean;
  readonly exceededCounts: readonly ExceededCount[];
  readonly statedTotals: readonly StatedTotal[];
}

export const AWARD_COLUMNS: readonly CsvColumn<AwardItem>[] = [
  { header: 'awardId', value: (award) => award.awardId },
  { header: 'kind', value: (award) => award.kind },
  { header: 'status', value: (award) => award.status },
  { header: 'category', value: (award) => award.category },
  { header: 'categoryPrinted', value: (award) => award.categoryPrinted },
  { header: 'awardCount', value: (award) => award.awardCount },
  { header: 'partOf', value: (award) => award.partOf },
  { header: 'awardYear', value: (award) => award.awardYear },
  { header: 'fiscalYear', value: (award) => award.fiscalYear },
  { header: 'level', value: (award) => award.level },
  { header: 'rank', value: (award) => award.rank },
  { header: 'comparisonSet', value: (award) => award.comparisonSet },
  { header: 'score', value: (award) => award.score },
  { header: 'announcedOn', value: (award) => award.announcedOn },
  { header: 'validUntil', value: (award) => award.validUntil },
  { header: 'province', value: (award) => award.province },
  { header: 'grantors', value: (award) => namesIn(award.grantors) },
  { header: 'recipients', value: (award) => namesIn(award.recipients) },
  { header: 'revokedOn', value: (award) => award.revocation?.revokedOn },
  { header: 'basisSupersededBy', value: (award) => award.basisSuperseded?.eventId },
  { header: 'position', value: (award) => award.position },
];

export const TALLY_COLUMNS: readonly CsvColumn<TallyItem>[] = (
  ['key', 'name', 'namedAwards', 'statedCount', 'total'] as const
).map((header) => ({ header, value: (row) => row[header] }));

export function awardItem(row: AwardRow): AwardItem {
  return {
    awardId: row.award_id,
    kind: row.kind,
    status: row.status,
    category: row.category,
    categoryPrinted: row.category_printed,
    grantors: parsed(row.grantors),
    recipients: parsed(row.recipients),
    namedRecipients: row.named_recipients,
    awardCount: row.award_count,
    awardYear: row.award_year,
    fiscalYear: row.fiscal_year,
    level: row.level,
    rank: row.rank,
    comparisonSet: row.comparison_set,
    oneOf: parsed(row.one_of),
    score: row.score,
    forms: parsed(row.forms),
    announcedOn: row.announced_on,
    validUntil: row.valid_until,
    province: row.province,
    basis: row.basis,
    basisAgreement: parsed(row.basis_agreement),
    basisSuperseded: supersededIn(row),
    asPrinted: row.as_printed,
    partOf: row.part_of,
    statedTotal:
      row.total_group === null || row.total_count === null ? null : { group: row.total_group, count: row.total_count },
    correction: row.correction_reason === null ? null : { count: row.correction_count, reason: row.correction_reason },
    revocation: revocationIn(row),
    eventId: row.stated_event_id,
    position: row.stated_position,
    recordedAt: new Date(row.stated_at_ms).toISOString(),
  };
}

function supersededIn(row: AwardRow): BasisSuperseded | null {
  const { superseded_event_id: eventId, superseded_position: position, superseded_type: type } = row;
  return eventId === null || position === null || type === null ? null : { eventId, position, type };
}

function revocationIn(row: AwardRow): AwardItem['revocation'] {
  const { revoked_on: revokedOn, revocation_reason: reason, revocation_event_id: eventId } = row;
  if (revokedOn === null || reason === null || eventId === null) return null;
  return { revokedOn, reason, basis: row.revocation_basis, eventId };
}

function parsed(text: string | null): Json {
  return text === null ? null : (JSON.parse(text) as Json);
}

function namesIn(bodies: Json): string | null {
  if (!Array.isArray(bodies)) return null;
  return (bodies as readonly { readonly name: string }[]).map(({ name }) => name).join('; ');
}
