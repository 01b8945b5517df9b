import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import * as fs from 'node:fs';
import { ZipFile } from 'yazl';
import { pipeline } from 'node:stream/promises';
import {
  bundleOf,
  checkpointText,
  entriesOf,
  Frontier,
  hexOf,
  KEY_TYPES,
  leafHash,
  leafText,
  noteText,
  rootOfTile,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  tlogProofText,
  TreeReader,
  utf8,
  verifierKey,
  verifierKeyText,
} from '../../libs/platform/transparency/proof';

/** A log as a folder of files (c2sp.org/tlog-tiles), with what a bundle has besides. */
export interface SampleLog {
  readonly vkey: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const ORIGIN = 'log.example.go.th/phrae';
const STREAM_COUNT = 7;

/** A log of so many events in a few streams, signed with a new key. */
export function sampleLog(size: number): SampleLog {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = verifierKey(ORIGIN, KEY_TYPES.ed25519, new Uint8Array(raw));
  const vkey = verifierKeyText(key);
  const entries = entriesOfSize(size);
  const leaves = entries.map((entry) => leafHash(entry, sha256));
  const files = new Map<string, Uint8Array>();
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = tileWidth('entries', index, size);
    const part = entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
    files.set(tilePath({ level: 'entries', index, width }), bundleOf(part));
  }
  putTiles(leaves, files);
  const tree = new Frontier(0, [], sha256);
  for (const leaf of leaves) tree.append(leaf);
  const text = checkpointText({ origin: ORIGIN, size, root: tree.root() });
  files.set('checkpoint', utf8(signedNote(text, key, privateKey)));
  files.set('policy', utf8(`log ${vkey}\nquorum none\n`));
  files.set('keys.json', utf8(JSON.stringify({ keys: [{ vkey, fromSize: 0, toSize: null }] })));
  return { vkey, files };
}

/** The log as a bundle, with its list of files. */
export async function writeBundle(file: string, { files }: SampleLog): Promise<string> {
  const zip = new ZipFile();
  const size = Number(
    Buffer.from(files.get('checkpoint') as Uint8Array)
      .toString()
      .split('\n')[1],
  );
  const listed = [...files].map(([path, bytes]) => ({ path, size: bytes.length, sha256: hexOf(sha256(bytes)) }));
  const head = { format: 'khamrap-bundle/1', kind: 'log', subject: ORIGIN, origin: ORIGIN, size };
  for (const [path, bytes] of files) zip.addBuffer(Buffer.from(bytes), path);
  zip.addBuffer(Buffer.from(JSON.stringify({ ...head, files: listed })), 'manifest.json');
  zip.end();
  await pipeline(zip.outputStream, fs.createWriteStream(file));
  return file;
}

/** The receipt of an event, as the API gives it. */
export async function receiptOf({ files }: SampleLog, position: number): Promise<string> {
  const checkpoint = Buffer.from(files.get('checkpoint') as Uint8Array).toString();
  const size = Number(checkpoint.split('\n')[1]);
  const tree = new TreeReader(size, (tile) => Promise.resolve(files.get(tilePath(tile)) as Uint8Array), sha256);
  const index = Math.floor(position / TILE_WIDTH);
  const name = tilePath({ level: 'entries', index, width: tileWidth('entries', index, size) });
  const entry = entriesOf(files.get(name) as Uint8Array)[position % TILE_WIDTH] as Uint8Array;
  const proof = tlogProofText({ index: position, hashes: await tree.inclusionProof(position), checkpoint });
  return JSON.stringify({ position, status: 'included', leaf: Buffer.from(entry).toString(), proof });
}

function entriesOfSize(size: number): Uint8Array[] {
  const last = new Map<string, { readonly revision: number; readonly leaf: string }>();
  return Array.from({ length: size }, (_, position) => {
    const stream = hexOf(sha256(utf8(`stream ${position % STREAM_COUNT}`)));
    const before = last.get(stream);
    const revision = before === undefined ? 0 : before.revision + 1;
    const entry = utf8(
      leafText({
        log: ORIGIN,
        position,
        recordedAt: new Date(Date.UTC(2023, 9, 1) + position * 1_000).toISOString(),
        stream,
        revision,
        prev: before?.leaf ?? null,
        body: hexOf(sha256(utf8(`body ${position}`))),
      }),
    );
    last.set(stream, { revision, leaf: hexOf(leafHash(entry, sha256)) });
    return entry;
  });
}

function putTiles(leaves: readonly Uint8Array[], files: Map<string, Uint8Array>): void {
  let hashes = leaves;
  for (let level = 0; hashes.length > 0; level++) {
    const above: Uint8Array[] = [];
    for (let index = 0; index * TILE_WIDTH < hashes.length; index++) {
      const tile = Buffer.concat(hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));
      const width = tile.length / 32;
      files.set(tilePath({ level, index, width }), tile);
      if (width === TILE_WIDTH) above.push(rootOfTile(tile, sha256));
    }
    hashes = above;
  }
}

function signedNote(text: string, { name, id }: ReturnType<typeof verifierKey>, key: KeyObject): string {
  const signature = new Uint8Array(sign(null, Buffer.from(text), key));
  return noteText({ text, signatures: [{ name, keyId: id, signature }] });
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
