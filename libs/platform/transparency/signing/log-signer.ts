import type { EventStore } from '@khamrap/platform/event-store';
import {
  areEqual,
  checkpointText,
  hexOf,
  Malformed,
  readCheckpoint,
  verifiedSignatures,
  verifierKeyText,
  verifyConsistency,
  type Tree,
} from '@khamrap/platform/transparency/proof';
import { SigningRefused, type CheckpointSigner, type TreeToSign } from '../checkpoint-signer';
import { nodeDigest } from '../node-digest';
import { originOfEpoch, vkeysInUse, type Annals } from './annals';
import { beginningOf, epochAfter, strangeEpochAfter, type Standpoint } from './epochs';
import type { LogAnnals } from './log-annals';
import type { LogEvent } from './log-events';
import { signedNote, type LogKey } from './log-keys';
import type { SignerMemory } from './signer-memory';

const ATTEMPTS_MAX = 20;

/** A tree that others know to have been signed by this log. */
export interface KnownElsewhere extends Tree {
  /** Who knows it, for the sentence that an operator reads. */
  readonly knownBy: string;
}

/**
 * Port: what others know to have been signed. Whoever restores database and memory together from an equally old copy has a signer
 * that finds nothing wrong; those outside know better.
 */
export interface SignedElsewhere {
  /** Trees under this origin that a key of this log has signed, without those that were settled. */
  of(origin: string): Promise<readonly KnownElsewhere[]>;
  /** A tree that goes on from these was signed: from here on the signer's own memory says more. */
  settle(trees: readonly KnownElsewhere[]): void;
}

/** Where a signer tells what an operator should know. */
export interface SignerLog {
  warn(message: string): void;
}

export interface LogSignerOptions {
  readonly store: Pick<EventStore, 'identity'>;
  /** The newest first; all of them sign. */
  readonly keys: readonly LogKey[];
  readonly memory: SignerMemory;
  readonly annals: LogAnnals;
  /** The checkpoint that the database shows to everybody; undefined where there is none. */
  readonly publishedNote: () => Promise<string | undefined>;
  /** Where nobody else knows what was signed, it is left out. */
  readonly elsewhere?: SignedElsewhere;
  readonly log: SignerLog;
}

/** What a signer makes of a tree. */
export interface Examination {
  /** What was signed last, as far as the signer knows. */
  readonly last: Standpoint;
  /** `signable`: it goes on from there; `behind`: it has to grow first; `refused`: it contradicts what was signed. */
  readonly verdict: 'signable' | 'behind' | 'refused';
  /** Why it is refused: a sentence for the operator. */
  readonly reason?: string;
}

/** What is known of what was signed, from the signer's own folder and from what the database shows. */
interface Knowledge {
  /** Number of the state in the folder. */
  readonly number: number;
  readonly last: Standpoint;
  /** A larger checkpoint than the folder remembers, signed by a key of this signer: another instance has signed since. */
  readonly newer?: Tree;
  /** Why what the database shows cannot be gone on from. */
  readonly strange?: string;
  /** What to warn of when a signature is given. */
  readonly warning?: string;
}

/**
 * Signs what the log publishes, and never anything that contradicts what it has signed before. It believes its own folder, not
 * whoever asks: that a tree is a continuation has to be proved, and what is signed is on disk before the signature is given
 * out. Several instances may share a folder. Where they do not, or where a folder was lost, the checkpoint that the database
 * shows stands in, if a key of this signer has signed it.
 */
export class LogSigner implements CheckpointSigner {
  /** The origin under which the keys are known to be recorded. */
  #recordedFor: string | undefined;

  constructor(private readonly options: LogSignerOptions) {}

  async sign(tree: TreeToSign): Promise<string | undefined> {
    const { keys, memory, log } = this.options;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const known = await this.#knowledge();
      const elsewhere = await this.#elsewhere(known);
      const { last, verdict, reason } = await this.#examined(tree, known, elsewhere);
      if (verdict === 'behind') return undefined;
      if (verdict === 'refused') throw new SigningRefused(reason);
      const { origin, epoch } = last;
      const signed = { origin, epoch, size: tree.size, root: tree.root, logId: this.options.store.identity().logId };
      const isNew =
        known.number === 0 ||
        epoch !== known.last.epoch ||
        tree.size !== known.last.size ||
        known.warning !== undefined;
      if (isNew && !(await memory.remember(signed, known.number))) continue;
      this.options.elsewhere?.settle(elsewhere);
      if (known.warning !== undefined) log.warn(known.warning);
      if (epoch !== known.last.epoch) log.warn(`The log goes on as ${origin}: an operator has opened epoch ${epoch}.`);
      if (this.#recordedFor !== origin) await this.recordKeys();
      return signedNote(keys, origin, checkpointText(signed));
    }
    throw new SigningRefused(`${memory.folder} kept changing while a checkpoint was to be signed.`);
  }

  /** Whether a tree would be signed; nothing is signed and nothing remembered. */
  async examine(tree: TreeToSign): Promise<Examination> {
    const known = await this.#knowledge();
    return this.#examined(tree, known, await this.#elsewhere(known));
  }

  /** Records in the log which keys sign from now on, and which do so no more, where the log does not say so yet. */
  async recordKeys(): Promise<readonly LogEvent[]> {
    let origin: string | undefined;
    const recorded = await this.options.annals.record(async (annals) => {
      const { last } = await this.#knowledge();
      // What was signed of another log says nothing of the sizes of this one, of which nothing is signed.
      if (last.logId !== this.options.store.identity().logId) return [];
      origin = last.origin;
      return keyChanges(this.options.keys, last, annals);
    });
    this.#recordedFor = origin;
    return recorded;
  }

  async #knowledge(): Promise<Knowledge> {
    const { memory, annals, store } = this.options;
    const { number, lastSigned } = await memory.held();
    const { origin, logId } = store.identity();
    const shown = await this.#shown();
    if (lastSigned === undefined) {
      const beginning = beginningOf(await annals.read(), origin, logId);
      // Of an epoch that is over, nothing is gone on from.
      if (shown?.origin !== beginning.origin) return { number, last: beginning };
      const last = { ...beginning, size: shown.size, root: shown.root };
      const warning =
        `${memory.folder} remembers nothing: the signer goes on from the checkpoint of ${shown.size} events that the database ` +
        'shows, which its key has signed. That nothing larger was signed, it cannot know.';
      return shown.isOwn() ? { number, last, warning } : { number, last, strange: STRANGE_KEY };
    }
    const last = { ...lastSigned, sizeMin: 0 };
    const epoch = shown && (await this.#epochOf(shown.origin));
    if (shown === undefined || epoch === undefined || epoch < last.epoch) return { number, last };
    if (epoch === last.epoch && shown.size <= last.size) return { number, last };
    if (!shown.isOwn()) return { number, last };
    const warning =
      `Another instance has signed ${shown.size} events of ${shown.origin} since ${memory.folder} was written: the signer ` +
      'goes on from there.';
    if (epoch === last.epoch) return { number, last, newer: shown, warning };
    return { number, last: { ...shown, epoch, logId, sizeMin: 0 }, warning };
  }

  async #elsewhere({ last }: Knowledge): Promise<readonly KnownElsewhere[]> {
    return (await this.options.elsewhere?.of(last.origin)) ?? [];
  }

  /** What the database shows, whoever has signed it; nothing where that is no checkpoint. */
  async #shown() {
    const note = await this.options.publishedNote();
    if (note === undefined) return undefined;
    try {
      const read = readCheckpoint(note);
      const keys = this.options.keys.map((key) => key.verifierKey(read.checkpoint.origin));
      return { ...read.checkpoint, isOwn: () => isSignedByOneOf(keys, read.note) };
    } catch (error) {
      if (error instanceof Malformed) return undefined;
      throw error;
    }
  }

  async #epochOf(origin: string): Promise<number | undefined> {
    const own = this.options.store.identity().origin;
    if (origin === own) return 0;
    const { epochs } = await this.options.annals.read();
    return epochs.find(({ epoch }) => originOfEpoch(own, epoch) === origin)?.epoch;
  }

  async #examined(tree: TreeToSign, known: Knowledge, elsewhere: readonly KnownElsewhere[]): Promise<Examination> {
    const { last } = known;
    const found = known.strange ?? (await this.#contradiction(tree, known, elsewhere));
    if (found === undefined) return { last, verdict: tree.size < last.sizeMin ? 'behind' : 'signable' };
    if (found === BEHIND) return { last, verdict: 'behind' };
    const { origin, logId } = this.options.store.identity();
    const annals = await this.options.annals.read();
    const next = epochAfter(annals, origin, last, logId);
    if (next) return { last: next, verdict: tree.size < next.sizeMin ? 'behind' : 'signable' };
    return { last, verdict: 'refused', reason: `${found} ${wayOut(last, annals)}` };
  }

  async #contradiction(
    tree: TreeToSign,
    { last, newer }: Knowledge,
    elsewhere: readonly KnownElsewhere[],
  ): Promise<string | typeof BEHIND | undefined> {
    const { logId, origin } = this.options.store.identity();
    if (last.logId !== logId) {
      return (
        `The signer remembers ${toldOf(last)} of the log ${last.logId}, and this is the log ${logId} under the same name: give ` +
        `this one another KHAMRAP_ORIGIN than ${origin}, or a KHAMRAP_SIGNER_FOLDER and a key of its own.`
      );
    }
    const signed: readonly (Tree & Partial<KnownElsewhere>)[] = [last, ...(newer ? [newer] : []), ...elsewhere];
    for (const older of signed) {
      const before = older.knownBy === undefined ? 'before' : `before, as ${older.knownBy} knows`;
      if (tree.size < older.size) {
        if ((await tree.eventCount()) > tree.size) return BEHIND;
        return `The log has ${toldOf(tree)}, and ${toldOf(older)} were signed ${before}: events are missing.`;
      }
      if (!(await isContinuation(tree, older)))
        return `The log has ${toldOf(tree)}, which do not begin with the ${toldOf(older)} that were signed ${before}.`;
    }
    return undefined;
  }
}

const BEHIND = Symbol('behind');
const STRANGE_KEY =
  'The signer remembers nothing, and the checkpoint that the database shows was signed by none of its keys: give it its folder, ' +
  'or the key that has signed it, besides the new one.';

function isSignedByOneOf(
  keys: Parameters<typeof verifiedSignatures>[1],
  note: Parameters<typeof verifiedSignatures>[0],
) {
  try {
    return verifiedSignatures(note, keys).length > 0;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

async function isContinuation(tree: TreeToSign, older: Tree): Promise<boolean> {
  if (tree.size === older.size) return areEqual(tree.root, older.root);
  const proof = await tree.consistencyFrom(older.size);
  return verifyConsistency({ old: older, new: tree, proof }, nodeDigest);
}

function toldOf({ size, root }: Tree): string {
  return `${size} events with the root ${hexOf(root)}`;
}

function wayOut(last: Standpoint, annals: Annals): string {
  const strange = strangeEpochAfter(last, annals);
  const found = strange
    ? `Epoch ${strange.epoch} names ${strange.lastSignedSize} events with the root ${strange.lastSignedRoot}, which is not what ` +
      'this signer remembers. '
    : '';
  return (
    `${found}Nothing is signed until the newer copy is back, or, where that is lost, until an operator has opened an epoch: ` +
    'npm run khamrap -- open-epoch --reason TEXT'
  );
}

/** What the log does not say yet of the keys that are held. */
function keyChanges(keys: readonly LogKey[], last: Standpoint, annals: Annals): readonly LogEvent[] {
  const held = keys.map((key) => verifierKeyText(key.verifierKey(last.origin)));
  const used = vkeysInUse(annals);
  const adopted = held.filter((vkey) => !used.includes(vkey));
  const retired = used.filter((vkey) => !held.includes(vkey));
  return [
    ...adopted.map((vkey): LogEvent => ({ type: 'LogKeyAdopted', data: { vkey, size: last.size } })),
    ...retired.map((vkey): LogEvent => ({ type: 'LogKeyRetired', data: { vkey, size: endOf(vkey, last, annals) } })),
  ];
}

/** From which size on a key that is held no more signs nothing. */
function endOf(vkey: string, last: Standpoint, { epochs }: Annals): number {
  const ended = vkey.startsWith(`${last.origin}+`) ? undefined : epochs.find(({ epoch }) => epoch === last.epoch);
  return (ended?.lastSignedSize ?? last.size) + 1;
}
