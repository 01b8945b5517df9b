import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandAccepted, Receipt } from '@khamrap/platform/event-store';
import { preferenceApplied, waitPreferenceOf, type ProvenGrade } from './prefer';
import type { Stopping } from './stopping';

/** A receipt with the proof that stands behind its status; without one while it is only sequenced. */
export type ProvenReceipt = Omit<Receipt, 'status'> & {
  readonly status: 'sequenced' | ProvenGrade;
  /** The entry of the log, byte for byte: what the proof is of. */
  readonly leaf?: string;
  /** c2sp.org/tlog-proof, with the checkpoint that it leads to. */
  readonly proof?: string;
};

/** An event whose receipt is to become a proof. */
export interface ReceiptToProve {
  /** Of the command's last event. */
  readonly eventId: string;
  readonly receipt: Receipt;
  readonly grade: ProvenGrade;
  readonly timeoutMs: number;
  /** Nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** Waits, bounded, and answers with what there is then: the receipt as it was where no proof is there. */
type ProveReceipt = (wanted: ReceiptToProve) => Promise<ProvenReceipt>;

/**
 * Port: turns the receipts of commands into proofs for clients that wait for them. Whoever keeps the verifiable log registers;
 * where nobody has, receipts stay as they are and the preference is not applied.
 */
export class CommandReceipts {
  private readonly logger = new Logger('Receipts');
  private prove: ProveReceipt | undefined;

  constructor(private readonly stopping: Stopping) {}

  register(prove: ProveReceipt): void {
    this.prove = prove;
  }

  /** The receipt of a command as its client prefers it. What was accepted is never refused for want of a proof. */
  async preferredBy(
    request: FastifyRequest,
    reply: FastifyReply,
    { receipt, eventIds }: Pick<CommandAccepted, 'receipt' | 'eventIds'>,
  ): Promise<ProvenReceipt | null> {
    const wait = waitPreferenceOf(request.headers.prefer);
    const eventId = eventIds.at(-1);
    if (!wait || !this.prove || !receipt || eventId === undefined) return receipt;
    try {
      const proven = await this.prove({
        eventId,
        receipt,
        grade: wait.grade,
        timeoutMs: wait.seconds * 1_000,
        signal: this.stopping.whileAnswering(reply.raw),
      });
      reply.header('preference-applied', preferenceApplied(wait));
      return proven;
    } catch (error) {
      this.logger.warn(`a receipt without its proof: ${error instanceof Error ? error.message : 'failed'}`);
      return receipt;
    }
  }
}
