import { Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotAuthenticated, NotPermitted } from './access-refused';
import { ruleOf, type RouteRule } from './allow';
import { Authenticator } from './authenticator';
import { GrantReader, type Grant, type KnownIdentity } from './grant';
import type { Permission } from './permissions';
import { actorUnder, type Requester } from './requester';
import { BrowserSessions, SESSION_COOKIE, type BrowserSession } from './sessions/browser-sessions';
import { cookieIn } from './sessions/cookies';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard where somebody asks by a browser's session. */
    browserSession?: BrowserSession;
  }
}

/** The role of somebody who is known but holds no grant that counts: on routes where nothing is decided, and where they are refused. */
const NO_ROLE = 'none';

/**
 * Stands before every route. A guard and never middleware: what runs before routing has been bypassed by encoded paths,
 * trailing slashes and HEAD requests four times over (CVE-2025-69211, CVE-2026-2293, CVE-2026-33011, CVE-2026-54281).
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly grantReader: GrantReader,
    @Optional() private readonly sessions?: BrowserSessions,
  ) {}

  /**
   * @throws NotAuthenticated, NotPermitted, CsrfRefused, CrossSiteRequest, IssuerUnavailable, GrantsUnavailable
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = ruleOf(context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const person = await this.known(request);
    if (person === undefined) {
      if (isOpen(rule)) return true;
      throw new NotAuthenticated('missing');
    }
    const grants = await this.grantReader.grantsOf(person);
    const isCurrent = () => this.isStillKnown(person, request);
    const isForAll = isOpen(rule) || rule?.kind === 'signedIn';
    // Before anything is refused: whoever is known is counted and logged as themselves also where they are refused.
    request.requester = { ...requester(person, grants, isForAll ? grants[0] : undefined), isCurrent };
    if (request.browserSession) this.sessions?.judge(request.browserSession, request.method, request.headers);
    if (isForAll) return true;
    // A route without a rule cannot come this far (ClosedRoutes); if it did, nothing would allow it.
    const permissions = rule?.kind === 'allow' ? rule.permissions : [];
    const allowing = grants.find((grant) => holdsOne(grant, permissions));
    if (allowing === undefined) throw new NotPermitted(permissions);
    request.requester = { ...requester(person, grants, allowing), isCurrent };
    return true;
  }

  /** Whether the token has not expired, or the session not ended, since somebody became known by it. */
  private async isStillKnown({ pseudonym }: KnownIdentity, { headers }: FastifyRequest): Promise<boolean> {
    const { authorization, cookie } = headers;
    if (authorization === undefined) return (await this.sessions?.isOpen(cookie, pseudonym)) === true;
    try {
      return (await this.authenticator.authenticate(authorization)).pseudonym === pseudonym;
    } catch (error) {
      if (error instanceof NotAuthenticated) return false;
      throw error;
    }
  }

  // A browser sends its cookie by itself, so a session that has ended is like none; a token is sent on purpose, and must be good.
  private async known(request: FastifyRequest): Promise<KnownIdentity | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) {
      if (cookieIn(cookie, SESSION_COOKIE) !== undefined) throw new NotAuthenticated('ambiguous');
      return this.authenticator.authenticate(authorization);
    }
    if (cookie === undefined || this.sessions === undefined) return undefined;
    const session = await this.sessions.find(cookie);
    if (session === undefined) return undefined;
    request.browserSession = session;
    return session;
  }
}

function isOpen(rule: RouteRule | undefined): boolean {
  return rule?.kind === 'public' || rule?.kind === 'published';
}

function holdsOne(grant: Grant, permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => grant.permissions.has(permission));
}

function requester(
  { issuer, subject, pseudonym }: KnownIdentity,
  grants: readonly Grant[],
  acting: Grant | undefined,
): Requester {
  const actor = acting === undefined ? { id: pseudonym, role: NO_ROLE } : actorUnder(pseudonym, acting);
  return { issuer, subject, actor, grants };
}
