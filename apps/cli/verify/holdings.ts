import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import {
  Malformed,
  parsePolicy,
  parseReceipt,
  policyOfKeys,
  utf8,
  type Finding,
  type Held,
  type HeldEntry,
  type HeldFile,
  type Policy,
  type Trust,
} from '@khamrap/platform/transparency/proof';
import { WrongUse, type VerifyOptions } from './options';

/** What the one who checks has brought along. */
export interface Holdings {
  readonly trust?: Trust;
  readonly held: readonly Held[];
  readonly receipts: readonly HeldEntry[];
  readonly evidence: readonly HeldFile[];
  /** What is to be said of them. */
  readonly findings: readonly Finding[];
}

/** @throws WrongUse when a file is not what it is said to be */
export async function holdingsOf(options: VerifyOptions): Promise<Holdings> {
  const policy = await policyOf(options);
  const held: Held[] = [];
  const receipts: HeldEntry[] = [];
  const findings: Finding[] = [];
  for (const file of options.checkpointFiles) held.push({ name: file, note: await fileAt(file) });
  for (const file of options.receiptFiles) {
    const bytes = await fileAt(file);
    const { proof, entry } = readOr(file, () => parseReceipt(bytes));
    held.push({ name: file, note: utf8(proof.checkpoint) });
    if (entry) receipts.push({ position: proof.index, entry });
    else findings.push({ code: 'leafMissing', position: proof.index });
  }
  const evidence = options.evidenceFolder === undefined ? [] : await evidenceIn(options.evidenceFolder);
  return { held, receipts, evidence, findings, ...(policy && { trust: { policy, isGiven: true } }) };
}

/** @throws WrongUse when there is no such file */
export async function fileAt(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

async function policyOf({ vkeys, policyFile }: VerifyOptions): Promise<Policy | undefined> {
  if (policyFile !== undefined) {
    const text = Buffer.from(await fileAt(policyFile)).toString('utf8');
    return readOr(policyFile, () => parsePolicy(text));
  }
  return vkeys.length === 0 ? undefined : readOr('--key', () => policyOfKeys(vkeys));
}

async function evidenceIn(folder: string): Promise<readonly HeldFile[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  });
  const files: HeldFile[] = [];
  for (const { name } of found.filter((entry) => entry.isFile())) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path.join(folder, name))) hash.update(chunk as Buffer);
    files.push({ name, sha256: hash.digest('hex') });
  }
  return files;
}

function readOr<Result>(what: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw new WrongUse(`${what}: ${error.message}`);
    throw error;
  }
}
