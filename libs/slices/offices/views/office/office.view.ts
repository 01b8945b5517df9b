import type { IsoDate, NotStated } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn, type Stated } from '@khamrap/platform/http';
import type {
  DelegationEnded,
  DelegationGranted,
  HolderAppointed,
  HolderEnded,
  OfficeDissolved,
  OfficeEvent,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
  RoleGranted,
} from '../../domain/office.events';
import { holderOn, standingOn, type HolderStanding } from '../../domain/tenure';

/** How it ended, with where that stands. */
interface Endable<End> {
  readonly ended?: Omit<End, 'delegationId' | 'grantId'> & Stated;
}

export type NameView = Pick<OfficeRegistered['data'], 'nameTh' | 'nameEn'> &
  Partial<Pick<OfficeRenamed['data'], 'from' | 'basis'>> &
  Stated;
export type HolderView = HolderAppointed['data'] & Endable<HolderEnded['data']> & Stated;
/** Whether it is in force on the day of the answer: `notStated` where the days on record leave it open. */
export type DelegationStanding = 'inForce' | 'notInForce' | 'notStated';
export type DelegationView = DelegationGranted['data'] &
  Endable<DelegationEnded['data']> & { readonly standing: DelegationStanding } & Stated;
export type RoleGrantView = RoleGranted['data'] & Endable<RoleEnded['data']> & Stated;

/** An office as it stood. */
export interface OfficeView extends Omit<OfficeRegistered['data'], 'nameTh' | 'nameEn'>, Stated {
  readonly officeId: string;
  readonly revision: number;
  /** The same without the events of roles, which are not published: it does not move with them. */
  readonly publishedRevision: number;
  /** Position of its last event. */
  readonly lastPosition: number;
  readonly status: 'registered' | 'dissolved';
  readonly dissolved?: OfficeDissolved['data'] & Stated;
  /** In the order in which they were recorded; the last one is the office's name. */
  readonly names: readonly NameView[];
  readonly holderStanding: HolderStanding;
  /** Who held the post on the day of the answer. */
  readonly holder?: HolderView;
  readonly holders: readonly HolderView[];
  readonly delegations: readonly DelegationView[];
  readonly roleGrants: readonly RoleGrantView[];
}

/** Of what is not published, nothing tells but these: a delegation is, only not who acts in this ledger. */
const OF_ROLES: ReadonlySet<string> = new Set<OfficeEvent['type']>(['RoleGranted', 'RoleEnded']);

/** Tells an office from its events, for a day; undefined when there are none. */
export function officeView(officeId: string, events: readonly DecodedEvent[], day: IsoDate): OfficeView | undefined {
  const first = events[0];
  const last = events.at(-1);
  if (!first || !last) return undefined;
  const telling = new Telling();
  for (const event of events) telling.take(event);
  const { nameTh: _first, nameEn: _firstEn, ...registered } = first.data as unknown as OfficeRegistered['data'];
  const { names, holders, delegations, roleGrants, dissolved } = telling;
  const { standing, holder } = holderOn(holders.map(withEnd), day);
  return {
    officeId,
    revision: last.revision,
    publishedRevision: events.filter(({ type }) => !OF_ROLES.has(type)).length - 1,
    lastPosition: last.position,
    ...registered,
    stated: statedIn(first),
    status: dissolved ? 'dissolved' : 'registered',
    ...(dissolved && { dissolved }),
    names,
    holderStanding: standing,
    ...(holder && { holder: holder.view }),
    holders,
    delegations: delegations.map((each) => ({ ...each, standing: standingOf(each, day) })),
    roleGrants: [...roleGrants.values()],
  };
}

type Delegation = Omit<DelegationView, 'standing'>;

class Telling {
  readonly names: NameView[] = [];
  readonly holders: HolderView[] = [];
  readonly roleGrants = new Map<string, RoleGrantView>();
  dissolved: OfficeView['dissolved'];
  readonly #delegations = new Map<string, Delegation>();

  get delegations(): readonly Delegation[] {
    return [...this.#delegations.values()];
  }

  take(event: DecodedEvent): void {
    const fact = event as unknown as OfficeEvent;
    const stated = statedIn(event);
    switch (fact.type) {
      case 'OfficeRegistered': {
        const { nameTh, nameEn } = fact.data;
        return void this.names.push({ nameTh, ...(nameEn !== undefined && { nameEn }), stated });
      }
      case 'OfficeRenamed':
        return void this.names.push({ ...fact.data, stated });
      case 'OfficeDissolved':
        this.dissolved = { ...fact.data, stated };
        return;
      case 'HolderAppointed':
        return void this.holders.push({ ...fact.data, stated });
      case 'HolderEnded': {
        const open = this.holders.findIndex(({ until, ended }) => until === undefined && !ended);
        const holder = this.holders[open];
        if (holder) this.holders[open] = { ...holder, ended: { ...fact.data, stated } };
        return;
      }
      case 'DelegationGranted':
        return void this.#delegations.set(fact.data.delegationId, { ...fact.data, stated });
      case 'DelegationEnded': {
        const { delegationId, ...end } = fact.data;
        const delegation = this.#delegations.get(delegationId);
        if (delegation) this.#delegations.set(delegationId, { ...delegation, ended: { ...end, stated } });
        return;
      }
      case 'RoleGranted':
        return void this.roleGrants.set(fact.data.grantId, { ...fact.data, stated });
      case 'RoleEnded': {
        const { grantId, ...end } = fact.data;
        const grant = this.roleGrants.get(grantId);
        if (grant) this.roleGrants.set(grantId, { ...grant, ended: { ...end, stated } });
        return;
      }
    }
  }
}

function withEnd(view: HolderView) {
  return { view, from: view.from, until: view.ended?.on ?? view.until };
}

function standingOf({ from, to, ended }: Delegation, day: IsoDate): DelegationStanding {
  const until: IsoDate | NotStated | undefined = ended?.on ?? to;
  return ({ holds: 'inForce', holdsNot: 'notInForce', notStated: 'notStated' } as const)[
    standingOn({ from, until }, day)
  ];
}
