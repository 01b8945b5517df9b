import fc from 'fast-check';
import { resolved, type OpenApiDocument, type Schema } from './document';

/** Texts at which programs have stumbled before. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u200b',
  '\ud800',
  'ก\u202eข',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-0',
  '1e400',
  '0x10',
  '๙๙๙',
  '99999999999999999999',
  '2023-02-30',
  '2566-06-30',
  '9999-12-31T23:59:60Z',
  "'; DROP TABLE ledger.event; --",
  '../../etc/passwd',
  '%00%ff',
  '{{7*7}}',
  '=1+1',
  'ก'.repeat(3_000),
];

const HOSTILE_NUMBERS = [0, -1, 1.5, 2_147_483_648, 9_007_199_254_740_991, 2 ** 60, -9_007_199_254_740_991];

const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any character there is, and any that may still come. */
const character = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
  .map((number) => String.fromCodePoint(number < SURROGATES.first ? number : number + SURROGATES.count));

// Not of the unit "binary", which makes a table of all million characters first.
const anyText = fc.string({ unit: character, maxLength: 40 });

/** Any value that JSON can carry, the unpleasant ones more often. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE_TEXTS, ...HOSTILE_NUMBERS, null, true, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
);

/** Any text that an address can carry. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), anyText);

/** Values that a schema describes, as often as not its own example. */
export function describedBy(document: OpenApiDocument, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolved(document, given);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') {
    const item = describedBy(document, schema.items ?? {});
    // Mostly one, because two of the same are refused almost everywhere.
    return fc.oneof(
      { arbitrary: fc.tuple(item), weight: 4 },
      { arbitrary: fc.array(item, { maxLength: 3 }), weight: 1 },
    );
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(
      ([name, field]) => [name, fieldOf(document, field, schema.required?.includes(name) === true)] as const,
    );
    return fc.record(Object.fromEntries(fields)).map(withoutUndefined);
  }
  const free = freely(schema);
  return schema.example === undefined ? free : fc.oneof(fc.constant(schema.example), fc.constant(schema.example), free);
}

/** Fields that may be absent mostly are, unless an example speaks for them: every further one may be a reason to refuse. */
function fieldOf(document: OpenApiDocument, field: Schema, isRequired: boolean): fc.Arbitrary<unknown> {
  const value = describedBy(document, field);
  if (isRequired) return value;
  const [present, absent] = field.example === undefined ? [1, 9] : [4, 1];
  return fc.oneof({ arbitrary: value, weight: present }, { arbitrary: fc.constant(undefined), weight: absent });
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function freely({ type, pattern, format, minimum = 0, maximum = 3_000, example }: Schema): fc.Arbitrary<unknown> {
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (format === 'uuid') return fc.uuid();
  if (pattern !== undefined) return textOf(pattern);
  // A text with an example is mostly of a form that the schema does not put into words.
  return example === undefined ? fc.string({ minLength: 1, maxLength: 30 }) : fc.constant(example);
}

const textsByPattern = new Map<string, fc.Arbitrary<string>>();

/** Few patterns stand in many places of a document, and each takes a while to be understood. */
function textOf(pattern: string): fc.Arbitrary<string> {
  const text = textsByPattern.get(pattern) ?? fc.stringMatching(new RegExp(pattern));
  textsByPattern.set(pattern, text);
  return text;
}

/** The same body with one thing about it changed: taken away, replaced, or added. */
export function nearly(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(body, fc.nat(), fc.constantFrom('remove', 'replace', 'add'), hostileValue, fc.string({ maxLength: 12 }))
    .map(([value, choice, change, hostile, name]) => {
      const copy = structuredClone(value);
      const holders = objectsIn(copy);
      const holder = holders[choice % holders.length];
      if (!holder) return copy;
      const keys = Object.keys(holder);
      const key = keys[choice % Math.max(1, keys.length)];
      if (change === 'add') holder[name] = hostile;
      else if (key !== undefined && change === 'remove') delete holder[key];
      else if (key !== undefined) holder[key] = hostile;
      return copy;
    });
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? within : [value as Record<string, unknown>, ...within];
}
