import { Inject, Injectable } from '@nestjs/common';
import type { Position, StreamName } from '@khamrap/kernel';
import {
  GrantReader,
  noteShown,
  sightNow,
  type Permission,
  type Requester,
  type Sight,
} from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { ReadModels } from '@khamrap/platform/projections';
import { TILE_WIDTH, type Disclosure } from '@khamrap/platform/transparency/proof';
import { Vault } from '@khamrap/platform/vault';
import { PublicationOfEvents } from '../../publication/publication';
import type { Condition, Opening } from '../../publication/publication-rule';
import { DISCLOSURES } from './disclosures.projection';
import { placesInSight, publishedBy, type PublishedBy } from './disclosures.sql';
import { hasCommitments, privateValuesOf } from './private-values';
import { isOfPart, partOfStream, placeName } from './stream-place';
import { StreamSalts } from './stream-salts';

const AUDIT: readonly Permission[] = ['audit.read'];

/** What opens a leaf, with how its event came to be public: null where it is not, and is told to whoever is entitled to it. */
export interface ToldDisclosure extends Disclosure {
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  readonly published: PublishedBy | null;
}

/**
 * Opens leaves of the log for whoever asks: published events for everybody, others for those who may have them where their
 * streams stand. What somebody may not have is left out. One part of the log is held at a time, so a walk of any length takes
 * the memory of one.
 *
 * All throw StoreUnavailable, GrantsUnavailable, and NotProjectedYet where an event is too new to be judged.
 */
@Injectable()
export class Disclosures {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly publication: PublicationOfEvents,
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
    private readonly vault: Vault,
    private readonly salts: StreamSalts,
  ) {}

  /** Of the events from a position up to another one, which is not among them, in the order of the log. */
  async *ofRange(from: Position, until: Position, requester?: Requester): AsyncGenerator<ToldDisclosure> {
    for (let next = from; next < until;) {
      const events = await this.store.readLog(next, Math.min(TILE_WIDTH, until - next));
      if (events.length === 0) return;
      yield* await this.of(events, requester);
      next += events.length;
    }
  }

  /** Of the events at positions, in the order in which they are given; those that follow each other are read together. */
  async *ofPositions(positions: Iterable<Position>, requester?: Requester): AsyncGenerator<ToldDisclosure> {
    let from = 0;
    let until = 0;
    for (const position of positions) {
      if (position !== until) {
        yield* this.ofRange(from, until, requester);
        from = position;
      }
      until = position + 1;
    }
    yield* this.ofRange(from, until, requester);
  }

  /** Of the events of one stream, from its first on; up to a revision where one is given, which is among them. */
  async *ofStream(stream: StreamName, requester?: Requester, last = Infinity): AsyncGenerator<ToldDisclosure> {
    for (let from = 0; from <= last;) {
      const events = await this.store.readRecorded(stream, from, Math.min(TILE_WIDTH, last - from + 1));
      yield* await this.of(events, requester);
      if (events.length < TILE_WIDTH) return;
      from += events.length;
    }
  }

  /**
   * Of these events, at most a few hundred, those that the one who asks may have, in their order.
   * @param asOf what was published behind this position is taken for not published, as it was then
   */
  async of(
    events: readonly RecordedEvent[],
    requester?: Requester,
    asOf: Position = Infinity,
  ): Promise<readonly ToldDisclosure[]> {
    const told = await this.unnoted(events, requester, asOf);
    await this.#note(told, requester);
    return told;
  }

  /** The same where not all of it is shown: who asks is to write down what is, before it is handed out. */
  async unnoted(
    events: readonly RecordedEvent[],
    requester?: Requester,
    asOf: Position = Infinity,
  ): Promise<readonly ToldDisclosure[]> {
    const published = new Map([...(await this.#published(events))].filter(([, by]) => by.position <= asOf));
    const hidden = events.filter(({ position }) => !published.has(position));
    const entitled = await this.#withPermissions(hidden, requester);
    const told = events.filter(({ position }) => published.has(position) || entitled.has(position));
    const opening = await this.#worksOn(told.filter(hasCommitments), requester);
    const values = await privateValuesOf(this.vault, opening);
    const salts = await this.salts.of(told);
    return told.map(({ position, stream, type, salt, body, recordedAt }): ToldDisclosure => {
      const opened = values.get(position);
      return {
        position,
        stream: { name: stream, salt: salts.get(stream) as string },
        salt: salt.toString('hex'),
        body,
        ...(opened && { private: opened }),
        type,
        recordedAt,
        published: published.get(position) ?? null,
      };
    });
  }

  /** Who sees more than everybody does is written down before it is handed out. */
  async #note(told: readonly ToldDisclosure[], requester: Requester | undefined): Promise<void> {
    const shown = told.filter((each) => each.private !== undefined || each.published === null);
    for (const stream of new Set(shown.map((each) => each.stream.name))) {
      const ofStream = shown.filter((each) => each.stream.name === stream);
      const positions = ofStream.map(({ position }) => position);
      await noteShown(requester, { stream, positions, isPrivate: ofStream.some((each) => each.private !== undefined) });
    }
  }

  async #published(events: readonly RecordedEvent[]): Promise<ReadonlyMap<Position, PublishedBy>> {
    const found = new Map<Position, PublishedBy>();
    const conditional: { stream: string; position: Position; recordedAt: number; condition: Condition }[] = [];
    for (const event of events) {
      const { stream, position, recordedAt } = event;
      const publication = this.publication.of(event);
      if (publication === 'atOnce') found.set(position, { position, recordedAt });
      else if (publication !== 'never') conditional.push({ stream, position, recordedAt, condition: publication });
    }
    if (conditional.length === 0) return found;
    const { result } = await this.readModels.read(DISCLOSURES, upTo(conditional), (manager) =>
      publishedBy(manager, conditional),
    );
    conditional.forEach(({ position }, index) => {
      const by = result[index];
      if (by) found.set(position, by);
    });
    return found;
  }

  /** Which events somebody may have although they are not published: those where all that is asked for is held. */
  async #withPermissions(
    events: readonly RecordedEvent[],
    requester: Requester | undefined,
  ): Promise<ReadonlySet<Position>> {
    const asked = events.map((event) => ({ event, ...this.publication.openingOf(event.type) }));
    let entitled = asked;
    for (const permission of new Set(asked.flatMap(({ permissions = AUDIT }) => permissions))) {
      const concerned = entitled.filter(({ permissions = AUDIT }) => permissions.includes(permission));
      const reached = await this.#reached(concerned, requester, permission);
      entitled = entitled.filter(({ event, permissions = AUDIT }) =>
        permissions.includes(permission) ? reached.has(event.position) : true,
      );
    }
    return new Set(entitled.map(({ event }) => event.position));
  }

  /** The events whose private values somebody may have: who works on what they are about. */
  async #worksOn(
    events: readonly RecordedEvent[],
    requester: Requester | undefined,
  ): Promise<readonly RecordedEvent[]> {
    const asked = events.map((event) => ({ event, ...this.publication.openingOf(event.type) }));
    const open = new Set<Position>();
    for (const permission of new Set(asked.flatMap(({ privateValues = [] }) => privateValues))) {
      const concerned = asked.filter(({ privateValues = [] }) => privateValues.includes(permission));
      for (const position of await this.#reached(concerned, requester, permission)) open.add(position);
    }
    return events.filter(({ position }) => open.has(position));
  }

  /**
   * The events that a permission reaches, where they stand: by provinces and offices of the stream or of the part that they are
   * about, or by the one indicator.
   */
  async #reached(
    asked: readonly (Pick<Opening, 'nationOnly' | 'wholeOnly'> & { readonly event: RecordedEvent })[],
    requester: Requester | undefined,
    permission: Permission,
  ): Promise<ReadonlySet<Position>> {
    const isHeld = requester?.grants.some(({ permissions }) => permissions.has(permission)) === true;
    if (asked.length === 0 || !isHeld) return new Set();
    const events = asked.map(({ event }) => event);
    const streams = [...new Set(events.map(({ stream }) => stream))];
    const { result } = await this.readModels.read(
      DISCLOSURES,
      upTo(events),
      async (manager, _standpoint, sight) => ({
        sight,
        inSight: sight.kind === 'all' ? new Map<string, never>() : await placesInSight(manager, streams),
      }),
      sightNow(this.grantReader, requester, permission),
    );
    const { sight, inSight } = result;
    const reached = asked.filter(({ event, nationOnly, wholeOnly }) => {
      if (sight.kind === 'all') return true;
      if (nationOnly) return false;
      const provinces = inSight.get(this.#placeOf(event));
      if (wholeOnly) return provinces !== undefined && isWithin(provinces, sight);
      return provinces !== undefined || isOfIndicator(this.#indicatorIn(event), sight);
    });
    return new Set(reached.map(({ event }) => event.position));
  }

  #placeOf(event: RecordedEvent): string {
    const { stream, type } = event;
    return placeName(stream, isOfPart(type) ? partOfStream({ type, data: this.publication.dataOf(event) }) : undefined);
  }

  #indicatorIn(event: RecordedEvent): string | undefined {
    const { indicatorId } = this.publication.dataOf(event);
    return typeof indicatorId === 'string' ? indicatorId : undefined;
  }
}

/** Whether each of these provinces is within a sight; what names none stands nowhere as a whole. */
function isWithin(provinces: readonly string[], sight: Extract<Sight, { kind: 'within' }>): boolean {
  return provinces.length > 0 && provinces.every((province) => sight.provinces.includes(province));
}

/** The indicator's events are those of its own agreement: the id of one is in no other. */
function isOfIndicator(indicatorId: string | undefined, sight: Extract<Sight, { kind: 'within' }>): boolean {
  return indicatorId !== undefined && sight.indicators.includes(indicatorId);
}

/** What is judged has to be projected: what followed an event may hold it back. */
function upTo(events: readonly { readonly position: Position }[]): { readonly minPosition: Position } {
  return { minPosition: Math.max(...events.map(({ position }) => position)) };
}
