import type { ResolvedEvent, StreamingRead } from '@eventstore/db-client';

/**
 * All that a read gives. A server that is silent for too long counts as lost: the client would wait for it for ever. After a
 * failure the client's stream tells neither an end nor that it is closed.
 * @throws what the client says, or that nothing came
 */
export async function collect(
  stream: StreamingRead<ResolvedEvent>,
  silenceMsMax: number,
): Promise<readonly ResolvedEvent[]> {
  const events: ResolvedEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  try {
    await new Promise<void>((resolve, reject) => {
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error(`nothing came for ${silenceMsMax} ms`)), silenceMsMax);
      };
      stream.on('data', (event: ResolvedEvent) => {
        events.push(event);
        wait();
      });
      stream.on('error', reject);
      stream.on('end', () => {
        hasEnded = true;
        resolve();
      });
      wait();
    });
    return events;
  } finally {
    clearTimeout(timer);
    if (!hasEnded) stream.cancel().catch(() => undefined);
  }
}
