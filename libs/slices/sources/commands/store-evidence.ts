import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Rejection, type JsonObject } from '@khamrap/kernel';
import { CommandRejected } from '@khamrap/platform/event-store';
import { EvidenceStore, type EvidenceFile } from '@khamrap/platform/files';
import { RequestRefused } from '@khamrap/platform/http';
import type { evidenceRefusals } from '../domain/evidence.refusals';

/** A file that is kept, and whether it is kept since just now. */
export interface StoredEvidence {
  readonly file: EvidenceFile;
  readonly isNew: boolean;
}

/** Keeps a file of evidence. No event tells of it: it is evidence once an event names it. */
export class StoreEvidence extends Command<StoredEvidence> {
  constructor(
    readonly sha256: string,
    readonly bytes: AsyncIterable<Uint8Array>,
    /** The pseudonym of who sends it. */
    readonly uploadedBy: string,
  ) {
    super();
  }
}

@CommandHandler(StoreEvidence)
export class StoreEvidenceHandler implements ICommandHandler<StoreEvidence> {
  constructor(private readonly files: EvidenceStore) {}

  async execute({ sha256, bytes, uploadedBy }: StoreEvidence): Promise<StoredEvidence> {
    const outcome = await this.files.store(sha256, bytes, uploadedBy);
    switch (outcome.kind) {
      case 'stored':
        return { file: outcome.file, isNew: true };
      case 'known':
        return { file: outcome.file, isNew: false };
      case 'erased':
        throw rejected('evidence.erasedBefore');
      case 'hashDiffers':
        throw rejected('evidence.hashDiffers', { sha256: outcome.actualSha256 });
      case 'empty':
        throw rejected('evidence.empty');
      case 'tooLarge':
        throw new RequestRefused('bodyTooLarge');
      case 'interrupted':
        throw new RequestRefused('malformedRequest');
    }
  }
}

function rejected(code: keyof typeof evidenceRefusals, facts?: JsonObject): CommandRejected {
  return new CommandRejected(new Rejection(code, facts));
}
