/** A read that tells of the ledger: what of its times it can be asked for. */
export interface Read {
  /** The query without which it is not answered, or told of what is too much. */
  readonly query?: string;
  /** Who asks where the public may not. */
  readonly reader?: 'inspector-zone-5' | 'administrator';
  /** Why it cannot be asked what the public could know; it can where this is absent. */
  readonly neverPublished?: string;
  /** The day of the ledger's own matters for which it tells. */
  readonly takesDay?: 'effectiveOn' | 'onDate';
  /** What of an answer of the past may be another one later, and why; nothing where this is absent. */
  readonly notForEver?: string;
}

const OF_ROLES = 'Who may do what in this ledger is told to those who see roles, and never published.';
const ROLES_OF_TODAY = 'With `permission`: roles are found by what they allow in the program as it is.';
const SCOPE = 'fiscalYear=2565&round=6m&scheme=phrae-test';

/** Every read that tells of the ledger, by its route. All of them take `asOf` and `asOfPosition`, and state their position. */
export const READS: Readonly<Record<string, Read>> = {
  '/v1/agreements': { query: 'province=TH-54', takesDay: 'effectiveOn' },
  '/v1/agreements/:agreementId': {
    notForEver: 'What is private in it is opened from the vault, which erases what the log decides.',
  },
  '/v1/awards': {},
  '/v1/awards/:awardId': {},
  '/v1/awards/tallies': { query: 'by=category' },
  '/v1/goal-sets': {},
  '/v1/goal-sets/:goalSetId': {},
  '/v1/offices': { takesDay: 'effectiveOn' },
  '/v1/offices/:officeId': { takesDay: 'effectiveOn' },
  '/v1/provinces': {},
  '/v1/role-grants': {
    reader: 'administrator',
    neverPublished: OF_ROLES,
    takesDay: 'effectiveOn',
    notForEver: ROLES_OF_TODAY,
  },
  '/v1/role-grants/mine': {
    reader: 'administrator',
    neverPublished: OF_ROLES,
    takesDay: 'effectiveOn',
    notForEver: ROLES_OF_TODAY,
  },
  '/v1/schemes': {},
  '/v1/schemes/:schemeId': {},
  '/v1/source-documents': {},
  '/v1/source-documents/:sha256': {
    notForEver: '`file` tells of the bytes as they are kept now: their coming is no event.',
  },
  '/v1/source-documents/:sha256/facts': {},
  '/v1/standings': { query: 'province=TH-54', takesDay: 'effectiveOn' },
  '/v1/standings/due': {
    query: 'province=TH-54',
    reader: 'inspector-zone-5',
    neverPublished: 'What is still to be done is told to those whose business it is: nothing of it is published.',
    takesDay: 'onDate',
  },
  '/v1/standings/league': { query: `${SCOPE}&by=agreement` },
  '/v1/standings/roll-ups': { query: 'fiscalYear=2565&by=province' },
  '/v1/zones': { takesDay: 'effectiveOn' },
};

/** Routes that answer for no moment of the ledger, and why; `*` stands for whatever follows. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  '/docs*': 'It describes the program.',
  '/openapi.json': 'It describes the program.',
  '/problems*': 'It describes the program.',
  '/verify*': 'It is a page of the program.',
  '/health/*': 'It tells how the processes are now.',
  '/issuer/*': 'Signing in is no matter of the ledger.',
  '/session*': 'Sessions are kept beside the ledger, and forgotten.',
  '/log/*': 'The log is named by its size: what it was at a size never changes.',
  '/v1/audit/bundles/*': 'What is taken away says by itself which log it was taken from, and proves it.',
  '/v1/audit/disclosures*': 'A disclosure is of one event, at its position, with the event by which it was published.',
  '/v1/audit/queries*': 'What people keep under a name is no matter of the ledger.',
  '/v1/audit/agreements/:agreementId/diff': 'It tells what changed between two moments, and is asked for both.',
  '/v1/audit/offices/:officeId/diff': 'As of agreements.',
  '/v1/audit/provinces/:province/diff': 'As of agreements.',
  '/v1/audit/receipts/:eventId': 'A receipt is of one event, for ever.',
  '/v1/audit/access-log*':
    'Who read what is kept outside the ledger: what is told of it is a row for each read, with its time.',
  '/v1/evidence/:sha256': 'Bytes are named by what they are, and kept beside the ledger.',
  '/v1/personal-data*':
    'It is between a person and who looks after personal data; requests take the past, and are never published.',
  '/v1/standings/stream': 'It tells what changes from a position on; each event has its own.',
};

/** Why a route answers for no moment of the ledger; undefined where it does. */
export function whyOutside(route: string): string | undefined {
  const found = Object.entries(OUTSIDE).find(([pattern]) =>
    pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern,
  );
  return found?.[1];
}
