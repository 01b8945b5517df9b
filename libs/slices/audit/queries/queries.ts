import { Inject, Injectable } from '@nestjs/common';
import { Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, IdempotencyKeyReused, type EventStore } from '@khamrap/platform/event-store';
import { decodeCursor, KnownRoutes, RequestRefused, type Page, type PageQuery } from '@khamrap/platform/http';
import { SavedQueries } from '@khamrap/platform/saved-queries';
import { isUUID } from 'class-validator';
import { readyAnswer, savedAnswer, type QueryAnswer, type SaveQueryBody } from './queries.answer';
import { KEEPABLE_ROUTES, READY_QUERIES } from './ready-queries';

type Code = 'query.unknown' | 'query.addressNotKept' | 'query.tooMany';

const refuse = (code: Code): CommandRejected => new CommandRejected(new Rejection(code));

/** Ready and saved questions. They answer nothing themselves: their address does, for each as far as they may see. */
@Injectable()
export class Queries {
  constructor(
    private readonly saved: SavedQueries,
    private readonly routes: KnownRoutes,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** The ready ones, which the program has routes for; then, for those who read histories, their own and the shared ones. */
  async list({ cursor, limit }: PageQuery, reader: Requester | undefined): Promise<Page<QueryAnswer>> {
    const { position } = await this.store.head();
    const before = cursor === undefined ? undefined : placeOf(cursor);
    const ready = before === undefined ? READY_QUERIES.map(readyAnswer) : [];
    const owner = keeperOf(reader);
    const found = owner === undefined ? [] : await this.saved.list(owner, before, limit);
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: [...ready, ...found.slice(0, limit).map((query) => savedAnswer(query, owner))],
      position,
      ...(last && { next: [last.savedAtMs, last.queryId] }),
    };
  }

  /** @throws CommandRejected where there is none for this reader */
  async one(queryId: string, reader: Requester | undefined): Promise<QueryAnswer> {
    const ready = READY_QUERIES.find((query) => query.queryId === queryId);
    if (ready) return readyAnswer(ready);
    const owner = keeperOf(reader);
    const query = owner === undefined || !isUUID(queryId) ? undefined : await this.saved.find(queryId, owner);
    if (!query) throw refuse('query.unknown');
    return savedAnswer(query, owner);
  }

  /** Keeps an address that its route would take. The same under the same id again is the same. */
  async save(queryId: string, { title, address, shared }: SaveQueryBody, keeper: Requester): Promise<QueryAnswer> {
    await this.#check(address);
    const owner = keeper.actor.id;
    const kept = await this.saved.save({ queryId, owner, title, address, shared });
    if (kept === 'tooMany') throw refuse('query.tooMany');
    if (kept.title !== title || kept.address !== address || kept.shared !== shared) throw new IdempotencyKeyReused();
    return savedAnswer(kept, owner);
  }

  /** @throws CommandRejected where it is none of theirs */
  async end(queryId: string, keeper: Requester): Promise<void> {
    if (!(await this.saved.end(queryId, keeper.actor.id))) throw refuse('query.unknown');
  }

  async #check(address: string): Promise<void> {
    const [path = '', query = ''] = address.split('?', 2);
    const isPlain = /^\/v1\/[A-Za-z0-9/._~%-]+$/.test(path) && !/[\s#]/.test(address) && address.split('?').length <= 2;
    if (!isPlain || new URLSearchParams(query).has('cursor')) throw refuse('query.addressNotKept');
    try {
      await this.routes.check(address, KEEPABLE_ROUTES);
    } catch (error) {
      if (error instanceof RequestRefused && error.occurrence.code === 'notFound') throw refuse('query.addressNotKept');
      throw error;
    }
  }
}

/** Who may see what others share, and keep questions: whoever reads histories. */
function keeperOf(reader: Requester | undefined): string | undefined {
  const keeps = reader?.grants.some(({ permissions }) => permissions.has('audit.read')) === true;
  return keeps ? reader?.actor.id : undefined;
}

function placeOf(cursor: string): { readonly savedAtMs: number; readonly queryId: string } {
  const [savedAtMs, queryId] = decodeCursor(cursor, ['integer', 'text']);
  if (isUUID(queryId)) return { savedAtMs: savedAtMs as number, queryId: queryId as string };
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
}
