import * as crypto from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { canonicalJson, NATIVE, type Json } from '@khamrap/kernel';
import { commandIdOf, type CommandContext } from '@khamrap/platform/event-store';
import { Clock } from './clock';
import { parseIfMatch } from './entity-tag';
import { parseIdempotencyKey } from './idempotency-key';

/** Token of the secret (a Buffer of at least 32 bytes) that keys the digests of requests; a global module provides it. */
export const REQUEST_HASH_SECRET = Symbol('REQUEST_HASH_SECRET');

/** Reads out of a request what stands around a command. */
@Injectable()
export class CommandContextFactory {
  private readonly secret: crypto.KeyObject;

  constructor(
    @Inject(REQUEST_HASH_SECRET) secret: Buffer,
    private readonly clock: Clock,
  ) {
    this.secret = crypto.createSecretKey(secret);
  }

  /** @throws RequestRefused when a header is missing or malformed */
  contextOf(request: FastifyRequest): CommandContext {
    const { requester, headers } = request;
    if (requester === undefined) throw new Error('a command stands behind @Allow(…), never on a public route');
    const key = parseIdempotencyKey(headers['idempotency-key']);
    const expectedRevision = parseIfMatch(headers['if-match']);
    return {
      // Of the pseudonym, not of the subject: a published event tells its commandId too, and whoever tries names and keys on it is
      // not to find out whose pseudonym that is.
      commandId: commandIdOf(requester.issuer, requester.actor.id, key),
      requestHash: this.requestHashOf(request),
      actor: requester.actor,
      decidedAt: this.clock.now().toISOString(),
      correlationId: request.id,
      provenance: NATIVE,
      ...(expectedRevision !== undefined && { expectedRevision }),
    };
  }

  // Keyed, because it is kept for ever beside the event: without the secret nobody can try out what a private field said.
  private requestHashOf({ method, url, body }: FastifyRequest): string {
    const text = canonicalJson([method, url, (body as Json | undefined) ?? null]);
    return crypto.createHmac('sha256', this.secret).update(text).digest('base64url');
  }
}
