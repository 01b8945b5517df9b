import type { EntityManager } from 'typeorm';
import type { Standpoint } from '@khamrap/platform/projections';
import type { Json } from '@khamrap/kernel';
import type { BasisSuperseded } from '../../domain/award.basis';
import { AWARD_SELECTION, awardRowOf, awardTable, type AwardRow, type StoredAward } from './awards.table';

/** All that narrows a list or a tally. */
export interface AwardsFilter {
  readonly id?: string;
  /** ISO 3166-2, such as `TH-54`. */
  readonly province?: string;
  readonly category?: string;
  readonly status?: AwardRow['status'];
  /** Office or name of a grantor. */
  readonly grantor?: string;
  /** Office of a recipient. */
  readonly recipient?: string;
  readonly awardYear?: string;
  readonly fiscalYear?: number;
}

export interface AwardItem {
  readonly awardId: string;
  readonly kind: 'granted' | 'announced';
  readonly status: AwardRow['status'];
  readonly category: string;
  readonly categoryPrinted: string | null;
  readonly grantors: Json;
  /** Null: the source states a number and no names. */
  readonly recipients: Json;
  /** Whether a source that states a number names some of the recipients; null for an award by name. */
  readonly namedRecipients: string | null;
  readonly awardCount: number;
  readonly awardYear: string;
  readonly fiscalYear: number | null;
  readonly level: string | null;
  readonly rank: number | null;
  readonly comparisonSet: string | null;
  readonly oneOf: Json;
  /** With the digits of its source. */
  readonly score: string | null;
  readonly forms: Json;
  readonly announcedOn: string | null;
  readonly validUntil: string | null;
  readonly province: string | null;
  readonly basis: string | null;
  readonly basisAgreement: Json;
  /** The event after which the award rests on what no longer stands; null while all is as it was. */
  readonly basisSuperseded: BasisSuperseded | null;
  readonly asPrinted: string | null;
  readonly partOf: string | null;
  readonly statedTotal: { readonly group: string; readonly count: number } | null;
  readonly correction: { readonly count: number; readonly reason: string } | null;
  readonly revocation: {
    readonly revokedOn: string;
    readonly reason: string;
    readonly basis: string | null;
    readonly eventId: string;
  } | null;
  /** The statement that stands: the first, or the last correction. */
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

/** Collects the parameters of a statement in the order in which its text names them. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** Awards in the order of their ids; `countMax` + 1 rows at the most, to tell whether more follow. */
export async function findAwards(
  manager: EntityManager,
  standpoint: Standpoint,
  filter: AwardsFilter,
  after: string | undefined,
  countMax: number,
): Promise<AwardRow[]> {
  const parameters = new Parameters();
  const place = after === undefined ? undefined : parameters.add(after);
  const awards = awardsAt(standpoint, parameters, place === undefined ? [] : [`known.award_id > ${place}`]);
  const conditions = conditionsOf(filter, parameters);
  if (place !== undefined) conditions.push(`award.award_id > ${place}`);
  const rows = await manager.query<StoredAward[]>(
    `SELECT ${AWARD_SELECTION} FROM ${awards} AS award WHERE ${conditions.join(' AND ')}
     ORDER BY award.award_id LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
  return rows.map(awardRowOf);
}

/**
 * The rows as they are now, or as they were: for the past, every award that existed by then is looked up in the history.
 * @param ofKeys conditions on the key, under the name `known`: what they leave out is not looked up
 */
export function awardsAt(
  { past, position }: Standpoint,
  parameters: Parameters,
  ofKeys: readonly string[] = [],
): string {
  if (!past) return `read_model.${awardTable.name}`;
  const until = parameters.add(position);
  return `(SELECT was.* FROM read_model.${awardTable.name} AS known
    CROSS JOIN LATERAL (SELECT * FROM read_model.${awardTable.history} AS history
      WHERE history.award_id = known.award_id AND history.from_position <= ${until}
      ORDER BY history.from_position DESC LIMIT 1) AS was
    WHERE ${[`known.first_position <= ${until}`, ...ofKeys].join(' AND ')})`;
}

/** What the filter asks of the rows that `awardsAt` gives, under the name `award`. */
export function conditionsOf(filter: AwardsFilter, parameters: Parameters): string[] {
  const equal = (column: string, value: unknown): string[] =>
    value === undefined ? [] : [`award.${column} = ${parameters.add(value)}`];
  const has = (column: string, member: Record<string, string>): string =>
    `award.${column}::jsonb @> ${parameters.add(JSON.stringify([member]))}::jsonb`;
  const { grantor, recipient } = filter;
  return [
    'award.present',
    ...equal('province', filter.province),
    ...equal('award_id', filter.id),
    ...equal('category', filter.category),
    ...equal('status', filter.status),
    ...equal('award_year', filter.awardYear),
    ...equal('fiscal_year', filter.fiscalYear),
    ...(grantor === undefined
      ? []
      : [`(${has('grantors', { officeId: grantor })} OR ${has('grantors', { name: grantor })})`]),
    ...(recipient === undefined ? [] : [has('recipients', { officeId: recipient })]),
  ];
}
