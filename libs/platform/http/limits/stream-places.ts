import type { FastifyRequest } from 'fastify';
import { addressKey } from './address-key';
import { OpenStreams } from './open-streams';

/** Of this process: what they use up, they use up together. */
const openStreams = new OpenStreams();

/**
 * Takes a place for an answer that goes on for long.
 * @param of places of a kind that are fewer, which it takes besides
 * @returns gives everything back, once however often it is called
 * @throws RequestRefused when too many are open, of all clients or of this one
 */
export function takeStreamPlace(request: FastifyRequest, of?: OpenStreams): () => void {
  const key = keyOf(request);
  const giveBack = openStreams.take(key);
  try {
    const giveBackOfKind = of?.take(key);
    return () => {
      giveBack();
      giveBackOfKind?.();
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** Whoever is known counts by themselves, everybody else by address, as for the limits of requests. */
function keyOf({ requester, ip }: FastifyRequest): string {
  return requester === undefined ? `address ${addressKey(ip)}` : `actor ${requester.actor.id}`;
}
