import * as os from 'node:os';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Stopping } from './stopping';

const STOP_MS_MAX = 30_000;
const IDLE_CONNECTIONS_MS = 50;

/**
 * Stops taking requests, answers those that were taken, then runs the shutdown hooks of the modules in Nest's order. The
 * HTTP side first and whole: Nest by itself destroys modules while their last requests are still being answered.
 */
export async function stopGracefully(app: NestFastifyApplication): Promise<void> {
  app.get(Stopping).begin();
  const server = app.getHttpAdapter().getInstance();
  // A connection that was busy when the server closed falls idle later, and would be kept open for more than a minute.
  const timer = setInterval(() => server.server.closeIdleConnections(), IDLE_CONNECTIONS_MS);
  try {
    await server.close();
  } finally {
    clearInterval(timer);
  }
  await app.close();
}

/**
 * On SIGTERM or SIGINT stops gracefully and ends the process: with 0 when all is done, with 1 when it failed or took longer
 * than 30 seconds. A second signal ends it at once.
 */
export function stopOnSignals(app: NestFastifyApplication, timeoutMs = STOP_MS_MAX): void {
  const logger = new Logger('Stop');
  let isStopping = false;
  const stop = (signal: 'SIGTERM' | 'SIGINT'): void => {
    if (isStopping) process.exit(128 + os.constants.signals[signal]);
    isStopping = true;
    logger.log(`${signal}: answering what was accepted, then stopping`);
    setTimeout(() => {
      logger.error(`not stopped within ${timeoutMs} ms`);
      process.exit(1);
    }, timeoutMs).unref();
    stopGracefully(app).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error instanceof Error ? error.stack : 'failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
