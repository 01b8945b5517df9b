import { NATIVE, streamName, type Field, type Json, type JsonObject } from '@khamrap/kernel';
import { CommandSalts, EventCodec, type CommandContext } from '@khamrap/platform/event-store';
import { ACTUALS_HISTORY } from './figures/actuals.examples';
import { agreementEventDeclarations, type AgreementEvent } from './agreement.events';
import { actualReported, stateAfter } from './agreement.examples';
import { ROUNDS_HISTORY, UNWEIGHTED_HISTORY } from './rounds/rounds.examples';
import { AMENDED_HISTORY, WITHDRAWN_HISTORY } from './terms/terms.examples';

const codec = new EventCodec(agreementEventDeclarations);
const context: CommandContext = {
  commandId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a11',
  requestHash: 'hash',
  actor: { id: 'pseudonym', role: 'keeper' },
  decidedAt: '2027-03-31T02:00:00.000Z',
  correlationId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a12',
  provenance: NATIVE,
};

function stored(event: AgreementEvent) {
  const stream = streamName('agreement', 'example');
  const salts = new CommandSalts();
  const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts });
  return { data: codec.decode(encoded.event).data, body: encoded.event.body };
}

const histories = { AMENDED_HISTORY, WITHDRAWN_HISTORY, ACTUALS_HISTORY, ROUNDS_HISTORY, UNWEIGHTED_HISTORY };
const examples: readonly AgreementEvent[] = Object.values(histories).flat();

test.each(Object.entries(histories))('%s comes back from the record as it went in', (_name, history) => {
  for (const event of history) {
    const { data } = stored(event);
    expect(data).toEqual({ ...event.data, ...privateTextsIn(data) });
  }
  expect(() => stateAfter(history)).not.toThrow();
});

/** They come back as commitments, which are looked at below. */
function privateTextsIn({ note, preparedBy }: JsonObject): JsonObject {
  return { ...(note !== undefined && { note }), ...(preparedBy !== undefined && { preparedBy }) };
}

test.each(agreementEventDeclarations.map(({ versions }) => [versions[0]?.type, versions.at(-1)?.fields] as const))(
  'every field that %s can have stands in an example',
  (type, fields) => {
    const told = new Set(examples.filter((event) => event.type === type).flatMap(({ data }) => pathsIn(data as Json)));
    const declared = Object.entries(fields ?? {}).flatMap(([name, field]) => pathsOf(name, field));
    expect(declared.filter((path) => !told.has(path))).toEqual([]);
  },
);

/** The paths of all fields that are declared: `keepers.officeId`. */
function pathsOf(path: string, field: Field): readonly string[] {
  switch (field.kind) {
    case 'object':
      return Object.entries(field.fields).flatMap(([name, inner]) => pathsOf(`${path}.${name}`, inner));
    case 'list':
    case 'optional':
      return pathsOf(path, field.of);
    case 'text':
    case 'decimal':
    case 'integer':
    case 'boolean':
      return [path];
  }
}

function pathsIn(value: Json | undefined, path = ''): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => pathsIn(item, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, path === '' ? name : `${path}.${name}`));
}

test("a keeper's note and name are not in the record, only commitments to them", () => {
  const { data, body } = stored(actualReported({ note: 'รอใบเสร็จ', preparedBy: 'สมมุติ ตัวอย่าง' }));
  expect(data).toMatchObject({ note: { $private: expect.any(String) }, preparedBy: { $private: expect.any(String) } });
  expect(body).not.toContain('รอใบเสร็จ');
  expect(body).not.toContain('สมมุติ');
});
