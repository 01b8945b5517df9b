import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient, type SubscribeToAllOptions } from '@eventstore/db-client';
import { eventually } from '../../eventually';
import { EventStoreDbServer, jsonEvent, StoreState, type ServerOptions, type StoreOptions } from '../index';

/** Credentials make the client use the unary append; a server without users looks at none. */
export const credentials = { username: 'ledger', password: 'secret' };

/** A store in which nobody writes but the test. */
export const QUIET: StoreOptions = { systemEventEvery: 0, foreignEventEvery: 0, transactionEvery: 0 };

const stops: (() => Promise<unknown>)[] = [];

/** Ends what a test has started: clients first, so that none tries to connect to a server that is gone. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop();
}

/** Ends `stoppable` after the test. */
export function stopping<Stoppable extends { stop(): Promise<unknown> }>(stoppable: Stoppable): Stoppable {
  stops.push(() => stoppable.stop());
  return stoppable;
}

/** A node with a quiet store unless another is given. */
export async function start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
  return stopping(await EventStoreDbServer.start({ state: new StoreState(QUIET), ...options }));
}

export function connect(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  stops.push(() => client.dispose());
  return client;
}

export function event(text = 'text', id: string = randomUUID()) {
  return binaryEvent({ type: 'Happened', id, data: Buffer.from(text), metadata: { v: 1 } });
}

/** Writes events with the given ids into the store itself. */
export function write(state: StoreState, stream: string, ...ids: readonly string[]): void {
  const events = ids.map((id) => jsonEvent(id, 'Happened', { id }));
  expect(state.append(stream, 'any', events).kind).toBe('written');
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export async function until(what: string, holds: () => boolean): Promise<void> {
  await eventually(what, () => holds() || undefined);
}

/** The type of the error, or `none`. */
export function errorOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: { readonly type?: string; readonly message: string }) => error.type ?? error.message,
  );
}

/** What a subscription tells, one text for each: `confirmation`, `caughtUp`, `<stream> <revision>`, or the type of an error. */
export function hear(client: EventStoreDBClient, options?: SubscribeToAllOptions): string[] {
  const heard: string[] = [];
  client
    .subscribeToAll(options)
    .on('confirmation', () => heard.push('confirmation'))
    .on('caughtUp' as never, () => heard.push('caughtUp'))
    .on('data', ({ event: each }) => heard.push(`${each?.streamId} ${each?.revision}`))
    .on('error', (error) => heard.push((error as { readonly type?: string }).type ?? 'error'));
  return heard;
}
