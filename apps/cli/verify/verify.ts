import { open, stat } from 'node:fs/promises';
import {
  checkBundle,
  checkConsistency,
  checkLog,
  checkReceipt,
  isBundle,
  policyOfKeys,
  SourceFailed,
  trustOf,
  verdict,
  type BundleCheckOptions,
  type FileSource,
  type Finding,
  type LogCheck,
  type Outcome,
  type Trust,
} from '@khamrap/platform/transparency/proof';
import { fileAt, holdingsOf, type Holdings } from './holdings';
import { nodeDigest } from './node-digest';
import { USAGE, verifyOptionsOf, WrongUse, type VerifyOptions } from './options';
import { answerText } from './output';
import { FolderSource } from './sources/folder-source';
import { HttpSource } from './sources/http-source';
import { ZipSource } from './sources/zip-source';
import { progressOn } from './progress';
import { readState, writeState } from './state-file';

const EXIT_CODES: Readonly<Record<Outcome, number>> = { verified: 0, broken: 1, unchecked: 3 };
const EXIT_WRONG_USE = 2;

const ADDRESS = /^https?:\/\//;
const NO_TRUST: Trust = { policy: policyOfKeys([]), isGiven: false };

/** Where the answer goes, and where what is said about it. */
export interface Outputs {
  readonly answer: (text: string) => void;
  readonly aside: (text: string) => void;
}

const STANDARD: Outputs = {
  answer: (text) => process.stdout.write(text),
  aside: (text) => process.stderr.write(text),
};

/** `khamrap verify`: checks, writes what it found, and answers with the exit code. */
export async function verify(commandLine: readonly string[], outputs = STANDARD): Promise<number> {
  try {
    const options = verifyOptionsOf(commandLine);
    const { checkpoint, findings } = await checked(options);
    const found = verdict(findings);
    outputs.answer(answerText(options.targets.join(' '), checkpoint, found, options));
    return EXIT_CODES[found.outcome];
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    outputs.aside(`${error.message}\n\n${USAGE}`);
    return EXIT_WRONG_USE;
  }
}

async function checked(options: VerifyOptions): Promise<LogCheck> {
  const holdings = await holdingsOf(options);
  try {
    const check = options.isConsistency ? await twoCheckpoints(options, holdings) : await target(options, holdings);
    return { ...check, findings: [...check.findings, ...holdings.findings] };
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error;
    return { findings: [{ code: 'unreachable', subject: error.message }] };
  }
}

async function target(options: VerifyOptions, holdings: Holdings): Promise<LogCheck> {
  const [name] = options.targets as [string];
  if (ADDRESS.test(name)) return atAddress(name, options, holdings);
  const kind = await kindOf(name);
  if (kind === 'folder') return ofFiles(new FolderSource(name), options, holdings);
  if (kind === 'receipt') return receipt(name, options, holdings);
  const zip = await ZipSource.open(name);
  try {
    return await ofFiles(zip, options, holdings);
  } finally {
    zip.close();
  }
}

async function kindOf(name: string): Promise<'folder' | 'zip' | 'receipt'> {
  try {
    if ((await stat(name)).isDirectory()) return 'folder';
    const file = await open(name);
    try {
      const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return buffer.toString('latin1') === 'PK' ? 'zip' : 'receipt';
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

async function ofFiles(source: FileSource, options: VerifyOptions, holdings: Holdings): Promise<LogCheck> {
  if (await isBundle(source)) return checkBundle(source, checkOptions(options, holdings));
  return wholeLog(source, options, holdings);
}

async function atAddress(address: string, options: VerifyOptions, holdings: Holdings): Promise<LogCheck> {
  const source = await HttpSource.open(address);
  try {
    const check = await wholeLog(source, options, holdings);
    const liveOnly: Finding[] = options.stateFile === undefined ? [{ code: 'liveOnly' }] : [];
    return { ...check, findings: [...check.findings, ...liveOnly] };
  } finally {
    source.close();
  }
}

async function wholeLog(source: FileSource, options: VerifyOptions, holdings: Holdings): Promise<LogCheck> {
  const saved = options.stateFile === undefined ? undefined : await readState(options.stateFile);
  const { held = [], ...others } = checkOptions(options, holdings);
  const check = await checkLog(source, {
    ...others,
    held: [...held, ...(saved ? [saved.held] : [])],
    ...(saved && { memory: saved.memory }),
  });
  if (options.stateFile !== undefined) await writeState(options.stateFile, check);
  return check;
}

async function receipt(file: string, options: VerifyOptions, holdings: Holdings): Promise<LogCheck> {
  const { skewMs } = options;
  return checkReceipt(file, await fileAt(file), {
    digest: nodeDigest,
    trust: holdings.trust ?? NO_TRUST,
    ...(skewMs !== undefined && { skewMs }),
  });
}

async function twoCheckpoints(options: VerifyOptions, { trust: given }: Holdings): Promise<LogCheck> {
  const [one, other] = options.targets as [string, string];
  const notes = [
    { name: one, note: await fileAt(one) },
    { name: other, note: await fileAt(other) },
  ] as const;
  const { server } = options;
  const isAddress = server !== undefined && ADDRESS.test(server);
  const remote = isAddress ? await HttpSource.open(server) : undefined;
  const source = remote ?? (server === undefined ? undefined : new FolderSource(server));
  try {
    const trust = given ?? (source && (await trustOf(source))) ?? NO_TRUST;
    return { findings: await checkConsistency(notes, { digest: nodeDigest, trust, source }) };
  } finally {
    remote?.close();
  }
}

function checkOptions({ withBodies, skewMs }: VerifyOptions, holdings: Holdings): BundleCheckOptions {
  const { trust, held, receipts, evidence } = holdings;
  return {
    digest: nodeDigest,
    held,
    receipts,
    evidence,
    withBodies,
    onProgress: progressOn(process.stderr),
    ...(trust && { trust }),
    ...(skewMs !== undefined && { skewMs }),
  };
}
