import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { eventually } from '@khamrap/testing';
import type { AnyBody, ApiClient, RawRequest } from '../../../libs/testing/service';
import { prepareSituation, type Situation } from '../hostile/situation';
import { beginJourney, headOf, type Journey } from '../journey';
import { describedBy, hostileText, hostileValue, nearly } from './arbitrary';
import { bodySchemaOf, operationsOf, type OpenApiDocument, type Parameter, type PlacedOperation } from './document';

// Requests made from what the service says of itself: as described, nearly so, and anything else. Whatever comes, it is
// answered without an internal error, and what is refused leaves no trace.

const RUN_COUNT = 500;

let journey: Journey;
let situation: Situation;
let clients: readonly ApiClient[];
let requests: fc.Arbitrary<RawRequest>;

beforeAll(async () => {
  journey = await beginJourney();
  situation = await prepareSituation(journey);
  clients = await Promise.all(
    ['recorder', 'recorder', 'recorder', 'governor-of-phrae'].map((subject) => journey.service.as(subject)),
  );
  const { body: document } = await journey.service.anybody.get<OpenApiDocument>('/openapi.json');
  // A stream never ends by itself; what it refuses is in hostile-addresses.ts.
  const operations = operationsOf(document).filter(({ path }) => !path.endsWith('/stream'));
  requests = fc.oneof(
    ...operations.map((operation) => ({
      arbitrary: requestOf(document, operation),
      weight: isCommand(operation) ? 10 : 1,
    })),
  );
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

test('no request brings the service down, and no refused one changes anything', async () => {
  const counts = { commandsAccepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(requests, fc.nat(), async (request, choice) => {
      const headBefore = await headOf(journey);
      const client = clients[choice % clients.length] as ApiClient;
      const { status, headers, text } = await client.send<AnyBody>(request);
      expect({ status, text }).toEqual({ status: status < 500 ? status : 'below 500', text });
      if (status < 400) {
        counts.commandsAccepted += request.path.startsWith('/v1/') && request.method === 'POST' ? 1 : 0;
        return;
      }
      counts.refused += 1;
      expect(headers['content-type']).toBe('application/problem+json');
      expect(await headOf(journey)).toBe(headBefore);
    }),
    { numRuns: RUN_COUNT, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
  );
  // If all of it were refused, or none, this would prove little.
  expect(Math.min(counts.commandsAccepted, counts.refused)).toBeGreaterThan(RUN_COUNT / 100);

  // And whatever was accepted can be folded by everybody who reads it.
  const head = await headOf(journey);
  const health = await eventually('the read models', async () => {
    const read = (await journey.service.service.infrastructure.projections.health()).map(({ position, error }) => ({
      position,
      error,
    }));
    return read.every(({ position, error }) => position === head || error !== null) ? read : undefined;
  });
  for (const each of health) expect(each).toEqual({ position: head, error: null });
}, 120_000);

function isCommand({ method, path }: PlacedOperation): boolean {
  return method === 'POST' && path.startsWith('/v1/');
}

function requestOf(document: OpenApiDocument, operation: PlacedOperation): fc.Arbitrary<RawRequest> {
  const schema = bodySchemaOf(document, operation);
  const described = schema && describedBy(document, schema);
  const body: fc.Arbitrary<unknown> = described
    ? fc.oneof(
        { arbitrary: described, weight: 4 },
        { arbitrary: nearly(described), weight: 5 },
        { arbitrary: hostileValue, weight: 1 },
      )
    : fc.constant(undefined);
  return fc.tuple(addressOf(document, operation), queryOf(document, operation), body).map(([path, query, value]) => ({
    method: operation.method,
    path: `${path}${query}`,
    headers: {
      'idempotency-key': randomUUID(),
      ...(value !== undefined && { 'content-type': 'application/json' }),
    },
    ...(value !== undefined && { body: JSON.stringify(value) }),
  }));
}

/** Most of the time things that there are, so that requests get beyond the door. */
function addressOf(_document: OpenApiDocument, { path }: PlacedOperation): fc.Arbitrary<string> {
  const ofSituation = (indicator: string): string => {
    const [, agreementId = '', indicatorId = ''] = /agreements\/([^/]+)\/indicators\/([^/]+)/.exec(indicator) ?? [];
    return path.replace('{agreementId}', agreementId).replace('{indicatorId}', indicatorId);
  };
  const { own, followed } = situation;
  const known = fc.constantFrom(ofSituation(own.indicator), ofSituation(followed.indicator));
  const anything = fc.oneof(fc.uuid(), hostileText).map((text) => path.replace(/\{\w+\}/g, encoded(text)));
  return fc.oneof({ arbitrary: known, weight: 9 }, { arbitrary: anything, weight: 1 });
}

function queryOf(document: OpenApiDocument, { parameters = [] }: PlacedOperation): fc.Arbitrary<string> {
  const named = parameters.filter((parameter) => parameter.in === 'query');
  if (named.length === 0) return fc.constant('');
  const pair = fc
    .constantFrom(...named)
    .chain((parameter) => valueOf(document, parameter).map((value) => `${parameter.name}=${encoded(value)}`));
  return fc.array(pair, { maxLength: 3 }).map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`));
}

function valueOf(document: OpenApiDocument, { name, schema = {} }: Parameter): fc.Arbitrary<string> {
  // Waiting for what will not come is answered with 503, after a while: that is as it should be, and not looked for here.
  const isToWaitFor = (text: string): boolean => /^(?:minPosition|after)$/.test(name) && Number(text) > 0;
  return fc
    .oneof(describedBy(document, schema).map(String), hostileText)
    .map((text) => (isToWaitFor(text) ? '0' : text));
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
