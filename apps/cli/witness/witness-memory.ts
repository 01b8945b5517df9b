import { createHash } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import {
  readCheckpoint,
  verifiedSignatures,
  type Checkpoint,
  type VerifierKey,
} from '@khamrap/platform/transparency/proof';
import { createFileOnce, ignoreAbsence, makePrivateFolder } from '@khamrap/platform/private-files';

/** What a witness has cosigned last of a log. */
export interface Cosigned {
  /** Of the state among all that there were, from 1. */
  readonly number: number;
  /** The note with the signatures of the log and the cosignature. */
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** How many states are kept: enough for a slow process to see that it is late. */
const KEPT_COUNT = 16;
const STATE = /^(\d{15})\.note$/;

/** By what a witness's addresses and folders know a log: SHA-256 of its origin, in hexadecimal. */
export function originHash(origin: string): string {
  return createHash('sha256').update(origin).digest('hex');
}

/**
 * What a witness remembers: for each log the last checkpoint that it has cosigned. Each state is a file of its own, numbered; the
 * highest number holds. A state is added by linking it under the next number, which only one of several requests, and only one of
 * several processes, can do: that is what makes checking and remembering one step, and there is no lock that somebody who was
 * killed could leave behind.
 */
export class WitnessMemory {
  /** @param key of the witness, whose cosignature every state has to carry */
  constructor(
    private readonly folder: string,
    private readonly key: VerifierKey,
  ) {}

  /**
   * The last state; undefined when the witness has never cosigned a checkpoint of this log.
   * @throws Error when it is not as the witness has left it: then nobody knows what was cosigned
   */
  async last(hashOfOrigin: string): Promise<Cosigned | undefined> {
    const number = (await this.#numbers(hashOfOrigin)).at(-1);
    if (number === undefined) return undefined;
    const file = this.#file(hashOfOrigin, number);
    try {
      return { number, ...this.#verified(await readFile(file, 'utf8')) };
    } catch (cause) {
      // Many others were added since: what was read is not the last any more.
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return this.last(hashOfOrigin);
      throw new Error(`${file} does not say what was cosigned last: bring it back as it was.`, { cause });
    }
  }

  /**
   * Adds a state, on disk before this returns.
   * @param after the number of the state on which it was decided, 0 for none
   * @returns false when that is not the last any more: nothing has changed
   */
  async remember(hashOfOrigin: string, note: string, after: number): Promise<boolean> {
    await makePrivateFolder(this.#folderOf(hashOfOrigin));
    const number = after + 1;
    if (!(await createFileOnce(this.#file(hashOfOrigin, number), note))) return false;
    const numbers = await this.#numbers(hashOfOrigin);
    // Whoever stood still between reading and linking for so long that the file of that number is gone again was late all the
    // same: those that were added since are there to be seen.
    if (numbers.at(-1) !== number) {
      if (number < (numbers.at(-KEPT_COUNT) ?? 0)) await unlink(this.#file(hashOfOrigin, number));
      return false;
    }
    for (const old of numbers.slice(0, -KEPT_COUNT)) await unlink(this.#file(hashOfOrigin, old)).catch(ignoreAbsence);
    return true;
  }

  #verified(note: string): Omit<Cosigned, 'number'> {
    const read = readCheckpoint(note);
    if (verifiedSignatures(read.note, [this.key]).length === 0) throw new Error('not cosigned by this witness');
    return { note, checkpoint: read.checkpoint };
  }

  async #numbers(hashOfOrigin: string): Promise<number[]> {
    const names = await readdir(this.#folderOf(hashOfOrigin)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.flatMap((name) => STATE.exec(name)?.slice(1).map(Number) ?? []).sort((left, right) => left - right);
  }

  #folderOf(hashOfOrigin: string): string {
    return path.join(this.folder, 'logs', hashOfOrigin);
  }

  #file(hashOfOrigin: string, number: number): string {
    return path.join(this.#folderOf(hashOfOrigin), `${String(number).padStart(15, '0')}.note`);
  }
}
