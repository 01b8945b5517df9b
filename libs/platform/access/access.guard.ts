import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotAuthenticated, NotPermitted } from './access-refused';
import { ruleOf, type RouteRule } from './allow';
import { Authenticator, type Authenticated } from './authenticator';
import { GrantReader, type Grant } from './grant';
import type { Permission } from './permissions';
import { actorUnder, type Requester } from './requester';

/** The role of somebody who is known but holds no grant: on public routes only, where nothing is decided. */
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
  ) {}

  /**
   * @throws NotAuthenticated, NotPermitted, IssuerUnavailable
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = ruleOf(context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (isOpen(rule)) return true;
      throw new NotAuthenticated('missing');
    }
    const person = await this.authenticator.authenticate(authorization);
    const grants = await this.grantReader.grantsOf(person);
    if (isOpen(rule)) {
      request.requester = requester(person, grants, grants[0]);
      return true;
    }
    // A route without a rule cannot come this far (ClosedRoutes); if it did, nothing would allow it.
    const permissions = rule?.kind === 'allow' ? rule.permissions : [];
    const allowing = grants.find((grant) => holdsOne(grant, permissions));
    if (allowing === undefined) throw new NotPermitted(permissions);
    request.requester = requester(person, grants, allowing);
    return true;
  }
}

function isOpen(rule: RouteRule | undefined): boolean {
  return rule?.kind === 'public' || rule?.kind === 'published';
}

function holdsOne(grant: Grant, permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => grant.permissions.has(permission));
}

function requester(
  { issuer, subject, pseudonym }: Authenticated,
  grants: readonly Grant[],
  acting: Grant | undefined,
): Requester {
  const actor = acting === undefined ? { id: pseudonym, role: NO_ROLE } : actorUnder(pseudonym, acting);
  return { issuer, subject, actor, grants };
}
