import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NO_STREAM, streamName } from '@khamrap/kernel';
import { eventually, newEvents } from '@khamrap/testing';
import { parsePolicy, type Policy } from '../../proof';
import { LogAnnals } from '../../signing/log-annals';
import type { LogKey } from '../../signing/log-keys';
import { LogSigner } from '../../signing/log-signer';
import { openEpoch, type EpochOpening } from '../../signing/open-epoch';
import { SignerMemory } from '../../signing/signer-memory';
import { readStoredTree } from '../../signing/stored-tree';
import { LogUnderTest } from '../../spec/log-under-test';
import { ORIGIN } from '../../spec/plain-signer';
import type { WitnessClient } from '../witness-client';
import { WitnessRecords } from '../witness-records';
import { WitnessStates, type WitnessState } from '../witness-states';
import type { WitnessedTrees } from '../witnessed-trees';
import { witnessClientOf, witnessedTreesOf } from '../witnessing';

/** Witnesses are asked once a second, and machines that test are slow. */
const WAIT_MS_MAX = 20_000;

/** A log with its signer, as a service has it, whose witnesses a policy names. */
export class WitnessedLog {
  readonly told: string[] = [];
  readonly signerFolder = mkdtempSync(path.join(os.tmpdir(), 'khamrap-signer-'));
  readonly records: WitnessRecords;
  readonly annals: LogAnnals;
  readonly trees: WitnessedTrees;
  readonly #signer: LogSigner;
  readonly #logging = {
    info: (message: string): void => void this.told.push(message),
    error: (message: string): void => void this.told.push(message),
  };
  #client: WitnessClient | undefined;

  private constructor(
    readonly below: LogUnderTest,
    private readonly keys: readonly LogKey[],
    readonly policy: Policy,
  ) {
    this.records = new WitnessRecords(below.pool());
    this.annals = new LogAnnals(below.store);
    this.trees = witnessedTreesOf({ policy, annals: this.annals, keys, logging: this.#logging });
    this.#signer = new LogSigner({
      store: below.store,
      keys,
      memory: new SignerMemory(this.signerFolder, ORIGIN),
      annals: this.annals,
      publishedNote: async () => (await below.log.latest())?.note,
      elsewhere: this.trees,
      log: { warn: this.#logging.info },
    });
  }

  /** Its first two events say that it was opened, and with which key it is signed. */
  static async open(keys: readonly LogKey[], policy: string): Promise<WitnessedLog> {
    const log = new WitnessedLog(await LogUnderTest.open(), keys, parsePolicy(policy));
    await log.#signer.recordKeys();
    return log;
  }

  /** Appends events, in a stream of their own, until there are so many. */
  async growTo(size: number): Promise<void> {
    const { store } = this.below;
    const count = size - 1 - (await store.head()).position;
    const events = newEvents(count);
    await store.append({ stream: streamName('note', randomUUID()), expectedRevision: NO_STREAM, events });
  }

  /** Begins to build and to sign. */
  sign(): void {
    this.below.builder(this.#signer).start();
  }

  /** What an operator decides who has lost the newer copy for good. */
  async openEpoch(reason: string): Promise<EpochOpening> {
    const { annals } = this;
    const { store } = this.below;
    return openEpoch({ signer: this.#signer, annals, store }, await readStoredTree(this.below.pool(), store), reason);
  }

  /** Begins to ask the witnesses, as a process does that starts. */
  ask(): void {
    const { annals, keys, policy, trees } = this;
    const { store, log } = this.below;
    const logging = this.#logging;
    this.#client = witnessClientOf({ policy, annals, keys, logging, store, log, trees, pool: this.below.pool() });
    this.#client.start();
  }

  async stopAsking(): Promise<void> {
    await this.#client?.stop();
    this.#client = undefined;
  }

  states(): Promise<readonly WitnessState[]> {
    return new WitnessStates(this.policy, this.records).all();
  }

  /** Waits until it stands so with the witnesses, in the order of the policy. */
  standsSo(...statuses: readonly WitnessState['status'][]): Promise<readonly WitnessState[]> {
    return eventually(
      `witnesses that are ${statuses.join(', ')}`,
      async () => {
        const states = await this.states();
        return states.map(({ status }) => status).join() === statuses.join() ? states : undefined;
      },
      WAIT_MS_MAX,
    );
  }

  toldOf(what: RegExp): Promise<string> {
    const all = (): readonly string[] => [...this.told, ...this.below.told];
    return eventually(`something like ${what}`, () => all().find((message) => what.test(message)), WAIT_MS_MAX);
  }

  async dispose(): Promise<void> {
    await this.stopAsking();
    await this.below.dispose();
    rmSync(this.signerFolder, { recursive: true });
  }
}
