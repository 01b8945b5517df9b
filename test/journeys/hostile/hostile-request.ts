import type { RawRequest } from '../../../libs/testing/service';
import type { Situation } from './situation';

/** A request that has to be refused, with all that its answer must say. */
export interface HostileRequest {
  readonly what: string;
  /** A person of the demonstration, by default the head of the office; null for somebody without a token. */
  readonly as?: string | null;
  readonly send: (situation: Situation) => Partial<RawRequest> & Pick<RawRequest, 'path'>;
  readonly status: number;
  /** The last part of the problem's type. */
  readonly code: string;
  /** Code of the first error within, and where it lies. */
  readonly error?: string;
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
}

const JSON_HEADERS = { 'content-type': 'application/json' };
let keyCount = 0;

/** A command with a sound head. A text is sent as it is, anything else as JSON. */
export function command(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): RawRequest {
  return {
    method: 'POST',
    path,
    headers: { ...JSON_HEADERS, 'idempotency-key': `hostile-${++keyCount}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** An invalid request: 400, with one error at one place. */
export function invalid(
  what: string,
  send: HostileRequest['send'],
  error: string,
  place: Pick<HostileRequest, 'pointer' | 'parameter' | 'header' | 'as'> = {},
): HostileRequest {
  return { what, send, status: 400, code: 'invalidRequest', error, ...place };
}
