import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Rejection, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { EvidenceFiles, type EvidenceFile } from '@khamrap/platform/files';
import { decodeCursor, IsPlainText, KnownQuery, PageQuery, timesOf, type Page } from '@khamrap/platform/http';
import { momentOfStreams } from '@khamrap/platform/projections';
import { KnownNames } from '../narration/known-names';
import { NarrationOfEvents } from '../narration/narration-of-events';
import type { Timeline } from '../narration/timeline';
import { Timelines } from '../narration/timelines';
import { ToldStreams } from '../narration/told-streams';
import { actsOf, type Act } from './acts';
import type { ActAnswer } from './history.answer';
import { MOMENT_BYTES_MAX, MOMENT_DESCRIPTION, momentsBetween } from './moments';
import { evidenceIn, ToldRows } from './told-rows';

/** A page ends with the act that passes this: the closing of a round may change thousands of facts. */
const CHANGE_COUNT_MAX = 5_000;

/** Parameters of every history. */
export class HistoryQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ enum: ['newest', 'oldest'], default: 'newest', description: 'What comes first' })
  @IsIn(['newest', 'oldest'])
  readonly order: 'newest' | 'oldest' = 'newest';

  @ApiPropertyOptional({ description: `What came after this moment. ${MOMENT_DESCRIPTION}` })
  @IsOptional()
  @IsPlainText({ bytesMax: MOMENT_BYTES_MAX })
  readonly from?: string;

  @ApiPropertyOptional({ description: `What came up to this moment. ${MOMENT_DESCRIPTION}` })
  @IsOptional()
  @IsPlainText({ bytesMax: MOMENT_BYTES_MAX })
  readonly to?: string;
}

/** A page of a history, with the stream that it is of. */
export interface HistoryPage extends Page<ActAnswer> {
  readonly stream: StreamName;
}

export class ReadHistory extends Query<HistoryPage> {
  /** @param indicatorId only what concerns this one */
  constructor(
    readonly stream: StreamName,
    readonly query: HistoryQuery,
    readonly requester: Requester | undefined,
    readonly indicatorId?: string,
  ) {
    super();
  }
}

/** Tells what happened in one stream, act by act, as far as the one who asks may have it. */
@QueryHandler(ReadHistory)
export class ReadHistoryHandler implements IQueryHandler<ReadHistory> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly streams: ToldStreams,
    private readonly narrations: NarrationOfEvents,
    private readonly timelines: Timelines,
    private readonly names: KnownNames,
    private readonly files: EvidenceFiles,
  ) {}

  async execute({ stream, query, requester, indicatorId }: ReadHistory): Promise<HistoryPage> {
    const { position } = await momentOfStreams(this.store, query);
    const between = await momentsBetween(this.store, query, position);
    // What the public could know, everybody is told as the public.
    const reader = query.publishedBy === undefined ? requester : undefined;
    const narration = this.narrations.of(stream);
    const events = narration ? await this.streams.events(stream, position, reader) : [];
    if (!narration || events.length === 0) throw new CommandRejected(new Rejection('history.nothingDisclosed'));
    const { acts, next, timeline } = await this.names.telling(position, events, (names) => {
      const told = this.timelines.of(narration, events, names);
      return { ...pageOf(actsOf(told, { ...between, indicatorId }), told, query), timeline: told };
    });
    if (indicatorId !== undefined && actsOf(timeline, { from: -1, to: position, indicatorId }).length === 0)
      throw new CommandRejected(new Rejection('history.nothingDisclosed'));
    const files = await this.#files(evidenceIn(timeline, acts));
    const { items, shown } = await this.names.telling(position, events, (names) => {
      const rows = new ToldRows(timeline, names, files);
      return { items: acts.map((act) => rows.act(act)), shown: rows.shown };
    });
    await this.streams.note(stream, shown, reader);
    return { stream, items, position, ...timesOf(query), ...(next !== undefined && { next: [next] }) };
  }

  async #files(named: readonly string[]): Promise<ReadonlyMap<string, EvidenceFile>> {
    const files = new Map<string, EvidenceFile>();
    for (const sha256 of named) {
      const file = await this.files.info(sha256);
      if (file) files.set(sha256, file);
    }
    return files;
  }
}

/** One page of acts, and the position after which the next begins. */
function pageOf(
  acts: readonly Act[],
  { events }: Timeline,
  { order, limit, cursor }: HistoryQuery,
): { readonly acts: readonly Act[]; readonly next: number | undefined } {
  const positionOf = (act: Act): number => events[act.events[0].index]?.position ?? 0;
  const after = cursor === undefined ? undefined : Number(decodeCursor(cursor, ['integer'])[0]);
  const ordered = order === 'oldest' ? acts : acts.toReversed();
  const isBehind = (act: Act): boolean =>
    after === undefined || (order === 'oldest' ? positionOf(act) > after : positionOf(act) < after);
  const rest = ordered.filter(isBehind);
  const page: Act[] = [];
  let changes = 0;
  for (const act of rest.slice(0, limit)) {
    page.push(act);
    changes += act.events.reduce((count, event) => count + event.changes.length, 0);
    if (changes > CHANGE_COUNT_MAX) break;
  }
  const last = page.at(-1);
  return { acts: page, next: last && page.length < rest.length ? positionOf(last) : undefined };
}
