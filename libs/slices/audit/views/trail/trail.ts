import { Inject, Injectable } from '@nestjs/common';
import {
  GrantReader,
  requesterNow,
  sightOf,
  type Permission,
  type Requester,
  type Sight,
} from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { decodeCursor, encodeCursor, RequestRefused, timesOf } from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { PublicationOfEvents } from '../../publication/publication';
import { DISCLOSURES } from '../disclosures/disclosures.projection';
import { concernsAgreement, concernsIndicator, concernsOffice, concernsProvince } from './concerns';
import { officeNamesAt, provincesOfZone } from './names.sql';
import { openingsOf, permissionsOf } from './openings';
import { comparable } from './text-tokens';
import { tellSights, type Sights } from './told-sights';
import type { TrailPage } from './trail.answer';
import { TrailEvents } from './trail-events';
import type { TrailFilterQuery, TrailQuery } from './trail.query';
import { findTrail, type FoundEvent } from './trail.sql';
import type { TrailFilter } from './trail-statement';
import { withWords } from './trail-words';

/** Rows that are read at a time where an answer has no end of its own. */
const READ_AT_ONCE = 500;

/** Which part of an answer is wanted. */
type PagePlace = { readonly [Name in 'cursor' | 'positionUntil']?: TrailQuery[Name] | undefined } & {
  readonly limit: number;
};

interface Found {
  readonly found: readonly FoundEvent[];
  readonly events: readonly RecordedEvent[];
  readonly names: Awaited<ReturnType<typeof officeNamesAt>>;
}

/**
 * Finds events of the log for whoever asks, as far as they may have them: what they may not have is no row, no gap, and no place
 * in a cursor.
 */
@Injectable()
export class Trail {
  readonly #permissions: readonly Permission[];

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
    private readonly trailEvents: TrailEvents,
    private readonly publication: PublicationOfEvents,
  ) {
    this.#permissions = permissionsOf(openingsOf(publication.rules));
  }

  /**
   * One page.
   * @throws RequestRefused, NotProjectedYet, NotRecordedYet, StoreUnavailable, GrantsUnavailable
   */
  async page(asked: TrailQuery, requester: Requester | undefined): Promise<TrailPage> {
    const query = await withWords(asked);
    return this.#page(query, query, requester);
  }

  /** All pages from the one that is asked for on, up to where the log was at the first; who loses a grant meanwhile has no more. */
  async *pages(asked: TrailQuery, requester: Requester | undefined): AsyncGenerator<TrailPage> {
    const query = await withWords(asked);
    let { cursor, positionUntil } = query;
    for (;;) {
      const page = await this.#page(query, { cursor, positionUntil, limit: READ_AT_ONCE }, requester);
      yield page;
      if (page.next === undefined) return;
      cursor = encodeCursor(page.next);
      positionUntil ??= page.position;
    }
  }

  async #page(
    query: TrailQuery,
    { cursor, positionUntil, limit }: PagePlace,
    requester: Requester | undefined,
  ): Promise<TrailPage> {
    const [after] = cursor === undefined ? [] : decodeCursor(cursor, ['integer']);
    const filter = await this.#filterOf(query, positionUntil);
    // What the public could know is told to everybody alike.
    const reader = query.publishedBy === undefined ? requester : undefined;
    let now = reader;
    const sightNow = async (): Promise<Sight> => {
      now = reader && (await requesterNow(this.grantReader, reader));
      return sightOf(now, 'audit.read');
    };
    const find = async (manager: EntityManager, standpoint: Standpoint): Promise<Found> => {
      const sights: Sights = new Map(this.#permissions.map((permission) => [permission, sightOf(now, permission)]));
      await tellSights(manager, sights);
      const complete = await withZone(manager, standpoint, query, filter);
      const found = await findTrail(manager, { standpoint, sights }, complete, {
        isAscending: query.order === 'asc',
        countMax: limit + 1,
        ...(typeof after === 'number' && { after }),
      });
      const events = await this.trailEvents.read(found.slice(0, limit));
      const acts = events.flatMap((event) => this.trailEvents.actedFor(event));
      return { found, events, names: await officeNamesAt(manager, acts) };
    };
    const { standpoint, result } = await this.readModels.read(DISCLOSURES, query, find, sightNow);
    const published = new Map(result.found.map(({ position, publishedPosition }) => [position, publishedPosition]));
    const items = await this.trailEvents.tell(result.events, published, result.names, reader);
    const last = result.found.length > limit ? result.found[limit - 1] : undefined;
    return { items, position: standpoint.position, ...timesOf(query), ...(last && { next: [last.position] }) };
  }

  async #filterOf(query: TrailFilterQuery, positionUntil: number | undefined): Promise<TrailFilter> {
    this.#expectKnown(query.type ?? []);
    const [recordedFrom, until, publishedFrom, publishedUntil] = await Promise.all([
      this.#firstFrom(query.recordedFrom),
      this.#lastUntil(query.recordedUntil),
      this.#firstFrom(query.publishedFrom),
      this.#lastUntil(query.publishedUntil),
    ]);
    const from = Math.max(recordedFrom ?? 0, query.positionFrom ?? 0);
    const last = Math.min(until ?? Infinity, positionUntil ?? Infinity);
    const { actor, stream, act, document, type, text, effectiveFrom, effectiveUntil } = query;
    const { agreement, indicator, office, province } = query;
    const concerns = [
      ...(agreement === undefined ? [] : [[concernsAgreement(agreement)]]),
      ...(indicator === undefined ? [] : [[concernsIndicator(indicator)]]),
      ...(office === undefined ? [] : [[concernsOffice(office)]]),
      ...(province === undefined ? [] : [[concernsProvince(province)]]),
    ];
    return definedOf({
      actor,
      stream,
      commandId: act,
      document,
      types: type,
      concerns,
      effectiveFrom,
      effectiveUntil,
      publishedFrom,
      publishedUntil,
      from,
      until: Number.isFinite(last) ? last : undefined,
      text: text === undefined ? undefined : comparable(text),
    });
  }

  /** What no event is called would be answered with nothing, and taken for an answer. */
  #expectKnown(types: readonly string[]): void {
    const unknown = types.find((type) => !Object.hasOwn(this.publication.rules, type));
    if (unknown === undefined) return;
    const messages = { th: `ไม่มีเหตุการณ์ชื่อ ${unknown}`, en: `no event is called ${unknown}` };
    throw new RequestRefused('invalidRequest', { errors: [{ code: 'unknownType', parameter: 'type', messages }] });
  }

  /** The first position recorded at a moment or later. */
  async #firstFrom(moment: string | undefined): Promise<number | undefined> {
    return moment === undefined ? undefined : (await this.store.positionAt(Date.parse(moment) - 1)) + 1;
  }

  /** The last position recorded at a moment or earlier. */
  async #lastUntil(moment: string | undefined): Promise<number | undefined> {
    return moment === undefined ? undefined : this.store.positionAt(Date.parse(moment));
  }
}

async function withZone(
  manager: EntityManager,
  standpoint: Standpoint,
  { zone }: TrailFilterQuery,
  filter: TrailFilter,
): Promise<TrailFilter> {
  if (zone === undefined) return filter;
  const provinces = await provincesOfZone(manager, standpoint, zone);
  return { ...filter, concerns: [...(filter.concerns ?? []), provinces.map(concernsProvince)] };
}

type Loose<Type> = { readonly [Name in keyof Type]: Type[Name] | undefined };

function definedOf(filter: Loose<TrailFilter>): TrailFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
