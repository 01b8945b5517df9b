import {
  KEY_TYPES,
  parsePolicy,
  policyOfKeys,
  tlogProofText,
  type FileSource,
  type Leaf,
  type LogCheckOptions,
  type Policy,
} from '@khamrap/platform/transparency/proof';
import { listed } from '../../../libs/testing/verifiable-log/made-bundle';
import { MadeLog, MadeSigner, START_MS } from '../../../libs/testing/verifiable-log/made-log';
import { MapSource } from '../../../libs/testing/verifiable-log/map-source';

// The log as it truly was, and what people have kept of it. An attacker who has the key makes others like it.

export const SIZE = 600;
/** Of the checkpoint that somebody kept, and that witnesses have cosigned. */
export const KEPT_SIZE = 300;
/** Of the event that somebody has a receipt for: behind the checkpoint that was kept. */
export const RECEIPT_POSITION = 550;
/** Of the older copy that is put back. */
export const COPY_SIZE = 200;

export const LOG_KEY = new MadeSigner('log.example/khamrap');
const WITNESSES = ['nacc', 'sao'].map((name) => new MadeSigner(`${name}.example/witness`, KEY_TYPES.cosignature));

/** The log's own key, brought by the holder. */
export const KEY_POLICY: Policy = policyOfKeys([LOG_KEY.vkey]);
/** Both witnesses besides. */
const WITNESS_POLICY: Policy = parsePolicy(
  [
    `log ${LOG_KEY.vkey}`,
    ...WITNESSES.map((witness, number) => `witness w${number} ${witness.vkey}`),
    'group both all w0 w1',
    'quorum both',
    '',
  ].join('\n'),
);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What came after the checkpoint that was kept came a day later. */
function aDayLater(leaf: Leaf): Leaf {
  if (leaf.position < KEPT_SIZE) return leaf;
  return { ...leaf, recordedAt: new Date(Date.parse(leaf.recordedAt) + DAY_MS).toISOString() };
}

/** When witnesses saw the log at a size, in seconds: an hour after what was in it. */
function seenAt(size: number): number {
  return (START_MS + (size > KEPT_SIZE ? DAY_MS : 0) + HOUR_MS) / 1_000;
}

/** What an attacker has made of the log. */
export class Served {
  private constructor(
    readonly log: MadeLog,
    readonly files: MapSource,
  ) {}

  /** As a service serves it, and as a bundle carries it: with bodies, and with the checkpoints that were kept. */
  static async of(log: MadeLog, { signer = LOG_KEY, isWitnessed = false } = {}): Promise<Served> {
    const witnesses = isWitnessed ? WITNESSES : [];
    const cosigned = (size: number) => log.checkpoint([signer], { size, witnesses, seconds: seenAt(size) });
    const files: Record<string, string> = {
      checkpoint: await cosigned(log.size),
      'keys.json': JSON.stringify({ keys: [{ vkey: signer.vkey, fromSize: 0 }] }),
      policy: `log ${signer.vkey}\nquorum none\n`,
    };
    if (isWitnessed && log.size > KEPT_SIZE) files[`checkpoints/${KEPT_SIZE}`] = await cosigned(KEPT_SIZE);
    for (let position = 0; position < log.size; position++) {
      const name = `disclosures/${Math.floor(position / 256)}.ndjson`;
      files[name] = `${files[name] ?? ''}${JSON.stringify(log.disclosure(position))}\n`;
    }
    return new Served(log, new MapSource(log.files()).with(files));
  }

  changed(change: (files: MapSource) => MapSource): Served {
    return new Served(this.log, change(this.files));
  }

  get source(): FileSource {
    const head = { kind: 'log', subject: this.log.origin, origin: this.log.origin, size: this.log.size } as const;
    return listed(this.files, head);
  }
}

/** The log as it is, or with what somebody has done to its leaves, all that comes after them made to fit. */
export function logOf(size: number, leafOf: (leaf: Leaf) => Leaf = (leaf) => leaf): MadeLog {
  return new MadeLog({ leafOf: (leaf) => leafOf(aDayLater(leaf)) }).grow(size);
}

/** What somebody may have in hand who looks at what is served. */
export type HolderName = 'the log alone' | 'an earlier receipt' | 'an earlier checkpoint' | 'witnesses';

export type Holdings = Pick<LogCheckOptions, 'trust' | 'held' | 'receipts'>;

export async function holdings(honest: MadeLog): Promise<Readonly<Record<HolderName, Holdings>>> {
  const trust = { policy: KEY_POLICY, isGiven: true };
  const note = async (size: number) => Buffer.from(await honest.checkpoint([LOG_KEY], { size }));
  return {
    'the log alone': { trust },
    'an earlier receipt': {
      trust,
      receipts: [{ position: RECEIPT_POSITION, entry: honest.entries[RECEIPT_POSITION] as Uint8Array }],
      held: [{ name: 'receipt', note: await note(RECEIPT_POSITION + 1) }],
    },
    'an earlier checkpoint': { trust, held: [{ name: 'kept', note: await note(KEPT_SIZE) }] },
    witnesses: { trust: { policy: WITNESS_POLICY, isGiven: true } },
  };
}

/** The receipt of an event in a log, as its holder has it. */
export async function receiptIn(log: MadeLog, position: number, signer = LOG_KEY): Promise<Uint8Array> {
  const checkpoint = await log.checkpoint([signer], { origin: signer.key.name });
  const proof = tlogProofText({ index: position, hashes: await log.tree().inclusionProof(position), checkpoint });
  return Buffer.from(JSON.stringify({ proof, leaf: Buffer.from(log.entries[position] as Uint8Array).toString() }));
}
