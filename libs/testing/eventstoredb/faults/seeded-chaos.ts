import { SeededRandom } from '../../seeded-random';
import { failures } from '../wire/service-error';
import { FAULT_POINTS, type Fault, type FaultPoint } from './fault';
import type { FaultSource } from './faults';

/** What chance may do. */
export type ChaosKind =
  'cutStream' | 'cutSocket' | 'unavailable' | 'timeout' | 'delay' | 'repeat' | 'disorder' | 'silence';

export interface ChaosOptions {
  /** From 0 for never to 1 for at every step. */
  readonly rate: number;
  /** Steps at which something may go wrong; all unless given. */
  readonly points?: readonly FaultPoint[];
  /** All but silence unless given: who is not told anything waits until the deadline. */
  readonly kinds?: readonly ChaosKind[];
  /** Milliseconds of the longest delay. */
  readonly delayMsMax?: number;
}

const KINDS: readonly ChaosKind[] = ['cutStream', 'cutSocket', 'unavailable', 'timeout', 'delay', 'repeat', 'disorder'];

/** Faults by chance. The same seed gives the same faults to the same order of calls. */
export class SeededChaos implements FaultSource {
  readonly #random: SeededRandom;
  readonly #points: ReadonlySet<FaultPoint>;
  readonly #kinds: readonly ChaosKind[];
  #left = Infinity;

  constructor(
    readonly seed: number,
    private readonly options: ChaosOptions,
  ) {
    this.#random = new SeededRandom(seed);
    this.#points = new Set(options.points ?? FAULT_POINTS);
    this.#kinds = options.kinds ?? KINDS;
  }

  /** Ends after so many faults, so that a test ends too. */
  atMost(count: number): this {
    this.#left = count;
    return this;
  }

  faultAt(point: FaultPoint): Fault | undefined {
    if (this.#left <= 0 || !this.#points.has(point) || !this.#random.chance(this.options.rate)) return undefined;
    const possible = this.#kinds.filter((kind) => isPossible(kind, point));
    if (possible.length === 0) return undefined;
    this.#left -= 1;
    return this.#fault(this.#random.pick(possible));
  }

  #fault(kind: ChaosKind): Fault {
    switch (kind) {
      case 'cutStream':
        return { kind: 'cut', how: 'stream' };
      case 'cutSocket':
        return { kind: 'cut', how: 'socket' };
      case 'unavailable':
        return { kind: 'fail', failure: failures.notReady() };
      case 'timeout':
        return { kind: 'fail', failure: failures.timeout('Commit phase timeout.') };
      case 'delay':
        return { kind: 'delay', ms: this.#random.integer(1, this.options.delayMsMax ?? 20) };
      case 'repeat':
      case 'disorder':
      case 'silence':
        return { kind };
    }
  }
}

/** A node that is not ready says so at once, only a write times out, and only a subscription sends something again. */
function isPossible(kind: ChaosKind, point: FaultPoint): boolean {
  if (kind === 'unavailable') return point.endsWith('.arrived');
  if (kind === 'timeout') return point === 'append.read' || point === 'append.stored';
  if (kind === 'repeat' || kind === 'disorder') return point === 'subscribe.middle' || point === 'subscribe.live';
  return true;
}
