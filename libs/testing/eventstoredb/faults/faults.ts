import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { beginAnswer, CallIsGone, cut, type AnyCall, type CutKind } from '../wire/breakage';
import { failures, type Endpoint, type ServiceFailure } from '../wire/service-error';
import { isBending, type BendingFault, type Fault, type FaultKind, type FaultPoint } from './fault';

/** Where a fault strikes: one step, several, or every one. */
export type Where = FaultPoint | readonly FaultPoint[] | '*';

/** How often, and after how many calls that are spared. */
export interface Often {
  /** 1 unless said otherwise; Infinity until it is called off. */
  readonly times?: number;
  readonly skip?: number;
}

/** A fault that was ordered: it knows how often it struck. */
export class OrderedFault {
  hits = 0;
  /** How many calls it keeps silent now. */
  waiting = 0;
  #left: number;
  #toSkip: number;
  #release!: () => void;
  #struck!: () => void;
  /** Resolves when it has struck for the first time. */
  readonly struck = new Promise<void>((resolve) => (this.#struck = resolve));
  readonly #released = new Promise<void>((resolve) => (this.#release = resolve));

  constructor(
    readonly where: Where,
    readonly fault: Fault,
    { times = 1, skip = 0 }: Often = {},
  ) {
    this.#left = times;
    this.#toSkip = skip;
  }

  /** Strikes no more; calls that it keeps silent go on. */
  callOff(): void {
    this.#left = 0;
    this.#release();
  }

  /** Whether it strikes a call that is at `point` now. */
  strikes(point: FaultPoint): boolean {
    if (this.#left <= 0 || !isAt(this.where, point)) return false;
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return false;
    }
    this.#left -= 1;
    this.hits += 1;
    this.#struck();
    return true;
  }

  /** Keeps a call silent until it is let go, or until `gone`. */
  async keep(gone: Promise<void>): Promise<void> {
    this.waiting += 1;
    await Promise.race([gone, this.#released]);
    this.waiting -= 1;
  }
}

/** Chooses faults by chance. */
export interface FaultSource {
  faultAt(point: FaultPoint): Fault | undefined;
}

/** The faults of one node: ordered one by one, or taken from a source of chance. */
export class Faults {
  /** Adds faults by chance to those that are ordered. */
  chaos: FaultSource | undefined;
  readonly #ordered: OrderedFault[] = [];
  readonly #counts = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  /** @param sockets of the node, by the client's address */
  constructor(private readonly sockets: ReadonlyMap<string, Socket>) {}

  order(where: Where, fault: Fault, often?: Often): OrderedFault {
    const ordered = new OrderedFault(where, fault, often);
    this.#ordered.push(ordered);
    for (const listener of this.#listeners) listener();
    return ordered;
  }

  /** Breaks the connection at a step. */
  cut(where: Where, often: Often & { readonly how?: CutKind } = {}): OrderedFault {
    return this.order(where, { kind: 'cut', how: often.how ?? 'stream' }, often);
  }

  /**
   * Says nothing more from a step on; the connection stays open. `callOff()` lets the calls go on: those whose clients are
   * still there, or all of them with `isDoneAnyway`, so that something is stored after its client has given up.
   */
  silence(where: Where, often: Often & { readonly isDoneAnyway?: boolean } = {}): OrderedFault {
    return this.order(where, { kind: 'silence', isDoneAnyway: often.isDoneAnyway ?? false }, often);
  }

  delay(where: Where, ms: number, often: Often = {}): OrderedFault {
    return this.order(where, { kind: 'delay', ms }, often);
  }

  fail(where: Where, failure: ServiceFailure, often: Often = {}): OrderedFault {
    return this.order(where, { kind: 'fail', failure }, often);
  }

  unavailable(where: Where, often: Often = {}): OrderedFault {
    return this.fail(where, failures.notReady(), often);
  }

  notLeader(where: Where, leader: Endpoint, often: Often = {}): OrderedFault {
    return this.fail(where, failures.notLeader(leader), often);
  }

  /** The server gave up waiting; at `append.stored` the events are stored all the same. */
  timeout(where: Where, often: Often = {}): OrderedFault {
    return this.fail(where, failures.timeout('Commit phase timeout.'), often);
  }

  /** Sends an event of a subscription or of a page twice. */
  repeat(where: Where, often: Often = {}): OrderedFault {
    return this.order(where, { kind: 'repeat' }, often);
  }

  /** Sends an earlier event of a subscription again behind a later one. */
  disorder(where: Where, often: Often = {}): OrderedFault {
    return this.order(where, { kind: 'disorder' }, often);
  }

  /** Of the next append only the first `keep` events are stored, as a whole, and its client is cut off. */
  tear(keep: number, often: Often = {}): OrderedFault {
    return this.order('append.read', { kind: 'tear', keep }, often);
  }

  /** How often something went wrong, by chance or by order; of every kind and at every step unless one is named. */
  count(point?: FaultPoint, kind?: FaultKind): number {
    let sum = 0;
    for (const [key, count] of this.#counts) {
      const [at, what] = key.split(' ');
      if ((!point || at === point) && (!kind || what === kind)) sum += count;
    }
    return sum;
  }

  /** Calls everything off, and lets silent calls go on. */
  clear(): void {
    this.chaos = undefined;
    for (const ordered of this.#ordered) ordered.callOff();
    this.#ordered.length = 0;
  }

  /** Calls back when a fault is ordered, for a call that waits. @returns what ends it */
  onOrder(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * A call has come to a step: whatever is to go wrong here, does.
   * @returns what bends the event that comes next, or the events that are to be stored
   * @throws ServiceFailure that is to be answered; CallIsGone when nothing can be answered any more
   */
  async at(point: FaultPoint, call: AnyCall): Promise<BendingFault | undefined> {
    let bending: BendingFault | undefined;
    for (const { fault, ordered } of this.#strikingAt(point)) {
      this.#countUp(point, fault.kind);
      if (isBending(fault)) bending = fault;
      else await this.#strike(fault, point, call, ordered);
    }
    return bending;
  }

  /** Breaks a call off. @throws CallIsGone always */
  breakOff(call: AnyCall, how: CutKind = 'stream'): never {
    cut(call, how, this.sockets);
    throw new CallIsGone();
  }

  async #strike(fault: Fault, point: FaultPoint, call: AnyCall, ordered?: OrderedFault): Promise<void> {
    if (fault.kind === 'delay') await wait(fault.ms);
    if (fault.kind === 'fail') throw fault.failure;
    if (fault.kind === 'silence') {
      const gone = fault.isDoneAnyway ? new Promise<void>(() => undefined) : isGone(call);
      await (ordered?.keep(gone) ?? gone);
      if (fault.isDoneAnyway) return;
    }
    if (fault.kind === 'cut') {
      if (point === 'append.answering') beginAnswer(call);
      this.breakOff(call, fault.how);
    }
    if (call.cancelled) throw new CallIsGone();
  }

  *#strikingAt(point: FaultPoint): Generator<{ readonly fault: Fault; readonly ordered?: OrderedFault }> {
    for (const ordered of this.#ordered) if (ordered.strikes(point)) yield { fault: ordered.fault, ordered };
    const fault = this.chaos?.faultAt(point);
    if (fault) yield { fault };
  }

  #countUp(point: FaultPoint, kind: FaultKind): void {
    const key = `${point} ${kind}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

function isAt(where: Where, point: FaultPoint): boolean {
  return where === '*' || where === point || (Array.isArray(where) && where.includes(point));
}

function isGone(call: AnyCall): Promise<void> {
  return new Promise((resolve) => {
    if (call.cancelled) resolve();
    call.on('cancelled', resolve);
  });
}
