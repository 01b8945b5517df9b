import { NATIVE, streamName, type Field, type Json, type JsonObject } from '@khamrap/kernel';
import { CommandSalts, EventCodec, type CommandContext } from '@khamrap/platform/event-store';
import { awardEventDeclarations, type AwardEvent } from './award.events';
import {
  ANNOUNCED_IN_FULL,
  announcedCorrected,
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  GRANTED_IN_FULL,
  grantedCorrected,
} from './award.examples';

const codec = new EventCodec(awardEventDeclarations);
const context: CommandContext = {
  commandId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a11',
  requestHash: 'hash',
  actor: { id: 'pseudonym', role: 'recorder' },
  decidedAt: '2027-09-20T02:00:00.000Z',
  correlationId: '6f1f0c6e-6f0b-5c1d-9a35-2f3a0d7f9a12',
  provenance: NATIVE,
};

const everyField: readonly AwardEvent[] = [
  awardGranted(GRANTED_IN_FULL),
  awardsAnnounced(ANNOUNCED_IN_FULL),
  grantedCorrected(GRANTED_IN_FULL),
  announcedCorrected(ANNOUNCED_IN_FULL),
  awardRevoked(),
];

test.each(everyField.map((event) => [event.type, event] as const))(
  '%s comes back from the record as it went in',
  (_type, event) => {
    const stream = streamName('award', 'example');
    const encoded = codec.encode({ event, index: 0, stream, revision: 0, context, salts: new CommandSalts() });
    expect(codec.decode(encoded.event).data).toEqual(event.data);
    expect(encoded.disclosures).toEqual([]);
  },
);

test('every declared event has its example above', () => {
  expect([...new Set(everyField.map(({ type }) => type))].sort()).toEqual([...codec.types].sort());
});

test('every declared field is in an example above', () => {
  for (const { versions } of awardEventDeclarations) {
    const { type, fields } = versions.at(-1)!;
    const examples = everyField.filter((event) => event.type === type).map(({ data }) => data as JsonObject);
    expect(pathsOf({ kind: 'object', fields }).filter((path) => !examples.some((data) => isIn(data, path)))).toEqual(
      [],
    );
  }
});

test.each([
  ['AwardGranted', awardGranted()],
  ['AwardsAnnounced', awardsAnnounced()],
])('%s of version 1 is read as one of version 2 that states no more', (type, { data }) => {
  const { versions, upcasters } = awardEventDeclarations.find((declared) => declared.versions[0]!.type === type)!;
  expect(versions.map(({ version }) => version)).toEqual([1, 2]);
  expect(upcasters[0]!(data as JsonObject)).toEqual(data);
});

function pathsOf(field: Field, path: readonly string[] = []): readonly (readonly string[])[] {
  switch (field.kind) {
    case 'optional':
      return pathsOf(field.of, path);
    case 'list':
      return pathsOf(field.of, [...path, '*']);
    case 'object':
      return Object.entries(field.fields).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
    case 'text':
    case 'decimal':
    case 'integer':
    case 'boolean':
      return [path];
  }
}

function isIn(value: Json | undefined, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return value !== undefined;
  if (name === '*') return (value as Json[] | undefined)?.some((item) => isIn(item, rest)) ?? false;
  return isIn((value as JsonObject | undefined)?.[name], rest);
}
