import type { StoreCondition } from '@khamrap/platform/event-store';
import type { FastifyInstance } from 'fastify';

/** What is this much behind is as good as now: how far the log is complete is noted every second. */
const BEHIND_MS = 5_000;

/**
 * Tells with every answer from which moment on something may be missing in it, while the store of the log is away or what it
 * holds is recorded late. Absent while an answer is complete.
 */
export function tellCompleteUntil(server: FastifyInstance, condition: () => StoreCondition): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const { completeUntil } = condition();
    const isBehind = completeUntil !== null && completeUntil < Date.now() - BEHIND_MS;
    if (isBehind && (request.method === 'GET' || request.method === 'HEAD'))
      reply.header('khamrap-complete-until', new Date(completeUntil).toISOString());
    done(null, payload);
  });
}
