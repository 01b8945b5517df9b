import type { Config } from '@khamrap/platform/config';
import type { createPool, Database } from '@khamrap/platform/database';
import type { EventStore } from '@khamrap/platform/event-store';
import {
  LogAnnals,
  LogBuilder,
  LogDescription,
  logKeysOf,
  openLogSigner,
  readWitnessPolicy,
  recordHeadsRegularly,
  signsLog,
  StreamHeads,
  TransparencyLog,
  witnessClientOf,
  witnessedTreesOf,
  WitnessRecords,
  WitnessStates,
} from '@khamrap/platform/transparency';
import { Logger } from '@nestjs/common';

type Pool = ReturnType<typeof createPool>;

const READ_CONNECTION_COUNT_MAX = 4;
const BUILD_CONNECTION_COUNT_MAX = 3;

/** The verifiable log over the events, as every process reads it, whether it builds and signs it or not. */
export interface VerifiableLog {
  readonly transparencyLog: TransparencyLog;
  readonly logAnnals: LogAnnals;
  readonly logDescription: LogDescription;
  readonly streamHeads: StreamHeads;
  readonly witnessStates: WitnessStates;
  /** Ends reading, building and signing. */
  close(): Promise<void>;
}

export interface VerifiableLogOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly urls: Database['urls'];
  /** Where tiles are written: their commits need not wait for the disk. */
  readonly buildUrl: string;
  readonly pool: (url: string, size: number, purpose: string) => Pool;
}

/** Opens the verifiable log: first who signs, then who builds, which has everything signed, then who has it witnessed. */
export async function openVerifiableLog(options: VerifiableLogOptions): Promise<VerifiableLog> {
  const { config, store, urls, pool } = options;
  const readPool = pool(urls.read, READ_CONNECTION_COUNT_MAX, 'verifiable log');
  const policy = await readWitnessPolicy(config.transparency.witnessPolicyFile);
  const logAnnals = new LogAnnals(store);
  const transparencyLog = new TransparencyLog({ store, readPool, readUrl: urls.read });
  await transparencyLog.start();
  const streamHeads = new StreamHeads(store, logAnnals, readPool);
  const read = { transparencyLog, logAnnals, streamHeads };
  const stop = signsLog(config) ? await signAndBuild({ ...options, ...read, policy, readPool }) : undefined;
  return {
    ...read,
    logDescription: new LogDescription(store, logAnnals, policy),
    witnessStates: new WitnessStates(policy, new WitnessRecords(readPool)),
    close: async () => {
      await stop?.();
      await transparencyLog.close();
    },
  };
}

interface Building extends VerifiableLogOptions, Pick<VerifiableLog, 'transparencyLog' | 'logAnnals' | 'streamHeads'> {
  readonly policy: Awaited<ReturnType<typeof readWitnessPolicy>>;
  readonly readPool: Pool;
}

/** @returns what ends it */
async function signAndBuild(options: Building): Promise<() => Promise<void>> {
  const { config, store, buildUrl, pool, policy, logAnnals: annals, transparencyLog, streamHeads } = options;
  const logging = loggingOf('VerifiableLog');
  const ofWitnesses = { policy, annals, keys: await logKeysOf(config), logging: loggingOf('Witnesses') };
  const trees = witnessedTreesOf(ofWitnesses);
  const signer = await openLogSigner({
    config,
    store,
    annals,
    pool: options.readPool,
    log: loggingOf('Signer'),
    elsewhere: trees,
  });
  const buildPool = pool(buildUrl, BUILD_CONNECTION_COUNT_MAX, 'build log');
  const builder = new LogBuilder({
    store,
    signer,
    building: { url: buildUrl, pool: buildPool },
    log: logging,
    onPublished: (size) => transparencyLog.advance(size),
  });
  builder.start();
  const witnesses = witnessClientOf({ ...ofWitnesses, store, log: transparencyLog, trees, pool: buildPool });
  witnesses.start();
  const stopRecording = recordHeadsRegularly(streamHeads, config.transparency.streamHeadsHours, logging);
  return async () => {
    await stopRecording();
    await witnesses.stop();
    await builder.stop();
  };
}

function loggingOf(place: string) {
  const logger = new Logger(place);
  return {
    info: (message: string) => logger.log(message),
    warn: (message: string) => logger.warn(message),
    error: (message: string) => logger.error(message),
  };
}
