import { dateOfDayNumber, dayNumberOf, type IsoDate } from '@khamrap/kernel';
import type { RefusalGround, RequestKind } from './personal-data-request.events';

/**
 * Days from the day on which a request is received to the last one of its term. Access: section 30 of the Personal Data
 * Protection Act. Erasure: the notice of the Personal Data Protection Committee in force since 11 November 2024, copies and
 * backups included. Correction: the law states no term; this ledger takes that of access.
 */
const TERM_DAYS: Readonly<Record<RequestKind, number>> = { access: 30, erasure: 90, correction: 30 };

/** The last day of the term of a request. */
export function dueOn(kind: RequestKind, receivedOn: IsoDate): IsoDate {
  return dateOfDayNumber(dayNumberOf(receivedOn) + TERM_DAYS[kind]);
}

/** Days that are left on a day until the term has ended; less than none afterwards. */
export function daysLeft(due: IsoDate, today: IsoDate): number {
  return dayNumberOf(due) - dayNumberOf(today);
}

/**
 * On which grounds each kind of request may be refused. Access: section 30. Erasure: section 33, which takes up grounds of
 * section 24. Correction: section 36, where the data are found to be correct.
 */
const GROUNDS: Readonly<Record<RequestKind, readonly RefusalGround[]>> = {
  access: ['lawOrCourtOrder', 'rightsOfOthers'],
  erasure: ['archivesOrStatistics', 'publicTask', 'legalDuty', 'freedomOfExpression', 'legalClaims'],
  correction: ['dataAreCorrect'],
};

/** Whether a kind of request may be refused on a ground. */
export function mayBeRefusedOn(kind: RequestKind, ground: RefusalGround): boolean {
  return GROUNDS[kind].includes(ground);
}
