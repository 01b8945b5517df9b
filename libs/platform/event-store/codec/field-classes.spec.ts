import {
  boolean,
  code,
  decimal,
  decimalOrNotStated,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  privateText,
  type Field,
  type Json,
  type JsonObject,
} from '@khamrap/kernel';
import { CommandSalts } from './command-salts';
import { checkedData, UndeclaredField } from './field-classes';

function check(fields: Record<string, Field>, data: JsonObject): JsonObject {
  const salts = new CommandSalts();
  return checkedData(eventSchema('Checked', 1, fields), data, (path) => salts.saltFor(path)).data;
}

/** A value in the way that a careless caller may give it, past the types. */
const careless = (value: unknown): Json => value as Json;

describe('a field', () => {
  test.each<[string, Field, unknown[]]>([
    ['code', code(), ['', 'phrae-cdd', '2569', 'ก'.repeat(300)]],
    ['code of an enumeration', code(['a', 'b']), ['a', 'b']],
    ['official text', official(), ['', 'สำนักงานจังหวัด', '\u0001', 'x'.repeat(20_000)]],
    [
      'decimal',
      decimal(),
      ['0', '-1', '2446.88', '0.000000000001', '9'.repeat(30), `-${'9'.repeat(30)}.${'9'.repeat(12)}`],
    ],
    ['decimal or not stated', decimalOrNotStated(), ['40', 'notStated']],
    ['whole number', integer(), [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
    ['truth value', boolean(), [true, false]],
    ['list', list(integer()), [[], [1, 2], Array.from({ length: 1_000 }, (_, index) => index)]],
    ['object', object({ a: integer(), b: optional(code()) }), [{ a: 1 }, { a: 1, b: 'x' }]],
    ['optional', optional(integer()), [0]],
  ])('of the kind %s is taken as it is', (_kind, field, values) => {
    for (const value of values) expect(check({ field }, { field: careless(value) })).toEqual({ field: value });
  });

  test.each<[string, Field, unknown[]]>([
    ['code', code(), [undefined, null, 1, true, [], {}, 'ก'.repeat(301)]],
    ['code of an enumeration', code(['a', 'b']), ['c', 'A', '', ' a']],
    ['official text', official(), [undefined, null, 1, { $private: 'x' }, 'x'.repeat(20_001), 'a\u0000']],
    ['private text', privateText(), [undefined, null, 1, 'x'.repeat(20_001), { $private: 'x' }, '\ud83d', '\ude00x']],
    [
      'decimal',
      decimal(),
      [
        1,
        0.1,
        '',
        'notStated',
        '1e3',
        '+1',
        '01',
        '1.',
        '.5',
        '1,000',
        ' 1',
        '1\n',
        '๑',
        '1'.repeat(31),
        `0.${'1'.repeat(13)}`,
      ],
    ],
    ['decimal without a value', decimal(), ['-0', '-0.0', '-0.00', '-', 'NaN', 'Infinity']],
    ['decimal or not stated', decimalOrNotStated(), ['NotStated', '', '-0', null]],
    ['whole number', integer(), [0.1, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER + 1, '1', 1n, null]],
    ['truth value', boolean(), ['true', 0, null]],
    ['list', list(integer()), [{}, 'x', [0.5], [undefined], Array(2), Array(1_001).fill(0), null]],
    ['object', object({ a: integer() }), [null, [], 'x', {}, { a: 1, c: 2 }, { a: '1' }]],
    ['optional', optional(integer()), [null, 0.5, '']],
  ])('of the kind %s refuses everything else', (_kind, field, values) => {
    for (const value of values) {
      expect(() => check({ field }, { field: careless(value) })).toThrow(UndeclaredField);
    }
  });

  test('that is optional is absent when it is undefined', () => {
    expect(check({ field: optional(official()) }, { field: undefined })).toEqual({});
    expect(check({ field: optional(official()) }, {})).toEqual({});
  });
});

describe('a refusal', () => {
  const fields = { parties: list(object({ office: object({ id: code() }) })) };

  test.each<[string, JsonObject]>([
    ['Checked/name', { parties: [], name: 'สมมุติ' }],
    ['Checked/parties/1/name', { parties: [{ office: { id: 'a' } }, { office: { id: 'b' }, name: 'สมมุติ' }] }],
    ['Checked/parties/0/office/id', { parties: [{ office: { id: 7 } }] }],
    ['Checked/parties/0/office/phone', { parties: [{ office: { id: 'a', phone: '08…' } }] }],
    ['Checked/parties', {}],
  ])('names the field: %s', (path, data) => {
    expect(() => check(fields, data)).toThrow(new RegExp(`^${path} `));
  });

  test('does not repeat what the field holds: it may be private', () => {
    const careful = (data: JsonObject) => {
      try {
        check({ note: privateText(), kind: code(['a']) }, data);
      } catch (error) {
        return String(error);
      }
      return 'taken';
    };
    expect(careful({ note: `ลับ${'x'.repeat(20_000)}`, kind: 'a' })).not.toContain('ลับ');
    expect(careful({ note: 'x', kind: 'ลับ' })).not.toContain('ลับ');
  });
});

describe('names that JavaScript gives a meaning of its own', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a field like any other', (name) => {
    const data = JSON.parse(`{"${name}": "x"}`) as JsonObject;
    expect(() => check({}, data)).toThrow(UndeclaredField);
    expect(() => check({ [name]: code() }, {})).toThrow(UndeclaredField);
  });

  test('a field that the data inherits is no field of the data', () => {
    const inherited = Object.create({ amount: 1 }) as JsonObject;
    expect(() => check({ amount: integer() }, inherited)).toThrow(UndeclaredField);
  });
});
