import type { Config } from '@khamrap/platform/config';
import type { createPool, Database } from '@khamrap/platform/database';
import type { EventStore } from '@khamrap/platform/event-store';
import { AccessLog, AccessReview, AccessSeals, AccessTree, sealRegularly } from '@khamrap/platform/access-log';
import type { LogAnnals } from '@khamrap/platform/transparency';
import { Logger } from '@nestjs/common';

const KEEP_CONNECTION_COUNT_MAX = 1;
const REVIEW_CONNECTION_COUNT_MAX = 2;

/** Who reads what, as every process that answers keeps it, shows it to those who review it, and seals it. */
export interface AccessLogging {
  readonly accessLog: AccessLog;
  readonly accessReview: AccessReview;
  readonly accessTree: AccessTree;
  readonly accessSeals: AccessSeals;
}

export interface AccessLoggingOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly logAnnals: LogAnnals;
  readonly urls: Database['urls'];
  readonly pool: (url: string, size: number, purpose: string) => ReturnType<typeof createPool>;
}

/**
 * Opens it: keeping has a connection of its own, so that nothing that is asked for holds it up.
 * @returns what it is, and what ends it: once everything that was read is kept, it is sealed
 */
export function openAccessLogging(options: AccessLoggingOptions): AccessLogging & { close(): Promise<void> } {
  const { config, store, logAnnals, urls, pool } = options;
  const accessLog = new AccessLog(pool(urls.append, KEEP_CONNECTION_COUNT_MAX, 'access log'), store.identity().logId);
  const readPool = pool(urls.append, REVIEW_CONNECTION_COUNT_MAX, 'access review');
  const accessTree = new AccessTree(readPool);
  const accessSeals = new AccessSeals(store, logAnnals, accessTree);
  const logger = new Logger('AccessLog');
  // A process that only projects answers nobody, and has nothing to seal.
  const hours = config.role === 'projector' ? 0 : config.accessLog.sealHours;
  const stopSealing = sealRegularly(accessSeals, hours, {
    info: (message) => logger.log(message),
    error: (message) => logger.error(message),
  });
  return {
    accessLog,
    accessReview: new AccessReview(readPool),
    accessTree,
    accessSeals,
    close: async () => {
      await accessLog.close();
      await stopSealing();
    },
  };
}
