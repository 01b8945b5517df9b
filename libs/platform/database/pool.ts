import { Pool, types, type CustomTypesConfig } from 'pg';

const INT8: number = 20;
const INT8_ARRAY: number = 1016;
const CONNECT_TIMEOUT_MS = 10_000;

type Parser = (text: string) => unknown;
/** Arrays of PostgreSQL may have several dimensions and hold nulls. */
type Nested<Element> = Element | null | Nested<Element>[];

/**
 * Reads PostgreSQL's 64-bit integers as numbers: positions and counts. A value beyond ±(2^53 − 1) fails its query instead
 * of being rounded; cast it to text.
 */
export const int8AsNumber: CustomTypesConfig = {
  getTypeParser: (oid, format): Parser => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary') as Parser;
    if (oid === INT8) return parseInt8;
    if (oid === INT8_ARRAY) return parseInt8Array;
    return types.getTypeParser(oid, 'text') as Parser;
  },
};

export interface PoolOptions {
  /** One of the addresses of a Database. */
  readonly url: string;
  /** Connections at the most. */
  readonly size: number;
  /** What the server's list of activities calls it. */
  readonly applicationName: string;
}

/**
 * The same connection, whose commits do not wait for the disk: for what can be made again, and is lost together with what says
 * how far it was made.
 */
export function withoutWaitingForDisk(url: string): string {
  const address = new URL(url);
  address.searchParams.set('options', '-c synchronous_commit=off');
  return address.href;
}

/** A pool of pg. Whoever takes a client from it gives it back with the error when a transaction failed. */
export function createPool({ url, size, applicationName }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    application_name: applicationName,
    types: int8AsNumber,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // A connection that breaks fails the statement that runs on it, and the pool replaces it. Without listeners, on the
  // pool for idle clients and on each client for those in use, node-postgres would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The integer ${text} is too large for a number.`);
  return value;
}

function parseInt8Array(text: string): Nested<number> {
  const parse = types.getTypeParser(INT8_ARRAY, 'text') as (text: string) => Nested<string>;
  return numbersIn(parse(text));
}

function numbersIn(value: Nested<string>): Nested<number> {
  if (Array.isArray(value)) return value.map(numbersIn);
  return value === null ? null : parseInt8(value);
}
