import { Inject, Injectable } from '@nestjs/common';
import { LEDGER_STREAM, type JsonObject, type Position, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { TILE_WIDTH } from '@khamrap/platform/transparency/proof';
import { PublicationOfEvents } from '../../publication/publication';
import { Disclosures } from '../../views/disclosures/disclosures';
import type { BundleFile } from '../zip/bundle-file';
import { disclosureFile } from './disclosure-file';
import { evidenceIn, type EvidenceNamed } from './evidence-file';
import type { LogAt } from './log-at';
import { headFile, Papers } from './papers';

/** An event that was disclosed to the one who takes the bundle, as a summary reads it. */
export interface DisclosedEvent {
  readonly stream: StreamName;
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  readonly type: string;
  /** Of the newest version of the type. */
  readonly data: JsonObject;
}

/** What is noted of the files of streams while they are made. */
export interface StreamNotes {
  /** Of all events, in the order in which their files were made. */
  readonly positions: Position[];
  readonly evidence: EvidenceNamed[];
  undisclosedCount: number;
  readonly onDisclosed: (event: DisclosedEvent) => void;
}

/** The files of a stream: all of its entries with their proofs, and the bodies that the one who asks may have. */
@Injectable()
export class StreamFiles {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly disclosures: Disclosures,
    private readonly publication: PublicationOfEvents,
    private readonly papers: Papers,
  ) {}

  /** The last event of a stream among the first `size` of the log; undefined where there is none. */
  async lastPosition(stream: StreamName, size: number): Promise<Position | undefined> {
    let last: Position | undefined;
    for await (const page of this.#pages(stream, size)) last = page.at(-1)?.position;
    return last;
  }

  /** Whether the one who asks may have anything of a stream; whoever may not is not to know that it is there. */
  async isDisclosed(stream: StreamName, size: number, requester: Requester | undefined): Promise<boolean> {
    for await (const page of this.#pages(stream, size)) {
      if ((await this.disclosures.of(page, requester)).length > 0) return true;
    }
    return false;
  }

  /** Entries and proofs of every revision, so that the chain is whole, and what opens those that may be opened. */
  async *of(
    stream: StreamName,
    at: LogAt,
    requester: Requester | undefined,
    notes: StreamNotes,
  ): AsyncGenerator<BundleFile> {
    for await (const page of this.#pages(stream, at.size)) yield* this.#ofEvents(page, at, requester, notes);
    const head = await this.papers.headOf(stream, at);
    if (!head) return;
    yield headFile(head);
    // The root is believed because the log recorded it: the record goes with the proof, once for all streams.
    if (notes.positions.includes(head.position)) return;
    const recorded = await this.store.readLog(head.position, 1);
    if (recorded[0]?.stream === LEDGER_STREAM) yield* this.#ofEvents(recorded, at, requester, notes);
  }

  /** The evidence that is named in the disclosed bodies of the whole log, part by part. */
  async *evidenceOfLog({ size }: LogAt, requester: Requester | undefined): AsyncGenerator<EvidenceNamed> {
    for (let from = 0; from < size; from += TILE_WIDTH) {
      const events = await this.store.readLog(from, Math.min(TILE_WIDTH, size - from));
      const naming = events.filter(({ body }) => NAMES_A_FILE.test(body));
      if (naming.length === 0) continue;
      const disclosed = new Set((await this.disclosures.of(naming, requester)).map(({ position }) => position));
      for (const event of naming.filter(({ position }) => disclosed.has(position)))
        yield* evidenceIn(event.position, this.publication.dataOf(event));
    }
  }

  async *#ofEvents(
    events: readonly RecordedEvent[],
    at: LogAt,
    requester: Requester | undefined,
    notes: StreamNotes,
  ): AsyncGenerator<BundleFile> {
    await requireStillKnown(requester);
    const told = new Map((await this.disclosures.of(events, requester)).map((each) => [each.position, each]));
    for (const event of events) {
      const { position } = event;
      notes.positions.push(position);
      yield* at.proven(position);
      const disclosure = told.get(position);
      if (!disclosure) {
        notes.undisclosedCount += 1;
        continue;
      }
      yield disclosureFile(disclosure);
      const { stream, type, recordedAt } = event;
      const data = this.publication.dataOf(event);
      notes.evidence.push(...evidenceIn(position, data));
      notes.onDisclosed({ stream, position, recordedAt, type, data });
    }
  }

  async *#pages(stream: StreamName, size: number): AsyncGenerator<readonly RecordedEvent[]> {
    for (let from = 0; ; from += TILE_WIDTH) {
      const events = await this.store.readRecorded(stream, from, TILE_WIDTH);
      const within = events.filter(({ position }) => position < size);
      if (within.length > 0) yield within;
      if (within.length < TILE_WIDTH) return;
    }
  }
}

const NAMES_A_FILE = /[sS]ha256":"[0-9a-f]{64}"/;

/** Nothing is sent after what makes the one who asks known is over. @throws Error */
export async function requireStillKnown(requester: Requester | undefined): Promise<void> {
  if ((await requester?.isCurrent?.()) === false) throw new Error('the token or session of the reader is over');
}
