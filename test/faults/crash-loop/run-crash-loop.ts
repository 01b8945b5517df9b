import { eventually, monotonicMicroseconds, type SeededRandom } from '@khamrap/testing';
import { JournalTail } from './journal-tail';

const PROGRESS_MS_MAX = 120_000;

/** Something that is killed while clients use it. */
export interface Victim {
  /** Kills it by SIGKILL; resolves when nothing of it lives any more. */
  crash(): Promise<void>;
  /** Brings it back on what it has left. */
  recover(): Promise<void>;
}

export interface CrashLoopOptions {
  readonly victim: Victim;
  readonly journalFolder: string;
  readonly cycleCount: number;
  /** How many acknowledgements the clients get between a recovery and the next crash: some number in this range. */
  readonly acknowledgedBetween: { readonly least: number; readonly most: number };
  readonly random: SeededRandom;
  /** Rejects when the clients have failed. */
  readonly clientsFailed: Promise<never>;
  readonly onCycle?: (cycle: number, restartMs: number) => void;
}

/**
 * Kills again and again under load, each time at some moment when the clients are getting answers.
 * @returns for each cycle the milliseconds from the kill to the first acknowledgement of something asked for afterwards
 */
export async function runCrashLoop(options: CrashLoopOptions): Promise<number[]> {
  const { victim, journalFolder, cycleCount, acknowledgedBetween, random, clientsFailed, onCycle } = options;
  const tail = new JournalTail(journalFolder);
  const restartsMs: number[] = [];
  for (let cycle = 1; cycle <= cycleCount; cycle++) {
    tail.read();
    const enough = tail.acknowledgedCount + random.integer(acknowledgedBetween.least, acknowledgedBetween.most);
    const hasEnough = (): true | undefined => {
      tail.read();
      return tail.acknowledgedCount >= enough ? true : undefined;
    };
    await Promise.race([eventually('enough acknowledgements', hasEnough, PROGRESS_MS_MAX), clientsFailed]);

    const killedAt = monotonicMicroseconds();
    await victim.crash();
    tail.read();
    const deadAt = monotonicMicroseconds();
    await victim.recover();
    const answered = eventually('an acknowledgement after the restart', () => tail.read(deadAt), PROGRESS_MS_MAX);
    const restartMs = ((await Promise.race([answered, clientsFailed])) - killedAt) / 1_000;
    restartsMs.push(restartMs);
    onCycle?.(cycle, restartMs);
  }
  return restartsMs;
}
