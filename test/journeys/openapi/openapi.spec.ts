import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DEMONSTRATION_PERSONS, PERMISSIONS } from '@khamrap/platform/access';
import { writeOpenApiDocument } from '@khamrap/platform/http';
import type { ApiClient } from '../../../libs/testing/service';
import type { Problem } from '../answers';
import { permissionsOf } from '../grants/permissions-of';
import { prepareSituation, type Situation } from '../hostile/situation';
import { beginJourney, type Journey } from '../journey';
import { addressOf } from './addresses';
import {
  bodySchemaOf,
  exampleOf,
  operationsOf,
  referencesIn,
  type OpenApiDocument,
  type Operation,
  type PlacedOperation,
} from './document';
import { routeTable } from './route-table';
import { routesOf } from './routes';

const ROOT = path.resolve(__dirname, '../../..');
const COMMITTED = path.join(ROOT, 'apps/api/openapi.json');
const ROUTES = path.join(__dirname, '../routes.txt');
const ROUTE_TABLE = path.join(ROOT, 'apps/api/routes.md');

let journey: Journey;
let document: OpenApiDocument;
let operations: readonly PlacedOperation[];
let situation: Situation;
/** Somebody with a good token, who holds no grant. */
let stranger: ApiClient;

beforeAll(async () => {
  journey = await beginJourney();
  if (process.env['UPDATE_OPENAPI'] === '1') {
    writeOpenApiDocument(journey.service.service.app, COMMITTED);
    execFileSync(process.execPath, [path.join(ROOT, 'node_modules/prettier/bin/prettier.cjs'), '--write', COMMITTED]);
  }
  document = (await journey.service.anybody.get<OpenApiDocument>('/openapi.json')).body;
  operations = operationsOf(document);
  if (process.env['UPDATE_OPENAPI'] === '1') fs.writeFileSync(ROUTE_TABLE, routeTable(operations));
  situation = await prepareSituation(journey);
  stranger = await journey.service.as('stranger');
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

const SECURITY_OF: Readonly<Record<string, readonly object[]>> = {
  public: [{}],
  published: [{}, { bearer: [] }],
};

/** Who may call an operation, in the words of routes.txt. */
function accessOf(operation: Operation): string {
  const beyond = operation['x-permission-beyond-published'];
  if (beyond !== undefined) return `published:${beyond}`;
  const permissions = operation['x-permissions'];
  if (permissions === undefined) return 'public';
  return permissions.length === 0 ? 'signed-in' : permissions.join(',');
}

describe('the committed description', () => {
  test('is what the running service says of itself (UPDATE_OPENAPI=1 writes it anew)', () => {
    expect(document).toEqual(JSON.parse(fs.readFileSync(COMMITTED, 'utf8')));
    expect(fs.readFileSync(ROUTE_TABLE, 'utf8')).toBe(routeTable(operations));
  });
});

describe('the document', () => {
  test('is OpenAPI 3.1, whole in itself', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    for (const text of [document.info.title, document.info.version]) expect(text).not.toBe('');
    const targets = new Set(referencesIn(document));
    const dangling = [...targets].filter((reference) => found(document, reference) === undefined);
    expect(dangling).toEqual([]);
    const unused = Object.keys(document.components.schemas).filter(
      (name) => !targets.has(`#/components/schemas/${name}`),
    );
    expect(unused).toEqual([]);
  });

  test('names every parameter of a path, and each parameter once', () => {
    for (const { name, path: address, parameters = [] } of operations) {
      const inTemplate = [...address.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
      const inPath = parameters.filter((each) => each.in === 'path').map((each) => each.name);
      expect([name, inPath.toSorted()]).toEqual([name, inTemplate.toSorted()]);
      const keys = parameters.map((each) => `${each.in} ${each.name}`);
      expect([name, keys]).toEqual([name, [...new Set(keys)]]);
      expect(parameters.filter(({ schema }) => schema === undefined)).toEqual([]);
    }
  });

  test('says what every operation is for, who may ask for it, and how it refuses', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations) {
      const { name, summary = '', tags = [], security = [], responses } = operation;
      const permissions = operation['x-permissions'] ?? [];
      expect([name, summary.trim() !== '', tags.length]).toEqual([name, true, 1]);
      expect([name, security]).toEqual([name, SECURITY_OF[accessOf(operation).replace(/:.*/, '')] ?? [{ bearer: [] }]]);
      expect([name, permissions.filter((each) => !Object.hasOwn(PERMISSIONS, each))]).toEqual([name, []]);
      expect([name, responses['default']]).toEqual([name, { $ref: '#/components/responses/Problem' }]);
      expect([name, Object.keys(responses).some((status) => /^[23]/.test(status))]).toEqual([name, true]);
    }
    expect(document.components.securitySchemes['bearer']).toBeDefined();
  });

  test('describes its schemas by types that JSON has', () => {
    const types = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      Object.entries(schema.properties ?? {}).map(([field, { type, $ref, allOf, oneOf, ...described }]) => ({
        field: `${name}.${field}`,
        // A text that the compiler took for an object has neither fields nor a reference.
        isDescribed:
          $ref !== undefined ||
          allOf !== undefined ||
          oneOf !== undefined ||
          described.properties !== undefined ||
          described.additionalProperties !== undefined ||
          type !== 'object',
      })),
    );
    expect(types.filter(({ isDescribed, field }) => !isDescribed && field !== 'HealthAnswerBody.checks')).toEqual([]);
  });

  test('gives an example of every command that the service itself understands', async () => {
    const commands = operations.filter(({ method, path: address }) => method === 'POST' && address.startsWith('/v1/'));
    expect(commands.length).toBeGreaterThan(50);
    const recorder = await journey.service.as('recorder');
    for (const operation of commands) {
      const schema = bodySchemaOf(document, operation);
      const example = schema && exampleOf(document, schema, operation.name);
      const { status, text } = await recorder.post<Problem>(
        addressOf(operation.path, situation, situation.followed),
        example,
      );
      // What an example says may be refused by the rules, where it was made for another agreement; never for its form.
      expect({ name: operation.name, status, text }).toEqual({
        name: operation.name,
        status: status >= 500 || [400, 415].includes(status) ? 0 : status,
        text,
      });
    }
  });
});

describe('routes', () => {
  interface Listed {
    readonly route: string;
    readonly access: string;
  }

  const listed: readonly Listed[] = fs
    .readFileSync(ROUTES, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^(?<route>[A-Z]+ +\S+) +(?<access>\S+)$/.exec(line)?.groups ?? { route: line, access: '' })
    .map(({ route = '', access = '' }) => ({ route: route.replace(/ +/, ' '), access }));

  test('are those of test/journeys/routes.txt, no more and no fewer', () => {
    expect(routesOf(journey.service.service.app)).toEqual(listed.map(({ route }) => route).toSorted());
  });

  test('are in the document, with the permission that the list names', () => {
    const described = operations.map(({ name, ...operation }) => [
      name.replace(/\{(\w+)\}/g, ':$1'),
      accessOf(operation),
    ]);
    const ofDocumentation = ({ route }: Listed): boolean =>
      /^\w+ \/(?:docs|openapi\.json|issuer|log\/tile|verify)/.test(route);
    const expected = listed.filter((each) => !ofDocumentation(each)).map(({ route, access }) => [route, access]);
    expect(new Set(described)).toEqual(new Set(expected));
  });

  test.each(listed)('$route lets in $access and nobody else', async ({ route, access }) => {
    const [method = '', template = ''] = route.split(' ');
    const address = addressOf(template, situation, situation.followed);
    // A stream has no end; its head says as much.
    const request = { method: address.endsWith('/stream') ? 'HEAD' : method, path: address };
    const { status } = await journey.service.anybody.send(request);
    if (access === 'public' || access.startsWith('published:')) {
      expect(status).not.toBe(401);
      return;
    }
    expect(status).toBe(401);
    if (access === 'signed-in') {
      expect((await stranger.send(request)).status).not.toBe(403);
      return;
    }
    const sufficient = new Set(access.split(','));
    const outsider = DEMONSTRATION_PERSONS.find(({ subject }) =>
      [...permissionsOf(subject)].every((permission) => !sufficient.has(permission)),
    );
    const clients = [stranger, ...(outsider ? [await journey.service.as(outsider.subject)] : [])];
    for (const client of clients) expect((await client.send(request)).status).toBe(403);
  });
});

function found(root: unknown, reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root);
}
