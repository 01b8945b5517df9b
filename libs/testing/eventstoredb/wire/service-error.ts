import { Metadata, status, type StatusObject } from '@grpc/grpc-js';

/** An error as the server words it: a status, and a trailer `exception` that says to the client which error it is. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }

  toStatus(): StatusObject {
    return { code: this.code, details: this.details, metadata: this.metadata };
  }
}

/** Where a leader is to be reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The errors of the server, in its words. */
export const failures = {
  /** The node has no say in this; the leader is named. A read-only node answers the same. */
  notLeader: ({ host, port }: Endpoint): ServiceFailure =>
    new ServiceFailure(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
  /** As `notLeader`, while nobody knows who leads. */
  noLeaderInfo: (): ServiceFailure => new ServiceFailure(status.UNKNOWN, 'No leader info available in response'),
  notReady: (): ServiceFailure => new ServiceFailure(status.UNAVAILABLE, 'Server Is Not Ready'),
  tooBusy: (): ServiceFailure => new ServiceFailure(status.UNAVAILABLE, 'Server Is Too Busy'),
  /** The write may have been stored, and may yet be. */
  timeout: (phase: 'Prepare phase timeout.' | 'Commit phase timeout.' | 'Forward timeout'): ServiceFailure =>
    new ServiceFailure(status.ABORTED, `Operation timed out: ${phase}`),
  accessDenied: (): ServiceFailure =>
    new ServiceFailure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  /** A name or a password that is not known. */
  unauthenticated: (): ServiceFailure =>
    new ServiceFailure(status.UNAUTHENTICATED, 'Bad HTTP response, status code 401'),
  streamDeleted: (stream: string): ServiceFailure =>
    new ServiceFailure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  /** Of a deletion; an append says so in its answer. */
  wrongExpectedVersion: (stream: string, expected: bigint, actual: bigint): ServiceFailure =>
    new ServiceFailure(
      status.FAILED_PRECONDITION,
      `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
      {
        exception: 'wrong-expected-version',
        'stream-name': stream,
        'expected-version': String(expected),
        'actual-version': String(actual),
      },
    ),
  maxAppendSizeExceeded: (bytes: number): ServiceFailure =>
    new ServiceFailure(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(bytes),
    }),
  missingProperty: (property: string): ServiceFailure =>
    new ServiceFailure(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    }),
  invalidPosition: (): ServiceFailure =>
    new ServiceFailure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
  unknown: (what: string): ServiceFailure => new ServiceFailure(status.UNKNOWN, what),
};
