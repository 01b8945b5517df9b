import { Injectable } from '@nestjs/common';
import type { StreamName } from '@khamrap/kernel';
import { LogDescription, StreamHeads, type StreamHeadProof } from '@khamrap/platform/transparency';
import { hexOf } from '@khamrap/platform/transparency/proof';
import { jsonFile, textFile, type BundleFile } from '../zip/bundle-file';
import type { LogAt } from './log-at';

/** What goes with every bundle, whatever it is about: by which keys and witnesses it is to be believed. */
@Injectable()
export class Papers {
  constructor(
    private readonly description: LogDescription,
    private readonly heads: StreamHeads,
  ) {}

  /** Keys, witnesses and quorum (c2sp.org/tlog-policy). */
  policyText(): Promise<string> {
    return this.description.policyText();
  }

  /** The checkpoint, whom to believe, and the keys with their validity. */
  async *of({ checkpoint }: LogAt, policy: string): AsyncGenerator<BundleFile> {
    yield textFile('checkpoint', checkpoint.note);
    yield textFile('policy', policy);
    yield jsonFile('keys.json', await this.#keys());
  }

  /** The proof that a stream had nothing behind its head, where the log has recorded that within the checkpoint. */
  async headOf(stream: StreamName, { size }: LogAt): Promise<StreamHeadProof | undefined> {
    const proof = await this.heads.proofOf(stream);
    return proof && proof.position < size ? proof : undefined;
  }

  async #keys(): Promise<object> {
    const { origin, logId, keys, epochs } = await this.description.describe();
    return { origin, logId, keys: keys.map(withTimes), epochs: epochs.map(withTime) };
  }
}

/** How far a stream had come when the log recorded the heads of all of them. */
export function headFile({ head, proof, ...recorded }: StreamHeadProof): BundleFile {
  return jsonFile(`heads/${head.stream}.json`, { ...recorded, head, proof: proof.map(hexOf) });
}

type Times = { readonly position: number; readonly recordedAtMs: number };

function withTime<Recorded extends Times>({ recordedAtMs, ...told }: Recorded): object {
  return { ...told, recordedAt: new Date(recordedAtMs).toISOString() };
}

function withTimes<Key extends { readonly adopted: Times; readonly retired?: Times }>(key: Key): object {
  return { ...key, adopted: withTime(key.adopted), ...(key.retired && { retired: withTime(key.retired) }) };
}
