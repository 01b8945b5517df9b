import { createHash } from 'node:crypto';
import type { RawRequest } from '../../../libs/testing/service';
import { bodySchemaOf, exampleOf, type OpenApiDocument, type PlacedOperation } from '../openapi/document';
import { PLACES, SOURCE, type Names, type PlaceName } from './places';

const ANY_UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
/** No stream has come so far: a command that is let in is answered with 412, and changes nothing. */
const NO_SUCH_REVISION = '"999999"';
const EVIDENCE = '%PDF-1.7\n';

/** A request for an operation on what stands at a place, as a person would send it. */
export function requestFor(
  document: OpenApiDocument,
  operation: PlacedOperation,
  place: PlaceName,
  names: Names,
  person: string,
): RawRequest {
  const { method, path } = operation;
  const address = path.replace(/\{(\w+)\}/g, (_whole, name: string) => names[name] ?? ANY_UUID);
  if (method === 'PUT') {
    const sha256 = createHash('sha256').update(EVIDENCE).digest('hex');
    const headers = { 'content-type': 'application/octet-stream' };
    return { method, path: address.replace(/[0-9a-f]{64}/, sha256), headers, body: EVIDENCE };
  }
  if (method !== 'POST') return { method, path: `${address}${queryOf(operation, names)}` };
  const schema = bodySchemaOf(document, operation);
  const example = schema && exampleOf(document, schema, operation.name);
  const mayTranscribe = person === 'recorder' && schema?.properties?.['source'] !== undefined;
  const body = placed(
    { ...(example as object | undefined), ...(mayTranscribe && { source: SOURCE }) },
    place,
    names,
    person,
  );
  return {
    method,
    path: address,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${operation.name} at ${place}`.replaceAll(' ', '-'),
      'if-match': NO_SUCH_REVISION,
    },
    body: JSON.stringify(body ?? {}),
  };
}

/** What only one person says: from which document it was taken, and for whom else something is asked. */
const SAID_BY: Readonly<Record<string, string>> = {
  source: 'recorder',
  person: 'privacy-officer',
  receivedOn: 'privacy-officer',
};

/** The example of a body, about an office and a province of the place instead of its own. */
function placed(value: unknown, place: PlaceName, names: Names, person: string): unknown {
  const { office, provinceOffice, province, zone } = PLACES[place];
  const instead = new Map([
    ['phrae-cdd', office],
    ['phrae-province', provinceOffice],
    ['TH-54', province],
    ['TH-90', province],
    ['primeMinisterOffice-5', zone],
  ]);
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return instead.get(each) ?? each;
    if (Array.isArray(each)) return each.map((item) => walk(item));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => (SAID_BY[name] ?? person) === person)
        .map(([name, field]) => [
          name,
          name === 'source' ? SOURCE : name === 'indicatorId' ? names['indicatorId'] : walk(field),
        ]),
    );
  };
  return walk(value);
}

/** What has to be asked for, as the description exemplifies it. */
function queryOf({ parameters = [] }: PlacedOperation, names: Names): string {
  const required = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true);
  const named = required.map(({ name, schema }): [string, string] => [
    name,
    // One word may stand for other things elsewhere.
    names[name] !== undefined && (schema?.enum ?? [names[name]]).includes(names[name])
      ? names[name]
      : String(schema?.example ?? schema?.enum?.[0]),
  ]);
  return named.length === 0 ? '' : `?${new URLSearchParams(named).toString()}`;
}
