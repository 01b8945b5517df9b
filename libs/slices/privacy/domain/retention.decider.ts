import { fiscalYearOf, type Decider, type IsoDate, type Rejection } from '@khamrap/kernel';
import { refuse } from './personal-data-request.refusals';
import type { RetentionApplied } from './retention.events';

/** Erases the private values of an agreement whose term has run out. */
export interface ApplyRetention {
  readonly type: 'ApplyRetention';
  readonly data: Omit<RetentionApplied['data'], 'fromVault'>;
  /** In Bangkok. */
  readonly today: IsoDate;
  /** Commitments of the agreement whose values the vault still holds. */
  readonly kept: readonly string[];
}

/** What was decided to be erased before, whether it is carried out already or not. */
export interface RetentionState {
  readonly decided: ReadonlySet<string>;
}

/** What one event may name. */
const COMMITMENT_COUNT_MAX = 1_000;

/** Whether more whole fiscal years lie between a closing and today than the values of the agreement are kept. */
export function isTermOver(closedOn: IsoDate, years: number, today: IsoDate): boolean {
  return fiscalYearOf(today) - fiscalYearOf(closedOn) > years;
}

/**
 * The rules of a stream `retention-{agreementId}`. Nobody is asked a second time, as they are for what a person wants erased:
 * there is nothing to weigh. The term is reckoned from the record, and before it has run out this is refused to everybody.
 */
export const retentionDecider: Decider<RetentionState, ApplyRetention, RetentionApplied> = {
  initialState: { decided: new Set() },
  decide: applyRetention,
  evolve: ({ decided }, { data }) => ({ decided: new Set([...decided, ...data.fromVault.commitments]) }),
};

function applyRetention(
  { data, today, kept }: ApplyRetention,
  { decided }: RetentionState,
): readonly RetentionApplied[] | Rejection {
  const { closedOn, years } = data;
  if (!isTermOver(closedOn, years, today)) return refuse('retention.termNotOver', { closedOn, years }, '/closedOn');
  const commitments = kept.filter((commitment) => !decided.has(commitment));
  if (commitments.length === 0) return refuse('retention.nothingKept');
  const events: RetentionApplied[] = [];
  for (let from = 0; from < commitments.length; from += COMMITMENT_COUNT_MAX) {
    const fromVault = { commitments: commitments.slice(from, from + COMMITMENT_COUNT_MAX) };
    events.push({ type: 'RetentionApplied', data: { ...data, fromVault } });
  }
  return events;
}
