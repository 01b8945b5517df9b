import { createHash } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { bytesOfHex, HASH_BYTES, hexOf, type Checkpoint } from '@khamrap/platform/transparency/proof';
import { createFileOnce, ignoreAbsence, makePrivateFolder } from '@khamrap/platform/private-files';

/** What a signer has signed last. */
export interface LastSigned extends Checkpoint {
  /** 0 until an operator has opened another one. */
  readonly epoch: number;
  /** UUID of the log of which it was: another log under the same name is not a continuation. */
  readonly logId: string;
}

/** What the folder holds now. */
export interface Held {
  /** Of the state among all that there were, from 1; 0 when there was none. */
  readonly number: number;
  readonly lastSigned: LastSigned | undefined;
}

/** How many states are kept: enough to tell afterwards what happened, and for a slow process to see that it is late. */
const KEPT_COUNT = 16;
const DIGITS = 15;

/**
 * What the signer remembers, in a folder of its own: apart from the data folder and from the database, so that what is restored
 * there is held against what was signed. Each state is a file of its own, numbered; the highest number holds. A state is
 * added by linking it under the next number, which only one of several processes can do: that is the compare-and-swap, and
 * there is no lock that somebody who was killed could leave behind.
 */
export class SignerMemory {
  readonly #prefix: string;

  /** @param origin of the log before any epoch: one folder may serve several logs */
  constructor(
    readonly folder: string,
    origin: string,
  ) {
    this.#prefix = `signed-${createHash('sha256').update(origin).digest('hex').slice(0, 16)}.`;
  }

  /** @throws Error when what it holds cannot be read: then nobody knows what was signed */
  async held(): Promise<Held> {
    const number = (await this.#numbers()).at(-1);
    if (number === undefined) return { number: 0, lastSigned: undefined };
    const file = this.#file(number);
    try {
      return { number, lastSigned: parsed(await readFile(file, 'utf8')) };
    } catch (cause) {
      // Many others have signed since: what was read is not the last any more.
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return this.held();
      throw new Error(`${file} does not say what was signed last: bring it back as it was.`, { cause });
    }
  }

  /**
   * Adds a state, on disk before this returns.
   * @param after the number of the state on which it was decided
   * @returns false, with nothing changed, when that is not the last any more
   */
  async remember(state: LastSigned, after: number): Promise<boolean> {
    await makePrivateFolder(this.folder);
    const number = after + 1;
    if (!(await createFileOnce(this.#file(number), textOf(state)))) return false;
    const numbers = await this.#numbers();
    // Others may have gone on from this state already. But whoever was stopped between reading and linking for so long that the
    // file of this number had come and gone is late, and sees it: the states that came since are kept.
    if ((numbers.at(-1) ?? 0) - number >= KEPT_COUNT) {
      await unlink(this.#file(number)).catch(ignoreAbsence);
      return false;
    }
    for (const old of numbers.slice(0, -KEPT_COUNT)) await unlink(this.#file(old)).catch(ignoreAbsence);
    return true;
  }

  async #numbers(): Promise<number[]> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const pattern = new RegExp(`^(\\d{${DIGITS}})\\.json$`);
    return names
      .flatMap((name) => (name.startsWith(this.#prefix) ? [pattern.exec(name.slice(this.#prefix.length))?.[1]] : []))
      .flatMap((digits) => (digits === undefined ? [] : [Number(digits)]))
      .sort((left, right) => left - right);
  }

  #file(number: number): string {
    return path.join(this.folder, `${this.#prefix}${String(number).padStart(DIGITS, '0')}.json`);
  }
}

function textOf({ origin, epoch, size, root, logId }: LastSigned): string {
  return `${JSON.stringify({ origin, epoch, size, root: hexOf(root), logId }, undefined, 2)}\n`;
}

function parsed(text: string): LastSigned {
  const { origin, epoch, size, root, logId } = JSON.parse(text) as Record<string, unknown>;
  if (typeof origin !== 'string' || typeof logId !== 'string' || typeof root !== 'string')
    throw new Error('not a state of the signer');
  return { origin, logId, epoch: wholeNumber(epoch), size: wholeNumber(size), root: bytesOfHex(root, HASH_BYTES) };
}

function wholeNumber(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new Error('not a state of the signer');
}
