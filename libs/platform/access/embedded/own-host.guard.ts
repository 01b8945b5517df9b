import { Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ForeignHost } from '../access-refused';
import { ServiceAddress } from '../service-address';
import { EmbeddedIssuer } from './embedded-issuer';

/**
 * Where people are signed in without a password, answers only who calls the service by its own name: a page of somebody else
 * that was led here under theirs could choose whom to be. An issuer elsewhere leads back to the address it knows and nowhere
 * else.
 */
@Injectable()
export class OwnHostGuard implements CanActivate {
  constructor(
    private readonly address: ServiceAddress,
    @Optional() private readonly embedded?: EmbeddedIssuer,
  ) {}

  /** @throws ForeignHost */
  canActivate(context: ExecutionContext): boolean {
    const { host } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    if (this.embedded !== undefined && !this.address.isOwnHost(host)) throw new ForeignHost();
    return true;
  }
}
