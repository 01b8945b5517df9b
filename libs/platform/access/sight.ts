import type { GrantReader } from './grant';
import type { Permission } from './permissions';
import type { Requester } from './requester';

/**
 * How far somebody sees what is not published. What is published everybody sees. Told to the database with each question,
 * which holds rows back by itself (`libs/platform/projections`): whatever a statement asks for, no more is answered.
 */
export type Sight =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'within';
      /** ISO 3166-2, such as `TH-54`. */
      readonly provinces: readonly string[];
      readonly offices: readonly OfficeInSight[];
      readonly indicators: readonly string[];
    };

/**
 * An office as far as somebody sees what concerns it. One that stands in a province is seen there and where no province is
 * stated: whoever names an office in another province may mean one that was never registered, and its code can be claimed.
 */
export interface OfficeInSight {
  readonly office: string;
  /** Absent for an office that stands in no province, such as a department. */
  readonly province?: string;
}

/** Nothing but what is published: the sight of whoever asks without a token. */
export const PUBLIC_SIGHT: Sight = { kind: 'within', provinces: [], offices: [], indicators: [] };

/** Sees everything: for what the service computes itself and does not hand on as it is. */
export const FULL_SIGHT: Sight = { kind: 'all' };

/** How far a permission lets somebody see. */
export function sightOf(requester: Requester | undefined, permission: Permission): Sight {
  const provinces = new Set<string>();
  const offices = new Map<string, OfficeInSight>();
  const indicators = new Set<string>();
  for (const { permissions, scope } of requester?.grants ?? []) {
    if (!permissions.has(permission)) continue;
    switch (scope.kind) {
      case 'nation':
        return FULL_SIGHT;
      case 'province':
        provinces.add(scope.province);
        break;
      case 'zone':
        for (const province of scope.provinces) provinces.add(province);
        break;
      case 'office':
        for (const [office, province] of [[scope.office, scope.province] as const, ...(scope.below ?? [])])
          offices.set(`${province}@${office}`, { office, ...(province !== undefined && { province }) });
        break;
      case 'indicator':
        indicators.add(scope.indicator);
        break;
    }
  }
  return { kind: 'within', provinces: [...provinces], offices: [...offices.values()], indicators: [...indicators] };
}

/** Somebody with the grants that they hold now: what they were asked with may have ended while they waited. */
export async function requesterNow(grantReader: GrantReader, requester: Requester): Promise<Requester> {
  const { issuer, subject, actor } = requester;
  return { ...requester, grants: await grantReader.grantsOf({ issuer, subject, pseudonym: actor.id }) };
}

/** How far a permission lets somebody see at the moment at which the answer is asked for. */
export function sightNow(
  grantReader: GrantReader,
  requester: Requester | undefined,
  permission: Permission,
): () => Promise<Sight> {
  return async () =>
    requester === undefined ? PUBLIC_SIGHT : sightOf(await requesterNow(grantReader, requester), permission);
}

/** Whether a sight reaches something that is not published. */
export function sees(
  sight: Sight,
  place: {
    readonly province?: string | null;
    readonly offices: readonly string[];
    readonly indicators?: readonly string[];
  },
): boolean {
  if (sight.kind === 'all') return true;
  return (
    (typeof place.province === 'string' && sight.provinces.includes(place.province)) ||
    sight.offices.some(
      ({ office, province }) =>
        place.offices.includes(office) && (province === undefined || (place.province ?? province) === province),
    ) ||
    (place.indicators ?? []).some((indicator) => sight.indicators.includes(indicator))
  );
}
