import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '@khamrap/testing';
import {
  failures,
  type Fault,
  type FaultPoint,
  type Faults,
  type FaultSource,
} from '../../../libs/testing/eventstoredb';

/** What can go wrong, as the counts of a run name it. */
export type Mishap =
  'cutStream' | 'cutSocket' | 'silence' | 'timeout' | 'notLeader' | 'unavailable' | 'slow' | 'twice' | 'disorder';

interface Step {
  /** From 0 for never to 1 for each time. */
  readonly rate: number;
  readonly mishaps: readonly Mishap[];
}

const CUTS = ['cutStream', 'cutSocket'] as const;

/** Every step of what the engine asks of the store. Many events are sent for each call: there a small share is enough. */
export const STEPS: Readonly<Partial<Record<FaultPoint, Step>>> = {
  'append.arrived': { rate: 0.1, mishaps: [...CUTS, 'silence', 'notLeader', 'unavailable', 'slow'] },
  'append.read': { rate: 0.1, mishaps: [...CUTS, 'silence', 'timeout', 'slow'] },
  'append.stored': { rate: 0.12, mishaps: [...CUTS, 'silence', 'timeout', 'slow'] },
  'append.answering': { rate: 0.12, mishaps: [...CUTS, 'silence', 'slow'] },
  'read.arrived': { rate: 0.15, mishaps: [...CUTS, 'silence', 'notLeader', 'unavailable', 'slow'] },
  'read.first': { rate: 0.1, mishaps: [...CUTS, 'silence', 'slow'] },
  'read.middle': { rate: 0.01, mishaps: [...CUTS, 'slow'] },
  'read.end': { rate: 0.08, mishaps: [...CUTS, 'silence', 'slow'] },
  'subscribe.arrived': { rate: 0.3, mishaps: [...CUTS, 'unavailable', 'slow'] },
  'subscribe.confirmed': { rate: 0.3, mishaps: [...CUTS, 'slow'] },
  'subscribe.live': { rate: 0.15, mishaps: [...CUTS, 'twice', 'disorder', 'slow'] },
  'subscribe.idle': { rate: 0.1, mishaps: CUTS },
  'gossip.arrived': { rate: 0.08, mishaps: [...CUTS, 'unavailable', 'slow'] },
};

/** The steps of an append, which has to stand the most. */
export const APPEND_STEPS = ['append.arrived', 'append.read', 'append.stored', 'append.answering'] as const;

const SLOW_MS_MAX = 30;

/** Faults by chance at every step, each kind in its turn, so that none is left out. */
export class StepByStep implements FaultSource {
  /** How often each mishap has struck at each step. */
  readonly counts = new Map<string, number>();
  readonly #next = new Map<FaultPoint, number>();

  /** @param other whereto one who is sent away is sent */
  constructor(
    private readonly random: SeededRandom,
    private readonly other: { readonly host: string; readonly port: number },
  ) {}

  faultAt(point: FaultPoint): Fault | undefined {
    const step = STEPS[point];
    if (!step || !this.random.chance(step.rate)) return undefined;
    const turn = this.#next.get(point) ?? 0;
    this.#next.set(point, turn + 1);
    const mishap = step.mishaps[turn % step.mishaps.length] as Mishap;
    const key = `${point} ${mishap}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    return this.#faultOf(mishap);
  }

  #faultOf(mishap: Mishap): Fault {
    switch (mishap) {
      case 'cutStream':
        return { kind: 'cut', how: 'stream' };
      case 'cutSocket':
        return { kind: 'cut', how: 'socket' };
      case 'silence':
        return { kind: 'silence' };
      case 'timeout':
        return { kind: 'fail', failure: failures.timeout('Commit phase timeout.') };
      case 'notLeader':
        return { kind: 'fail', failure: failures.notLeader(this.other) };
      case 'unavailable':
        return { kind: 'fail', failure: failures.notReady() };
      case 'slow':
        return { kind: 'delay', ms: this.random.integer(1, SLOW_MS_MAX) };
      case 'twice':
        return { kind: 'repeat' };
      case 'disorder':
        return { kind: 'disorder' };
    }
  }
}

/** What has not gone wrong anywhere yet. */
export function missingOf(sources: readonly StepByStep[]): readonly string[] {
  return Object.entries(STEPS).flatMap(([step, { mishaps }]) =>
    mishaps.map((mishap) => `${step} ${mishap}`).filter((key) => !sources.some(({ counts }) => counts.has(key))),
  );
}

/**
 * Has one append after the other lie in the server until its client has given up on it, and stored all the same then.
 * @returns how many
 */
export async function storeLate(faults: Faults, heldMs: number, signal: AbortSignal): Promise<number> {
  let count = 0;
  const ended = once(signal, 'abort');
  while (!signal.aborted) {
    const late = faults.silence('append.read', { isDoneAnyway: true });
    await Promise.race([late.struck, ended]);
    if (late.hits > 0) await pause(heldMs);
    late.callOff();
    await Promise.race([pause(heldMs), ended]);
    count += late.hits;
  }
  return count;
}
