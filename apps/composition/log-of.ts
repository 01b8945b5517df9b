import type { Config } from '@khamrap/platform/config';
import { withoutWaitingForDisk, type Database } from '@khamrap/platform/database';
import type { OpenEventStoreOptions } from '@khamrap/platform/event-store';
import { Logger } from '@nestjs/common';

type Options = Pick<OpenEventStoreOptions, 'sequences' | 'log'>;

/** Where the log of a service is, and with which rights it is opened. */
export function logOf(config: Config, urls: Database['urls']): OpenEventStoreOptions {
  const logger = new Logger('Sequencer');
  // It speaks before the application has told Nest what is to be logged.
  const isTold = config.logLevel === 'info' || config.logLevel === 'debug';
  return logAs(config, urls, {
    sequences: config.role !== 'api',
    log: { info: (message) => void (isTold && logger.log(message)), error: (message) => logger.error(message) },
  });
}

/** The same for a command, which works also while no service runs, and whose output is its answer and nothing else. */
export function logOfCommand(config: Config, urls: Database['urls']): OpenEventStoreOptions {
  return logAs(config, urls, {
    sequences: true,
    log: { info: () => undefined, error: (message) => void process.stderr.write(`${message}\n`) },
  });
}

function logAs({ log, eventStore, database }: Config, urls: Database['urls'], options: Options): OpenEventStoreOptions {
  return {
    ...log,
    ...options,
    // What is sequenced can be sequenced again.
    urls: { append: urls.append, read: urls.read, project: withoutWaitingForDisk(urls.project) },
    ...(eventStore && { carrier: { url: eventStore.url, ledger: database.rolePrefix } }),
  };
}
