import type { AgreementClosed } from '@khamrap/agreements/events';
import { bangkokDateOf, streamName, type IsoDate, type StreamName } from '@khamrap/kernel';
import type { CommandContext, EventCodec, EventStore, Ledger, RecordedEvent } from '@khamrap/platform/event-store';
import type { Vault } from '@khamrap/platform/vault';
import { isTermOver, retentionDecider } from '../domain/retention.decider';
import { commitmentsOf } from './commitments';

const PAGE_COUNT = 1_000;
const CLOSING: AgreementClosed['type'] = 'AgreementClosed';
const AGREEMENT_PREFIX = 'agreement-';

/** An agreement whose private values are not to be kept any longer. */
export interface AgreementPastTerm {
  readonly agreementId: string;
  readonly closedOn: IsoDate;
  /** Commitments whose values the vault still holds. */
  readonly kept: readonly string[];
}

/** How long private values are kept, and on whose order they are erased. */
export interface RetentionOrder {
  /** Whole fiscal years after that in which the agreement was closed. */
  readonly years: number;
  readonly reason: string;
}

/**
 * The agreements whose term is over on a day, in the order in which they were closed, with what is still kept of each. The log
 * is read from its beginning; the vault is asked agreement by agreement, because it opens one stream at a time.
 */
export async function* agreementsPastTerm(
  { store, codec, vault }: { readonly store: EventStore; readonly codec: EventCodec; readonly vault: Vault },
  years: number,
  today: IsoDate,
): AsyncGenerator<AgreementPastTerm> {
  for await (const event of pagesOf((from) => store.readLog(from, PAGE_COUNT))) {
    if (event.type !== CLOSING) continue;
    const { closedOn } = codec.decode(event).data as unknown as AgreementClosed['data'];
    if (!isTermOver(closedOn, years, today)) continue;
    const agreementId = event.stream.slice(AGREEMENT_PREFIX.length);
    const kept = await vault.keptOf(event.stream, await commitmentsIn(store, event.stream));
    yield { agreementId, closedOn, kept };
  }
}

/**
 * Decides that what is kept of an agreement is erased, and erases it. As with every erasure the decision is recorded first:
 * what a crash leaves undone is done by whoever follows the log.
 * @returns how many values are gone
 * @throws CommandRejected before the term is over
 */
export async function applyRetention(
  { ledger, vault }: { readonly ledger: Ledger; readonly vault: Vault },
  { agreementId, closedOn, kept }: AgreementPastTerm,
  { years, reason }: RetentionOrder,
  context: CommandContext,
): Promise<number> {
  const { eventIds } = await ledger.execute({
    decider: retentionDecider,
    stream: streamName('retention', agreementId),
    command: {
      type: 'ApplyRetention',
      data: { agreement: agreementId, closedOn, years, reason },
      today: bangkokDateOf(Date.parse(context.decidedAt)),
      kept,
    },
    context,
  });
  for (const eventId of eventIds) await vault.carryOutErasure(eventId);
  return kept.length - (await vault.keptOf(streamName('agreement', agreementId), kept)).length;
}

async function commitmentsIn(store: EventStore, stream: StreamName): Promise<readonly string[]> {
  const digests: string[] = [];
  for await (const event of pagesOf((from) => store.readRecorded(stream, from, PAGE_COUNT)))
    digests.push(...commitmentsOf(event).map(({ digest }) => digest));
  return digests;
}

async function* pagesOf(read: (from: number) => Promise<readonly RecordedEvent[]>): AsyncGenerator<RecordedEvent> {
  for (let from = 0; ; from += PAGE_COUNT) {
    const page = await read(from);
    yield* page;
    if (page.length < PAGE_COUNT) return;
  }
}
