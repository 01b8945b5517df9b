import { readFile } from 'node:fs/promises';
import {
  addCheckpointText,
  areEqual,
  readCheckpoint,
  textOf,
  tilePath,
  TreeReader,
  verifyConsistency,
  type ReadTile,
} from '@khamrap/platform/transparency/proof';
import { digest } from './witness';

export interface AskOptions {
  /** Address of the service. */
  readonly server: string;
  /** What the witness has cosigned last: its size, or the file with the note that it gave. */
  readonly old: number | { readonly file: string };
}

const ANSWER_BYTES_MAX = 131_072;
const ANSWER_MS_MAX = 10_000;

/**
 * Writes a request to a witness off the network, from what the service shows to everybody; answers with the exit code. Who
 * carries it need not be trusted: the witness checks it all.
 */
export async function ask({ server, old }: AskOptions): Promise<number> {
  const prefix = `${server.replace(/\/$/, '')}/log`;
  const note = textOf(await get(`${prefix}/checkpoint`));
  const shown = readCheckpoint(note).checkpoint;
  const known = typeof old === 'number' ? { size: old } : readCheckpoint(await readFile(old.file, 'utf8')).checkpoint;
  if (known.size > shown.size) {
    process.stderr.write(
      `ALARM: ${server} shows ${shown.size} events, and the witness has cosigned ${known.size}. Keep what the witness gave: ` +
        `it proves that events are missing.\nสัญญาณเตือน: ระบบแสดง ${shown.size} เหตุการณ์ แต่พยานลงนามร่วมไว้ ${known.size} เหตุการณ์\n`,
    );
    return 1;
  }
  const readTile: ReadTile = (tile) => get(`${prefix}/${tilePath(tile)}`);
  const tree = new TreeReader(shown.size, readTile, digest);
  const proof = await tree.consistencyProof(known.size);
  process.stdout.write(addCheckpointText({ oldSize: known.size, proof, checkpoint: note }));
  if (!areEqual(await tree.rootAt(), shown.root)) {
    process.stderr.write(`The tiles of ${server} do not make the root that its checkpoint states.\n`);
    return 1;
  }
  if ('root' in known && !verifyConsistency({ old: known, new: shown, proof }, digest)) {
    process.stderr.write(
      `ALARM: what ${server} shows does not go on from what the witness has cosigned. The request is written all the same: the ` +
        'witness refuses it and keeps it as evidence.\nสัญญาณเตือน: สิ่งที่ระบบแสดงไม่ต่อเนื่องจากที่พยานลงนามร่วมไว้\n',
    );
    return 1;
  }
  return 0;
}

async function get(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  if (response.status !== 200 || response.body === null) throw new Error(`${address} answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > ANSWER_BYTES_MAX) throw new Error(`${address} answers with more than ${ANSWER_BYTES_MAX} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
