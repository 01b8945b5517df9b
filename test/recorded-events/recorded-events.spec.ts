import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { Field, Json, JsonObject } from '@khamrap/kernel';
import { EventCodec, UnknownEvent } from '@khamrap/platform/event-store';
import {
  recordedHistories,
  recordHistory,
  type RecordedBody,
  type RecordedHistory,
} from '../../libs/testing/recorded-events/recorded-history';
import { categoryOf, DECIDERS, DECLARATIONS, HISTORIES, written } from './histories';

/** What was written once has to be read for ever. Here lies a body of every version of every event that this program declares. */
const FOLDER = __dirname;

const before = recordedHistories(FOLDER);
const missing = Object.keys(HISTORIES).filter((name) => !before.some((history) => history.name === name));
if (process.env.UPDATE_GOLDEN === '1') for (const name of missing) recordHistory(FOLDER, name, written(name));
const histories = recordedHistories(FOLDER);

const codec = new EventCodec(DECLARATIONS);
const versionOf = ({ type, version }: { type: string; version: number }): string => `${type} ${version}`;

const eventsOf = (recorded: readonly RecordedHistory[]): readonly [string, RecordedBody][] =>
  recorded.flatMap(({ name, events }) =>
    events.map((event, index): [string, RecordedBody] => [`${name}: ${index} ${event.type}`, event]),
  );

/** The paths of all fields that a schema declares. */
function pathsOf(field: Field, path: string): readonly string[] {
  switch (field.kind) {
    case 'object':
      return Object.entries(field.fields).flatMap(([name, inner]) => pathsOf(inner, `${path}/${name}`));
    case 'list':
      return pathsOf(field.of, `${path}/*`);
    case 'optional':
      return pathsOf(field.of, path);
    default:
      return [path];
  }
}

/** The paths of all values in what was recorded. */
function pathsIn(value: Json | undefined, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => pathsIn(item, `${path}/*`));
  if (typeof value !== 'object' || value === null || '$private' in value) return [path];
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => pathsIn(inner, `${path}/${name}`));
}

describe('recorded events', () => {
  test('are there for every version that is declared (record missing ones with UPDATE_GOLDEN=1)', () => {
    const declared = DECLARATIONS.flatMap(({ versions }) => versions.map(versionOf));
    const recorded = eventsOf(histories).map(([, { type, schemaVersion }]) =>
      versionOf({ type, version: schemaVersion }),
    );
    expect(declared.filter((version) => !recorded.includes(version))).toEqual([]);
    expect(recorded.filter((version) => !declared.includes(version))).toEqual([]);
    expect(DECLARATIONS.map(({ versions }) => versions[0]!.type).sort()).toEqual([...codec.types].sort());
  });

  test('hold every field that is declared', () => {
    const schemas = DECLARATIONS.flatMap(({ versions }) => versions);
    const declared = schemas.flatMap((schema) => pathsOf({ kind: 'object', fields: schema.fields }, versionOf(schema)));
    const recorded = new Set(
      eventsOf(histories).flatMap(([, { type, schemaVersion, body }]) =>
        pathsIn((JSON.parse(body) as { data: JsonObject }).data, versionOf({ type, version: schemaVersion })),
      ),
    );
    expect(declared.filter((path) => !recorded.has(path))).toEqual([]);
  });

  test('are there for every history, and stay when others are added', () => {
    expect(histories.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(HISTORIES)));
    expect(histories).toEqual(expect.arrayContaining([...before]));
  });

  test('are not read by a program that is older than they are', () => {
    const newer = eventsOf(histories)[0]![1];
    const older = new EventCodec(DECLARATIONS.filter(({ versions }) => versions[0]!.type !== newer.type));
    expect(() => older.decode(newer)).toThrow(UnknownEvent);
  });
});

describe.each(eventsOf(histories))('%s', (_what, { type, schemaVersion, salt, bodyHash, body }) => {
  const envelope = JSON.parse(body) as Record<string, unknown>;

  test('has the hash that it was recorded with', () => {
    const hash = createHash('sha256').update(Buffer.from(salt, 'hex')).update(body, 'utf8').digest('hex');
    expect(hash).toBe(bodyHash);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is canonical, and says what it is', () => {
    expect(canonicalize(envelope)).toBe(body);
    expect(envelope).toMatchObject({ type, schemaVersion });
  });

  test('is read by the present program, in the newest version', () => {
    const newest = DECLARATIONS.find(({ versions }) => versions[0]!.type === type)!.versions.length;
    const decoded = codec.decode({ body });
    expect(decoded.schemaVersion).toBe(newest);
    // All but the data of an older version is as it was recorded.
    const data = schemaVersion === newest ? decoded.data : envelope['data'];
    expect({ ...decoded, schemaVersion, data }).toEqual(envelope);
  });
});

describe.each(histories.map((history): [string, RecordedHistory] => [history.name, history]))(
  '%s',
  (_name, { events }) => {
    const envelopes = events.map(({ body }) => codec.decode({ body }));

    test('is one stream from its beginning', () => {
      expect(envelopes.map(({ revision }) => revision)).toEqual(envelopes.map((_, index) => index));
      expect(new Set(envelopes.map(({ stream }) => stream)).size).toBe(1);
    });

    test('is folded by the rules of today', () => {
      const decider = DECIDERS[categoryOf(envelopes[0]!.stream)];
      if (!decider) return;
      const state = envelopes.reduce<unknown>(
        (folded, envelope) => decider.evolve(folded, envelope),
        decider.initialState,
      );
      expect(state).not.toEqual(decider.initialState);
    });
  },
);
