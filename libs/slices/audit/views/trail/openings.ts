import type { Permission } from '@khamrap/platform/access';
import type { AnyRules } from '../../publication/publication';
import type { Opening } from '../../publication/publication-rule';

/** Who may have events that are not published, in the one form by which rows say it. */
export interface NamedOpening {
  readonly name: string;
  /** All of these are asked for. */
  readonly permissions: readonly Permission[];
  /** Only where the sight of each of them is that of the nation. */
  readonly nationOnly: boolean;
  /** Only where the sight of each of them has all provinces of the stream in it. */
  readonly wholeOnly: boolean;
}

const AUDIT: readonly Permission[] = ['audit.read'];
/** Of an event that no rule speaks of: `PublicationOfEvents` says the same. */
const UNRULED: Opening = { nationOnly: true };

export function namedOpening(opening: Omit<Opening, 'privateValues'>): NamedOpening {
  const sorted = [...new Set<Permission>(opening.permissions ?? AUDIT)].sort();
  const nationOnly = opening.nationOnly === true;
  const wholeOnly = opening.wholeOnly === true;
  const name = `${sorted.join('+')}${nationOnly ? '!' : ''}${wholeOnly ? '*' : ''}`;
  return { name, permissions: sorted, nationOnly, wholeOnly };
}

/** The opening of nearly all events; rows leave it out. */
export const USUAL = namedOpening({});

/** The opening of a type by its rule. */
export function openingOf(rules: AnyRules, type: string): NamedOpening {
  return namedOpening((Object.hasOwn(rules, type) && rules[type]) || UNRULED);
}

/** Every opening that rules know, the usual one first. */
export function openingsOf(rules: AnyRules): readonly NamedOpening[] {
  const found = new Map([USUAL, namedOpening(UNRULED)].map((opening) => [opening.name, opening]));
  for (const type of Object.keys(rules)) {
    const opening = openingOf(rules, type);
    found.set(opening.name, opening);
  }
  return [...found.values()];
}

/** Every permission that opens something. */
export function permissionsOf(openings: readonly NamedOpening[]): readonly Permission[] {
  return [...new Set(openings.flatMap(({ permissions }) => permissions))].sort();
}
