import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { policyOfKeys, policyText, TILE_WIDTH, tilePath, tilesOf } from '@khamrap/platform/transparency/proof';
import { MadeLog, MadeSigner } from '../../libs/testing/verifiable-log/made-log';
import type { AuditOptions, AuditResult } from './load/audit.program';
import type { Report } from './measure/report';
import { spreadOf } from './measure/statistics';
import type { Plan } from './plan';
import { runProgram } from './server/run-program';

const AUDIT = path.join(__dirname, 'load/audit.program.ts');
const AUDIT_MS_MAX = 600_000;
const EVENTS_OF_A_STREAM = 10;
const SECONDS_MOST = 15;
const SECONDS_GOAL = 5;
const NOTHING = new Uint8Array(0);

/** A full audit of a log in a folder, as `khamrap verify FOLDER` does it, beside only hashing the bytes of the same files. */
export async function auditOfAFolder({ auditEventCount, rounds }: Plan, report: Report): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-benchmark-audit-'));
  try {
    const vkey = await writeLog(folder, auditEventCount);
    const audits: AuditResult[] = [];
    const hashes: AuditResult[] = [];
    for (let round = 0; round < rounds.count; round++) {
      audits.push(await run({ folder, vkey, isAudit: true }));
      hashes.push(await run({ folder, vkey, isAudit: false }));
    }
    const on = `${auditEventCount.toLocaleString('en')} events, ${(auditEventCount / EVENTS_OF_A_STREAM).toLocaleString('en')} streams`;
    const section = 'audit';
    report.add({
      section,
      what: 'full audit of a folder, wall clock',
      on,
      unit: 's',
      ours: spreadOf(audits.map(({ seconds }) => seconds)),
      aim: { most: SECONDS_MOST, goal: SECONDS_GOAL },
    });
    report.add({
      section,
      what: 'the same, seconds of one core',
      on,
      unit: 's',
      ours: spreadOf(audits.map(({ coreSeconds }) => coreSeconds)),
      beside: { what: 'SHA-256 of the files alone', figure: spreadOf(hashes.map(({ coreSeconds }) => coreSeconds)) },
      note: 'beside: each file read and hashed whole, once: no audit can do with less. A tree needs two hashes for each event.',
    });
    report.add({
      section,
      what: 'most memory of the process',
      on,
      unit: 'MB',
      ours: spreadOf(audits.map(({ peakMegabytes }) => peakMegabytes)),
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(options: AuditOptions): Promise<AuditResult> {
  return runProgram<AuditOptions, AuditResult>(AUDIT, options, AUDIT_MS_MAX);
}

/** @returns the vkey of who has signed it */
async function writeLog(folder: string, eventCount: number): Promise<string> {
  const log = new MadeLog({ streamCount: eventCount / EVENTS_OF_A_STREAM, withBodies: false });
  const signer = new MadeSigner(log.origin);
  const write = (name: string, bytes: Uint8Array | string): void => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  };
  for (let index = 0; log.size < eventCount; index++) {
    log.grow(Math.min(eventCount, (index + 1) * TILE_WIDTH));
    const width = log.size - index * TILE_WIDTH;
    write(tilePath({ level: 'entries', index, width }), log.bundle(index, width));
    // What is written need not be kept: a million entries are 350 MB.
    log.entries.fill(NOTHING, index * TILE_WIDTH);
  }
  for (const name of tilesOf(eventCount)) write(tilePath(name), log.tile(name.level, name.index, name.width));
  write('policy', policyText(policyOfKeys([signer.vkey])));
  write('checkpoint', await log.checkpoint([signer]));
  return signer.vkey;
}
