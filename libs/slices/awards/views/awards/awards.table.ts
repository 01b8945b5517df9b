import { VersionedTable } from '@khamrap/platform/projections';
import type { BasisSuperseded } from '../../domain/award.basis';

/**
 * Awards and announced numbers of awards. `grantors`, `recipients`, `forms`, `one_of` and `basis_agreement` are JSON texts.
 * What `stated_` tells is the statement that stands: the first, or the last correction.
 */
export const awardTable = new VersionedTable({
  name: 'award',
  key: { award_id: 'uuid' },
  columns: {
    kind: 'text',
    status: 'text',
    category: 'text',
    category_printed: 'text',
    grantors: 'text',
    recipients: 'text',
    named_recipients: 'text',
    award_count: 'integer',
    award_year: 'text',
    fiscal_year: 'integer',
    level: 'text',
    rank: 'integer',
    comparison_set: 'text',
    one_of: 'text',
    score: 'numeric',
    forms: 'text',
    announced_on: 'date',
    valid_until: 'date',
    province: 'text',
    province_group: 'text',
    basis: 'text',
    as_printed: 'text',
    part_of: 'uuid',
    total_group: 'text',
    total_count: 'integer',
    basis_agreement: 'text',
    basis_agreement_id: 'uuid',
    stated_event_id: 'uuid',
    stated_position: 'bigint',
    stated_at_ms: 'bigint',
    correction_count: 'integer',
    correction_reason: 'text',
    revoked_on: 'text',
    revocation_reason: 'text',
    revocation_basis: 'text',
    revocation_event_id: 'uuid',
    superseded_event_id: 'uuid',
    superseded_position: 'bigint',
    superseded_type: 'text',
  },
  indexes: [
    '(province, category)',
    '(part_of) WHERE part_of IS NOT NULL',
    '(basis_agreement_id) WHERE basis_agreement_id IS NOT NULL',
    'USING gin ((recipients::jsonb) jsonb_path_ops)',
    'USING gin ((grantors::jsonb) jsonb_path_ops)',
  ],
});

/** What last happened to the rounds and figures of agreements: an award may be stated after what it rests on has gone. */
export const awardBasisTable = new VersionedTable({
  name: 'award_basis',
  key: { agreement_id: 'uuid', subject: 'text' },
  columns: { type: 'text', event_id: 'uuid', revision: 'integer' },
});

export const awardsTables = [awardTable, awardBasisTable];

/** A row of the table. */
export interface AwardRow {
  award_id: string;
  kind: 'granted' | 'announced';
  status: 'stands' | 'revoked';
  category: string;
  category_printed: string | null;
  grantors: string;
  recipients: string | null;
  named_recipients: string | null;
  award_count: number;
  award_year: string;
  fiscal_year: number | null;
  level: string | null;
  rank: number | null;
  comparison_set: string | null;
  one_of: string | null;
  score: string | null;
  forms: string | null;
  announced_on: string | null;
  valid_until: string | null;
  province: string | null;
  /** The province, `severalProvinces` or `notStated`. */
  province_group: string;
  basis: string | null;
  as_printed: string | null;
  part_of: string | null;
  total_group: string | null;
  total_count: number | null;
  basis_agreement: string | null;
  basis_agreement_id: string | null;
  stated_event_id: string;
  stated_position: number;
  stated_at_ms: number;
  correction_count: number;
  correction_reason: string | null;
  revoked_on: string | null;
  revocation_reason: string | null;
  revocation_basis: string | null;
  revocation_event_id: string | null;
  superseded_event_id: string | null;
  superseded_position: number | null;
  superseded_type: BasisSuperseded['type'] | null;
}

/** What to read of a row: decimals keep their digits, and days do not shift with the time zone of the machine. */
export const AWARD_SELECTION = 'award.*, award.score::text, award.announced_on::text, award.valid_until::text';

/** A row as it is stored, with what every row has beside its own columns. */
export type StoredAward = AwardRow & {
  readonly present: boolean;
  readonly first_position?: number;
  readonly from_position: number;
  readonly from_recorded_at_ms: number;
};

export function awardRowOf(stored: StoredAward): AwardRow {
  const { present: _present, first_position: _first, from_position: _from, from_recorded_at_ms: _at, ...row } = stored;
  return row;
}
