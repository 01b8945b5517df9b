import {
  checkBundle,
  checkLog,
  checkReceipt,
  isBundle,
  policyOfKeys,
  SourceFailed,
  verdict,
  type Finding,
  type LogCheckOptions,
  type Trust,
  type TrustedCheckpoint,
} from '@khamrap/platform/transparency/proof';
import { LiveSource } from '../sources/live-source';
import { ZipSource } from '../sources/zip-source';
import { heldNote, trustIn } from './held';
import type { Progress, Report, Task } from './task';

/** What verifiers of a log, a bundle and a receipt all give. */
interface Checked {
  readonly findings: readonly Finding[];
  readonly checkpoint?: TrustedCheckpoint;
}

type OnProgress = (progress: Progress) => void;

const NOBODY: Trust = { policy: policyOfKeys([]), isGiven: false };
/** What a zip begins with, also one that is empty or has something before its files. */
const ZIP = 'PK';
const RECEIPT_BYTES_MAX = 2 ** 20;

/** Does a task, and tells now and then how far it has come. */
export async function check(task: Task, onProgress: OnProgress): Promise<Report> {
  const checked = task.kind === 'live' ? await checkServer(task, onProgress) : await checkFile(task, onProgress);
  const { findings, checkpoint } = checked;
  return {
    outcome: verdict(findings).outcome,
    findings,
    keys: checkpoint?.vkeys ?? [],
    areKeysHeld: trustIn(task.held) !== undefined,
    ...(checkpoint && { checkpoint: { origin: checkpoint.origin, size: checkpoint.size, note: checkpoint.note } }),
  };
}

async function checkServer(
  { address, held }: Extract<Task, { kind: 'live' }>,
  onProgress: OnProgress,
): Promise<Checked> {
  const checked = await checkLog(new LiveSource(address), optionsFor(held, onProgress));
  return { ...checked, findings: [...checked.findings, { code: 'liveOnly' }] };
}

async function checkFile({ file, held }: Extract<Task, { kind: 'file' }>, onProgress: OnProgress): Promise<Checked> {
  if ((await file.slice(0, ZIP.length).text()) !== ZIP) {
    const bytes = new Uint8Array(await file.slice(0, RECEIPT_BYTES_MAX).arrayBuffer());
    return checkReceipt(file.name, bytes, { trust: trustIn(held) ?? NOBODY });
  }
  try {
    const source = await ZipSource.open(file);
    const options = optionsFor(held, onProgress);
    // A zip without the list of a bundle may still be a log, as other programs write one (c2sp.org/tlog-tiles).
    return (await isBundle(source)) ? await checkBundle(source, options) : await checkLog(source, options);
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error;
    return { findings: [{ code: 'unreachable', subject: `${file.name} (${error.message})` }] };
  }
}

function optionsFor(held: Task['held'], onProgress: OnProgress): LogCheckOptions {
  const trust = trustIn(held);
  const note = heldNote(held);
  return {
    ...(trust && { trust }),
    ...(note && { held: [{ name: 'held', note }] }),
    onProgress: (done, total) => onProgress({ done, total }),
  };
}
