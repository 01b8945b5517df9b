import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Permission } from './permissions';
import type { Requester } from './requester';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; absent where a public route is asked without a token. */
    requester?: Requester;
  }
}

/** Who may call a route. */
export type RouteRule =
  | { readonly kind: 'public' }
  /** Everybody for what is published; whoever holds the permission also for what is not, where they hold it. */
  | { readonly kind: 'published'; readonly permission: Permission }
  /** Whoever is known, with a grant or without: for what concerns nobody but them. */
  | { readonly kind: 'signedIn' }
  /** Whoever holds one of these permissions anywhere; the handler checks the object. */
  | { readonly kind: 'allow'; readonly permissions: readonly Permission[] };

const RULE = 'khamrap:access-rule';

/** The name under which the OpenAPI document describes bearer tokens. */
export const BEARER_SCHEME = 'bearer';

/** Lets those call the route who hold one of the permissions, for some place; the handler checks which (`permits`). */
export function Allow(first: Permission, ...others: readonly Permission[]): MethodDecorator {
  const permissions = [first, ...others];
  return applyDecorators(
    SetMetadata(RULE, { kind: 'allow', permissions } satisfies RouteRule),
    ApiBearerAuth(BEARER_SCHEME),
    ApiExtension('x-permissions', permissions),
  );
}

/**
 * Lets everybody call the route for what is published. Who holds the permission is shown what is not published too, as far as
 * their grants reach: the handler asks for their sight (`sightOf`).
 */
export function Published(permission: Permission): MethodDecorator {
  return applyDecorators(
    SetMetadata(RULE, { kind: 'published', permission } satisfies RouteRule),
    ApiSecurity({}),
    ApiBearerAuth(BEARER_SCHEME),
    ApiExtension('x-permission-beyond-published', permission),
  );
}

/** Lets everybody who has a token call the route, also those who hold no grant: for what it tells them about themselves. */
export function SignedIn(): MethodDecorator {
  return applyDecorators(
    SetMetadata(RULE, { kind: 'signedIn' } satisfies RouteRule),
    ApiBearerAuth(BEARER_SCHEME),
    ApiExtension('x-permissions', []),
  );
}

/** Lets everybody call the route. A token that comes along is verified all the same, and refused when it is no good. */
export function Public(): MethodDecorator {
  return applyDecorators(SetMetadata(RULE, { kind: 'public' } satisfies RouteRule), ApiSecurity({}));
}

/** The rule of a route's handler. */
export function ruleOf(handler: object): RouteRule | undefined {
  return Reflect.getMetadata(RULE, handler) as RouteRule | undefined;
}

/** Parameter of a handler: who is asking; undefined on a public route asked without a token. */
export const RequestedBy = createParamDecorator(
  (_data: undefined, context: ExecutionContext): Requester | undefined =>
    context.switchToHttp().getRequest<FastifyRequest>().requester,
);
