import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { canonicalJson, type Json } from '@khamrap/kernel';
import { IsPlainText } from './input/is-plain-text';
import { IsWholeNumberText } from './input/is-whole-number-text';
import { RequestRefused } from './problem';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;
const CURSOR_LENGTH_MAX = 1_000;

/** Parameters of every list. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })
  @IsWholeNumberText(1, LIMIT_MAX)
  readonly limit: number = LIMIT_DEFAULT;

  @ApiPropertyOptional({ description: 'Opaque; from the `Link` header of the page before' })
  @IsOptional()
  @IsPlainText({ bytesMax: CURSOR_LENGTH_MAX })
  readonly cursor?: string;
}

/** The values of the sort columns of the last row of a page, in their order. */
export type CursorKey = readonly (string | number)[];

/** The kinds of the sort columns. */
export type CursorShape = readonly ('text' | 'integer')[];

/** Writes the key after which the next page begins. */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(canonicalJson(key as Json), 'utf8').toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` wrote. Clients can write one too, so it is only ever a place in the order: values of
 * the expected kinds, to be compared with, never a statement of what may be seen.
 * @throws RequestRefused
 */
export function decodeCursor(cursor: string, shape: CursorShape): CursorKey {
  const key = parsed(cursor);
  const isOfShape =
    Array.isArray(key) &&
    key.length === shape.length &&
    shape.every((kind, index) => (kind === 'text' ? isText(key[index]) : Number.isSafeInteger(key[index])));
  if (isOfShape) return key as CursorKey;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
}

/** The `Link` header that leads from a page to the next: the same address with another cursor. */
export function linkToNext(url: string, next: CursorKey): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', encodeCursor(next));
  return `<${path}?${parameters.toString()}>; rel="next"`;
}

function parsed(cursor: string): unknown {
  if (cursor.length > CURSOR_LENGTH_MAX || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');
}
