import { createPrivateKey, createPublicKey, hash, sign, type KeyObject } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@khamrap/kernel';
import {
  bodyHashOf,
  bundleOf,
  checkpointText,
  cosignatureBytes,
  cosignedMessage,
  digestOfPrivateValue,
  Frontier,
  hexOf,
  KEY_TYPES,
  leafHash,
  leafText,
  rootOfTile,
  signatureLine,
  streamReference,
  streamSaltOf,
  TILE_WIDTH,
  tilePath,
  tilesOf,
  TreeReader,
  verifierKey,
  verifierKeyText,
  type Digest,
  type Disclosure,
  type Leaf,
  type StreamHead,
  type VerifierKey,
} from '@khamrap/platform/transparency/proof';
import { MadeHeads } from './made-heads';

const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** SHA-256 by Node. */
export const digest: Digest = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

/** Somebody who signs: the same name and kind give the same key, every time. */
export class MadeSigner {
  readonly key: VerifierKey;
  readonly #privateKey: KeyObject;

  constructor(name: string, type: number = KEY_TYPES.ed25519, seed = name) {
    const privateKey = Buffer.concat([ED25519_PKCS8_HEAD, digest(Buffer.from(`made key of ${seed}`))]);
    this.#privateKey = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.#privateKey).export({ format: 'der', type: 'spki' });
    this.key = verifierKey(name, type, new Uint8Array(spki.subarray(-32)));
  }

  get vkey(): string {
    return verifierKeyText(this.key);
  }

  line(text: string): string {
    return signatureLine(this.key, sign(null, Buffer.from(text), this.#privateKey));
  }

  cosignatureLine(text: string, seconds: number): string {
    const signature = sign(null, cosignedMessage(text, seconds), this.#privateKey);
    return signatureLine(this.key, cosignatureBytes(seconds, signature));
  }
}

export interface MadeLogOptions {
  readonly origin?: string;
  /** Events are dealt to so many streams in turn; the first is `ledger`. */
  readonly streamCount?: number;
  /** Milliseconds since 1970 of the first event; each next one is a second later. */
  readonly startMs?: number;
  /** What of an event differs from what would be made by itself. */
  readonly leafOf?: (leaf: Leaf) => Leaf;
  readonly clock?: 'system' | 'simulated';
  /** Whether there are bodies behind the leaves: large logs are made faster without. */
  readonly withBodies?: boolean;
  /** Where the log records how far its streams have come: a position of the stream `ledger`. */
  readonly headsAt?: number;
  /** What it records then, where it is to lie. */
  readonly headsSaid?: (heads: readonly StreamHead[]) => readonly StreamHead[];
  /** What events say in place of the usual. */
  readonly dataOf?: (position: number) => JsonObject;
}

export const START_MS = Date.UTC(2026, 0, 31, 2);
const STEP_MS = 1_000;

interface Head {
  readonly salt: Uint8Array;
  readonly reference: string;
  revision: number;
  leaf: string;
}

/**
 * A log as the pure code makes it, without a database: events, leaves, tiles, checkpoints. For specs and benchmarks.
 */
export class MadeLog {
  readonly origin: string;
  readonly entries: Uint8Array[] = [];
  /** Of each level of tiles: what stands in them. */
  readonly #levels: Uint8Array[][] = [];
  readonly #frontier = new Frontier(0, [], digest);
  readonly #heads = new Map<string, Head>();
  readonly #options: MadeLogOptions & Required<Omit<MadeLogOptions, 'leafOf' | 'headsAt' | 'headsSaid' | 'dataOf'>>;
  /** What it has recorded of its streams. */
  heads: MadeHeads | undefined;

  constructor(options: MadeLogOptions = {}) {
    this.#options = {
      origin: 'log.example/khamrap',
      streamCount: 7,
      startMs: START_MS,
      clock: 'system',
      withBodies: true,
      ...options,
    };
    this.origin = this.#options.origin;
  }

  get size(): number {
    return this.entries.length;
  }

  get root(): Uint8Array {
    return this.#frontier.root();
  }

  /** Adds events until there are so many. */
  grow(size: number): this {
    while (this.size < size) this.append();
    return this;
  }

  append(): void {
    const position = this.size;
    const head = this.#headOf(this.streamOf(position));
    const revision = head.revision + 1;
    if (position === this.#options.headsAt) this.heads = this.#recordedHeads(position);
    const leaf: Leaf = {
      log: this.origin,
      position,
      recordedAt: new Date(this.#options.startMs + position * STEP_MS).toISOString(),
      stream: head.reference,
      revision,
      prev: revision === 0 ? null : head.leaf,
      body: this.#bodyHashOf(position),
    };
    const entry = Buffer.from(leafText(this.#options.leafOf?.(leaf) ?? leaf));
    const leafHashed = leafHash(entry, digest);
    head.revision = revision;
    head.leaf = hexOf(leafHashed);
    this.entries.push(entry);
    this.#put(0, leafHashed);
    this.#frontier.append(leafHashed);
  }

  /** The root of its first entries. */
  async rootAt(size: number): Promise<Uint8Array> {
    return this.tree().rootAt(size);
  }

  tree(): TreeReader {
    return new TreeReader(this.size, (name) => Promise.resolve(this.tile(name.level, name.index, name.width)), digest);
  }

  streamOf(position: number): string {
    const number = position % this.#options.streamCount;
    return number === 0 ? 'ledger' : `agreement-${number}`;
  }

  /** What opens an event: its number in the stream is a function of the position alone. */
  disclosure(position: number): Disclosure {
    const name = this.streamOf(position);
    const revision = Math.floor(position / this.#options.streamCount);
    const secret = privateValueOf(position);
    const heads = position === this.heads?.position ? this.heads : undefined;
    const data = heads?.data ?? this.#dataOf(position, secret);
    const type = heads ? 'StreamHeadsRecorded' : typeOf(position);
    const event = { data, eventId: eventIdOf(position), revision, stream: name, type };
    return {
      position,
      stream: { name, salt: hexOf(this.#headOf(name).salt) },
      salt: hexOf(saltOf(position)),
      body: canonicalJson(event),
      ...(position > 0 && !heads && { private: [{ path: '/note', disclosure: secret }] }),
    };
  }

  #dataOf(position: number, secret: string): JsonObject {
    if (position === 0) return { clock: this.#options.clock, origin: this.origin };
    const said = this.#options.dataOf?.(position) ?? { office: 'phrae-cdd', text: 'คำรับรอง' };
    return { note: { $private: digestOfPrivateValue(secret, digest) }, ...said };
  }

  #recordedHeads(position: number): MadeHeads {
    const heads = [...this.#heads.values()].filter(({ revision }) => revision >= 0);
    const told = heads.map(({ reference, revision, leaf }): StreamHead => ({ stream: reference, revision, leaf }));
    return new MadeHeads(position, this.#options.headsSaid?.(told) ?? told, digest);
  }

  /** The leaf of the last event of a stream before a size. */
  lastOf(stream: string, size = this.size): number {
    for (let position = size - 1; position >= 0; position--) if (this.streamOf(position) === stream) return position;
    return -1;
  }

  referenceOf(stream: string): string {
    return this.#headOf(stream).reference;
  }

  tile(level: number, index: number, width: number): Uint8Array {
    return Buffer.concat((this.#levels[level] ?? []).slice(index * TILE_WIDTH, index * TILE_WIDTH + width));
  }

  bundle(index: number, width: number): Uint8Array {
    return bundleOf(this.entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + width));
  }

  /** All files of the folder that tlog-tiles describes, but the checkpoint. */
  *files(): Generator<[name: string, bytes: Uint8Array]> {
    for (const { level, index, width } of tilesOf(this.size)) {
      yield [tilePath({ level, index, width }), this.tile(level, index, width)];
      if (level === 0) yield [tilePath({ level: 'entries', index, width }), this.bundle(index, width)];
    }
  }

  /** The checkpoint of a size, signed by some and cosigned by others at a time in seconds. */
  async checkpoint(signers: readonly MadeSigner[], options: CheckpointOptions = {}): Promise<string> {
    const { size = this.size, witnesses = [], seconds = START_MS / 1_000, origin = this.origin } = options;
    const text = checkpointText({ origin, size, root: await this.rootAt(size) });
    const lines = signers.map((signer) => signer.line(text));
    const cosignatures = witnesses.map((witness) => witness.cosignatureLine(text, seconds));
    return `${text}\n${[...lines, ...cosignatures].join('')}`;
  }

  #bodyHashOf(position: number): string {
    if (!this.#options.withBodies) return hexOf(digest(Buffer.from(`body ${position}`)));
    return bodyHashOf(saltOf(position), this.disclosure(position).body, digest);
  }

  #put(number: number, hashed: Uint8Array): void {
    const level = (this.#levels[number] ??= []);
    level.push(hashed);
    if (level.length % TILE_WIDTH !== 0) return;
    this.#put(number + 1, rootOfTile(this.tile(number, level.length / TILE_WIDTH - 1, TILE_WIDTH), digest));
  }

  #headOf(name: string): Head {
    const known = this.#heads.get(name);
    if (known) return known;
    const number = name === 'ledger' ? 0 : Number(name.slice('agreement-'.length));
    const salt = streamSaltOf(saltOf(number), digest);
    const head = { salt, reference: streamReference(name, salt, digest), revision: -1, leaf: '' };
    this.#heads.set(name, head);
    return head;
  }
}

export interface CheckpointOptions {
  readonly size?: number;
  readonly witnesses?: readonly MadeSigner[];
  readonly seconds?: number;
  readonly origin?: string;
}

/** Specs are to be the same every time, so nothing of this is random. */
export function saltOf(position: number): Uint8Array {
  return digest(Buffer.from(`salt ${position}`)).slice(0, 16);
}

function privateValueOf(position: number): string {
  return Buffer.from(JSON.stringify([hexOf(saltOf(-position)), 'note', 'ลับ'])).toString('base64url');
}

export function eventIdOf(position: number): string {
  return `00000000-0000-5000-8000-${String(position).padStart(12, '0')}`;
}

function typeOf(position: number): string {
  return position === 0 ? 'LedgerOpened' : 'NoteTaken';
}
