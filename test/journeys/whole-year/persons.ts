/** Who takes part in the year, by what they are to the agreement. */
export const PERSONS = {
  governor: 'governor-of-phrae',
  head: 'head-of-phrae-cdd',
  keeper: 'keeper-of-phrae-cdd',
  supervisor: 'supervisor-of-phrae-cdd',
  unit: 'performance-unit-of-phrae',
  inspector: 'inspector-zone-16',
  recorder: 'recorder',
  dashboard: 'dashboard',
} as const;

export type Person = keyof typeof PERSONS;
