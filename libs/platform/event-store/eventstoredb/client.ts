import { EventStoreDBClient, type Credentials } from '@eventstore/db-client';

/** Ignored where the connection is not secured. The client appends over a call of its own only where it is given some. */
const NOBODY: Credentials = { username: 'nobody', password: 'nobody' };

const KEEP_ALIVE_MS = 10_000;

/**
 * A client, which connects when it is used. It looks after its channel by a promise that nobody waits for, and would end the
 * process when, of a whole cluster, no node answers (dist/Client/index.js, handleError).
 * @param number of the client among those for the same address. gRPC shares its connections among channels with the same options,
 *   and waits longer and longer (up to two minutes) before it tries one again: a client with a number of its own tries at once
 */
export function clientOf(url: string, number = 0): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(withKeepAlive(url, number));
  const inside = client as unknown as { handleError: (...failure: unknown[]) => Promise<void> };
  const { handleError } = inside;
  inside.handleError = (...failure) => handleError(...failure).catch(() => undefined);
  return client;
}

function withKeepAlive(url: string, more: number): string {
  const given = /([?&]keepAliveInterval=)(\d+)/i;
  if (given.test(url)) return url.replace(given, (_all, name: string, ms: string) => `${name}${Number(ms) + more}`);
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveInterval=${KEEP_ALIVE_MS + more}`;
}

/** With what each call is made: always with something, because without it the client appends by BatchAppend. */
export function credentialsFor(url: string): Credentials {
  return credentialsIn(url) ?? NOBODY;
}

/** User and password of an address, which the client does not tell; undefined where it has none. */
export function credentialsIn(url: string): Credentials | undefined {
  const [, username, password] = /^esdb(?:\+discover)?:\/\/([^:@/?]+):([^@/?]+)@/.exec(url) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
