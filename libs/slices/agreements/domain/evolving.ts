import { NATIVE, type Provenance } from '@khamrap/kernel';
import type { AgreementEvent } from './agreement.events';
import type { DraftedAgreement } from './agreement.state';

/** The stream tells what its rules make impossible: it was damaged, or written by something else. */
export class ImpossibleHistory extends Error {
  override readonly name = 'ImpossibleHistory';
}

/** @throws ImpossibleHistory when the indicator was never added */
export function existing<Indicator>(indicators: ReadonlyMap<string, Indicator>, indicatorId: string): Indicator {
  const indicator = indicators.get(indicatorId);
  if (!indicator) throw new ImpossibleHistory(`indicator ${indicatorId} was never added`);
  return indicator;
}

export function outOfPlace(type: AgreementEvent['type'], { status }: DraftedAgreement): ImpossibleHistory {
  return new ImpossibleHistory(`${type} while the agreement is ${status}`);
}

/** The ledger folds whole envelopes, which say where a statement came from; examples without one speak for themselves. */
export function provenanceOf(event: AgreementEvent): Provenance['kind'] {
  return ((event as { provenance?: Provenance }).provenance ?? NATIVE).kind;
}

export function withEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}

export function withoutEntry<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

export function withMember(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return new Set(set).add(member);
}
