import type { Revision } from '@khamrap/kernel';
import { RequestRefused } from './problem';

const STRONG = /^"(0|[1-9]\d{0,15})"$/;

/** The entity tag of a stream at a revision. */
export function entityTag(revision: Revision): string {
  return `"${revision}"`;
}

/**
 * The revision that `If-Match` insists on; undefined without the header. Exactly one strong tag: `*` and weak tags say
 * nothing that a ledger could hold the caller to, and are refused rather than passed over.
 * @throws RequestRefused
 */
export function parseIfMatch(header: string | undefined): Revision | undefined {
  if (header === undefined) return undefined;
  const revision = Number(STRONG.exec(header)?.[1] ?? NaN);
  if (Number.isSafeInteger(revision)) return revision;
  throw new RequestRefused('ifMatchMalformed', { errors: [{ code: 'malformed', header: 'If-Match' }] });
}
