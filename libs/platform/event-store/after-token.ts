import type { Position } from '@khamrap/kernel';

// Opaque to clients. By position where it is known; by event where the engine learns the position later.
const POSITION = /^\d{1,16}$/;
const EVENT = /^e([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What the token of a command stands for: a position, or an event whose position is learned later. */
export type AfterToken = { readonly position: Position } | { readonly eventId: string };

/** Stands for a position that is known. */
export function tokenOfPosition(position: Position): string {
  return String(position);
}

/** Stands for an event, wherever it comes to stand. */
export function tokenOfEvent(eventId: string): string {
  return `e${eventId}`;
}

/** What a token stands for; undefined for a text that no command ever answered with. */
export function readAfterToken(token: string): AfterToken | undefined {
  const eventId = EVENT.exec(token)?.[1];
  if (eventId !== undefined) return { eventId };
  const position = POSITION.test(token) ? Number(token) : Number.NaN;
  return Number.isSafeInteger(position) ? { position } : undefined;
}
