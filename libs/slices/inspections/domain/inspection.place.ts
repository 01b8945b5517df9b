import type { Finding, InspectionRound } from './inspection.events';
import type { OpenedRound } from './inspection.state';
import { inspectedProvinces } from './round.decide';

/** Where something stands that was found: whoever reaches one of the provinces or offices may be told of it. */
export interface FindingPlace {
  readonly provinces: readonly string[];
  readonly officeIds: readonly string[];
}

/** Where a finding stands; one that names no province stands in all that the round inspects. */
export function placeOfFinding({ provinces, officeIds }: Finding, round: InspectionRound): FindingPlace {
  return { provinces: provinces.length === 0 ? inspectedProvinces(round) : provinces, officeIds };
}

/** Where a recommendation stands: with its finding, and at the office that it is addressed to. */
export function placeOfRecommendation(
  { findingId, officeId }: { readonly findingId?: string | undefined; readonly officeId?: string | undefined },
  { findings, round }: Pick<OpenedRound, 'findings' | 'round'>,
): FindingPlace {
  const known = findingId === undefined ? undefined : findings.get(findingId);
  const { provinces, officeIds } = known
    ? placeOfFinding(known.finding, round)
    : { provinces: inspectedProvinces(round), officeIds: [] };
  return { provinces, officeIds: [...new Set([...officeIds, ...(officeId === undefined ? [] : [officeId])])] };
}
