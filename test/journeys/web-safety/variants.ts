import type { RawRequest } from '../../../libs/testing/service';

/** Another way to write the same request, or one that somebody may take for the same. */
export interface Variant {
  readonly what: string;
  readonly request: RawRequest;
}

const HEADERS: readonly (readonly [what: string, headers: Readonly<Record<string, string | readonly string[]>>])[] = [
  ['a forwarded address of the machine itself', { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' }],
  ['a forwarded host', { 'x-forwarded-host': 'localhost', forwarded: 'for=127.0.0.1;host=localhost;proto=https' }],
  ['a forwarded prefix', { 'x-forwarded-prefix': '/health', 'x-forwarded-path': '/health/live' }],
  ['an original address', { 'x-original-url': '/health/live', 'x-rewrite-url': '/health/live' }],
  ['another verb named', { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'HEAD' }],
  ['another host', { host: 'localhost' }],
  ['an empty host', { host: '' }],
  ['a user of a proxy', { 'x-forwarded-user': 'governor-of-phrae', 'x-remote-user': 'governor-of-phrae' }],
  ['an empty token', { authorization: '' }],
  ['a scheme alone', { authorization: 'Bearer' }],
  ['two empty tokens', { authorization: ['', ''] }],
  ['a cookie that is none', { cookie: '__Host-khamrap-session=; a' }],
  ['a session of nobody', { cookie: '__Host-khamrap-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
];

/** All of them for one request. */
export function variantsOf({ method, path, headers = {}, body }: RawRequest, origin: string): readonly Variant[] {
  const same = { method, headers, ...(body !== undefined && { body }) };
  const [, first = '', ...rest] = path.split('/');
  const last = rest.at(-1) ?? first;
  const parents = path.slice(0, path.length - last.length);
  const at = (what: string, other: string): Variant => ({ what, request: { ...same, path: other } });
  return [
    at('a slash at the end', `${path}/`),
    at('a slash at the end, encoded', `${path}%2f`),
    at('two slashes before', `/${path}`),
    at('two slashes within', `${parents}/${last}`),
    at('a path parameter', `${path};x`),
    at('a path parameter within', `/${first};x=1${path.slice(first.length + 1)}`),
    at('a letter encoded', `${parents}${encoded(last)}`),
    at('a letter of the first word encoded', `/${encoded(first)}${path.slice(first.length + 1)}`),
    at('a letter encoded twice', `${parents}${encoded(last).replace('%', '%25')}`),
    at('a slash encoded', `${parents.slice(0, -1)}%2f${last}`),
    at('a slash the other way', `${parents.slice(0, -1)}\\${last}`),
    at('a dot', `${parents}./${last}`),
    at('a way up', `${parents}x/../${last}`),
    at('a way up, encoded', `${parents}x/%2e%2e/${last}`),
    at('a way up from somewhere open', `/health/..${path}`),
    at('a way up from somewhere open, encoded', `/health%2f..${path}`),
    at('capitals', path.toUpperCase()),
    at('a capital', `${parents}${last.slice(0, 1).toUpperCase()}${last.slice(1)}`),
    at('NUL at the end', `${path}%00`),
    at('a name of a file', `${path}.json`),
    at('a blank at the end', `${path}%20`),
    at('a line break at the end', `${path}%0d%0a`),
    at('an empty query', `${path}?`),
    at('a fragment', `${path}#x`),
    at('an absolute address', `${origin}${path}`),
    at('an absolute address elsewhere', `http://elsewhere.example${path}`),
    at('letters of full width', `${parents}${encodeURIComponent(wide(last))}`),
    ...HEADERS.map(([what, more]) => ({ what, request: { ...same, path, headers: { ...headers, ...more } } })),
  ];
}

function encoded(word: string): string {
  return word.replace(/[a-z]/i, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

function wide(word: string): string {
  return word.replace(/[a-z]/, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));
}
