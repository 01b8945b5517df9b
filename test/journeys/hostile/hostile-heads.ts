import { actualBody, agreementBody, awardBody, indicatorBody, signatureBody, targetBody } from '../bodies';
import { command, type HostileRequest } from './hostile-request';
import type { Place, Situation } from './situation';

const draft = (headers: Readonly<Record<string, string | readonly string[]>>): HostileRequest['send'] => {
  return () => command('/v1/agreements', agreementBody({ fiscalYear: 2567 }), headers);
};

const contentType = (what: string, type: string): HostileRequest => ({
  what,
  send: draft({ 'content-type': type }),
  status: 415,
  code: 'unsupportedMediaType',
});
const key = (what: string, value: string | readonly string[]): HostileRequest => ({
  what,
  send: draft({ 'idempotency-key': value }),
  status: 400,
  code: 'idempotencyKeyMalformed',
  header: 'Idempotency-Key',
});
const ifMatch = (what: string, value: string): HostileRequest => ({
  what,
  send: draft({ 'if-match': value }),
  status: 400,
  code: 'ifMatchMalformed',
  header: 'If-Match',
});
const token = (what: string, authorization: string | readonly string[]): HostileRequest => ({
  what,
  as: null,
  send: draft({ authorization }),
  status: 401,
  code: 'notAuthenticated',
});

const tokenOf = (what: string, from: (tokens: Situation['tokens']) => string | readonly string[]): HostileRequest => ({
  what,
  as: null,
  send: ({ tokens }) => {
    const token = from(tokens);
    return command('/v1/agreements', agreementBody({ fiscalYear: 2567 }), {
      authorization: typeof token === 'string' ? `Bearer ${token}` : token,
    });
  },
  status: 401,
  code: 'notAuthenticated',
});

function withoutKey(): HostileRequest['send'] {
  return () => {
    const { headers: { 'idempotency-key': _key, ...headers } = {}, ...request } = command(
      '/v1/agreements',
      agreementBody({ fiscalYear: 2567 }),
    );
    return { ...request, headers };
  };
}

const HEADERS: readonly HostileRequest[] = [
  contentType('plain text', 'text/plain'),
  contentType('a form', 'application/x-www-form-urlencoded'),
  contentType('a form with parts', 'multipart/form-data; boundary=x'),
  contentType('JSON in another encoding', 'application/json; charset=utf-16'),
  contentType('something after JSON', 'application/json;x'),
  contentType('two types', 'application/json, text/plain'),
  contentType('JSON of another kind', 'application/problem+json'),
  contentType('a tab after JSON', 'application/json\t;charset=utf-8'),
  contentType('a blank before the parameter', 'application/json ; charset=utf-8'),
  contentType('a parameter without a value', 'application/json; charset'),
  contentType('JSON in quotes', '"application/json"'),
  contentType('JSON twice', 'application/json;application/json'),
  contentType('something that begins as JSON', 'application/jsonx'),
  {
    what: 'two types in two fields',
    send: draft({ 'content-type': ['application/json', 'text/plain'] }),
    status: 415,
    code: 'unsupportedMediaType',
  },
  { what: 'no key', send: withoutKey(), status: 400, code: 'idempotencyKeyMissing', header: 'Idempotency-Key' },
  {
    what: 'an empty key',
    send: draft({ 'idempotency-key': '' }),
    status: 400,
    code: 'idempotencyKeyMissing',
    header: 'Idempotency-Key',
  },
  key('a key with a blank', 'a b'),
  key('a key that is too long', 'k'.repeat(256)),
  key('a key in Latin letters with accents', 'caf\u00e9'),
  key('half a quoted key', '"abc'),
  key('two keys', ['one', 'two']),
  ifMatch('any revision', '*'),
  ifMatch('a weak tag', 'W/"2"'),
  ifMatch('no tag', '2'),
  ifMatch('two tags', '"1", "2"'),
  ifMatch('a revision below all', '"-1"'),
  ifMatch('a revision above all', '"99999999999999999"'),
];

const REVISIONS_AND_KEYS: readonly HostileRequest[] = [
  {
    what: 'an earlier revision',
    send: ({ own }) => command(`${own.indicator}/target`, targetBody({ value: '1' }), { 'if-match': '"1"' }),
    status: 412,
    code: 'revisionMismatch',
  },
  {
    what: 'a later revision',
    send: ({ own }) => command(`${own.indicator}/target`, targetBody({ value: '1' }), { 'if-match': '"3"' }),
    status: 412,
    code: 'revisionMismatch',
  },
  {
    what: 'a revision of what does not exist',
    send: draft({ 'if-match': '"0"' }),
    status: 412,
    code: 'revisionMismatch',
  },
  {
    what: 'a used key with another body',
    send: ({ own, usedKey }) =>
      command(`${own.agreement}/indicators`, indicatorBody({ weight: '61' }), { 'idempotency-key': usedKey }),
    status: 422,
    code: 'idempotencyKeyReused',
  },
  {
    what: 'a used key with another command of the same stream',
    send: ({ own, usedKey }) =>
      command(`${own.indicator}/target`, targetBody({ value: '1' }), { 'idempotency-key': usedKey }),
    status: 422,
    code: 'idempotencyKeyReused',
  },
  {
    what: 'a used key for another stream',
    send: ({ usedKey }) =>
      command('/v1/agreements', agreementBody({ fiscalYear: 2567 }), { 'idempotency-key': usedKey }),
    status: 422,
    code: 'idempotencyKeyReused',
  },
];

const TOKENS: readonly HostileRequest[] = [
  { what: 'no token', as: null, send: draft({}), status: 401, code: 'notAuthenticated' },
  token('garbage for a token', 'Bearer garbage'),
  token('an empty token', 'Bearer '),
  {
    what: 'a token in the address',
    as: null,
    send: ({ tokens }) => ({
      ...command('/v1/agreements', agreementBody({ fiscalYear: 2567 })),
      path: `/v1/agreements?access_token=${tokens.head}`,
    }),
    status: 401,
    code: 'notAuthenticated',
  },
  {
    what: 'a token in the body',
    as: null,
    send: ({ tokens }) =>
      command('/v1/agreements', { ...agreementBody({ fiscalYear: 2567 }), access_token: tokens.head }),
    status: 401,
    code: 'notAuthenticated',
  },
  token('a token in quotes', 'Bearer "x"'),
  token('two schemes', 'Basic YTpi, Bearer x'),
  token('a name and a password', `Basic ${Buffer.from('a:b').toString('base64')}`),
  token('a token of 20,000 characters', `Bearer ${'a'.repeat(12_000)}`),
  tokenOf('a token with another subject written in', ({ keeper }) => forged(keeper)),
  tokenOf('a token that says it needs no signature', ({ head }) => unsigned(head)),
  tokenOf('two tokens', ({ head, keeper }) => [`Bearer ${head}`, `Bearer ${keeper}`]),
  tokenOf('a token that has run out', ({ expired }) => expired),
  tokenOf('a token of yesterday', ({ issuedLongAgo }) => issuedLongAgo),
  tokenOf('a token of tomorrow', ({ issuedTomorrow }) => issuedTomorrow),
  tokenOf('a token for another service', ({ forAnotherService }) => forAnotherService),
  tokenOf('a token of another issuer', ({ ofAnotherIssuer }) => ofAnotherIssuer),
  tokenOf('a token of another kind', ({ ofAnotherKind }) => ofAnotherKind),
  tokenOf('a token of nobody', ({ ofNobody }) => ofNobody),
  tokenOf('a token by another key', ({ byAnotherKey }) => byAnotherKey),
];

function forged(token: string): string {
  const [head, body = '', signature] = token.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  return [head, encoded({ ...payload, sub: 'head-of-phrae-cdd' }), signature].join('.');
}

function unsigned(token: string): string {
  return [encoded({ alg: 'none', typ: 'at+jwt' }), token.split('.')[1], ''].join('.');
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** Every command on an agreement, as the keeper or the head would send it. */
function commandsOn(place: Place): readonly [string, string, ReturnType<typeof command>][] {
  return [
    [
      'an indicator',
      'head-of-phrae-cdd',
      command(`${place.agreement}/indicators`, indicatorBody({ displayNumber: '9' })),
    ],
    ['a target', 'head-of-phrae-cdd', command(`${place.indicator}/target`, targetBody({ value: '2' }))],
    [
      'a signature',
      'head-of-phrae-cdd',
      command(`${place.agreement}/signatures`, signatureBody({ termsHash: 'ab'.repeat(32), termsRevision: 2 })),
    ],
    ['a figure', 'keeper-of-phrae-cdd', command(`${place.indicator}/actuals`, actualBody())],
    ['a look', 'keeper-of-phrae-cdd', { method: 'GET', path: place.agreement }],
  ];
}

const NAMES = ['an indicator', 'a target', 'a signature', 'a figure', 'a look'] as const;
const somewhere = (where: 'neighbour' | 'foreign', status: number, code: string): readonly HostileRequest[] =>
  NAMES.map((name, index) => ({
    what: `${name} at ${where === 'foreign' ? 'another province' : 'another office of the province'}`,
    as: index < 3 ? 'head-of-phrae-cdd' : 'keeper-of-phrae-cdd',
    send: (situation) => (commandsOn(situation[where])[index] as [string, string, ReturnType<typeof command>])[2],
    status,
    code,
  }));

const PLACES: readonly HostileRequest[] = [
  ...somewhere('foreign', 404, 'agreement.notDrafted'),
  ...somewhere('neighbour', 403, 'agreement.notYours'),
  {
    what: 'an agreement of an office elsewhere',
    send: () =>
      command(
        '/v1/agreements',
        agreementBody({ province: 'TH-57', parties: [{ side: 'maker', officeId: 'x', officeName: 'x' }] }),
      ),
    status: 404,
    code: 'agreement.notDrafted',
  },
  {
    what: 'an agreement of the own office in another province',
    send: () => command('/v1/agreements', agreementBody({ province: 'TH-57' })),
    status: 404,
    code: 'agreement.notDrafted',
  },
  {
    what: 'a figure by somebody who reports none',
    as: 'supervisor-of-phrae-cdd',
    send: ({ own }) => command(`${own.indicator}/actuals`, actualBody()),
    status: 403,
    code: 'notPermitted',
  },
  {
    what: 'words of a document by somebody who transcribes none',
    send: ({ own }) =>
      command(`${own.indicator}/target`, targetBody({ source: { document: 'ab'.repeat(32), passage: 'x' } })),
    status: 403,
    code: 'notPermitted',
  },
  {
    what: 'an award by somebody who grants none',
    send: () => command('/v1/awards', {}),
    status: 403,
    code: 'notPermitted',
  },
  {
    what: 'an award for another province',
    as: 'governor-of-phrae',
    send: () => command('/v1/awards', awardBody({ recipients: [{ name: 'จังหวัดเชียงราย', province: 'TH-57' }] })),
    status: 403,
    code: 'award.notYours',
  },
  {
    what: 'an award for nobody knows where',
    as: 'governor-of-phrae',
    send: () => command('/v1/awards', awardBody({ recipients: [{ name: 'จังหวัดแพร่' }] })),
    status: 403,
    code: 'award.notYours',
  },
];

/** What is wrong around the body: headers, tokens, keys, revisions, and where somebody may not go. */
export const HOSTILE_HEADS: readonly HostileRequest[] = [...HEADERS, ...REVISIONS_AND_KEYS, ...TOKENS, ...PLACES];
