import type { Row } from './folded-agreement';
import { CLOSED_COLUMNS, FIGURE_COLUMNS, NOT_THERE, ROUND_COLUMNS, TARGET_COLUMNS } from './published-columns';
import { COUNT_COLUMNS } from './standings.tables';

type Told = Readonly<Record<string, unknown>>;

/** What of a row is told in public, as `published` keeps it: what is null is not mentioned. */
export function toldOf(row: Row, columns: readonly string[]): string {
  const told: Row = {};
  for (const name of columns) {
    const stated = row[name] ?? null;
    if (stated !== null) told[name] = stated;
  }
  return JSON.stringify(told);
}

/** The status that the public sees; undefined where it sees no such row. */
export function publicStatusOf(row: Row): string | undefined {
  const published = row['published'] as string | null;
  if (published === null) return row['status'] as string;
  return isThere(row) ? ((JSON.parse(published) as Told)['status'] as string) : undefined;
}

/** Which columns of a table `published` tells where it is not null, and which are public whatever it says. */
interface CutColumns {
  readonly told: readonly string[];
  readonly open: readonly string[];
}
const OF_STANDING: CutColumns = {
  told: [...FIGURE_COLUMNS, ...CLOSED_COLUMNS],
  open: ['round', ...TARGET_COLUMNS],
};
const OF_ROUND: CutColumns = {
  told: [...ROUND_COLUMNS, ...COUNT_COLUMNS.map(([, column]) => column)],
  open: ['period', 'is_closed', 'closed_revision', 'closed_on', 'announced_score', 'announced_band', 'announced_on'],
};

/** Whether the public sees a difference between what a standing was and what it is; undefined where there is none. */
export function isNewsOfStanding(before: Row | undefined, after: Row | undefined): boolean {
  return isNews(before, after, OF_STANDING);
}

/** Whether the public sees a difference between what an agreement came to in a round and what it comes to. */
export function isNewsOfRound(before: Row | undefined, after: Row): boolean {
  return isNews(before, after, OF_ROUND);
}

function isNews(before: Row | undefined, after: Row | undefined, { told, open }: CutColumns): boolean {
  if (!isThere(before) || !isThere(after)) return isThere(before) !== isThere(after);
  const isToldAlike = before['published'] === after['published'] && after['published'] !== null;
  const [was, is] = [inPublic(before, told), inPublic(after, told)];
  return (isToldAlike ? open : [...open, ...told]).some((name) => !isAlike(was(name), is(name)));
}

function isThere(row: Row | undefined): row is Row {
  return row !== undefined && row['published'] !== NOT_THERE;
}

function inPublic(row: Row, columns: readonly string[]): (name: string) => unknown {
  const published = row['published'] as string | null;
  if (published === null) return (name) => row[name];
  const told = JSON.parse(published) as Told;
  return (name) => (name in told || columns.includes(name) ? told[name] : row[name]);
}

// What is not mentioned is told as null, as false or as zero.
function isAlike(one: unknown, other: unknown): boolean {
  return one === other || (isNothing(one) && isNothing(other));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === 0;
}
