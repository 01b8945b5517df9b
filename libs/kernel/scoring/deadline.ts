import { dayNumberOf, type IsoDate } from '../calendar-date';

/** The last days of a round on which something is in time. */
export interface Deadlines {
  readonly reportDueOn: IsoDate;
  readonly certifyDueOn: IsoDate;
}

/** Later last days for some offices. */
export interface DeadlineExtension extends Deadlines {
  /** Identifiers of offices; none means all of them. */
  readonly offices: readonly string[];
}

/** The deadlines of an office in a round: the latest of the calendar and of the extensions that reach the office. */
export function deadlinesOf(
  { reportDueOn, certifyDueOn }: Deadlines,
  extensionsOfRound: readonly DeadlineExtension[],
  officeId: string | undefined,
): Deadlines {
  return extensionsOfRound
    .filter(({ offices }) => offices.length === 0 || (officeId !== undefined && offices.includes(officeId)))
    .reduce<Deadlines>(
      (latest, extension) => ({
        reportDueOn: laterOf(latest.reportDueOn, extension.reportDueOn),
        certifyDueOn: laterOf(latest.certifyDueOn, extension.certifyDueOn),
      }),
      { reportDueOn, certifyDueOn },
    );
}

/** How a day stands to a deadline: after it, but within the days of grace, is told apart from late. */
export type Timeliness = 'inTime' | 'inGrace' | 'late';

/** Whether a day keeps a deadline. Both are days in Bangkok. */
export function timelinessOf(doneOn: IsoDate, dueOn: IsoDate, graceDays: number): Timeliness {
  if (doneOn <= dueOn) return 'inTime';
  return dayNumberOf(doneOn) - dayNumberOf(dueOn) <= graceDays ? 'inGrace' : 'late';
}

function laterOf(first: IsoDate, second: IsoDate): IsoDate {
  return first > second ? first : second;
}
