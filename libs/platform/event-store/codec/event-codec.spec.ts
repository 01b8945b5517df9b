import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  NATIVE,
  NotCanonical,
  code,
  decimal,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  privateText,
  streamName,
  type DomainEvent,
  type EventDeclaration,
  type JsonObject,
} from '@khamrap/kernel';
import { actor, commandContext } from '@khamrap/testing';
import { eventIdOf } from '../identifiers';
import { CommandSalts } from './command-salts';
import { EventCodec, UnknownEvent, hashBody, type EncodeInput } from './event-codec';
import { UndeclaredField } from './field-classes';

const visitReported = eventSchema('VisitReported', 1, {
  place: official(),
  count: integer(),
  spent: optional(decimal()),
  note: optional(privateText()),
  guests: optional(list(object({ name: privateText(), role: code(['guest', 'host']) }))),
});

const codec = new EventCodec([{ versions: [visitReported], upcasters: [] }]);

function input(data: JsonObject, overrides: Partial<EncodeInput> = {}): EncodeInput {
  const event: DomainEvent = { type: 'VisitReported', data };
  const stream = streamName('visit', 'a');
  return { event, index: 0, stream, revision: 4, context: commandContext(), salts: new CommandSalts(), ...overrides };
}

function digestOf(disclosure: string): string {
  return createHash('sha256').update(Buffer.from(disclosure, 'ascii')).digest('base64url');
}

const VISIT: JsonObject = { place: 'ศาลากลางจังหวัด', count: 3 };

describe('the declarations of a codec', () => {
  const version = (number: number, type = 'Counted') => eventSchema(type, number, {});
  const same = (data: JsonObject): JsonObject => data;

  test('are known by their names', () => {
    const both = new EventCodec([
      { versions: [version(1)], upcasters: [] },
      { versions: [version(1, 'Uncounted')], upcasters: [] },
    ]);
    expect(both.types).toEqual(['Counted', 'Uncounted']);
  });

  test.each<[string, EventDeclaration[]]>([
    ['a name twice', [1, 2].map(() => ({ versions: [version(1)], upcasters: [] }))],
    ['an event without a version', [{ versions: [], upcasters: [] }]],
    ['versions that do not begin with 1', [{ versions: [version(2)], upcasters: [] }]],
    ['a gap in the versions', [{ versions: [version(1), version(3)], upcasters: [same] }]],
    ['a version twice', [{ versions: [version(1), version(1)], upcasters: [same] }]],
    ['versions in another order', [{ versions: [version(2), version(1)], upcasters: [same] }]],
    ['versions of two names', [{ versions: [version(1), version(2, 'Recounted')], upcasters: [same] }]],
    ['a version that nothing leads to', [{ versions: [version(1), version(2)], upcasters: [] }]],
    ['an upcaster that leads nowhere', [{ versions: [version(1)], upcasters: [same] }]],
  ])('are refused with %s', (_what, declarations) => {
    expect(() => new EventCodec(declarations)).toThrow();
  });
});

describe('an encoded event', () => {
  test('says everything about itself and its command, and nothing else', () => {
    const context = commandContext({ causationId: 'a9b0e2b5-3c9e-4f5f-8a51-3a2cf0b0a001', expectedRevision: 3 });
    const basis = [{ stream: 'office-7', revision: 2 }];
    const { event, disclosures } = codec.encode(input(VISIT, { context, basis, index: 2 }));
    expect(JSON.parse(event.body)).toEqual({
      eventId: eventIdOf(context.commandId, 2),
      stream: 'visit-a',
      revision: 4,
      type: 'VisitReported',
      schemaVersion: 1,
      decidedAt: context.decidedAt,
      actor: context.actor,
      commandId: context.commandId,
      requestHash: context.requestHash,
      correlationId: context.correlationId,
      causationId: context.causationId,
      provenance: NATIVE,
      basis,
      data: VISIT,
    });
    expect(event).toMatchObject({ eventId: eventIdOf(context.commandId, 2), type: 'VisitReported', schemaVersion: 1 });
    expect(disclosures).toEqual([]);
    expect(codec.decode(event)).toEqual(JSON.parse(event.body));
  });

  test('keeps out of the record what somebody put beside the declared words of actor, provenance and basis', () => {
    const person = { ...actor({ onBehalfOf: 'somebody' }), name: 'สมมุติ ตัวอย่าง' };
    const provenance = { kind: 'transcribed', sourceDocument: 'd', passage: 'paragraph 3', scribe: 'สมมุติ' } as const;
    const basis = [{ stream: 'office-7', revision: 2, holder: 'สมมุติ' }];
    const context = commandContext({ actor: person, provenance });
    const { event } = codec.encode(input(VISIT, { context, basis }));
    expect(event.body).not.toContain('สมมุติ');
    const { name: _name, ...declared } = person;
    expect(JSON.parse(event.body)).toMatchObject({
      actor: declared,
      provenance: { kind: 'transcribed', sourceDocument: 'd', passage: 'paragraph 3' },
      basis: [{ stream: 'office-7', revision: 2 }],
    });
  });

  test('is canonical text, as another implementation of RFC 8785 writes it', () => {
    const places = fc.oneof(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0000')),
      fc.string({ unit: fc.constantFrom('กำ', 'ก', 'ํ', 'า', '😀', '"', '\\', '\u0001', '\u2028', '/') }),
    );
    fc.assert(
      fc.property(places, fc.maxSafeInteger(), (place, count) => {
        const { body } = codec.encode(input({ count, place })).event;
        expect(body).toBe(canonicalize(JSON.parse(body)));
        expect(JSON.parse(body)).toMatchObject({ data: { place, count: count === 0 ? 0 : count } });
      }),
    );
  });

  test('has the hash of its salt and its text in UTF-8', () => {
    const { body, salt, bodyHash } = codec.encode(input(VISIT)).event;
    expect(salt).toHaveLength(16);
    const expected = createHash('sha256')
      .update(Buffer.concat([salt, Buffer.from(body, 'utf8')]))
      .digest();
    expect(bodyHash).toEqual(expected);
    expect(hashBody(salt, body)).toEqual(expected);
  });

  test('is the same again with the salts of the same command, and another one with other salts', () => {
    const once = input({ ...VISIT, note: 'ลับ', guests: [{ name: 'ก', role: 'guest' }] });
    expect(codec.encode(once)).toEqual(codec.encode(once));
    const again = codec.encode({ ...once, salts: new CommandSalts() });
    expect(again.event.bodyHash).not.toEqual(codec.encode(once).event.bodyHash);
    expect(again.disclosures.map(({ digest }) => digest)).not.toEqual(
      codec.encode(once).disclosures.map(({ digest }) => digest),
    );
  });

  test('of the same command at another index has other salts', () => {
    const first = input({ ...VISIT, note: 'ลับ' });
    const [one, two] = [codec.encode(first), codec.encode({ ...first, index: 1 })];
    expect(one.event.salt).not.toEqual(two.event.salt);
    expect(one.disclosures[0]!.digest).not.toBe(two.disclosures[0]!.digest);
  });

  test.each([
    ['not declared', { type: 'NeverDeclared', data: {} }, UnknownEvent],
    ['with an undeclared field', { type: 'VisitReported', data: { ...VISIT, name: 'สมมุติ' } }, UndeclaredField],
    ['with a float', { type: 'VisitReported', data: { ...VISIT, count: 0.1 } }, UndeclaredField],
    ['with half a character', { type: 'VisitReported', data: { ...VISIT, place: '\ud83d' } }, NotCanonical],
  ])('is refused when it is %s', (_what, event, refusal) => {
    expect(() => codec.encode(input({}, { event }))).toThrow(refusal);
  });
});

describe('a private text', () => {
  const { event, disclosures } = codec.encode(
    input({ ...VISIT, note: 'โทร. 08…', guests: [{ name: 'สมมุติ ตัวอย่าง', role: 'guest' }] }),
  );

  test('is not in the record', () => {
    expect(event.body).not.toContain('โทร');
    expect(event.body).not.toContain('สมมุติ');
  });

  test('is a disclosure as RFC 9901 §4.2.1 has it: [salt, name, value], salted with 128 bits', () => {
    const opened = disclosures.map(
      ({ disclosure }) => JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8')) as [string, string, string],
    );
    expect(opened.map(([, name, value]) => [name, value])).toEqual([
      ['note', 'โทร. 08…'],
      ['name', 'สมมุติ ตัวอย่าง'],
    ]);
    for (const [salt] of opened) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
    expect(new Set([event.salt.toString('base64url'), ...opened.map(([salt]) => salt)]).size).toBe(3);
  });

  test('is committed to by the digest of its disclosure, which stands in its place', () => {
    const digests = disclosures.map(({ disclosure }) => digestOf(disclosure));
    expect(disclosures.map(({ digest }) => digest)).toEqual(digests);
    expect(JSON.parse(event.body)).toMatchObject({
      data: { note: { $private: digests[0] }, guests: [{ name: { $private: digests[1] } }] },
    });
  });

  test('says which field of which event it belongs to', () => {
    const { eventId } = event;
    expect(disclosures).toMatchObject([
      { eventId, path: '/note' },
      { eventId, path: '/guests/0/name' },
    ]);
  });

  // The example of RFC 9901 §4.2.3, so that the digests above are known to be computed as others compute them.
  test('has its digest computed as the RFC computes it', () => {
    const disclosure = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(digestOf(disclosure)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
  });
});

describe('an event of an older version', () => {
  const versions = [1, 2, 3].map((number) =>
    eventSchema('TargetMoved', number, { steps: list(code()), from: optional(integer()), to: optional(integer()) }),
  );
  const step =
    (name: string) =>
    (data: JsonObject): JsonObject => ({ ...data, steps: [...(data['steps'] as string[]), name] });
  const declared = (count: number): EventCodec =>
    new EventCodec([
      {
        versions: versions.slice(0, count),
        upcasters: [step('first to second'), step('second to third')].slice(0, count - 1),
      },
    ]);
  const written = (version: number) =>
    declared(version).encode(input({}, { event: { type: 'TargetMoved', data: { steps: [] } } })).event;

  test('is lifted step by step to the newest', () => {
    expect(declared(3).decode(written(1))).toMatchObject({
      schemaVersion: 3,
      data: { steps: ['first to second', 'second to third'] },
    });
    expect(declared(3).decode(written(2))).toMatchObject({ schemaVersion: 3, data: { steps: ['second to third'] } });
    expect(declared(3).decode(written(3))).toMatchObject({ schemaVersion: 3, data: { steps: [] } });
  });

  test('stays in the record as it was', () => {
    const event = written(1);
    const body = event.body;
    declared(3).decode(event);
    expect(event.body).toBe(body);
    expect(JSON.parse(body)).toMatchObject({ schemaVersion: 1, data: { steps: [] } });
  });

  test('is written in the newest version', () => {
    expect(written(2).schemaVersion).toBe(2);
    expect(JSON.parse(written(2).body)).toMatchObject({ schemaVersion: 2 });
  });

  test('of a version newer than the program, or of a name that it does not know, is not guessed at', () => {
    expect(() => declared(2).decode(written(3))).toThrow(UnknownEvent);
    expect(() => codec.decode(written(1))).toThrow(UnknownEvent);
  });
});
