import { DEMONSTRATION_PERSONS, ROLES, type Permission, type RoleName } from '@khamrap/platform/access';
import type { ApiClient } from '../../../libs/testing/service';
import { beginJourney, headOf, type Journey } from '../journey';
import { operationsOf, type OpenApiDocument, type PlacedOperation } from '../openapi/document';
import { formatAllowList, readAllowList, writeAllowList, type AllowList } from './allow-list';
import { canaryOf, PLACE_NAMES, preparePlaces, type Names, type PlaceName } from './places';
import { requestFor } from './requests';

// Every route, every verb, every person, own and other offices, own and other provinces: who is let in is what the allow-list
// says, and independently of it nobody reads or does anything beyond the reach of their grants.

const ANYBODY = 'anybody';
const PERSONS = [ANYBODY, ...DEMONSTRATION_PERSONS.map(({ subject }) => subject)];
/** Where each person has any business, told here a second time: what the service does is held against it. */
const REACH: Readonly<Record<PlaceName, readonly string[]>> = {
  own: [
    'governor-of-phrae',
    'head-of-phrae-cdd',
    'keeper-of-phrae-cdd',
    'supervisor-of-phrae-cdd',
    'performance-unit-of-phrae',
    'inspector-zone-16',
  ],
  'other office': ['governor-of-phrae', 'performance-unit-of-phrae', 'inspector-zone-16'],
  'other province': ['inspector-zone-16'],
  'other zone': ['inspector-zone-5'],
};
const ROLE_OF: Readonly<Record<string, RoleName | undefined>> = {
  'governor-of-phrae': 'governor',
  'head-of-phrae-cdd': 'officeHead',
  'keeper-of-phrae-cdd': 'keeper',
  'supervisor-of-phrae-cdd': 'supervisor',
  'performance-unit-of-phrae': 'performanceUnit',
  'inspector-zone-5': 'inspector',
  'inspector-zone-16': 'inspector',
  recorder: 'recorder',
  dashboard: 'dashboard',
  'nacc-officer': 'naccOfficer',
  administrator: 'administrator',
  'privacy-officer': 'privacyOfficer',
};
const OF_THE_NATION = ['recorder', 'dashboard', 'nacc-officer', 'administrator', 'privacy-officer'];
/** Within a province everybody who has a grant there may know what there is, and is told that it is not theirs. */
const PROVINCE_OF_ALL: readonly PlaceName[] = ['own', 'other office'];

type Outcome = 'let in' | 'not known' | 'forbidden' | 'hidden';

interface Cell {
  readonly operation: PlacedOperation;
  readonly place: PlaceName;
  readonly person: string;
  readonly status: number;
  readonly outcome: Outcome;
  readonly text: string;
}

let journey: Journey;
let operations: readonly PlacedOperation[];
let cells: readonly Cell[];
let headBefore: number;
let headAfter: number;

beforeAll(async () => {
  journey = await beginJourney();
  const places = await preparePlaces(journey);
  const document = (await journey.service.anybody.get<OpenApiDocument>('/openapi.json')).body;
  operations = operationsOf(document).filter(({ path }) => path.startsWith('/v1/'));
  headBefore = await headOf(journey);
  cells = await askAll(document, places);
  headAfter = await headOf(journey);
}, 240_000);

afterAll(async () => {
  await journey?.end();
});

async function askAll(document: OpenApiDocument, places: ReadonlyMap<PlaceName, Names>): Promise<Cell[]> {
  const clients = await Promise.all(
    PERSONS.map(async (person): Promise<[string, ApiClient]> => {
      const client = person === ANYBODY ? journey.service.anybody : await journey.service.as(person);
      return [person, client];
    }),
  );
  const asked: Cell[] = [];
  for (const operation of operations) {
    if (operation.path.endsWith('/stream')) continue;
    for (const place of PLACE_NAMES) {
      const names = places.get(place) as Names;
      asked.push(
        ...(await Promise.all(
          clients.map(async ([person, client]) => {
            const request = requestFor(document, operation, place, names, person);
            const { status, text } = await client.send(request);
            return { operation, place, person, status, outcome: outcomeOf(status), text };
          }),
        )),
      );
    }
  }
  return asked;
}

function outcomeOf(status: number): Outcome {
  switch (status) {
    case 401:
      return 'not known';
    case 403:
      return 'forbidden';
    case 404:
      return 'hidden';
    default:
      return 'let in';
  }
}

function observed(): AllowList {
  const list = new Map<string, Record<PlaceName, string[]>>();
  for (const { operation, place, person, outcome } of cells) {
    const byPlace = list.get(operation.name) ?? { own: [], 'other office': [], 'other province': [], 'other zone': [] };
    if (outcome === 'let in') byPlace[place].push(person);
    list.set(operation.name, byPlace);
  }
  return list;
}

test('who is let in is what the allow-list says, route by route and place by place', () => {
  const text = formatAllowList(observed(), PERSONS);
  if (process.env['UPDATE_MATRIX'] === '1') writeAllowList(text);
  expect(text).toBe(readAllowList());
});

test('nothing that was asked changed anything', () => {
  expect(headAfter).toBe(headBefore);
});

test('every request is understood: what is refused is refused to this person, not for its form', () => {
  const misunderstood = cells.filter(({ status }) => [400, 415, 428].includes(status));
  expect([...new Set(misunderstood.map(({ operation }) => operation.name))]).toEqual([]);
});

test('nobody is answered with a fault of the service', () => {
  expect(
    cells.filter(({ status }) => status >= 500).map(({ operation, person }) => `${operation.name} ${person}`),
  ).toEqual([]);
});

test('no command is let in for somebody beyond the reach of their grants', () => {
  const beyond = cells.filter(
    ({ operation, place, person, outcome }) =>
      outcome === 'let in' &&
      operation.method !== 'GET' &&
      isPlaced(operation) &&
      !OF_THE_NATION.includes(person) &&
      !REACH[place].includes(person),
  );
  expect(beyond.map(({ operation, place, person }) => `${operation.name} at ${place} by ${person}`)).toEqual([]);
});

function leaks(): readonly string[] {
  return cells.flatMap(({ operation, person, text }) =>
    PLACE_NAMES.filter((place) => text.includes(canaryOf(place)) && !mayRead(person, place)).map(
      (place) => `${operation.name} tells ${person} of ${place}`,
    ),
  );
}

function mayRead(person: string, place: PlaceName): boolean {
  return OF_THE_NATION.includes(person) || REACH[place].includes(person);
}

test('what is not published is read by nobody beyond the reach of their grants', () => {
  process.stdout.write(
    `matrix: ${cells.length} cells of ${operations.length} routes and ${PERSONS.length} persons, ${leaks().length} leaks\n`,
  );
  expect(leaks()).toEqual([]);
  const readable = PLACE_NAMES.filter((place) => cells.some(({ text }) => text.includes(canaryOf(place))));
  expect(readable).toEqual(PLACE_NAMES);
});

test('whoever holds no grant is refused wherever a permission is asked for', () => {
  const open = cells.filter(
    ({ operation, person, outcome }) =>
      ((person === ANYBODY && !isOpen(operation)) || (person === 'stranger' && needsPermission(operation))) &&
      outcome === 'let in',
  );
  expect(open.map(({ operation, person }) => `${operation.name} by ${person}`)).toEqual([]);
});

test('a refusal tells no more than its place: 403 within the province, 404 as for nothing beyond it', () => {
  const wrong = cells.filter(({ operation, place, person, outcome, status }) => {
    if (!needsPermission(operation) || !isPlaced(operation) || outcome === 'let in') return false;
    if (person === ANYBODY) return status !== 401;
    if (!holdsAnywhere(operation, person)) return status !== 403;
    // Whether there are bytes of a hash is told to nobody who may not have them; what is begun elsewhere is not there yet.
    if (operation.path.startsWith('/v1/evidence/')) return status !== 404;
    if (!operation.path.includes('{')) return ![403, 404].includes(status);
    // Everybody knows of a round; of a finding that is open, and of a question, those whom it concerns.
    if (operation.path.startsWith('/v1/inspections/'))
      return ![403, ...(operation.path.endsWith('/responses') ? [404] : [])].includes(status);
    if (operation.path.startsWith('/v1/audit/questions/'))
      return status !== (REACH[place].includes(person) || OF_THE_NATION.includes(person) ? 403 : 404);
    const isNear = PROVINCE_OF_ALL.includes(place) ? REACH.own.includes(person) : REACH[place].includes(person);
    return status !== (isNear || OF_THE_NATION.includes(person) ? 403 : 404);
  });
  expect(
    wrong.map(({ operation, place, person, status }) => `${operation.name} at ${place} by ${person}: ${status}`),
  ).toEqual([]);
});

test('verbs that no route has are answered to nobody', async () => {
  const known = new Set(operations.map(({ name }) => name));
  const recorder = await journey.service.as('recorder');
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const address = path.replace(/\{(\w+)\}/g, '0f8fad5b-d9cb-469f-a165-70867728950e');
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (known.has(`${method} ${path}`) || isTemplateOfAnother(method, path)) continue;
      const { status } = await recorder.send({ method, path: address });
      expect([method, path, [404, 405, 415].includes(status)]).toEqual([method, path, true]);
    }
  }
});

function isOpen({ security = [] }: PlacedOperation): boolean {
  return security.some((scheme) => Object.keys(scheme).length === 0);
}

function needsPermission(operation: PlacedOperation): boolean {
  return (operation['x-permissions'] ?? []).length > 0;
}

function holdsAnywhere(operation: PlacedOperation, person: string): boolean {
  const role = ROLE_OF[person];
  const permissions: readonly Permission[] = role === undefined ? [] : ROLES[role];
  return (operation['x-permissions'] ?? []).some((permission) => permissions.includes(permission as Permission));
}

/** Whether what the operation is about stands somewhere, and is not of the whole nation. */
function isPlaced({ method, path }: PlacedOperation): boolean {
  if (
    /^\/v1\/(?:schemes|zones|source-documents|personal-data|persons|role-grants|provinces|standings)/.test(path) ||
    /^\/v1\/audit\/(?:access-log|queries|question-rules)/.test(path)
  )
    return false;
  return method === 'POST' || (method === 'GET' && path.includes('{'));
}

/** `/v1/awards/tallies` is answered where `/v1/awards/{awardId}` is asked for, and the other way round. */
function isTemplateOfAnother(method: string, path: string): boolean {
  const address = path.split('/');
  return operations.some(({ name }) => {
    const [verb, template = ''] = name.split(' ');
    const parts = template.split('/');
    return (
      verb === method &&
      parts.length === address.length &&
      parts.every((part, index) => part.startsWith('{') || part === address[index])
    );
  });
}
