import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection } from '@khamrap/kernel';
import { CommandRejected } from '@khamrap/platform/event-store';
import { EvidenceStore, type EvidenceFile } from '@khamrap/platform/files';

/** Asks for a file whose bytes are there. */
export class FindEvidence extends Query<EvidenceFile> {
  constructor(readonly sha256: string) {
    super();
  }
}

@QueryHandler(FindEvidence)
export class FindEvidenceHandler implements IQueryHandler<FindEvidence> {
  constructor(private readonly files: EvidenceStore) {}

  async execute({ sha256 }: FindEvidence): Promise<EvidenceFile> {
    const file = await this.files.info(sha256);
    if (!file) throw new CommandRejected(new Rejection('evidence.unknown'));
    if (file.erasedAtMs !== undefined)
      throw new CommandRejected(
        new Rejection('evidence.erased', { erasedAt: new Date(file.erasedAtMs).toISOString() }),
      );
    return file;
  }
}
