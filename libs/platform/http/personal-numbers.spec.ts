import fc from 'fast-check';
import { toThaiDigits } from '@khamrap/kernel';
import { warningsOf } from './command-warnings';
import { isNationalId, personalNumbersIn } from './personal-numbers';

/** Numbers of nobody: first digit 1 to 8, the check digit computed apart from the code under test. */
const nationalId = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 }))
  .map(([first, others]) => {
    const digits = [first, ...others];
    const sum = digits.reduce((total, digit, index) => total + digit * (13 - index), 0);
    return [...digits, (11 - (sum % 11)) % 10].join('');
  });
const separator = fc.constantFrom('', ' ', '-', '–', '.', '\u00a0');
const inGroups = (id: string, between: string): string =>
  [id.slice(0, 1), id.slice(1, 5), id.slice(5, 10), id.slice(10, 12), id.slice(12)].join(between);

describe('a national ID in a text', () => {
  it('is found in either script, in one piece or in groups, wherever it stands', () => {
    fc.assert(
      fc.property(
        nationalId,
        separator,
        fc.boolean(),
        fc.constantFrom('', 'เลข ', 'นาย ก ('),
        (id, between, thai, before) => {
          const written = inGroups(thai ? toThaiDigits(id) : id, between);
          expect(personalNumbersIn(`${before}${written} ค่ะ`)).toContain('nationalId');
        },
      ),
    );
  });

  it('is not seen where its check digit is another', () => {
    fc.assert(
      fc.property(nationalId, separator, fc.integer({ min: 1, max: 9 }), (id, between, by) => {
        const other = `${id.slice(0, 12)}${(Number(id[12]) + by) % 10}`;
        expect([isNationalId(id), isNationalId(other)]).toEqual([true, false]);
        expect(personalNumbersIn(inGroups(other, between))).not.toContain('nationalId');
      }),
    );
  });

  it('is one number of thirteen digits, not part of another and not a name', () => {
    fc.assert(
      fc.property(nationalId, (id) => {
        for (const text of [`1${id}`, `${id}0`, `a${id}`, `${id}b`, `${id.slice(0, 12)}`]) {
          expect([text, personalNumbersIn(text)]).not.toEqual([text, expect.arrayContaining(['nationalId'])]);
        }
      }),
    );
  });
});

describe('a telephone number in a text', () => {
  it.each([
    '081-234-5678',
    '0812345678',
    '๐๘๑ ๒๓๔ ๕๖๗๘',
    '+66 81 234 5678',
    '+66(0)812345678',
    '02 123 4567',
    '054-511063',
    '054-51-1063 ต่อ 12',
  ])('is found: %s', (written) => {
    expect(personalNumbersIn(`โทร. ${written}`)).toEqual(['telephoneNumber']);
  });

  it.each([
    'ร้อยละ 85.50 ของเป้าหมาย 1,887.00 บาท',
    '2021-10-01..2022-03-31',
    '1 ต.ค. 2564 ถึง 30 ก.ย. 2565',
    'ที่ พร 0017.2/ว 1234 ลงวันที่ 12 ตุลาคม 2564',
    '0f8fad5b-d9cb-469f-a165-70867728950e',
    'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
    '1000000000',
    '0.8123456789',
    'TH-54',
    '',
  ])('is not %j', (text) => {
    expect(personalNumbersIn(text)).toEqual([]);
  });
});

describe('warnings of a command', () => {
  it('say where, in both languages, and never what', () => {
    const id = '1234567890121';
    const body = { title: 'ก', parties: [{ officeName: 'ข' }, { 'a/b': `ของ ${id} โทร 081-234-5678` }], weight: 7 };
    const warnings = warningsOf(body);
    expect(warnings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['nationalIdInText', '/parties/1/a~1b'],
      ['telephoneNumberInText', '/parties/1/a~1b'],
    ]);
    for (const { messages } of warnings) {
      expect(messages).toEqual({ th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/^[ -~]+$/) });
    }
    expect(JSON.stringify(warnings)).not.toMatch(/1234567890121|081/);
  });

  it('are few, however many texts there are, and none without a body', () => {
    expect(warningsOf({ list: Array(500).fill('081-234-5678') })).toHaveLength(20);
    for (const body of [undefined, null, {}, 7]) expect(warningsOf(body)).toEqual([]);
  });

  it('take time in proportion to the text', () => {
    for (const piece of ['1-', '๑', '0 ', '081', '+66', '1--1', 'ก1']) {
      const started = performance.now();
      personalNumbersIn(piece.repeat(30_000));
      expect([piece, performance.now() - started < 500]).toEqual([piece, true]);
    }
  });
});
