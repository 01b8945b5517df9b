import {
  actualBody,
  agreementBody,
  announcementBody,
  awardBody,
  indicatorBody,
  signatureBody,
  targetBody,
} from '../bodies';
import { command, invalid, type HostileRequest } from './hostile-request';

const draft = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return () => command('/v1/agreements', agreementBody({ fiscalYear: 2567, ...changes }));
};
const draftText = (text: string): HostileRequest['send'] => {
  return () => command('/v1/agreements', text);
};
const indicator = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return ({ own }) => command(`${own.agreement}/indicators`, indicatorBody({ displayNumber: '7', ...changes }));
};
const target = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return ({ own }) => command(`${own.indicator}/target`, targetBody(changes));
};
const targetText = (text: string): HostileRequest['send'] => {
  return ({ own }) =>
    command(`${own.indicator}/target`, JSON.stringify(targetBody({ value: '@' })).replace('"@"', text));
};
const signature = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return ({ own }) =>
    command(`${own.agreement}/signatures`, signatureBody({ termsHash: 'ab'.repeat(32), termsRevision: 2 }, changes));
};
const actual = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return ({ followed }) => command(`${followed.indicator}/actuals`, actualBody(changes));
};
const award =
  (changes: Record<string, unknown>): HostileRequest['send'] =>
  () =>
    command('/v1/awards', awardBody(changes));
const announcement = (changes: Record<string, unknown>): HostileRequest['send'] => {
  return () => command('/v1/award-announcements', announcementBody(changes));
};

const RECORDER = { as: 'recorder' };
const GOVERNOR = { as: 'governor-of-phrae' };
const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => ({ inner }), 'core');

const WRONG_TYPES: readonly HostileRequest[] = [
  invalid('a number for a text', draft({ title: 5 }), 'isPlainText', { pointer: '/title' }),
  invalid('a list for a text', draft({ title: ['x'] }), 'isPlainText', { pointer: '/title' }),
  invalid('an object for a text', draft({ title: {} }), 'isPlainText', { pointer: '/title' }),
  invalid('a truth value for a year', draft({ fiscalYear: true }), 'isFiscalYear', { pointer: '/fiscalYear' }),
  invalid('a year of the Common Era', draft({ fiscalYear: 2023 }), 'isFiscalYear', { pointer: '/fiscalYear' }),
  invalid('a year with a blank', draft({ fiscalYear: '2567 ' }), 'isFiscalYear', { pointer: '/fiscalYear' }),
  invalid('an unknown word', draft({ level: 'Province' }), 'isIn', { pointer: '/level' }),
  invalid('the name of a method for a word', draft({ level: 'toString' }), 'isIn', { pointer: '/level' }),
  invalid('an object for a list', draft({ parties: {} }), 'isArray', { pointer: '/parties' }),
  invalid('texts in a list of objects', draft({ parties: ['x'] }), 'isObject', { pointer: '/parties' }),
  invalid('nothing in a list of objects', draft({ parties: [null] }), 'nothing', { pointer: '/parties/0' }),
  invalid('a list in a list of objects', draft({ parties: [[]] }), 'isObject', { pointer: '/parties' }),
  invalid('too long a list', draft({ parties: Array.from({ length: 51 }, () => ({})) }), 'arrayMaxSize', {
    pointer: '/parties',
  }),
  invalid('a list for an object', draft({ period: [] }), 'isObject', { pointer: '/period' }),
  invalid('a text for an object', target({ span: '2022-10-01..2023-06-30' }), 'isObject', { pointer: '/span' }),
  invalid('no object', target({ span: undefined }), 'isObject', { pointer: '/span' }),
  invalid('null for an object', target({ span: null }), 'nothing', { pointer: '/span' }),
  invalid('an empty span', target({ span: {} }), 'isDateText', { pointer: '/span/from' }),
  invalid('half a span', target({ span: { from: '2022-10-01' } }), 'isDateText', { pointer: '/span/to' }),
  invalid('a span that is stated and is not', target({ span: { ...targetSpan(), notStated: true } }), 'excludes', {
    pointer: '/span/from',
  }),
  invalid('a span that is not not stated', target({ span: { notStated: false } }), 'isIn', {
    pointer: '/span/notStated',
  }),
  invalid('a span of null', target({ span: { notStated: null } }), 'nothing', { pointer: '/span/notStated' }),
  invalid('no year of an award', award({ awardYear: undefined }), 'isObject', { pointer: '/awardYear', ...GOVERNOR }),
  invalid('two years of an award', award({ awardYear: { year: 2566, notStated: true } }), 'excludes', {
    pointer: '/awardYear/year',
    ...GOVERNOR,
  }),
  invalid('null for a text that may be absent', indicator({ nameEn: null }), 'nothing', { pointer: '/nameEn' }),
  invalid('null for an object that may be absent', draft({ period: null }), 'nothing', { pointer: '/period' }),
  invalid('null for a number that may be absent', indicator({ goalNumber: null }), 'nothing', {
    pointer: '/goalNumber',
  }),
  invalid('a number as text', announcement({ statedCount: '14' }), 'isInt', { pointer: '/statedCount', ...RECORDER }),
  invalid('an unknown form', award({ forms: ['trophy'] }), 'isIn', { pointer: '/forms', ...GOVERNOR }),
  invalid('text in place of a list', award({ forms: 'plaque' }), 'isArray', { pointer: '/forms', ...GOVERNOR }),
];

const FIELDS: readonly HostileRequest[] = [
  invalid('an unknown field', draft({ status: 'inEffect' }), 'unknownField', { pointer: '/status' }),
  invalid('an identifier of the own choosing', indicator({ indicatorId: 'x' }), 'unknownField', {
    pointer: '/indicatorId',
  }),
  invalid('an unknown field within', target({ span: { ...targetSpan(), days: 3 } }), 'unknownField', {
    pointer: '/span/days',
  }),
  invalid('__proto__', draftText(`{"__proto__":{"fiscalYear":2567}}`), 'forbiddenKey', { pointer: '/__proto__' }),
  invalid('__proto__ within', draftText(`{"parties":[{"__proto__":1}]}`), 'forbiddenKey', {
    pointer: '/parties/0/__proto__',
  }),
  invalid('constructor', draft({ constructor: { prototype: {} } }), 'forbiddenKey', { pointer: '/constructor' }),
  invalid('toString', draft({ toString: 'x' }), 'forbiddenKey', { pointer: '/toString' }),
  invalid('a list for a body', draftText('[]'), 'isObject', { pointer: '' }),
  invalid('a text for a body', draftText('"x"'), 'isObject', { pointer: '' }),
  invalid('null for a body', draftText('null'), 'isObject', { pointer: '' }),
  { what: 'half a body', send: draftText('{"title":'), status: 400, code: 'malformedJson' },
  { what: 'more than a body', send: draftText('{} {}'), status: 400, code: 'malformedJson' },
  { what: 'an empty body', send: draftText(''), status: 400, code: 'malformedJson' },
  { what: 'a body with comments', send: draftText('{/* */}'), status: 400, code: 'malformedJson' },
  { what: 'a body over 1 MB', send: draft({ preamble: 'ก'.repeat(400_000) }), status: 413, code: 'bodyTooLarge' },
  invalid('a text of almost 1 MB', draft({ title: 'x'.repeat(1_000_000) }), 'isPlainText', { pointer: '/title' }),
  invalid('a deep body', draft({ period: nested(25) }), 'tooDeep', { pointer: `/period${'/inner'.repeat(19)}` }),
  invalid('a wide body', draft({ parties: Array.from({ length: 30_000 }, () => 0) }), 'tooManyValues', { pointer: '' }),
];

function targetSpan(): Record<string, string> {
  return { from: '2022-10-01', to: '2023-06-30' };
}

const day = (what: string, to: unknown): HostileRequest =>
  invalid(what, target({ span: { from: '2022-10-01', to } }), 'isDateText', { pointer: '/span/to' });

const DATES: readonly HostileRequest[] = [
  day('a day that February does not have', '2023-02-29'),
  day('the same in Thai', '31 กุมภาพันธ์ 2566'),
  day('a month that there is not', '2023-13-01'),
  day('a day of year zero', '0000-00-00'),
  day('a year that may be of either era', '2166-06-30'),
  day('a year of two digits', '30 มิ.ย. 66'),
  day('an era that contradicts its year', '30 มิ.ย. ค.ศ. 2566'),
  day('day and month either way round', '05/06/2023'),
  day('a moment in place of a day', '2023-06-30T00:00:00Z'),
  day('a number in place of a day', 20230630),
  day('digits of another script', '٢٠٢٣-٠٦-٣٠'),
  day('a day in the year 99999', '99999-06-30'),
  {
    what: 'a span that ends before it begins',
    send: target({ span: { from: '2023-06-30', to: '2022-10-01' } }),
    status: 422,
    code: 'span.reversed',
    pointer: '/span',
  },
  {
    what: 'a span outside of the year',
    send: target({ span: { from: '2022-10-01', to: '2023-10-01' } }),
    status: 422,
    code: 'target.spanOutsidePeriod',
    pointer: '/span',
  },
  {
    what: 'a span left open without a source',
    send: target({ span: { notStated: true } }),
    status: 422,
    code: 'span.sourceNeeded',
    pointer: '/span',
  },
  {
    what: 'a figure as of a day that has not come',
    as: 'keeper-of-phrae-cdd',
    send: ({ inEffect }) => {
      const span = { from: '2022-04-01', to: '2022-09-30' };
      return command(`${inEffect.indicator}/actuals`, actualBody({ span, asOf: '2090-01-01' }));
    },
    status: 422,
    code: 'actual.inTheFuture',
    pointer: '/asOf',
  },
];

const figure = (what: string, value: unknown): HostileRequest =>
  invalid(what, target({ value }), 'isDecimalText', { pointer: '/value' });
const notWhole = (what: string, text: string): HostileRequest =>
  invalid(what, targetText(text), 'numberNotWhole', { pointer: '/value' });

const FIGURES: readonly HostileRequest[] = [
  notWhole('a floating number', '2446.88'),
  notWhole('a number beyond all numbers', '1e400'),
  notWhole('a whole number too large to be one', '9007199254740993'),
  { what: 'not a number', send: targetText('NaN'), status: 400, code: 'malformedJson' },
  figure('a whole number in place of text', 1887),
  figure('an exponent', '1e5'),
  figure('hexadecimal', '0x10'),
  figure('infinity', 'Infinity'),
  figure('a comma for a point', '1887,5'),
  figure('commas at any place', '18,87'),
  figure('a leading zero', '0187'),
  figure('a plus', '+5'),
  figure('a point and no digit', '5.'),
  figure('blanks around', ' 5 '),
  figure('minus zero', '-0'),
  figure('digits of another script', '١٨٨٧'),
  figure('a digit with a zero-width space', '18\u200b87'),
  figure('more digits than are kept', '9'.repeat(31)),
  figure('a more exact figure than is kept', `0.${'1'.repeat(13)}`),
  figure('a formula', '=1+1'),
  invalid('half an award', announcement({ statedCount: 1.5 }), 'numberNotWhole', {
    pointer: '/statedCount',
    ...RECORDER,
  }),
  invalid('no award', announcement({ statedCount: 0 }), 'min', { pointer: '/statedCount', ...RECORDER }),
  invalid('goal 100', indicator({ goalNumber: 100 }), 'max', { pointer: '/goalNumber' }),
  { what: 'a negative weight', send: indicator({ weight: '-1' }), status: 422, code: 'indicator.weightNegative' },
  { what: 'another unit', send: target({ unit: 'baht' }), status: 422, code: 'target.unitDiffers', pointer: '/unit' },
];

const title = (what: string, text: string): HostileRequest =>
  invalid(what, draft({ title: text }), 'isPlainText', { pointer: '/title' });

const TEXTS: readonly HostileRequest[] = [
  invalid('half a surrogate pair', draftText(String.raw`{"title":"\ud800"}`), 'brokenText', { pointer: '/title' }),
  invalid('half a pair in a name', draftText(String.raw`{"\udc00":1}`), 'brokenText', { pointer: '' }),
  title('NUL', 'ก\u0000ข'),
  title('a line break in a title', 'ก\nข'),
  title('a turn of direction', 'ก\u202eข'),
  title('an isolated turn of direction', 'ก\u2066ข'),
  title('nothing to see', ' \u00a0 '),
  title('nothing to see, of no width', '\u200b\u200b'),
  title('an escape of a terminal', 'ก\u001b[31mข'),
  title('nothing', ''),
  invalid(
    'an office of no width',
    draft({ parties: [{ side: 'maker', officeId: 'a\u200bb', officeName: 'x' }] }),
    'isIdentifier',
    {
      pointer: '/parties/0/officeId',
    },
  ),
  invalid('a path for an office', draft({ goalSet: '../../etc/passwd' }), 'isIdentifier', { pointer: '/goalSet' }),
  invalid('a province in Thai digits', draft({ province: 'TH-๕๔' }), 'matches', { pointer: '/province' }),
  invalid('a province and a line break', draft({ province: 'TH-54\n' }), 'matches', { pointer: '/province' }),
  invalid('a display number that never ends', indicator({ displayNumber: '1.'.repeat(5_000) }), 'matches', {
    pointer: '/displayNumber',
  }),
  invalid('a hash in capitals', signature({ termsHash: 'AB'.repeat(32) }), 'matches', { pointer: '/termsHash' }),
  invalid('a paper without its day', signature({ paper: { scanSha256: 'ab'.repeat(32) } }), 'isDateText', {
    pointer: '/paper/signedOn',
  }),
  invalid(
    'evidence of a type that is none',
    actual({ evidence: [{ sha256: 'ab'.repeat(32), mediaType: 'x', name: 'x' }] }),
    'matches',
    {
      pointer: '/evidence/0/mediaType',
      ...RECORDER,
    },
  ),
];

/** What is wrong within the body. */
export const HOSTILE_BODIES: readonly HostileRequest[] = [...WRONG_TYPES, ...FIELDS, ...DATES, ...FIGURES, ...TEXTS];
