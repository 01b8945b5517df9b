import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional, IntersectionType, PickType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { AgreementEvent } from '@khamrap/agreements/events';
import { Rejection, streamName, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { decodeCursor, FreshnessQuery, IsPlainText, PageQuery, type Page } from '@khamrap/platform/http';
import { momentOfStreams } from '@khamrap/platform/projections';
import { MOMENT_BYTES_MAX, MOMENT_DESCRIPTION, momentsBetween, type Between } from '../history/moments';
import type { ToldEvent } from '../narration/narration-of-events';
import type {
  DifferenceAnswer,
  DifferingEventAnswer,
  MomentAnswer,
  StreamDifferencesAnswer,
} from './differences.answer';
import { StreamsOfPlaces, type StreamsPage } from './streams-of-places';
import { ToldDifferences, type PartOfDifferences, type StreamDifferences } from './told-differences';

/** How many changes of one stream are told where several streams are; the rest where the stream is asked for alone. */
const CHANGE_COUNT_MAX = 200;
/** How many streams are read for one page, so that none takes long; the next page goes on behind them. */
const STREAM_COUNT_MAX = 60;

/** Parameters of every question for differences. */
export class DifferencesQuery extends IntersectionType(PageQuery, PickType(FreshnessQuery, ['minPosition', 'after'])) {
  @ApiProperty({ description: `The earlier moment. ${MOMENT_DESCRIPTION}` })
  @IsPlainText({ bytesMax: MOMENT_BYTES_MAX })
  readonly from: string;

  @ApiPropertyOptional({ description: `The later moment; now where absent. ${MOMENT_DESCRIPTION}` })
  @IsOptional()
  @IsPlainText({ bytesMax: MOMENT_BYTES_MAX })
  readonly to?: string;
}

interface BetweenMoments {
  readonly from: MomentAnswer;
  readonly to: MomentAnswer;
}

/** What differs in an agreement. */
export interface AgreementDifferencesPage extends Page<DifferenceAnswer>, BetweenMoments {
  readonly stream: StreamName;
  readonly events: readonly DifferingEventAnswer[];
}

/** What differs in several streams. */
export interface DifferencesPage extends Page<StreamDifferencesAnswer>, BetweenMoments {}

export class ReadAgreementDifferences extends Query<AgreementDifferencesPage> {
  constructor(
    readonly agreementId: string,
    readonly query: DifferencesQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

export class ReadDifferencesOfPlace extends Query<DifferencesPage> {
  constructor(
    readonly place: { readonly officeId: string } | { readonly province: string },
    readonly query: DifferencesQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

/**
 * The moments that are asked for. Later pages stand on the same as the first, also where that ended now: what their cursor
 * says of it is a position like any other, up to which anybody may ask.
 */
async function betweenOf(store: EventStore, query: DifferencesQuery, cursorTo: number | undefined): Promise<Between> {
  const { position } = await momentOfStreams(store, query);
  const to = query.to ?? (cursorTo === undefined ? undefined : String(cursorTo));
  return momentsBetween(store, { from: query.from, to }, position);
}

@QueryHandler(ReadAgreementDifferences)
export class ReadAgreementDifferencesHandler implements IQueryHandler<ReadAgreementDifferences> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly differences: ToldDifferences,
  ) {}

  async execute({ agreementId, query, requester }: ReadAgreementDifferences): Promise<AgreementDifferencesPage> {
    const { cursor, limit } = query;
    const [until, first = 0] = cursor === undefined ? [] : decodeCursor(cursor, ['integer', 'integer']).map(Number);
    const between = await betweenOf(this.store, query, until);
    const stream = streamName('agreement', agreementId);
    const told = await this.differences.of(stream, between, requester, { first: Math.max(first, 0), countMax: limit });
    if (!told) throw new CommandRejected(new Rejection('history.nothingDisclosed'));
    const next = Math.max(first, 0) + told.changes.length;
    return {
      stream,
      from: await this.differences.moment(between.from),
      to: await this.differences.moment(between.to),
      items: told.changes,
      events: told.events,
      position: between.to,
      ...(next < told.count && { next: [between.to, next] }),
    };
  }
}

@QueryHandler(ReadDifferencesOfPlace)
export class ReadDifferencesOfPlaceHandler implements IQueryHandler<ReadDifferencesOfPlace> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly differences: ToldDifferences,
    private readonly places: StreamsOfPlaces,
  ) {}

  async execute({ place, query, requester }: ReadDifferencesOfPlace): Promise<DifferencesPage> {
    const { cursor, limit } = query;
    const [until, after = ''] = cursor === undefined ? [] : decodeCursor(cursor, ['integer', 'text']);
    const between = await betweenOf(this.store, query, until === undefined ? undefined : Number(until));
    const countMax = Math.min(limit, STREAM_COUNT_MAX);
    const page: StreamsPage = { after: String(after), countMax: countMax + 1 };
    const found =
      'province' in place
        ? await this.places.ofProvince(place.province, between, requester, page)
        : await this.places.ofOffice(place.officeId, between, requester, page);
    const part: PartOfDifferences = {
      first: 0,
      countMax: CHANGE_COUNT_MAX,
      ...('officeId' in place && { isAsked: (events: readonly ToldEvent[]) => isOfOffice(events, place.officeId) }),
    };
    const items: StreamDifferencesAnswer[] = [];
    const streams = found.slice(0, countMax);
    for (const stream of streams) {
      const told = await this.differences.of(stream, between, requester, part);
      if (told && told.count > 0) items.push(answerOf(told, between));
    }
    const last = found.length > countMax ? streams.at(-1) : undefined;
    return {
      from: await this.differences.moment(between.from),
      to: await this.differences.moment(between.to),
      items,
      position: between.to,
      ...(last !== undefined && { next: [between.to, last] }),
    };
  }
}

/** Whether a stream is the office's own, or an agreement that it makes. */
function isOfOffice(events: readonly ToldEvent[], officeId: string): boolean {
  const drafted = (events as unknown as readonly AgreementEvent[]).findLast(
    (event) => event.type === 'AgreementDrafted',
  );
  if (drafted?.type !== 'AgreementDrafted') return events.some(({ stream }) => !stream.startsWith('agreement-'));
  return drafted.data.parties.some((party) => party.side === 'maker' && party.officeId === officeId);
}

function answerOf({ count, ...told }: StreamDifferences, { from, to }: Between): StreamDifferencesAnswer {
  if (count <= told.changes.length) return told;
  const [address, query] = [addressOf(told.stream), `from=${Math.max(from, 0)}&to=${to}`];
  return { ...told, ...(address !== undefined && { whole: `${address}?${query}` }) };
}

/** Where all differences of a stream are told: agreements only may have more than a few. */
function addressOf(stream: StreamName): string | undefined {
  const [, agreementId] = /^agreement-(.+)$/.exec(stream) ?? [];
  return agreementId === undefined ? undefined : `/v1/audit/agreements/${agreementId}/diff`;
}
