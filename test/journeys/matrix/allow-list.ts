import * as fs from 'node:fs';
import * as path from 'node:path';
import { PLACE_NAMES, type PlaceName } from './places';

/** Who is let in, by operation and place. */
export type AllowList = ReadonlyMap<string, Readonly<Record<PlaceName, readonly string[]>>>;

const FILE = path.join(__dirname, 'allow-list.txt');
const EVERYBODY = 'everybody';
const NOBODY_AT_ALL = '-';

const HEAD = `# Who is let in: every route, and where what it is about stands, seen from the development office of Phrae.
# Persons are those of the demonstration; \`${EVERYBODY}\` needs no token. Whoever is not named is refused: without a token
# with 401, by a route or within reach of the province with 403, beyond it as if there were nothing with 404.
# A new route, person or place is added here by hand (UPDATE_MATRIX=1 writes what the service does, to be read line by line).
`;

/** As \`persons\` orders them, or everybody. */
function told(persons: readonly string[], all: readonly string[]): string {
  if (persons.length === all.length) return EVERYBODY;
  return persons.length === 0 ? NOBODY_AT_ALL : persons.join(' ');
}

export function formatAllowList(list: AllowList, all: readonly string[]): string {
  const sections = [...list].map(([operation, byPlace]) => {
    const rows = PLACE_NAMES.map((place) => [place, told(byPlace[place], all)] as const);
    const [[, first] = ['', '']] = rows;
    if (rows.every(([, persons]) => persons === first)) return `${operation}\n    anywhere        ${first}\n`;
    return `${operation}\n${rows.map(([place, persons]) => `    ${place.padEnd(15)} ${persons}\n`).join('')}`;
  });
  return `${HEAD}\n${sections.join('\n')}`;
}

export function readAllowList(): string {
  return fs.existsSync(FILE) ? fs.readFileSync(FILE, 'utf8') : '';
}

export function writeAllowList(text: string): void {
  fs.writeFileSync(FILE, text);
}
