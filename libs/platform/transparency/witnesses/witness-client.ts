import { setTimeout as delay } from 'node:timers/promises';
import type { SignedCheckpoint } from '../checkpoints';
import { nodeDigest } from '../node-digest';
import { verifyConsistency, type Policy, type VerifierKey } from '../proof';
import type { TransparencyLogging } from '../publisher';
import type { TransparencyLog } from '../transparency-log';
import { Conversation } from './conversation';
import type { CosignedCheckpoints } from './cosigned-checkpoints';
import { askToCosign, shownBy, type WitnessAnswer, type WitnessedTree } from './witness-call';
import type { WitnessedTrees } from './witnessed-trees';
import type { RefusedBranch, WitnessRecords } from './witness-records';

export interface WitnessClientOptions {
  readonly policy: Policy;
  readonly log: Pick<TransparencyLog, 'latest' | 'consistencyProof'>;
  /** How many events the log of events holds now. */
  readonly eventCount: () => Promise<number>;
  readonly cosigned: Pick<CosignedCheckpoints, 'add'>;
  readonly records: WitnessRecords;
  /** Told what a witness has that the log has signed and does not go on from. */
  readonly trees: Pick<WitnessedTrees, 'add'>;
  readonly keysOf: (origin: string) => Promise<readonly VerifierKey[]>;
  readonly logging: TransparencyLogging;
}

/** All witnesses are asked for the same checkpoint: a quorum is of one, not of several that are close. */
const ROUND_MS = 1_000;
/** The sizes that a witness names may change while it is asked, as other instances ask it too. */
const ATTEMPTS_MAX = 3;

/**
 * Has what is published cosigned by the witnesses that have an address. Nothing waits for them: a checkpoint is published as soon
 * as it is signed, and once more with what they have said of it.
 */
export class WitnessClient {
  readonly #stopping = new AbortController();
  #conversations: readonly Conversation[] = [];
  readonly #asking = new Set<Promise<void>>();
  #running = Promise.resolve();
  #trouble: string | undefined;

  constructor(private readonly options: WitnessClientOptions) {}

  start(): void {
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Ends when what witnesses have answered is kept; what they have not, is not waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await Promise.all(this.#asking);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { policy, records, logging } = this.options;
    const witnesses = policy.witnesses.filter(({ url }) => url !== undefined);
    while (!signal.aborted && witnesses.length > 0) {
      try {
        if (this.#conversations.length === 0) {
          const known = await records.all();
          this.#conversations = witnesses.map((witness) => new Conversation(witness, known));
        }
        await this.#round(signal);
        this.#trouble = undefined;
      } catch (error) {
        const what = error instanceof Error ? error.message : String(error);
        if (what !== this.#trouble) logging.error(`witnesses are not asked: ${what}`);
        this.#trouble = what;
      }
      await delay(ROUND_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const latest = await this.options.log.latest();
    if (latest === undefined) return;
    for (const conversation of this.#conversations) {
      if (!conversation.isDue(latest, performance.now())) continue;
      const asking = this.#converse(conversation, latest, signal).finally(() => this.#asking.delete(asking));
      this.#asking.add(asking);
    }
  }

  async #converse(conversation: Conversation, checkpoint: SignedCheckpoint, signal: AbortSignal): Promise<void> {
    const { name } = conversation.witness;
    const { records, logging } = this.options;
    const before = conversation.record;
    conversation.busy = true;
    try {
      await this.#ask(conversation, checkpoint, signal);
      if (before.trouble !== null && conversation.record.trouble === null)
        logging.info(`witness ${name} cosigns again`);
    } catch (error) {
      if (!signal.aborted) this.#tell(conversation, error instanceof Error ? error.message : String(error));
    } finally {
      conversation.busy = false;
      if (conversation.record !== before)
        await records
          .tell(conversation.record)
          .catch((error: unknown) => logging.error(`witness ${name}: ${String(error)}`));
    }
  }

  async #ask(conversation: Conversation, checkpoint: SignedCheckpoint, signal: AbortSignal): Promise<void> {
    const { log, cosigned } = this.options;
    const { origin, size, note } = checkpoint;
    let oldSize = Math.min(conversation.knownSize(origin), size);
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const proof = await log.consistencyProof(oldSize, size);
      const answer = await askToCosign(conversation.witness, { oldSize, proof, checkpoint: note }, signal);
      if (answer.kind === 'cosigned') {
        await cosigned.add(note, answer.signatures);
        conversation.cosigned(checkpoint, answer.time, performance.now());
        return;
      }
      if (answer.kind !== 'otherSize' || answer.size > size)
        return this.#notCosigned(conversation, checkpoint, { answer, oldSize }, signal);
      if (answer.size < conversation.knownSize(origin)) this.#tellForgotten(conversation, origin, answer.size);
      oldSize = answer.size;
    }
    this.#tell(conversation, 'the size that it has cosigned changes again and again');
  }

  async #notCosigned(
    conversation: Conversation,
    checkpoint: SignedCheckpoint,
    { answer, oldSize }: { readonly answer: WitnessAnswer; readonly oldSize: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    if (answer.kind === 'refused')
      return this.#refused(conversation, checkpoint, { status: 422, witnessSize: oldSize }, signal);
    if (answer.kind !== 'otherSize')
      return this.#tell(conversation, answer.kind === 'failed' ? answer.why : answer.kind);
    // After a crash the tree is built once more from the events; another instance may have published more since.
    if ((await this.options.eventCount()) >= answer.size)
      return this.#tell(conversation, 'it has cosigned more than is published now');
    return this.#refused(conversation, checkpoint, { status: 409, witnessSize: answer.size }, signal);
  }

  /** What it says is kept as evidence; what it can show that the log has signed, stops the signer. */
  async #refused(
    conversation: Conversation,
    checkpoint: SignedCheckpoint,
    found: Pick<RefusedBranch, 'status' | 'witnessSize'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { keysOf, records, trees, logging } = this.options;
    const { witness, record } = conversation;
    const { origin, note: refusedNote } = checkpoint;
    const shown = await shownBy(witness, origin, await keysOf(origin), signal).catch(() => undefined);
    const isProved = shown !== undefined && !(await this.#goesOnFrom(shown, checkpoint));
    if (isProved) await trees.add(shown);
    const branch = { vkey: record.vkey, origin, ...found, refusedNote, cosignedNote: shown?.note ?? null };
    const isNew = await records.keepRefused(branch);
    const trouble = `it has cosigned ${found.witnessSize} events that ${origin} with ${checkpoint.size} does not go on from`;
    const isNews = conversation.failed(trouble, performance.now(), true);
    if (isNew || isNews)
      logging.error(
        `REFUSED BRANCH: witness ${witness.name} refuses the log: ${trouble}. ${isProved ? 'What it shows is signed by this log: ' : 'It shows nothing that proves this: '}` +
          'see transparency.refused_branch, and GET /log/witnesses.',
      );
  }

  async #goesOnFrom(older: WitnessedTree, { size, root }: SignedCheckpoint): Promise<boolean> {
    if (older.size > size) return (await this.options.eventCount()) >= older.size;
    const proof = await this.options.log.consistencyProof(older.size, size);
    return verifyConsistency({ old: older, new: { size, root }, proof }, nodeDigest);
  }

  #tell(conversation: Conversation, trouble: string): void {
    const isNews = conversation.failed(trouble, performance.now());
    if (isNews) this.options.logging.info(`witness ${conversation.witness.name} has not cosigned: ${trouble}`);
  }

  #tellForgotten({ witness }: Conversation, origin: string, size: number): void {
    this.options.logging.error(
      `witness ${witness.name} has forgotten what it cosigned: it goes on from ${size} events of ${origin}. An old copy of its ` +
        'folder was brought back; its office should begin with a new key.',
    );
  }
}
