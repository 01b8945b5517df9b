import type { StreamHeads } from './stream-heads';

const LOOK_MS = 10 * 60_000;

/** Where it is told that heads were recorded, or could not be. */
export interface HeadsLog {
  info(message: string): void;
  error(message: string): void;
}

/**
 * Records how far every stream has come, every so many hours in which the log has grown. Where several instances do this, the log
 * decides: the record of one is the end of the wait of all.
 * @returns what ends it, once a record that is under way is made
 */
export function recordHeadsRegularly(heads: StreamHeads, hours: number, log: HeadsLog): () => Promise<void> {
  let running = Promise.resolve();
  const look = (): void => {
    running = running
      .then(() => heads.recordWhenDue(hours))
      .then(
        (made) => {
          if (made) log.info(`recorded how far ${made.streamCount} streams had come at size ${made.size}`);
        },
        (error: unknown) =>
          log.error(`streams' heads were not recorded: ${error instanceof Error ? error.message : ''}`),
      );
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
