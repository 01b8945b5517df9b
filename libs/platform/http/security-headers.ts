import * as crypto from 'node:crypto';
import type { Config } from '@khamrap/platform/config';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const ANSWER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Headers of every answer. A handler that serves pages sets its own content security policy over this one. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': ANSWER_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
};

/** A year, as browsers' own lists ask for. */
const ONLY_BY_TLS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
const HEADERS_BY_TLS: Readonly<Record<string, string>> = { ...SECURITY_HEADERS, ...ONLY_BY_TLS };

/**
 * Which headers an answer has. Browsers are told to come by TLS alone where they came so: where the service's own address
 * says it, or where a proxy that is believed does.
 */
export function securityHeadersFor({ http }: Config): (request: FastifyRequest) => Readonly<Record<string, string>> {
  if (http.address?.startsWith('https:') === true) return () => HEADERS_BY_TLS;
  if (http.trustedProxies.length === 0) return () => SECURITY_HEADERS;
  return (request) => (request.protocol === 'https' ? HEADERS_BY_TLS : SECURITY_HEADERS);
}

const PAGES_OF_DOCUMENTATION = /^\/docs(?:$|\/)/;
const STYLE = /<style>([^]*?)<\/style>/g;
/** What hides the icons of the page before they are used: attributes say the same without being a style. */
const HIDING_STYLE = 'style="position:absolute;width:0;height:0"';

/**
 * Gives the pages of Swagger UI a policy of their own: scripts and styles from files of this service, and of what stands in
 * the page exactly the two style sheets that it comes with, by their hashes. What the scripts style while they run needs no
 * leave: it goes through the object model. To be called before the pages are put up.
 */
export function protectDocumentation(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (!PAGES_OF_DOCUMENTATION.test(route.url)) return;
    route.onSend = (_request, reply: FastifyReply, payload, done) => {
      const page = typeof payload === 'string' ? payload.replace(HIDING_STYLE, 'width="0" height="0"') : payload;
      const styles = typeof page === 'string' ? [...page.matchAll(STYLE)].map(([, text = '']) => hashOf(text)) : [];
      reply.header('content-security-policy', documentationPolicy(styles));
      done(null, page);
    };
  });
}

function documentationPolicy(styles: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...styles].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${crypto.createHash('sha256').update(text).digest('base64')}'`;
}
