import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set where reads are recorded; see `beforeShown`. */
    beforeShown?: () => Promise<void>;
    /** How many rows the list holds that answers the request. */
    shownRowCount?: number;
  }
}

/**
 * To be called by whoever answers by the reply itself, once nothing can be refused any more and before the first byte: whoever
 * records reads does it then. What handlers return is recorded before it is sent anyway.
 * @throws StoreUnavailable when it cannot be recorded now
 */
export async function beforeShown(request: FastifyRequest): Promise<void> {
  await request.beforeShown?.();
}
