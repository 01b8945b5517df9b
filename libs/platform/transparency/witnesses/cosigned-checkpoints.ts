import { parseNote, readCheckpoint, type NoteSignature, type Policy } from '../proof';
import type { Checkpoints } from '../checkpoints';
import type { TransparencyLog } from '../transparency-log';
import { withCosignatures } from './cosigned-note';
import { isWitnessed } from './witness-policy';

const ATTEMPTS_MAX = 5;

/** Joins what witnesses say of a checkpoint, and keeps it. */
export class CosignedCheckpoints {
  #keeping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: Pick<TransparencyLog, 'heldCheckpointsOf'>,
    private readonly checkpoints: Pick<Checkpoints, 'keepCosigned'>,
    private readonly policy: Policy,
  ) {}

  /**
   * Adds cosignatures that the caller has verified.
   * @param note of the checkpoint, with the signature of the log
   * @returns whether the quorum is reached now
   */
  add(note: string, cosignatures: readonly NoteSignature[]): Promise<boolean> {
    const kept = this.#keeping.then(() => this.#add(note, cosignatures));
    this.#keeping = kept.catch(() => undefined);
    return kept;
  }

  async #add(note: string, cosignatures: readonly NoteSignature[]): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const joined = withCosignatures((await this.#held(note)) ?? note, cosignatures);
      const isReached = isWitnessed(this.policy, parseNote(joined));
      await this.checkpoints.keepCosigned(joined, isReached);
      // Another process may have joined its own to the same note meanwhile, and then one of both is missing.
      if ((await this.#held(note)) === joined) return isReached;
      if (attempt === ATTEMPTS_MAX) throw new Error('the kept checkpoint changed again and again');
    }
  }

  async #held(note: string): Promise<string | undefined> {
    const { origin, size } = readCheckpoint(note).checkpoint;
    return (await this.log.heldCheckpointsOf(size)).find((held) => held.origin === origin)?.note;
  }
}
