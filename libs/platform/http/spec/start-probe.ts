import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DevelopmentIssuer } from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import { createHttpApplication, type Clock } from '../index';
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

/** The probe as it would run: listening on a free port, with the development issuer. */
export async function startProbe(clock?: Clock): Promise<Probe> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'probe-'));
  const config = readConfig({ PORT: '0', KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error' });
  const state = new ProbeState();
  const app = await createHttpApplication({
    rootModule: ProbeModule.with(config, state),
    config,
    problems: [PROBE_PROBLEMS],
    ...(clock && { clock }),
  });
  const logged: string[] = [];
  app.useLogger(collectingLogger(logged));
  await app.listen({ host: config.http.host, port: config.http.port });
  const issuer = app.get(DevelopmentIssuer, { strict: false });
  return {
    app,
    state,
    dataFolder,
    logged,
    address: await app.getUrl(),
    tokenOf: (subject) => issuer.issueToken({ subject }),
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
