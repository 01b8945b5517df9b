import { NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';

/** Days from a first to a last one, both included; either may not be stated. */
export interface StatedDays {
  readonly from: IsoDate | NotStated;
  /** Absent while there is no end. */
  readonly until?: IsoDate | NotStated | undefined;
}

/** Whether days on record hold on a day: `notStated` where they leave it open. */
export type Standing = 'holds' | 'holdsNot' | 'notStated';

/** Whether a post was held on a day. It is vacant once a holder has left it; where nobody is on record yet, nobody knows. */
export type HolderStanding = 'held' | 'vacant' | 'notStated';

/** Whether two cannot both have held one post: there is a day on which, by what is stated, both did. */
export function overlaps(one: StatedDays, other: StatedDays): boolean {
  const [first, second] = [certainDays(one), certainDays(other)];
  return first !== undefined && second !== undefined && first.from <= second.to && second.from <= first.to;
}

/** Whether the days of something, such as a delegation, hold on a day. */
export function standingOn(days: StatedDays, day: IsoDate): Standing {
  if (isCertainOn(days, day)) return 'holds';
  return isPossibleOn(days, day) ? 'notStated' : 'holdsNot';
}

/** Who held the post on a day; where nobody did for certain, the one last recorded whose days leave it open. */
export function holderOn<Tenure extends StatedDays>(
  tenures: readonly Tenure[],
  day: IsoDate,
): { readonly standing: HolderStanding; readonly holder?: Tenure } {
  const certain = tenures.find((tenure) => isCertainOn(tenure, day));
  if (certain) return { standing: 'held', holder: certain };
  const possible = tenures.findLast((tenure) => isPossibleOn(tenure, day));
  if (possible) return { standing: 'notStated', holder: possible };
  const wasLeft = tenures.some(({ until }) => until !== undefined && until !== NOT_STATED && until < day);
  return { standing: wasLeft ? 'vacant' : 'notStated' };
}

/** Whether somebody held the post on a day after another one, by what is stated. */
export function isHeldAfter(days: StatedDays, day: IsoDate): boolean {
  const certain = certainDays(days);
  return certain !== undefined && certain.to > day;
}

const FOR_EVER = '9999-12-31';

/** The days of which it is certain; undefined when there are none. A single stated day is certain by itself. */
function certainDays({ from, until }: StatedDays): { readonly from: string; readonly to: string } | undefined {
  const to = until ?? FOR_EVER;
  if (from !== NOT_STATED) return { from, to: to === NOT_STATED ? from : to };
  return until === undefined || until === NOT_STATED ? undefined : { from: until, to: until };
}

function isCertainOn(tenure: StatedDays, day: IsoDate): boolean {
  const days = certainDays(tenure);
  return days !== undefined && days.from <= day && day <= days.to;
}

function isPossibleOn({ from, until }: StatedDays, day: IsoDate): boolean {
  const hasBegun = from === NOT_STATED || from <= day;
  return hasBegun && (until === undefined || until === NOT_STATED || day <= until);
}
