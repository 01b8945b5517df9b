import { Inject, Injectable } from '@nestjs/common';
import {
  streamName,
  ZONES,
  type Decider,
  type DomainEvent,
  type IsoDate,
  type Position,
  type Revision,
  type StreamName,
} from '@khamrap/kernel';
import type { Place } from '@khamrap/platform/access';
import { Ledger, type Basis } from '@khamrap/platform/event-store';
import { officeDecider } from '../domain/office.decider';
import type { RoleScope } from '../domain/office.events';
import { zoneDecider, type ZoneState } from '../domain/zone.decider';
import { membershipOn } from '../domain/zone.membership';
import { GrantBook } from '../grants/grant-book';
import { placeOf } from './office-access';

/** What is known of a scope before a role is granted or ended in it. */
export interface ScopeFact {
  /** Whether there is what it names. */
  readonly isKnown: boolean;
  /** Every place that it covers; undefined for what may lie anywhere, which only a grant for the nation reaches. */
  readonly places: readonly Place[] | undefined;
  /** The streams that say so. */
  readonly basis: readonly Basis[];
}

/** From where, for which day and as it stood when somebody is told of a role. */
export interface SeenAt {
  /** The office in whose stream the role is. */
  readonly keptAt: Place;
  /** For which a zone tells its provinces. */
  readonly day: IsoDate;
  /** Up to where streams are read; absent where all that they tell is wanted. */
  readonly until?: Position | undefined;
}

const ANYWHERE: ScopeFact = { isKnown: true, places: undefined, basis: [] };

/** Reads what a scope covers from the streams of the office or the zone that it names. */
@Injectable()
export class ScopeFacts {
  constructor(
    private readonly ledger: Ledger,
    @Inject(GrantBook) private readonly book: Pick<GrantBook, 'officesBelow'>,
  ) {}

  /**
   * @param keptAt the office in whose stream the role is, which needs no basis
   * @param day for which a zone tells its provinces
   */
  async of({ kind, value }: RoleScope, keptAt: string, day: IsoDate): Promise<ScopeFact> {
    // A scope without its value, or a nation with one, is for the rules to refuse.
    if (value === undefined) return ANYWHERE;
    switch (kind) {
      case 'nation':
      case 'indicator':
        return ANYWHERE;
      case 'province':
        return { isKnown: true, places: [{ province: value }], basis: [] };
      case 'zone':
        return this.#zone(value, day);
      case 'office':
        return this.#office(value, keptAt);
    }
  }

  /** Where a role is seen from: all that it covers, without what stands below an office; undefined for the nation. */
  async seenFrom(scope: RoleScope, { keptAt, day, until }: SeenAt): Promise<readonly Place[] | undefined> {
    const { kind, value } = scope;
    if (kind === 'indicator') return [keptAt];
    if (kind === 'zone' && value !== undefined) return (await this.#zone(value, day, until)).places;
    if (kind !== 'office' || value === undefined) return (await this.of(scope, '', day)).places;
    if (value === keptAt.office) return [keptAt];
    const { state } = await this.#stateAt(officeDecider, streamName('office', value), until);
    return [placeOf(value, state.status === 'notRegistered' ? undefined : state.province)];
  }

  async #stateAt<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
    until: Position | undefined,
  ): Promise<{ readonly state: State; readonly revision: Revision }> {
    if (until === undefined) return this.ledger.stateOf(decider, stream);
    const events = await this.ledger.history(stream, until);
    const state = events.reduce(
      (folded, event) => decider.evolve(folded, event as unknown as Event),
      decider.initialState,
    );
    return { state, revision: events.length - 1 };
  }

  async #zone(zoneId: string, day: IsoDate, until?: Position): Promise<ScopeFact> {
    const stream = streamName('zone', zoneId);
    const { state, revision } = await this.#stateAt(zoneDecider, stream, until);
    const isRegistered = state.status === 'registered';
    const { provinces } = membershipOn(zoneId, setsOf(state), day);
    return {
      isKnown: isRegistered || ZONES.some((zone) => zone.zoneId === zoneId),
      places: provinces.length === 0 ? undefined : provinces.map((province) => ({ province })),
      basis: isRegistered ? [{ stream, revision }] : [],
    };
  }

  async #office(officeId: string, keptAt: string): Promise<ScopeFact> {
    const stream = streamName('office', officeId);
    const { state, revision } = await this.ledger.stateOf(officeDecider, stream);
    if (state.status === 'notRegistered') return { isKnown: false, places: [{ office: officeId }], basis: [] };
    const below = await this.book.officesBelow(officeId);
    return {
      isKnown: true,
      places: [placeOf(officeId, state.province), ...[...below].map(([id, province]) => placeOf(id, province))],
      basis: officeId === keptAt ? [] : [{ stream, revision }],
    };
  }
}

function setsOf(state: ZoneState): Parameters<typeof membershipOn>[1] {
  if (state.status === 'notRegistered') return [];
  return [...state.sets].map(([effectiveFrom, told]) => ({ effectiveFrom, ...told }));
}
