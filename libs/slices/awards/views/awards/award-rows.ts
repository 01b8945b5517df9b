import { NOT_STATED } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { BasisSuperseded } from '../../domain/award.basis';
import type { AwardGranted, AwardRevoked, AwardsAnnounced, BasisAgreement } from '../../domain/award.events';
import type { AwardStatement } from '../../domain/award.state';
import type { AwardRow } from './awards.table';

/** What a statement says, whatever was said before it. */
type StatedColumns = Omit<
  AwardRow,
  | 'award_id'
  | 'status'
  | 'stated_event_id'
  | 'stated_position'
  | 'stated_at_ms'
  | 'correction_count'
  | 'correction_reason'
  | `revo${string}`
  | `superseded_${string}`
>;

/** The row of an award from its first statement on. */
export function firstRow(awardId: string, statement: AwardStatement, event: DecodedEvent): AwardRow {
  return {
    award_id: awardId,
    status: 'stands',
    ...statedColumns(statement),
    ...statedIn(event),
    correction_count: 0,
    correction_reason: null,
    revoked_on: null,
    revocation_reason: null,
    revocation_basis: null,
    revocation_event_id: null,
    ...supersededColumns(undefined),
  };
}

/** The row with another statement in place of the one before. */
export function correctedRow(row: AwardRow, statement: AwardStatement, reason: string, event: DecodedEvent): AwardRow {
  return {
    ...row,
    ...statedColumns(statement),
    ...statedIn(event),
    correction_count: row.correction_count + 1,
    correction_reason: reason,
  };
}

export function revokedRow(row: AwardRow, data: AwardRevoked['data'], { eventId }: DecodedEvent): AwardRow {
  return {
    ...row,
    status: 'revoked',
    revoked_on: data.revokedOn,
    revocation_reason: data.reason,
    revocation_basis: data.basis ?? null,
    revocation_event_id: eventId,
  };
}

export function supersededColumns(superseded: BasisSuperseded | undefined) {
  return {
    superseded_event_id: superseded?.eventId ?? null,
    superseded_position: superseded?.position ?? null,
    superseded_type: superseded?.type ?? null,
  };
}

export function basisIn({ basis_agreement: basis }: AwardRow): BasisAgreement | undefined {
  return basis === null ? undefined : (JSON.parse(basis) as BasisAgreement);
}

function statedIn({ eventId, position, recordedAtMs }: DecodedEvent) {
  return { stated_event_id: eventId, stated_position: position, stated_at_ms: recordedAtMs };
}

function statedColumns(statement: AwardStatement): StatedColumns {
  switch (statement.kind) {
    case 'granted':
      return { kind: 'granted', ...commonColumns(statement.data), ...grantedColumns(statement.data) };
    case 'announced':
      return { kind: 'announced', ...commonColumns(statement.data), ...announcedColumns(statement.data) };
  }
}

function commonColumns(data: AwardStatement['data']) {
  return {
    category: data.category,
    category_printed: data.categoryPrinted ?? null,
    grantors: JSON.stringify(data.grantors),
    award_year: data.awardYear,
    fiscal_year: data.fiscalYear ?? null,
    level: data.level ?? null,
    announced_on: data.announcedOn ?? null,
    as_printed: data.asPrinted ?? null,
    total_group: data.statedTotal?.group ?? null,
    total_count: data.statedTotal?.count ?? null,
  };
}

function grantedColumns(data: AwardGranted['data']) {
  const { recipients, rank, oneOf, basisAgreement } = data;
  return {
    recipients: JSON.stringify(recipients),
    named_recipients: null,
    award_count: 1,
    rank: rank?.rank ?? null,
    comparison_set: rank?.comparisonSet ?? null,
    one_of: oneOf ? JSON.stringify(oneOf) : null,
    score: data.score ?? null,
    forms: JSON.stringify(data.forms),
    valid_until: data.validUntil ?? null,
    ...provinceOfAll(recipients),
    basis: data.basis ?? null,
    part_of: data.partOf ?? null,
    basis_agreement: basisAgreement ? JSON.stringify(basisAgreement) : null,
    basis_agreement_id: basisAgreement?.agreementId ?? null,
  };
}

function announcedColumns({ recipients, statedCount, province }: AwardsAnnounced['data']) {
  return {
    recipients: null,
    named_recipients: recipients,
    award_count: statedCount,
    rank: null,
    comparison_set: null,
    one_of: null,
    score: null,
    forms: null,
    valid_until: null,
    province: province ?? null,
    province_group: province ?? NOT_STATED,
    basis: null,
    part_of: null,
    basis_agreement: null,
    basis_agreement_id: null,
  };
}

/** The province of an award whose recipients are all of one. */
function provinceOfAll(recipients: AwardGranted['data']['recipients']) {
  const [first, ...others] = [...new Set(recipients.map(({ province }) => province))];
  if (others.length > 0) return { province: null, province_group: 'severalProvinces' };
  return { province: first ?? null, province_group: first ?? NOT_STATED };
}
