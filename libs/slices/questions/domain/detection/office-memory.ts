import { NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { DelegationGranted, OfficeEvent } from '@khamrap/offices/events';
import { watchOfOrder, type Touch } from './finding';
import type { Link, ToldEvent } from './memory';

/** The events of an office that say who holds its post, and who may act for them. */
export const OFFICE_EVENTS = [
  'HolderAppointed',
  'HolderEnded',
  'DelegationGranted',
  'DelegationEnded',
] as const satisfies readonly OfficeEvent['type'][];
export type HeardOfficeEvent = Extract<OfficeEvent, { type: (typeof OFFICE_EVENTS)[number] }>;

interface Days {
  readonly from: IsoDate | NotStated;
  /** Absent while it lasts. */
  readonly to?: IsoDate | NotStated | undefined;
}

/** Who may sign for an office, as far as it is on record. */
export interface OfficeMemory {
  readonly holders: readonly (Days & { readonly link: Link; readonly ended?: Link })[];
  readonly delegations: readonly (Days & { readonly stated: DelegationGranted['data'] })[];
}

export const NO_OFFICE: OfficeMemory = { holders: [], delegations: [] };

export function officeAfter(office: OfficeMemory, { event, link }: ToldEvent<HeardOfficeEvent>): OfficeMemory {
  switch (event.type) {
    case 'HolderAppointed': {
      const { from, until } = event.data;
      return { ...office, holders: [...office.holders, { from, to: until, link }] };
    }
    case 'HolderEnded': {
      const last = office.holders.findLastIndex(({ to }) => to === undefined);
      const holders = office.holders.map((holder, index) =>
        index === last ? { ...holder, to: event.data.on, ended: link } : holder,
      );
      return { ...office, holders };
    }
    case 'DelegationGranted': {
      const { from, to } = event.data;
      return { ...office, delegations: [...office.delegations, { from, to, stated: event.data }] };
    }
    case 'DelegationEnded': {
      const delegations = office.delegations.map((each) =>
        each.stated.delegationId === event.data.delegationId ? { ...each, to: event.data.on } : each,
      );
      return { ...office, delegations };
    }
  }
}

const SIGNING = 'agreement.sign';

/** Whether a delegation on record covers that somebody signs on a day by an order. */
export function hasMandate(
  { delegations }: OfficeMemory,
  signature: { readonly capacity: string; readonly authority?: string | undefined; readonly signedOn: IsoDate },
): boolean {
  return delegations.some(
    (each) =>
      each.stated.kind === signature.capacity &&
      each.stated.orderReference !== undefined &&
      each.stated.orderReference === signature.authority &&
      (each.stated.scope.length === 0 || each.stated.scope.includes(SIGNING)) &&
      holdsOn(each, signature.signedOn),
  );
}

/** The holder who left, where the post was vacant on a day; undefined where it was not, or nobody knows. */
export function vacancyOn({ holders }: OfficeMemory, day: IsoDate): Link | undefined {
  if (holders.some((holder) => holdsOn(holder, day))) return undefined;
  return holders.findLast(({ to, ended }) => ended !== undefined && to !== NOT_STATED && to !== undefined && to < day)
    ?.ended;
}

function holdsOn({ from, to }: Days, day: IsoDate): boolean {
  return (from === NOT_STATED || from <= day) && (to === undefined || to === NOT_STATED || to >= day);
}

/** A delegation that is recorded later may be the order that was missed. */
export function touchedByOffice(officeId: string, { event }: ToldEvent<HeardOfficeEvent>): Touch[] {
  if (event.type !== 'DelegationGranted' || event.data.orderReference === undefined) return [];
  return [{ watch: watchOfOrder(officeId, event.data.orderReference) }];
}
