import * as crypto from 'node:crypto';
import { checkLog, policyOfKeys, verdict } from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '../../../apps/cli/verify/node-digest';
import { FolderSource } from '../../../apps/cli/verify/sources/folder-source';
import { programOptions, tellResult } from '../server/run-program';

export interface AuditOptions {
  readonly folder: string;
  readonly vkey: string;
  /** Else every file is only read and hashed. */
  readonly isAudit: boolean;
}

export interface AuditResult {
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly coreSeconds: number;
  readonly peakMegabytes: number;
}

async function run({ folder, vkey, isAudit }: AuditOptions): Promise<AuditResult> {
  const source = new FolderSource(folder);
  const begunMs = performance.now();
  const before = process.cpuUsage();
  if (isAudit) await audit(source, vkey);
  else await hashAll(source);
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - begunMs) / 1_000,
    coreSeconds: (user + system) / 1_000_000,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  };
}

async function audit(source: FolderSource, vkey: string): Promise<void> {
  const trust = { policy: policyOfKeys([vkey]), isGiven: true };
  const { outcome, en } = verdict((await checkLog(source, { digest: nodeDigest, trust })).findings);
  if (outcome !== 'verified') throw new Error(en.join('\n'));
}

async function hashAll(source: FolderSource): Promise<void> {
  for (const name of await source.names()) crypto.hash('sha256', (await source.read(name)) as Uint8Array, 'binary');
}

void run(programOptions<AuditOptions>()).then((result) => tellResult(result));
