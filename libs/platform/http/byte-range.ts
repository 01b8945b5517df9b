import type { FastifyRequest } from 'fastify';
import { RequestRefused } from './problem';

/** Bytes counted from 0, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const ONE_RANGE = /^bytes=(?:(?<first>\d{1,15})-(?<last>\d{0,15})|-(?<suffix>\d{1,15}))$/;

/**
 * The one range of bytes that a request asks for (RFC 9110 §14); undefined when all are to be sent: without a range, for
 * several of them, for what is no range, and where `If-Range` names another state than `etag`.
 * @throws RequestRefused when the range lies outside the file
 */
export function byteRangeOf({ headers }: FastifyRequest, byteCount: number, etag: string): ByteRange | undefined {
  const condition = headers['if-range'];
  const match = condition === undefined || condition === etag ? ONE_RANGE.exec(headers.range ?? '') : null;
  if (!match?.groups) return undefined;
  const { first, last, suffix } = match.groups;
  const range =
    suffix === undefined
      ? { first: Number(first), last: last ? Math.min(Number(last), byteCount - 1) : byteCount - 1 }
      : { first: Math.max(byteCount - Number(suffix), 0), last: byteCount - 1 };
  // The last byte before the first one is no range at all; a first one beyond the end is a range that cannot be.
  if (last && Number(last) < Number(first)) return undefined;
  if (range.first < byteCount && suffix !== '0') return range;
  throw new RequestRefused('rangeNotSatisfiable', { headers: { 'content-range': `bytes */${byteCount}` } });
}
