import { createHash } from 'node:crypto';
import { BUNDLE_FORMAT, hexOf, policyText, policyOfKeys, tlogProofText } from '@khamrap/platform/transparency/proof';
import type { MadeLog, MadeSigner } from './made-log';
import { MapSource } from './map-source';

/** A log as a folder: tiles, entries, checkpoint, policy, keys. */
export async function madeFolder(log: MadeLog, signer: MadeSigner, checkpoint?: string): Promise<MapSource> {
  const files = new MapSource(log.files());
  return files.with({
    checkpoint: checkpoint ?? (await log.checkpoint([signer])),
    policy: policyText(policyOfKeys([signer.vkey])),
    'keys.json': JSON.stringify({ keys: [{ vkey: signer.vkey, fromSize: 0 }] }),
  });
}

/** The whole log as a bundle. */
export async function madeLogBundle(log: MadeLog, signer: MadeSigner): Promise<MapSource> {
  const folder = await madeFolder(log, signer);
  const disclosures: Record<string, string> = {};
  for (let position = 0; position < log.size; position++) {
    const name = `disclosures/${Math.floor(position / 256)}.ndjson`;
    disclosures[name] = `${disclosures[name] ?? ''}${JSON.stringify(log.disclosure(position))}\n`;
  }
  return listed(folder.with(disclosures), { kind: 'log', subject: log.origin, origin: log.origin, size: log.size });
}

/** One stream as a bundle. */
export async function madeAgreementBundle(log: MadeLog, signer: MadeSigner, stream: string): Promise<MapSource> {
  return madeStreamsBundle(log, signer, { kind: 'agreement', subject: stream, streams: [stream] });
}

export interface StreamsBundled {
  readonly kind: 'agreement' | 'officeYear';
  readonly subject: string;
  /** Whose events are all there. */
  readonly streams: readonly string[];
  /** With the proof that these had nothing after, and the event of the log that says so. */
  readonly headsOf?: readonly string[];
}

/** Some streams as a bundle: their entries and proofs, with all that opens them. */
export async function madeStreamsBundle(
  log: MadeLog,
  signer: MadeSigner,
  { kind, subject, streams, headsOf = [] }: StreamsBundled,
): Promise<MapSource> {
  const checkpoint = await log.checkpoint([signer]);
  const whole = await madeFolder(log, signer, checkpoint);
  const files: Record<string, Uint8Array | string | undefined> = Object.fromEntries(
    [...whole.files].filter(([name]) => !name.startsWith('tile/')),
  );
  const { heads } = log;
  if (heads) for (const stream of headsOf) files[`heads/${stream}.json`] = await heads.fileOf(log.referenceOf(stream));
  const tree = log.tree();
  for (let position = 0; position < log.size; position++) {
    const isRecord = headsOf.length > 0 && position === heads?.position;
    if (!isRecord && !streams.includes(log.streamOf(position))) continue;
    const hashes = await tree.inclusionProof(position);
    files[`entries/${position}.json`] = log.entries[position];
    files[`proofs/${position}.tlog-proof`] = tlogProofText({ index: position, hashes, checkpoint });
    files[`disclosures/${position}.json`] = JSON.stringify(log.disclosure(position));
  }
  return listed(new MapSource([]).with(files), { kind, subject, origin: log.origin, size: log.size });
}

/** What a manifest says of its bundle. */
export interface BundleHead {
  readonly kind: 'log' | 'agreement' | 'officeYear';
  readonly subject: string;
  readonly origin: string;
  readonly size: number;
}

/** The same files with a manifest that fits them. */
export function listed(source: MapSource, head: BundleHead): MapSource {
  const files = [...source.files]
    .filter(([name]) => name !== 'manifest.json')
    .map(([path, bytes]) => ({ path, size: bytes.length, sha256: hexOf(createHash('sha256').update(bytes).digest()) }));
  return source.with({ 'manifest.json': JSON.stringify({ format: BUNDLE_FORMAT, ...head, files }) });
}
