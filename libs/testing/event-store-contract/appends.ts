import { randomUUID } from 'node:crypto';
import { NO_STREAM, streamName, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  NewEvent,
  RecordedEvent,
  StoredEvent,
} from '@khamrap/platform/event-store';
import { newEvents } from '../builders';
import { eventually } from '../eventually';

export type Appended = Extract<AppendOutcome, { kind: 'appended' }>;

const PAGE_COUNT_MAX = 500;

/** A stream that no other test knows. */
export function freshStream(): StreamName {
  return streamName('contract', randomUUID());
}

/** The request that begins a stream with so many events. */
export function opening(stream: StreamName, eventCount = 1): AppendRequest {
  return { stream, expectedRevision: NO_STREAM, events: newEvents(eventCount) };
}

/** Appends what must be accepted. */
export async function append(store: EventStore, request: AppendRequest): Promise<Appended> {
  const outcome = await store.append(request);
  expect(outcome).toMatchObject({ kind: 'appended', firstRevision: request.expectedRevision + 1 });
  return outcome as Appended;
}

/** Begins a fresh stream with so many events. */
export async function begin(store: EventStore, eventCount = 1): Promise<AppendRequest> {
  const request = opening(freshStream(), eventCount);
  await append(store, request);
  return request;
}

/** An event as the log has it; waits, because some engines learn positions after the append. */
export function recorded(store: EventStore, event: Pick<NewEvent, 'eventId'>): Promise<RecordedEvent> {
  return eventually(`the event ${event.eventId} in the log`, () => store.readEvent(event.eventId));
}

/** Appends what must be accepted, and answers with the time that the log gives it. */
export async function appendedAt(store: EventStore, request: AppendRequest): Promise<number> {
  const outcome = await append(store, request);
  const { recordedAt } = await recorded(store, request.events[0]!);
  // An engine that learns positions later learns times with them.
  expect([null, recordedAt]).toContain(outcome.recordedAt);
  return recordedAt;
}

export async function allRecorded(store: EventStore, events: readonly NewEvent[]): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for (const event of events) found.push(await recorded(store, event));
  return found;
}

export async function positionsOf(store: EventStore, events: readonly NewEvent[]): Promise<Position[]> {
  return (await allRecorded(store, events)).map((event) => event.position);
}

/** The whole stream, in pages. */
export async function wholeStream(store: EventStore, stream: StreamName): Promise<StoredEvent[]> {
  return paged((from: Revision) => store.readStream(stream, from, PAGE_COUNT_MAX));
}

/** The whole log, in pages. */
export async function wholeLog(store: EventStore): Promise<RecordedEvent[]> {
  return paged((from: Position) => store.readLog(from, PAGE_COUNT_MAX));
}

async function paged<Event>(read: (from: number) => Promise<readonly Event[]>): Promise<Event[]> {
  const all: Event[] = [];
  for (;;) {
    const page = await read(all.length);
    all.push(...page);
    if (page.length < PAGE_COUNT_MAX) return all;
  }
}

export function idsOf(events: readonly Pick<NewEvent, 'eventId'>[]): string[] {
  return events.map((event) => event.eventId);
}

/** 0, 1, 2 … */
export function countedFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Asserts that a stream holds exactly these events, in this order, at revisions 0, 1, 2 … */
export async function expectStream(store: EventStore, stream: StreamName, events: readonly NewEvent[]): Promise<void> {
  const stored = await wholeStream(store, stream);
  expect(idsOf(stored)).toEqual(idsOf(events));
  expect(stored.map((event) => event.revision)).toEqual(countedFrom(0, events.length));
}
