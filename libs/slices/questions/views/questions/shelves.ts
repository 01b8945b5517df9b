import { eventsBefore } from '@khamrap/platform/projections';
import { streamName, type Position } from '@khamrap/kernel';
import type { EventCodec, EventStore } from '@khamrap/platform/event-store';
import { LRUCache } from 'lru-cache';
import type { ToldEvent } from '../../domain/detection/memory';
import {
  NO_OFFICE,
  OFFICE_EVENTS,
  officeAfter,
  type HeardOfficeEvent,
  type OfficeMemory,
} from '../../domain/detection/office-memory';
import {
  NO_SCHEME,
  SCHEME_EVENTS,
  schemeAfter,
  type HeardSchemeEvent,
  type SchemeMemory,
} from '../../domain/detection/scheme-memory';
import { toldOf } from './question-row';

const SCHEME_COUNT_MAX = 500;
const OFFICE_COUNT_MAX = 20_000;

/** What streams of one category have said up to the event that comes next; read from them when first asked for. */
export class Shelf<Memory extends object, Heard> {
  readonly #memories: LRUCache<string, Memory>;

  constructor(
    private readonly source: { readonly store: EventStore; readonly codec: EventCodec },
    private readonly fold: {
      readonly category: string;
      readonly types: readonly string[];
      readonly begin: Memory;
      readonly after: (memory: Memory, told: ToldEvent<Heard>) => Memory;
      readonly countMax: number;
    },
  ) {
    this.#memories = new LRUCache({ max: fold.countMax });
  }

  /** What a stream has said before a position. */
  async of(id: string, before: Position): Promise<Memory> {
    const known = this.#memories.get(id);
    if (known) return known;
    const { category, types, begin, after } = this.fold;
    let memory = begin;
    for await (const event of eventsBefore(this.source.store, this.source.codec, streamName(category, id), before)) {
      if (types.includes(event.type)) memory = after(memory, toldOf(event) as ToldEvent<Heard>);
    }
    this.#memories.set(id, memory);
    return memory;
  }

  /** Takes in the next event of a stream. */
  async take(id: string, told: ToldEvent<Heard>): Promise<void> {
    this.#memories.set(id, this.fold.after(await this.of(id, told.link.position), told));
  }
}

export type SchemeShelf = Shelf<SchemeMemory, HeardSchemeEvent>;
export type OfficeShelf = Shelf<OfficeMemory, HeardOfficeEvent>;

export function schemeShelf(store: EventStore, codec: EventCodec): SchemeShelf {
  const fold = { category: 'scheme', types: SCHEME_EVENTS, begin: NO_SCHEME, after: schemeAfter };
  return new Shelf({ store, codec }, { ...fold, countMax: SCHEME_COUNT_MAX });
}

export function officeShelf(store: EventStore, codec: EventCodec): OfficeShelf {
  const fold = { category: 'office', types: OFFICE_EVENTS, begin: NO_OFFICE, after: officeAfter };
  return new Shelf({ store, codec }, { ...fold, countMax: OFFICE_COUNT_MAX });
}
