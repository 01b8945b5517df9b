import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Position } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore, type Receipt, type RecordedEvent } from '@khamrap/platform/event-store';
import { CommandReceipts, type ProvenGrade, type ProvenReceipt, type ReceiptToProve } from '@khamrap/platform/http';
import { TransparencyLog, type SignedCheckpoint } from '@khamrap/platform/transparency';
import { base64Of, hexOf, leafHash, textOf, tlogProofText } from '@khamrap/platform/transparency/proof';
import type { EventReceiptAnswer } from './receipt.answer';
import { setTimeout as delay } from 'node:timers/promises';
import { witnessesOf } from './witnesses-of';

const PLACED_POLL_MS = 25;

/** How long somebody waits for a receipt, and for which grade. */
export interface ReceiptWait {
  /** Without one, nobody waits. */
  readonly grade?: ProvenGrade | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** An event as the log proves it. */
interface Proof {
  readonly grade: ProvenGrade;
  readonly checkpoint: SignedCheckpoint;
  /** Byte for byte as it is hashed. */
  readonly entry: Uint8Array;
  /** c2sp.org/tlog-proof. */
  readonly text: string;
}

/**
 * Receipts of events: `sequenced` while the log has only been told of them, `included` from the first signed checkpoint on that
 * covers them, `witnessed` from the first that a quorum of witnesses has cosigned. The oldest witnessed checkpoint is given: its times say
 * most about when the event was there. Where no verifiable log is built, every receipt stays sequenced.
 */
@Injectable()
export class Receipts implements OnModuleInit {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: CommandReceipts,
    private readonly log: TransparencyLog,
  ) {}

  onModuleInit(): void {
    this.commands.register((wanted) => this.ofCommand(wanted));
  }

  /** The receipt of an event; undefined where there is no such event. */
  async of(eventId: string, wait: ReceiptWait): Promise<EventReceiptAnswer | undefined> {
    const event = await this.store.readEvent(eventId);
    if (!event) return undefined;
    return answerOf(event, await this.#proofOf(event.position, wait));
  }

  /** The receipt of a command's last event, with its proof once there is one. */
  async ofCommand({ eventId, receipt, ...wait }: ReceiptToProve): Promise<ProvenReceipt> {
    const placed = receipt.position === null ? await this.#placed(eventId, receipt, wait) : receipt;
    const { position } = placed;
    const proof = position === null ? undefined : await this.#proofOf(position, wait);
    if (!proof) return placed;
    return { ...placed, status: proof.grade, leaf: textOf(proof.entry), proof: proof.text };
  }

  /** Where the engine learns positions later, it has learnt this one when the event can be read. */
  async #placed(eventId: string, receipt: Receipt, { timeoutMs, signal }: ReceiptWait): Promise<Receipt> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      const event = await this.store.readEvent(eventId);
      if (event) return { ...receipt, position: event.position, recordedAt: new Date(event.recordedAt).toISOString() };
      if (performance.now() >= until || signal?.aborted === true) return receipt;
      await delay(PLACED_POLL_MS);
    }
  }

  async #proofOf(position: Position, { grade, timeoutMs, signal }: ReceiptWait): Promise<Proof | undefined> {
    const { log } = this;
    if (grade !== undefined) await log.waitFor(position, grade, timeoutMs, signal);
    const latest = await log.latest();
    if (!latest || latest.size <= position) return undefined;
    const witnessed = await log.witnessedCovering(position);
    const checkpoint = witnessed ?? latest;
    const [entry, hashes] = await Promise.all([log.entry(position), log.inclusionProof(position, checkpoint.size)]);
    if (!entry) return undefined;
    const text = tlogProofText({ index: position, hashes, checkpoint: checkpoint.note });
    return { grade: witnessed ? 'witnessed' : 'included', checkpoint, entry, text };
  }
}

function answerOf(event: RecordedEvent, proof: Proof | undefined): EventReceiptAnswer {
  const { eventId, position, recordedAt, bodyHash } = event;
  const told = {
    eventId,
    position,
    recordedAt: new Date(recordedAt).toISOString(),
    bodyHash: bodyHash.toString('hex'),
  };
  if (!proof) {
    return { ...told, status: 'sequenced', leaf: null, leafHash: null, checkpoint: null, proof: null, witnesses: [] };
  }
  const { origin, size, root, note } = proof.checkpoint;
  return {
    ...told,
    status: proof.grade,
    leaf: textOf(proof.entry),
    leafHash: hexOf(leafHash(proof.entry)),
    checkpoint: { origin, size, root: base64Of(root) },
    proof: proof.text,
    witnesses: witnessesOf(note),
  };
}
