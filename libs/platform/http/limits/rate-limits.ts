import { RouteConfig } from '@nestjs/platform-fastify';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { credentialsIn } from '@khamrap/platform/access';
import type { RequestBudgets } from '@khamrap/platform/config';
import { RequestRefused } from '../problem';
import { addressKey } from './address-key';
import { Budget } from './budget';

declare module 'fastify' {
  interface FastifyRequest {
    /** The actor for whom the request was counted, if for any. */
    countedFor?: string;
  }
  interface FastifyContextConfig {
    /** Marks a route that answers however often it is asked. */
    unlimited?: true;
    /** Marks a route that hands out the verifiable log: everybody may read all of it, known or not. */
    readsLog?: true;
  }
}

/** A route whose requests are not counted: for what watches over the service, which must not be told that it asks too often. */
export function Unlimited(): MethodDecorator {
  return RouteConfig({ unlimited: true });
}

/** A route of the verifiable log: its requests count for the address in a budget of their own, which an audit of all of it fits into. */
export function ReadsLog(): MethodDecorator {
  return RouteConfig({ readsLog: true });
}

const CREDENTIALS_BYTES_MAX = 8_000_000;

/**
 * Counts requests before anything is done for them. Who is not known counts by address, whoever was known before by the same
 * credentials counts for themselves. Credentials that prove nothing are counted once more, in a smaller budget: guessing
 * ends when it is used up, while those behind the same address whose credentials are known go on.
 *
 * The hook looks at no path: it stands before every request, however its address is spelled, also those that lead nowhere.
 */
export class RateLimits {
  private readonly budgets: Readonly<Record<keyof RequestBudgets, Budget>>;
  /** Actors by the credentials under which the guard has come to know them; bounded by the length of those. */
  private readonly actors = new LRUCache<string, string>({
    maxSize: CREDENTIALS_BYTES_MAX,
    sizeCalculation: (actor, credentials) => credentials.length + actor.length,
  });

  constructor(perMinute: RequestBudgets) {
    const budget = (name: keyof RequestBudgets): Budget => new Budget(name, perMinute[name]);
    this.budgets = {
      public: budget('public'),
      read: budget('read'),
      command: budget('command'),
      upload: budget('upload'),
      failedAuthentication: budget('failedAuthentication'),
      log: budget('log'),
    };
  }

  /** @throws RequestRefused when the one who asks has used up what they may */
  before(request: FastifyRequest, reply: FastifyReply): void {
    const { unlimited, readsLog } = request.routeOptions.config;
    if (unlimited === true) return;
    if (readsLog === true) {
      const refusal = count(this.budgets.log, addressKey(request.ip), reply);
      if (refusal) throw refusal;
      return;
    }
    const credentials = credentialsIn(request.headers);
    const actor = credentials === undefined ? undefined : this.actors.get(credentials);
    const refusal = actor === undefined ? this.countForAddress(request, reply) : this.countFor(actor, request, reply);
    if (refusal) throw refusal;
  }

  /**
   * The access guard knows who is asking: what was counted for an address counts for them.
   * @throws RequestRefused
   */
  known(actor: string, request: FastifyRequest, reply: FastifyReply): void {
    const refusal = this.learn(actor, request, reply);
    if (refusal) throw refusal;
  }

  /**
   * What is going to be answered: credentials that proved nothing count by address, and what the access guard has refused to
   * somebody whom it knows counts for them.
   */
  after(request: FastifyRequest, reply: FastifyReply): void {
    const { requester, countedFor, headers } = request;
    if (reply.statusCode === 401 && credentialsIn(headers) !== undefined) {
      this.budgets.failedAuthentication.take(addressKey(request.ip));
    } else if (requester !== undefined && countedFor === undefined) {
      this.learn(requester.actor.id, request, reply);
    }
  }

  private learn(actor: string, request: FastifyRequest, reply: FastifyReply): RequestRefused | undefined {
    const { countedFor, headers, routeOptions } = request;
    const credentials = credentialsIn(headers);
    const { unlimited, readsLog } = routeOptions.config;
    if (countedFor === actor || credentials === undefined || unlimited === true || readsLog === true) return undefined;
    this.actors.set(credentials, actor);
    const refusal = this.countFor(actor, request, reply);
    // Whoever has used up what they may goes on at the cost of their address.
    if (refusal === undefined && countedFor === undefined) this.budgets.public.giveBack(addressKey(request.ip));
    return refusal;
  }

  private countFor(actor: string, request: FastifyRequest, reply: FastifyReply): RequestRefused | undefined {
    Object.assign(request, { countedFor: actor });
    return count(this.budgetOf(request), actor, reply);
  }

  private countForAddress({ ip, headers }: FastifyRequest, reply: FastifyReply): RequestRefused | undefined {
    const address = addressKey(ip);
    const { public: ofAnybody, failedAuthentication: failed } = this.budgets;
    return count(credentialsIn(headers) === undefined || failed.hasRoom(address) ? ofAnybody : failed, address, reply);
  }

  private budgetOf({ method, routeOptions: { config } }: FastifyRequest): Budget {
    if (config.takesBytes !== undefined) return this.budgets.upload;
    return method === 'GET' || method === 'HEAD' ? this.budgets.read : this.budgets.command;
  }
}

/** Runs after the access guard, and tells the limits whom it has found. */
export class RateLimitGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const actor = request.requester?.actor.id;
    if (actor !== undefined) this.limits.known(actor, request, http.getResponse<FastifyReply>());
    return true;
  }
}

/** Puts the limits before every request that comes to the server. */
export function limitRequests(server: FastifyInstance, limits: RateLimits): void {
  server.decorateRequest('countedFor', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    try {
      limits.before(request, reply);
    } catch (error) {
      return done(error as RequestRefused);
    }
    return done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    limits.after(request, reply);
    done(null, payload);
  });
}

/** Counts one request, and says why it is refused where there is no room for it. */
function count(budget: Budget, key: string, reply: FastifyReply): RequestRefused | undefined {
  const counted = budget.take(key);
  const seconds = counted.isWithin ? counted.wholeInSeconds : counted.roomInSeconds;
  reply.header('ratelimit-policy', budget.policy);
  reply.header('ratelimit', `"${budget.name}";r=${counted.remaining};t=${seconds}`);
  if (counted.isWithin) return undefined;
  return new RequestRefused('quotaExceeded', {
    headers: { 'retry-after': String(seconds) },
    // The name that draft-ietf-httpapi-ratelimit-headers gives it.
    members: { 'violated-policies': [budget.name] },
  });
}
