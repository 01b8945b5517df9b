import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { tokenByCode } from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import { createHttpApplication, type ArrivalLimits, type Clock } from '../index';
import { PROBE_PROBLEMS, ProbeModule, ProbeState } from './probe';

export interface Probe {
  readonly app: NestFastifyApplication;
  readonly state: ProbeState;
  readonly address: string;
  readonly dataFolder: string;
  /** What was logged as an error or a warning. */
  readonly logged: readonly string[];
  tokenOf(subject: string): Promise<string>;
  stop(): Promise<void>;
}

export interface ProbeOptions {
  readonly clock?: Clock;
  readonly arrival?: ArrivalLimits;
  /** Variables of the environment, over those that every spec wants. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The probe as it would run: listening on a free port. */
export async function startProbe({ clock, arrival, variables }: ProbeOptions = {}): Promise<Probe> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'probe-'));
  const config = readConfig({
    PORT: '0',
    KHAMRAP_DATA: dataFolder,
    KHAMRAP_LOG_LEVEL: 'error',
    KHAMRAP_RATE_LIMITS: 'off',
    ...variables,
  });
  const state = new ProbeState();
  const app = await createHttpApplication({
    rootModule: ProbeModule.with(config, state),
    config,
    problems: [PROBE_PROBLEMS],
    ...(clock && { clock }),
    ...(arrival && { arrival }),
  });
  const logged: string[] = [];
  app.useLogger(collectingLogger(logged));
  await app.listen({ host: config.http.host, port: config.http.port });
  const address = await app.getUrl();
  return {
    app,
    state,
    dataFolder,
    logged,
    address,
    tokenOf: (subject) => tokenByCode(address, subject),
    stop: async () => {
      await app.close();
      fs.rmSync(dataFolder, { recursive: true });
    },
  };
}

function collectingLogger(logged: string[]): LoggerService {
  const ignore = (): void => undefined;
  const keep = (message: unknown): number => logged.push(String(message));
  return { log: ignore, warn: keep, error: keep };
}
