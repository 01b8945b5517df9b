import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { IsDateText } from './is-date-text';
import { IsDecimalText } from './is-decimal-text';
import { IsFiscalYear } from './is-fiscal-year';
import { IsIdentifier } from './is-identifier';
import { IsMomentText } from './is-moment-text';
import { IsPlainText } from './is-plain-text';
import { IsUuidText } from './is-uuid-text';
import { IsWholeNumberText } from './is-whole-number-text';

/** What a decorator makes of a value; undefined when it refuses it. */
function readBy(decorator: PropertyDecorator, value: unknown): unknown {
  class Body {
    value: unknown;
  }
  decorator(Body.prototype, 'value');
  const body = plainToInstance(Body, { value });
  return validateSync(body).length === 0 ? body.value : undefined;
}

describe('input', () => {
  it.each<[given: unknown, read: string | undefined]>([
    ['0f8fad5b-d9cb-469f-a165-70867728950e', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['0F8FAD5B-D9CB-469F-A165-70867728950E', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['{0f8fad5b-d9cb-469f-a165-70867728950e}', undefined],
    ['0f8fad5bd9cb469fa16570867728950e', undefined],
    ['somebody', undefined],
    ['', undefined],
    [5, undefined],
    [['0f8fad5b-d9cb-469f-a165-70867728950e'], undefined],
  ])('reads the UUID %j as %j', (given, read) => expect(readBy(IsUuidText(), given)).toBe(read));

  it.each<[given: unknown, read: string | undefined]>([
    ['2446.88', '2446.88'],
    ['1,887.00', '1887.00'],
    ['๑,๒๓๔,๕๖๗', '1234567'],
    ['-0.5', '-0.5'],
    ['-12,345.60', '-12345.60'],
    ['0', '0'],
    ['12,34', undefined],
    ['1,2345', undefined],
    [',123', undefined],
    ['1.887,00', undefined],
    ['1e3', undefined],
    ['+1', undefined],
    ['007', undefined],
    ['-0', undefined],
    ['1.', undefined],
    ['.5', undefined],
    [' 1', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['', undefined],
    ['9'.repeat(31), undefined],
    ['9'.repeat(1_000), undefined],
    [12, undefined],
    [null, undefined],
    [['1'], undefined],
    [{ toString: () => '1' }, undefined],
  ])('reads the decimal %j as %j', (given, read) => expect(readBy(IsDecimalText(), given)).toBe(read));

  it.each<[given: unknown, read: string | undefined]>([
    ['2021-10-12', '2021-10-12'],
    ['2564-10-12', '2021-10-12'],
    ['๑๒ ตุลาคม ๒๕๖๔', '2021-10-12'],
    ['12 ต.ค. พ.ศ. 2564', '2021-10-12'],
    ['2200-01-01', undefined],
    ['64-10-12', undefined],
    ['12/10/2021', undefined],
    ['2021-02-29', undefined],
    ['2021-10-12T00:00:00Z', undefined],
    [20211012, undefined],
  ])('reads the day %j as %j', (given, read) => expect(readBy(IsDateText(), given)).toBe(read));

  it.each<[given: unknown, read: number | undefined]>([
    [2565, 2565],
    ['2565', 2565],
    ['๒๕๖๕', 2565],
    [2500, 2500],
    [2642, 2642],
    [2022, undefined],
    [2499, undefined],
    [2643, undefined],
    [2565.5, undefined],
    ['65', undefined],
    ['2565 ', undefined],
    [[2565], undefined],
  ])('reads the fiscal year %j as %j', (given, read) => expect(readBy(IsFiscalYear(), given)).toBe(read));

  it.each<[given: unknown, read: string | undefined]>([
    ['2021-10-12T10:00:00+07:00', '2021-10-12T03:00:00.000Z'],
    ['2021-10-12T03:00:00.123456Z', '2021-10-12T03:00:00.123Z'],
    ['2021-13-12T03:00:00Z', undefined],
    ['2021-10-12 03:00:00Z', undefined],
    ['2021-10-12', undefined],
    [0, undefined],
  ])('reads the moment %j as %j', (given, read) => expect(readBy(IsMomentText(), given)).toBe(read));

  it.each<[given: unknown, isTaken: boolean]>([
    ['ก้ำๅ น้ำ\u200bใจ', true],
    ['e\u0301 stays as it is', true],
    ['one\nline', false],
    ['tab\t', false],
    ['\u0085', false],
    ['\u2028', false],
    ['\u202e', false],
    ['\ud800', false],
    ['', false],
    [' \u3000', false],
    ['ก'.repeat(34), false],
    [7, false],
  ])('takes the text %j: %j', (given, isTaken) =>
    expect(readBy(IsPlainText({ bytesMax: 100 }), given)).toBe(isTaken ? given : undefined),
  );

  it('takes lines where they are wanted, and nothing else with them', () => {
    const lines = IsPlainText({ bytesMax: 100, lines: true });
    expect(readBy(lines, 'one\ntwo')).toBe('one\ntwo');
    for (const text of ['one\r\ntwo', 'one\ttwo', 'one\u2028two', 'one\u0000'])
      expect(readBy(lines, text)).toBeUndefined();
  });

  it.each<[given: unknown, isTaken: boolean]>([
    ['8.1', true],
    ['phrae-cdd', true],
    ['7f0c6f0e-1f0e-5d0e-8f0e-0123456789ab', true],
    ['-a', false],
    ['../a', false],
    ['a b', false],
    ['ก', false],
    ['a'.repeat(151), false],
    ['', false],
    [1, false],
  ])('takes the identifier %j: %j', (given, isTaken) =>
    expect(readBy(IsIdentifier(), given)).toBe(isTaken ? given : undefined),
  );

  it.each<[given: unknown, read: number | undefined]>([
    ['0', 0],
    ['10', 10],
    ['11', undefined],
    ['01', undefined],
    ['1.0', undefined],
    ['', undefined],
    ['-0', undefined],
    [['1'], undefined],
  ])('reads the number %j as %j', (given, read) => expect(readBy(IsWholeNumberText(0, 10), given)).toBe(read));

  it('reads each item of a list', () => {
    expect(readBy(IsDecimalText({ each: true }), ['๑', '2'])).toEqual(['1', '2']);
    expect(readBy(IsDecimalText({ each: true }), ['๑', 2])).toBeUndefined();
  });
});
