import { Inject, Injectable } from '@nestjs/common';
import { toldAlike, type BothLanguages, type JsonObject } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import {
  EVENT_STORE,
  EventCodec,
  type Envelope,
  type EventStore,
  type RecordedEvent,
} from '@khamrap/platform/event-store';
import { NarrationOfEvents } from '../../narration/narration-of-events';
import { Disclosures, type ToldDisclosure } from '../disclosures/disclosures';
import { effectiveFromOf } from './concerns';
import type { ActedFor } from './names.sql';
import { withOpened } from './opened-data';
import type { TrailEventAnswer } from './trail.answer';
import type { FoundEvent } from './trail.sql';

/** Positions this close to each other are read together, with what lies between. */
const GAP_MAX = 8;
const READ_COUNT_MAX = 256;
/** So many reads of the log at a time: one page must not hold all connections. */
const READS_AT_ONCE = 4;

/** Tells events that were found as far as somebody may have them: the one place where a row of the trail is put together. */
@Injectable()
export class TrailEvents {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly disclosures: Disclosures,
    private readonly narrations: NarrationOfEvents,
  ) {}

  /** The events at these positions, as they were recorded, in that order. */
  async read(found: readonly FoundEvent[]): Promise<readonly RecordedEvent[]> {
    const runs = runsOf(found.map(({ position }) => position));
    const events = new Map<number, RecordedEvent>();
    for (let from = 0; from < runs.length; from += READS_AT_ONCE) {
      const read = await Promise.all(
        runs.slice(from, from + READS_AT_ONCE).map(([first, last]) => this.store.readLog(first, last - first + 1)),
      );
      for (const event of read.flat()) events.set(event.position, event);
    }
    return found.flatMap(({ position }) => events.get(position) ?? []);
  }

  /** For which office somebody acted. */
  actedFor({ body, position }: RecordedEvent): readonly ActedFor[] {
    const { office } = this.codec.decode({ body }).actor;
    return office === undefined ? [] : [{ office, position }];
  }

  /**
   * Rows of events, in their order. What the one who asks may not have is left out here once more, by the rules themselves.
   * @param officeNames what the office was called for which somebody acted, by position
   * @param published as of the moment that the answer stands on, by position; null where an event was not
   */
  async tell(
    events: readonly RecordedEvent[],
    published: ReadonlyMap<number, number | null>,
    officeNames: ReadonlyMap<number, BothLanguages>,
    requester: Requester | undefined,
  ): Promise<readonly TrailEventAnswer[]> {
    const told = await this.disclosures.of(events, requester);
    return told.map((disclosure) => {
      const wasPublished = published.get(disclosure.position) !== null;
      return this.#row(
        wasPublished ? disclosure : { ...disclosure, published: null },
        officeNames.get(disclosure.position),
      );
    });
  }

  #row(
    { position, recordedAt, published, body, private: opened = [] }: ToldDisclosure,
    officeName: BothLanguages | undefined,
  ): TrailEventAnswer {
    const event = this.codec.decode({ body });
    const { eventId, type, stream, revision, actor, decidedAt, commandId, correlationId, causationId, provenance } =
      event;
    const { id, role, office, onBehalfOf } = actor;
    const effectiveFrom = effectiveFromOf(event.data);
    const history = historyOf(event);
    const data = withOpened(event.data, opened);
    const told = this.#told(event, data, officeName);
    return {
      position,
      eventId,
      type,
      stream,
      revision,
      ...(told && { heading: told.heading, sentence: told.sentence }),
      actor: {
        pseudonym: id,
        role,
        ...(office !== undefined && { office }),
        ...(officeName !== undefined && { officeName }),
        ...(onBehalfOf !== undefined && { onBehalfOf }),
      },
      recordedAt: new Date(recordedAt).toISOString(),
      decidedAt,
      ...(effectiveFrom !== null && { effectiveFrom }),
      published: published && { position: published.position, at: new Date(published.recordedAt).toISOString() },
      act: { commandId, correlationId, ...(causationId !== undefined && { causationId }) },
      provenance,
      data,
      links: {
        receipt: `/v1/audit/receipts/${eventId}`,
        disclosure: `/v1/audit/disclosures/${position}`,
        history,
      },
    };
  }

  /**
   * What happened in words, by the event alone: what stood before would have to be folded from the whole stream for each row, and
   * the history tells it. Indicators and other offices are called by their codes.
   */
  #told(
    { stream, type, actor, provenance }: Envelope,
    data: JsonObject,
    officeName: BothLanguages | undefined,
  ): Pick<TrailEventAnswer, 'heading' | 'sentence'> | undefined {
    const narration = this.narrations.of(stream);
    const telling = narration?.telling(type);
    if (!narration || !telling) return undefined;
    const names = {
      office: (officeId: string) => (officeId === actor.office && officeName ? officeName : toldAlike(officeId)),
    };
    const isTranscribed = provenance.kind === 'transcribed';
    return { heading: telling.act, sentence: telling.sentence({ data, isTranscribed }, narration.begin, names) };
  }
}

/** Runs of positions, each read at once, from the lowest to the highest. */
function runsOf(positions: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = [];
  for (const position of [...positions].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && position - run[1] <= GAP_MAX && position - run[0] < READ_COUNT_MAX) run[1] = position;
    else runs.push([position, position]);
  }
  return runs;
}

const HISTORIES: readonly (readonly [category: string, address: string])[] = [
  ['agreement-', 'agreements'],
  ['award-', 'awards'],
  ['office-', 'offices'],
];

function historyOf({ stream, data }: { readonly stream: string; readonly data: object }): string {
  const found = HISTORIES.find(([category]) => stream.startsWith(category));
  if (!found) return `/v1/audit/streams/${stream}/history`;
  const [category, address] = found;
  const { indicatorId } = data as { readonly indicatorId?: unknown };
  const part = category === 'agreement-' && typeof indicatorId === 'string' ? `/indicators/${indicatorId}` : '';
  return `/v1/audit/${address}/${stream.slice(category.length)}${part}/history`;
}
