import { areEqual } from '../bytes';
import { parseLeaf } from '../leaf';
import { Malformed } from '../malformed';
import { leafHash, sha256, verifyInclusion, type Digest, type Tree } from '../merkle';
import { entriesOf, tileWidth } from '../tiles';
import { TreeReader } from '../tree-reader';
import type { AuditMemory } from './audit-memory';
import { BodyChecks } from './body-checks';
import { continuationOf } from './continuation';
import { SourceFailed, type FileSource } from './file-source';
import { Findings, type Finding } from './finding';
import { keptCheckpoints } from './kept-checkpoints';
import { LogAudit } from './log-audit';
import { readSized, tileReaderOf, walkLog, type ReadBundle } from './log-walk';
import { openSource, type Opening } from './opening';
import { Sandwich } from './times';
import { checkCheckpoint, logOf, type Trust, type TrustedCheckpoint } from './trust';

export interface LogCheckOptions {
  readonly digest?: Digest;
  /** The holder's own; else the keys are taken from the source, and the verdict says so. */
  readonly trust?: Trust;
  /** Checkpoints that the holder has kept, as notes: the log has to continue each of them. */
  readonly held?: readonly Held[];
  /** Entries of receipts that the holder has kept. */
  readonly receipts?: readonly HeldEntry[];
  /** Goes on from an earlier audit, instead of from the first entry. */
  readonly memory?: AuditMemory;
  /** Whether disclosed bodies are looked at: one file for every bundle of entries. */
  readonly withBodies?: boolean;
  readonly skewMs?: number;
  /** How many bundles are asked for before their turn. */
  readonly aheadCount?: number;
  readonly onProgress?: (size: number, of: number) => void;
}

/** A checkpoint that somebody has kept. */
export interface Held {
  /** As findings call it. */
  readonly name: string;
  readonly note: Uint8Array;
}

/** An entry that somebody has a receipt for. */
export interface HeldEntry {
  readonly position: number;
  readonly entry: Uint8Array;
}

export interface LogCheck {
  readonly findings: readonly Finding[];
  /** The checkpoint that was checked; absent when it cannot be relied on. */
  readonly checkpoint?: TrustedCheckpoint;
  /** For going on later; absent unless everything was as it should be. */
  readonly memory?: AuditMemory;
}

const AHEAD_COUNT_DEFAULT = 16;

/** Checks a whole log, as a server, a folder or a zip has it (c2sp.org/tlog-tiles). */
export async function checkLog(source: FileSource, options: LogCheckOptions = {}): Promise<LogCheck> {
  const findings = new Findings();
  try {
    const opening = await openSource(source, options.trust, findings);
    if (!opening) return { findings: findings.list() };
    const check = new LogChecking(source, options, opening, findings);
    const memory = await check.run();
    return { findings: findings.list(), checkpoint: opening.checkpoint, ...(memory && { memory }) };
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error;
    findings.add('unreachable', { subject: error.message });
    return { findings: findings.list() };
  }
}

class LogChecking {
  readonly #digest: Digest;
  readonly #tree: TreeReader;
  readonly #bodies: BodyChecks | undefined;
  readonly #wrongTimes: Finding[] = [];
  #sandwich = new Sandwich([]);

  constructor(
    private readonly source: FileSource,
    private readonly options: LogCheckOptions,
    private readonly opening: Opening,
    private readonly findings: Findings,
  ) {
    this.#digest = options.digest ?? sha256;
    this.#tree = new TreeReader(opening.checkpoint.size, tileReaderOf(source), this.#digest);
    this.#bodies = options.withBodies ? new BodyChecks(findings, this.#digest) : undefined;
  }

  async run(): Promise<AuditMemory | undefined> {
    const { checkpoint } = this.opening;
    const { options, findings } = this;
    if (options.memory && !(await this.#continues(options.memory))) return undefined;
    for (const held of options.held ?? []) await this.#compareWithHeld(held);
    for (const receipt of options.receipts ?? []) await this.#findReceipt(receipt);
    const kept = await keptCheckpoints(this.source, checkpoint, this.opening.trust, this.opening.periods, findings);
    this.#sandwich = sandwichOf([...kept, checkpoint], options.skewMs);
    const audit = new LogAudit(logOf(checkpoint.origin), this.#digest, options.memory);
    const sizeBefore = audit.size;
    const tileCount = await this.#walk(audit, kept);
    await this.#tellOfWrongTimes();
    const isWhole = audit.size === checkpoint.size;
    if (isWhole && !areEqual(audit.root(), checkpoint.root))
      findings.add('rootDiffers', { subject: String(checkpoint.size) });
    if (findings.broken || !isWhole) return undefined;
    this.#tellWhatWasChecked(sizeBefore, tileCount, kept.length);
    return audit.memory();
  }

  /**
   * The log has to go on from where the audit ended; whatever it is, the audit would find no more than another root.
   */
  async #continues(memory: AuditMemory): Promise<boolean> {
    const root = new LogAudit(memory.log, this.#digest, memory).root();
    if (memory.log === logOf(this.opening.checkpoint.origin)) {
      return this.#isBeginning({ size: memory.size, root }, 'notConsistent');
    }
    this.findings.add('originDiffers', { subject: 'checkpoint' });
    return false;
  }

  /** @param otherwise what it is when it is not */
  async #isBeginning(older: Tree, otherwise: 'notConsistent' | 'epochsDiffer'): Promise<boolean> {
    const { checkpoint } = this.opening;
    const subject = String(older.size);
    if (older.size > checkpoint.size) {
      this.findings.add(otherwise === 'epochsDiffer' ? otherwise : 'smallerThanHeld', { subject });
      return false;
    }
    const continuation = await continuationOf(this.#tree, older, checkpoint, this.#digest);
    if (continuation === 'continues') return true;
    this.findings.add(continuation === 'differs' ? otherwise : 'tilesUnfit', { subject });
    return false;
  }

  async #compareWithHeld({ name, note }: Held): Promise<void> {
    const { trust, periods, checkpoint } = this.opening;
    const { trusted, findings } = checkCheckpoint(name, note, trust, periods);
    this.findings.addAll(findings);
    if (!trusted) return;
    if (logOf(trusted.origin) !== logOf(checkpoint.origin)) {
      this.findings.add('originDiffers', { subject: name });
      return;
    }
    // A new epoch may go on from what was signed before, or say why it does not.
    const otherwise = trusted.origin === checkpoint.origin ? 'notConsistent' : 'epochsDiffer';
    if (await this.#isBeginning(trusted, otherwise))
      this.findings.add('consistentWith', { subject: String(trusted.size) });
  }

  async #findReceipt({ position, entry }: HeldEntry): Promise<void> {
    const { checkpoint } = this.opening;
    if (position >= checkpoint.size) {
      this.findings.add('smallerThanHeld', { subject: String(position + 1) });
      return;
    }
    const leaf = leafHash(entry, this.#digest);
    const proof = await orNothing(this.#tree.inclusionProof(position));
    const isThere =
      proof !== undefined && verifyInclusion({ ...checkpoint, index: position, leaf, proof }, this.#digest);
    this.findings.add(isThere ? 'eventIncluded' : 'receiptDiffers', { position });
  }

  #walk(audit: LogAudit, kept: readonly TrustedCheckpoint[]): Promise<number> {
    const { size } = this.opening.checkpoint;
    const roots = new Map(kept.map((each) => [each.size, each.root]));
    for (const each of kept.filter((older) => older.size === 0 || older.size <= audit.size)) roots.delete(each.size);
    const times = new Set(this.#sandwich.positions);
    return walkLog({
      source: this.source,
      size,
      audit,
      findings: this.findings,
      digest: this.#digest,
      aheadCount: this.options.aheadCount ?? AHEAD_COUNT_DEFAULT,
      wantedSizes: [...roots.keys()].sort((one, other) => one - other),
      onRoot: (at, root) => {
        if (!areEqual(root, roots.get(at) as Uint8Array)) this.findings.add('notConsistent', { subject: String(at) });
      },
      onBundle: (bundle) => {
        this.#judgeTimes(bundle, size, times);
        this.#bodies?.checkBundle(bundle, size);
      },
      ...(this.#bodies && { companion: (index: number) => `disclosures/${index}.ndjson` }),
      onProgress: (done) => this.options.onProgress?.(done, size),
    });
  }

  #judgeTimes({ first, bytes }: ReadBundle, size: number, times: ReadonlySet<number>): void {
    const positions = [...times].filter((position) => position >= first && position < Math.min(first + 256, size));
    if (positions.length === 0) return;
    const entries = entriesOf(bytes);
    for (const position of positions) {
      const recordedAt = recordedAtOf(entries[position - first] as Uint8Array);
      const code = recordedAt === undefined ? undefined : this.#sandwich.judge(position, recordedAt);
      if (code) this.#wrongTimes.push({ code, position });
    }
  }

  /** A log that says that its clock is a simulated one has times that nobody could have seen. */
  async #tellOfWrongTimes(): Promise<void> {
    if (this.#wrongTimes.length === 0) return;
    if (this.#bodies?.isSimulated) return;
    if (await this.#saysThatItIsSimulated()) this.findings.add('clockSimulated');
    else this.findings.addAll(this.#wrongTimes);
  }

  async #saysThatItIsSimulated(): Promise<boolean> {
    const { size } = this.opening.checkpoint;
    const [entries, companion] = await Promise.all([
      readSized(this.source, { level: 'entries', index: 0, width: tileWidth('entries', 0, size) }),
      this.source.read('disclosures/0.ndjson'),
    ]);
    if (!entries) return false;
    const bodies = new BodyChecks(this.findings, this.#digest);
    bodies.checkBundle({ first: 0, bytes: entries.bytes, companion }, size);
    return bodies.isSimulated;
  }

  #tellWhatWasChecked(sizeBefore: number, tileCount: number, keptCount: number): void {
    const { findings } = this;
    const { checkpoint } = this.opening;
    if (this.options.memory) findings.add('entriesAddedChecked', { subject: String(checkpoint.size - sizeBefore) });
    else findings.add('entriesChecked', { subject: String(checkpoint.size) });
    findings.add('tilesChecked', { subject: String(tileCount) });
    if (keptCount > 0) findings.add('keptCheckpointsChecked', { subject: String(keptCount) });
    const { seenSize } = this.#sandwich;
    if (this.#wrongTimes.length === 0)
      tellOfTimes(seenSize, seenSize < checkpoint.size ? seenSize : undefined, findings);
    if (this.#bodies) this.#bodies.tell(checkpoint.size - sizeBefore);
    else findings.add('bodiesNotChecked');
    const { memory, held = [], receipts = [] } = this.options;
    if (!memory && held.length + receipts.length === 0) findings.add('nothingHeld');
  }
}

/** The sightings that witnesses have signed. */
export function sandwichOf(checkpoints: readonly TrustedCheckpoint[], skewMs?: number): Sandwich {
  const sightings = checkpoints.flatMap(({ size, witnessedAt: seconds }) =>
    seconds === undefined ? [] : [{ size, seconds }],
  );
  return new Sandwich(sightings, skewMs);
}

/**
 * Says how many events have times that witnesses vouch for.
 * @param openFrom the first position that no witness has seen yet
 */
export function tellOfTimes(count: number, openFrom: number | undefined, findings: Findings): void {
  if (count > 0) findings.add('timesChecked', { subject: String(count) });
  if (count === 0) findings.add('timesUnwitnessed');
  else if (openFrom !== undefined) findings.add('timesOpen', { position: openFrom });
}

function recordedAtOf(entry: Uint8Array): string | undefined {
  try {
    return parseLeaf(entry).recordedAt;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** A proof that cannot be made out of what is served proves nothing. */
async function orNothing<Result>(made: Promise<Result>): Promise<Result | undefined> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
