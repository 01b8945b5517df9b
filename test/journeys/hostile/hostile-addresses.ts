import { agreementBody, targetBody } from '../bodies';
import { command, invalid, type HostileRequest } from './hostile-request';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const get = (path: string): HostileRequest['send'] => {
  return () => ({ path });
};
const query = (what: string, parameters: string, error: string, parameter: string): HostileRequest =>
  invalid(what, get(`/v1/standings?${parameters}`), error, { parameter, as: 'dashboard' });
const notFound = (what: string, send: HostileRequest['send'], as?: string | null): HostileRequest => ({
  what,
  send,
  status: 404,
  code: 'notFound',
  ...(as !== undefined && { as }),
});

const QUERIES: readonly HostileRequest[] = [
  query('an unknown parameter', 'year=2566', 'unknownField', 'year'),
  query('__proto__', '__proto__=1', 'forbiddenKey', '__proto__'),
  query('constructor', 'constructor=1', 'forbiddenKey', 'constructor'),
  query('a page of nothing', 'limit=0', 'isWholeNumberText', 'limit'),
  query('too long a page', 'limit=1001', 'isWholeNumberText', 'limit'),
  query('a page of less than nothing', 'limit=-1', 'isWholeNumberText', 'limit'),
  query('a page and a half', 'limit=1.5', 'isWholeNumberText', 'limit'),
  query('a page of 1e2', 'limit=1e2', 'isWholeNumberText', 'limit'),
  query('a page without length', 'limit=', 'isWholeNumberText', 'limit'),
  query('two lengths', 'limit=1&limit=2', 'isWholeNumberText', 'limit'),
  query('a cursor that is none', 'cursor=%25%25', 'isCursor', 'cursor'),
  query('a cursor of nothing', `cursor=${cursor(null)}`, 'isCursor', 'cursor'),
  query('a cursor of another list', `cursor=${cursor([UUID])}`, 'isCursor', 'cursor'),
  query('a cursor of numbers', `cursor=${cursor([1, 2, 3, 4])}`, 'isCursor', 'cursor'),
  query('a cursor of words', `cursor=${cursor(['x', 'y', 'z', 'w'])}`, 'isCursor', 'cursor'),
  query('a cursor too long', `cursor=${'a'.repeat(1_001)}`, 'isPlainText', 'cursor'),
  invalid('a cursor of words among awards', get(`/v1/awards?cursor=${cursor(['x'])}`), 'isCursor', {
    parameter: 'cursor',
    as: 'governor-of-phrae',
  }),
  invalid('a cursor of words among agreements', get(`/v1/agreements?cursor=${cursor(["'; --"])}`), 'isCursor', {
    parameter: 'cursor',
    as: 'dashboard',
  }),
  query('a moment without offset', 'asOf=2023-06-30T00:00:00', 'isMomentText', 'asOf'),
  query('a day for a moment', 'asOf=2023-06-30', 'isMomentText', 'asOf'),
  query('a moment on a day that there is not', 'asOf=2023-02-30T00:00:00Z', 'isMomentText', 'asOf'),
  invalid('a moment to come', get('/v1/standings?province=TH-54&asOf=2090-01-01T00:00:00Z'), 'notRecordedYet', {
    as: 'dashboard',
  }),
  invalid('a position to come', get('/v1/standings?province=TH-54&asOfPosition=99999'), 'notRecordedYet', {
    as: 'dashboard',
  }),
  query('the past of the whole nation', 'status=noTarget&asOfPosition=1', 'pastOfWhat', 'asOfPosition'),
  query('what the public knew of an office', 'office=x&publishedBy=2023-06-30T00:00:00Z', 'pastOfWhat', 'publishedBy'),
  query('a position below all', 'asOfPosition=-1', 'isWholeNumberText', 'asOfPosition'),
  query('a position beyond numbers', 'asOfPosition=9007199254740993', 'isWholeNumberText', 'asOfPosition'),
  query('a moment and a position', 'asOf=2023-06-30T00:00:00Z&asOfPosition=1', 'excludes', 'asOf'),
  query('a position to wait for and a token', 'minPosition=1&after=1', 'excludes', 'minPosition'),
  query('the past and what is to come', 'asOfPosition=1&minPosition=2', 'excludes', 'minPosition'),
  invalid('a token that is none', get('/v1/standings?after=abc'), 'notRecordedYet', { as: 'dashboard' }),
  query('a province that is none', 'province=Phrae', 'matches', 'province'),
  query('two provinces', 'province=TH-54&province=TH-57', 'matches', 'province'),
  query(
    'an office with a quote',
    `office=${encodeURIComponent("x'; DROP TABLE ledger.event; --")}`,
    'isIdentifier',
    'office',
  ),
  query('goal 0', 'goal=0', 'isWholeNumberText', 'goal'),
  query('an unknown status', 'status=green', 'isIn', 'status'),
  query('an agreement that is no identifier', 'agreement=1', 'isUuid', 'agreement'),
  query('a year of the Common Era', 'fiscalYear=2023', 'isFiscalYear', 'fiscalYear'),
];

const IDENTIFIERS: readonly HostileRequest[] = [
  notFound('an identifier that is none', get('/v1/agreements/1')),
  notFound('an identifier in braces', get(`/v1/agreements/{${UUID}}`)),
  notFound('a path for an identifier', get('/v1/agreements/..%2f..%2fhealth')),
  notFound('NUL for an identifier', get('/v1/agreements/%00')),
  notFound('a command on an identifier that is none', () =>
    command('/v1/agreements/1/indicators/2/target', targetBody()),
  ),
  {
    what: 'an agreement that there is not',
    send: get(`/v1/agreements/${UUID}`),
    status: 404,
    code: 'agreement.notDrafted',
  },
  {
    what: 'an indicator that there is not',
    send: ({ own }) => command(`${own.agreement}/indicators/${UUID}/target`, targetBody()),
    status: 404,
    code: 'indicator.unknown',
  },
  {
    what: 'an endless identifier',
    send: get(`/v1/agreements/${'a'.repeat(400)}`),
    status: 414,
    code: 'addressTooLong',
  },
  { what: 'half an escape', send: get('/v1/agreements/%E0%B8'), status: 400, code: 'malformedRequest' },
];

const METHODS: readonly HostileRequest[] = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].flatMap((method) => [
  notFound(`${method} of a list`, () => ({ method, path: '/v1/standings' })),
  notFound(`${method} of an agreement`, ({ own }) => ({ method, path: own.agreement })),
]);

const PATHS: readonly HostileRequest[] = [
  ...METHODS,
  notFound('HEAD of what is only posted', () => ({ method: 'HEAD', path: '/v1/award-announcements' })),
  notFound('GET of what is only posted', get('/v1/award-announcements')),
  notFound('a slash at the end', get('/v1/standings/')),
  notFound('two slashes', get('//v1/standings')),
  notFound('capitals', get('/V1/Standings')),
  notFound('a dot', get('/v1/./standings')),
  notFound('a way up', get('/v1/agreements/../standings')),
  notFound('a path parameter', get('/v1/standings;a=b')),
  notFound('a path parameter within', get('/v1;a=b/standings')),
  notFound('a slash as an escape', get('/v1%2fstandings')),
  notFound('a slash the other way', get('/v1\\standings')),
  notFound('a dot as an escape', get('/v1/%2e/standings')),
  notFound('a letter escaped twice', get('/v1/%2573tandings')),
  notFound('NUL after a word', get('/v1/standings%00')),
  notFound('a blank after a word', get('/v1/standings%20')),
  notFound('another verb named for a command', ({ own }) => ({
    method: 'DELETE',
    path: own.agreement,
    headers: { 'x-http-method-override': 'GET' },
  })),
  notFound('a slash at the end of a command', () => command('/v1/agreements/', agreementBody({ fiscalYear: 2567 }))),
  { what: 'letters as escapes', as: null, send: get('/v1/standings/%64ue'), status: 401, code: 'notAuthenticated' },
  {
    what: 'HEAD without a token',
    as: null,
    send: () => ({ method: 'HEAD', path: '/v1/standings/due' }),
    status: 401,
    code: 'notAuthenticated',
  },
  {
    what: 'letters as escapes, without leave',
    as: 'dashboard',
    send: get('/v1/role%2Dgrants'),
    status: 403,
    code: 'notPermitted',
  },
];

const live = (what: string, id: string): HostileRequest => ({
  what,
  as: 'dashboard',
  send: () => ({ path: '/v1/standings/stream', headers: { 'last-event-id': id } }),
  status: 400,
  code: 'invalidRequest',
  error: 'isPosition',
  header: 'Last-Event-ID',
});

const STREAMS: readonly HostileRequest[] = [
  live('a last event that is none', 'abc'),
  live('a last event below all', '-1'),
  live('half an event', '1.5'),
  live('an event beyond numbers', '9'.repeat(17)),
  invalid('an unknown parameter of a stream', get('/v1/standings/stream?goal=8'), 'unknownField', {
    parameter: 'goal',
    as: 'dashboard',
  }),
];

/** What is wrong in the address. */
export const HOSTILE_ADDRESSES: readonly HostileRequest[] = [...QUERIES, ...IDENTIFIERS, ...PATHS, ...STREAMS];
