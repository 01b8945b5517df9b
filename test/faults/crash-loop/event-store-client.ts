import { createHash } from 'node:crypto';
import { NO_STREAM, streamName, type Revision, type StreamName } from '@khamrap/kernel';
import {
  eventIdOf,
  OutcomeUnknown,
  StoreUnavailable,
  type AppendRequest,
  type EventStore,
  type NewEvent,
} from '@khamrap/platform/event-store';
import { newEvent, type Operation, type Outcome, type SeededRandom } from '@khamrap/testing';
import type { LoadClient, Request } from './load-client';

const OWN_STREAMS_COUNT = 4;
const SHARED_STREAMS_COUNT = 4;
const SHARED_SHARE = 0.3;
const EVENTS_COUNT_MAX = 5;
const TEXT = 'ผลการดำเนินงานตามตัวชี้วัดน้ำสะอาด ';

export interface AppendOperation extends Request {
  readonly append: AppendRequest;
}

/** Appends through the port: to streams of its own, and to streams that all clients want, where most races are lost. */
export class EventStoreClient implements LoadClient<AppendOperation> {
  readonly #revisions = new Map<StreamName, Revision>();

  constructor(
    readonly name: string,
    private readonly store: EventStore,
    private readonly random: SeededRandom,
  ) {}

  next(): AppendOperation {
    const isShared = this.random.chance(SHARED_SHARE);
    const number = this.random.integer(1, isShared ? SHARED_STREAMS_COUNT : OWN_STREAMS_COUNT);
    const stream = streamName('load', `${isShared ? 'shared' : this.name}.${number}`);
    const expectedRevision = this.#revisions.get(stream) ?? NO_STREAM;
    return appendOperation(this.random.uuid(), stream, expectedRevision, this.random.integer(1, EVENTS_COUNT_MAX));
  }

  restore({ id, intention: { stream, expectedRevision, eventIds } }: Operation): AppendOperation {
    if (stream === undefined || expectedRevision === undefined)
      throw new Error(`${id} does not say where it was to stand`);
    return appendOperation(id, stream, expectedRevision, eventIds.length);
  }

  async submit({ append, intention: { eventIds } }: AppendOperation): Promise<Outcome> {
    try {
      const outcome = await this.store.append(append);
      switch (outcome.kind) {
        case 'appended':
          this.#revisions.set(append.stream, outcome.firstRevision + eventIds.length - 1);
          return { kind: 'ok', position: outcome.firstPosition, revision: outcome.firstRevision, eventIds };
        case 'conflict':
          this.#revisions.set(append.stream, outcome.actualRevision);
          return { kind: 'rejected', reason: outcome.kind };
        case 'eventIdTaken':
          return { kind: 'rejected', reason: outcome.kind };
      }
    } catch (error) {
      if (error instanceof OutcomeUnknown) return { kind: 'unknown' };
      if (error instanceof StoreUnavailable) return { kind: 'unavailable' };
      throw error;
    }
  }
}

/** The same operation gives the same append, to the byte: a client that was killed can ask for it again. */
function appendOperation(
  operation: string,
  stream: StreamName,
  expectedRevision: Revision,
  eventCount: number,
): AppendOperation {
  const events = Array.from({ length: eventCount }, (_, index) => loadEvent(operation, index));
  const eventIds = events.map(({ eventId }) => eventId);
  const bodyHashes = events.map(({ bodyHash }) => bodyHash.toString('hex'));
  return {
    operation,
    intention: { eventIds, bodyHashes, stream, expectedRevision },
    append: { stream, expectedRevision, events },
  };
}

function loadEvent(operation: string, index: number): NewEvent {
  const chance = createHash('sha256').update(`${operation} ${index}`).digest();
  const text = TEXT.repeat(1 + (chance.readUInt8(16) % 16));
  return newEvent({
    eventId: eventIdOf(operation, index),
    type: 'LoadWritten',
    salt: chance.subarray(0, 16),
    data: { operation, index, text },
  });
}
