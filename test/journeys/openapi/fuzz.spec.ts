import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DEMONSTRATION_PERSONS } from '@khamrap/platform/access';
import { eventually } from '@khamrap/testing';
import type { AnyBody, RawRequest } from '../../../libs/testing/service';
import { permissionsOf } from '../grants/permissions-of';
import { EVIDENCE, prepareSituation, type Situation } from '../hostile/situation';
import { beginJourney, headOf, type Journey } from '../journey';
import { addressOf } from './addresses';
import { describedBy, hostileText, hostileValue, nearly } from './arbitrary';
import { bodySchemaOf, operationsOf, type OpenApiDocument, type Parameter, type PlacedOperation } from './document';

// Requests made from what the service says of itself: as described, nearly so, and anything else. Whatever comes, it is
// answered without an internal error, and what is refused leaves no trace.

const RUN_COUNT = 2_000;

/** A request, and the person who sends it. */
interface SentRequest extends RawRequest {
  readonly as: string;
}

let journey: Journey;
let situation: Situation;
let requests: fc.Arbitrary<SentRequest>;

beforeAll(async () => {
  journey = await beginJourney();
  situation = await prepareSituation(journey);
  const { body: document } = await journey.service.anybody.get<OpenApiDocument>('/openapi.json');
  // A stream never ends by itself; what it refuses is in hostile-addresses.ts.
  const operations = operationsOf(document).filter(({ path }) => !path.endsWith('/stream'));
  requests = fc.oneof(
    ...operations.map((operation) => ({
      arbitrary: requestOf(document, operation),
      weight: weightOf(operation),
    })),
  );
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

test('no request brings the service down, and no refused one changes anything', async () => {
  const counts = { commandsAccepted: 0, refused: 0 };
  // Nobody else writes: where the log has ended stays known until something is accepted.
  let headBefore = await headOf(journey);
  await fc.assert(
    fc.asyncProperty(requests, async ({ as, ...request }) => {
      const client = await journey.service.as(as);
      const { status, headers, text } = await client.send<AnyBody>(request);
      expect({ status, text }).toEqual({ status: status < 500 ? status : 'below 500', text });
      if (status < 400) {
        headBefore = await headOf(journey);
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

/** What ends something stops all that could be tried on it, so it comes seldom. */
function weightOf({ method, path }: PlacedOperation): number {
  const isEnding = /\/(?:dissolution|erasure|revocation|withdrawal|end)$/.test(path);
  return method !== 'POST' || !path.startsWith('/v1/') || isEnding ? 1 : 8;
}

function requestOf(document: OpenApiDocument, operation: PlacedOperation): fc.Arbitrary<SentRequest> {
  return fc
    .tuple(anyAddressOf(operation), queryOf(document, operation), bodyOf(document, operation), senderOf(operation))
    .map(([path, query, { type, body }, as]) => ({
      as,
      method: operation.method,
      path: `${path}${query}`,
      headers: { 'idempotency-key': randomUUID(), ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    }));
}

function bodyOf(
  document: OpenApiDocument,
  operation: PlacedOperation,
): fc.Arbitrary<{ readonly type: string; readonly body?: string }> {
  if (operation.requestBody?.content['application/octet-stream']) {
    const type = 'application/octet-stream';
    return fc.oneof(fc.constant(EVIDENCE), fc.string()).map((body) => ({ type, body }));
  }
  const type = 'application/json';
  const schema = bodySchemaOf(document, operation);
  if (!schema) return fc.constant({ type });
  const described = describedBy(document, schema);
  return fc
    .oneof(
      { arbitrary: described, weight: 6 },
      { arbitrary: nearly(described), weight: 3 },
      { arbitrary: hostileValue, weight: 1 },
    )
    .map((body) => ({ type, body: JSON.stringify(body) }));
}

/** Mostly somebody who may, so that requests get beyond the guard. */
function senderOf(operation: PlacedOperation): fc.Arbitrary<string> {
  const needed = new Set(operation['x-permissions']);
  const everybody = DEMONSTRATION_PERSONS.map(({ subject }) => subject);
  const entitled = everybody.filter((subject) =>
    [...permissionsOf(subject)].some((permission) => needed.has(permission)),
  );
  if (entitled.length === 0) return fc.constantFrom(...everybody);
  return fc.oneof(
    { arbitrary: fc.constantFrom(...entitled), weight: 19 },
    { arbitrary: fc.constantFrom(...everybody), weight: 1 },
  );
}

/** Most of the time things that there are, so that requests get beyond the door; otherwise one part of it is anything. */
function anyAddressOf({ path }: PlacedOperation): fc.Arbitrary<string> {
  const { own, followed, inEffect } = situation;
  const place = fc.constantFrom(own, followed, inEffect, inEffect);
  const known = place.map((there) => addressOf(path, situation, there));
  const parts = [...path.matchAll(/\{\w+\}/g)].map(([part]) => part);
  if (parts.length === 0) return known;
  const anything = fc
    .tuple(place, fc.constantFrom(...parts), fc.oneof(fc.uuid(), hostileText))
    .map(([there, part, text]) =>
      addressOf(
        path.replace(part, () => encoded(text)),
        situation,
        there,
      ),
    );
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
