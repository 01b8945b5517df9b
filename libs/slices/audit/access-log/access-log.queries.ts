import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { accessLeafHash, accessLeafText, AccessReview, AccessSeals, AccessTree } from '@khamrap/platform/access-log';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { decodeCursor, type Page, type PageQuery } from '@khamrap/platform/http';
import { hexOf } from '@khamrap/platform/transparency/proof';
import {
  accessItem,
  sealItem,
  type AccessItem,
  type AccessLogQuery,
  type AccessProofAnswer,
  type AccessSealItem,
} from './access-log.answer';

export class ListAccesses extends Query<Page<AccessItem>> {
  constructor(
    readonly query: AccessLogQuery,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** Who read what, the newest first, as far as the reviewer's own grant reaches. */
@QueryHandler(ListAccesses)
export class ListAccessesHandler implements IQueryHandler<ListAccesses> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly review: AccessReview,
    private readonly seals: AccessSeals,
  ) {}

  async execute({ query, requester }: ListAccesses): Promise<Page<AccessItem>> {
    const { person, office, route, agreement, stream, from, to, cursor, limit } = query;
    const filter = {
      ...(person !== undefined && { person }),
      ...(office !== undefined && { office }),
      ...(route !== undefined && { route }),
      ...(agreement !== undefined && { names: [agreement, `agreement-${agreement}`] }),
      ...(stream !== undefined && { stream }),
      ...(from !== undefined && { fromMs: Date.parse(from) }),
      ...(to !== undefined && { untilMs: Date.parse(to) }),
    };
    const rows = await this.review.list(requester, filter, beforeOf(cursor), limit);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const sealedSize = (await this.seals.all()).at(-1)?.size ?? 0;
    return {
      items: rows.slice(0, limit).map((row) => accessItem(row, sealedSize)),
      position: (await this.store.head()).position,
      ...(last && { next: [last.number] }),
    };
  }
}

export class ListAccessSeals extends Query<Page<AccessSealItem>> {
  constructor(readonly query: PageQuery) {
    super();
  }
}

/** How the ledger has sealed the access log, the newest first. */
@QueryHandler(ListAccessSeals)
export class ListAccessSealsHandler implements IQueryHandler<ListAccessSeals> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly seals: AccessSeals,
  ) {}

  async execute({ query: { cursor, limit } }: ListAccessSeals): Promise<Page<AccessSealItem>> {
    const before = beforeOf(cursor);
    const found = (await this.seals.all()).filter(({ size }) => size < before).slice(-limit - 1);
    const shown = found.slice(-limit).reverse();
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(sealItem),
      position: (await this.store.head()).position,
      ...(last && { next: [last.size] }),
    };
  }
}

export class ProveAccess extends Query<AccessProofAnswer> {
  constructor(
    readonly number: number,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** Proves of a row that it stands among those that were sealed last. */
@QueryHandler(ProveAccess)
export class ProveAccessHandler implements IQueryHandler<ProveAccess> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly review: AccessReview,
    private readonly tree: AccessTree,
    private readonly seals: AccessSeals,
  ) {}

  async execute({ number, requester }: ProveAccess): Promise<AccessProofAnswer> {
    const row = await this.review.one(requester, number);
    if (!row) throw new CommandRejected(new Rejection('accessLog.noSuchRow'));
    const seal = await this.seals.newestOver(number);
    if (!seal) throw new CommandRejected(new Rejection('accessLog.notSealedYet'));
    const { size, root, eventId, position } = seal;
    const { logId } = this.store.identity();
    const proof = await this.tree.at(size).inclusionProof(number);
    return {
      number,
      body: row.body,
      salt: row.salt.toString('hex'),
      leaf: accessLeafText(row, logId),
      leafHash: hexOf(accessLeafHash(row, logId)),
      seal: { size, root, eventId, position },
      proof: proof.map(hexOf),
    };
  }
}

/** Only numbers that are smaller come on the page. */
function beforeOf(cursor: string | undefined): number {
  const [before = Number.MAX_SAFE_INTEGER] = cursor === undefined ? [] : decodeCursor(cursor, ['integer']);
  return before as number;
}
