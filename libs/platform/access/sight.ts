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
      readonly offices: readonly string[];
      readonly indicators: readonly string[];
    };

/** Nothing but what is published: the sight of whoever asks without a token. */
export const PUBLIC_SIGHT: Sight = { kind: 'within', provinces: [], offices: [], indicators: [] };

/** Sees everything: for what the service computes itself and does not hand on as it is. */
export const FULL_SIGHT: Sight = { kind: 'all' };

/** How far a permission lets somebody see. */
export function sightOf(requester: Requester | undefined, permission: Permission): Sight {
  const provinces = new Set<string>();
  const offices = new Set<string>();
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
        for (const office of [scope.office, ...(scope.below?.keys() ?? [])]) offices.add(office);
        break;
      case 'indicator':
        indicators.add(scope.indicator);
        break;
    }
  }
  return { kind: 'within', provinces: [...provinces], offices: [...offices], indicators: [...indicators] };
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
    place.offices.some((office) => sight.offices.includes(office)) ||
    (place.indicators ?? []).some((indicator) => sight.indicators.includes(indicator))
  );
}
