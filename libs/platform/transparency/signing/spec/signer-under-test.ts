import { createHash, generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { openPostgresEventStore, OpenTheLog1700000000001, type EventStore } from '@khamrap/platform/event-store';
import {
  checkpointText,
  hexOf,
  parseNote,
  readCheckpoint,
  verifiedSignatures,
} from '@khamrap/platform/transparency/proof';
import { createTestDatabase } from '../../../../testing/database';
import type { TreeToSign } from '../../checkpoint-signer';
import { PlainTree } from '../../proof/spec/plain-tree';
import type { Annals } from '../annals';
import { LogAnnals } from '../log-annals';
import { logKeysIn, signedNote, type LogKey } from '../log-keys';
import { LogSigner } from '../log-signer';
import { SignerMemory } from '../signer-memory';

export const ORIGIN = 'signer.test/log';

/** A private key as an operator supplies it. */
export function privateKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function logKey(): LogKey {
  return logKeysIn(privateKeyPem())[0] as LogKey;
}

/** A log whose entry at each index says what it is to say: by default its index, from `forkedAt` on something else. */
export class History {
  readonly #tree: PlainTree;

  constructor(
    readonly length: number,
    forkedAt = length,
  ) {
    const entry = (index: number): string => (index < forkedAt ? String(index) : `another ${index}`);
    const leafOf = (text: string): Buffer => createHash('sha256').update(text).digest();
    this.#tree = new PlainTree(Array.from({ length }, (_, index) => leafOf(entry(index))));
  }

  rootAt(size: number): Buffer {
    return this.#tree.hash(0, size);
  }

  /** @param eventCount how many events there are, where the tree is behind them */
  treeOf(size: number, eventCount = size): TreeToSign {
    return {
      size,
      root: this.rootAt(size),
      eventCount: () => Promise.resolve(eventCount),
      consistencyFrom: (old) => Promise.resolve(old === 0 ? [] : this.#tree.proof(old, 0, size)),
    };
  }

  noteOf(size: number, keys: readonly LogKey[], origin = ORIGIN): string {
    return signedNote(keys, origin, checkpointText({ origin, size, root: this.rootAt(size) }));
  }
}

export interface SignerOptions {
  readonly keys: readonly LogKey[];
  /** Name of the signer's folder. */
  readonly folder?: string;
  readonly published?: () => string | undefined;
}

/** A log of events that a signer reads and adds to, and folders for signers. */
export class SignerUnderTest {
  warnings: string[] = [];
  #caseNumber = 0;

  private constructor(
    readonly store: EventStore,
    readonly scratch: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(): Promise<SignerUnderTest> {
    const testDatabase = await createTestDatabase({ migrations: [OpenTheLog1700000000001] });
    const { append: appendUrl, read: readUrl } = testDatabase.database.urls;
    const store = await openPostgresEventStore({ appendUrl, readUrl, origin: ORIGIN, clock: 'system' });
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-signer-'));
    return new SignerUnderTest(store, scratch, async () => {
      await store.close();
      await testDatabase.drop();
      fs.rmSync(scratch, { recursive: true });
    });
  }

  /** Of an earlier case: its folders and warnings. */
  forget(): void {
    this.warnings = [];
    this.#caseNumber += 1;
  }

  folder(name = 'signer'): string {
    return path.join(this.scratch, `${this.#caseNumber}-${name}`);
  }

  /** A signer as a process has it that starts now. */
  signer({ keys, folder, published = () => undefined }: SignerOptions): LogSigner {
    return new LogSigner({
      store: this.store,
      keys,
      memory: new SignerMemory(this.folder(folder), ORIGIN),
      annals: new LogAnnals(this.store),
      publishedNote: () => Promise.resolve(published()),
      log: { warn: (message) => void this.warnings.push(message) },
    });
  }

  newAnnals(): LogAnnals {
    return new LogAnnals(this.store);
  }

  annals(): Promise<Annals> {
    return this.newAnnals().read();
  }

  close(): Promise<void> {
    return this.end();
  }
}

/** What a note says, and how many of these keys have signed it. */
export function told(
  note: string | undefined,
  keys: readonly LogKey[],
): [text: string, signatures: number, size: number] {
  const { checkpoint } = readCheckpoint(note ?? '');
  const verifiers = keys.map((key) => key.verifierKey(checkpoint.origin));
  const { origin, size, root } = checkpoint;
  return [`${origin} ${hexOf(root)}`, verifiedSignatures(parseNote(note ?? ''), verifiers).length, size];
}
