import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection } from '@khamrap/kernel';
import { GrantReader, permits, requesterNow, sightOf, type Requester, type Sight } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { EvidenceStore, type EvidenceFile } from '@khamrap/platform/files';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { SOURCES } from '../sources/sources.projection';
import { isSourceDocument, usesWithin } from './evidence-reach.sql';

/** Asks for a file whose bytes are there, for somebody who may have them. */
export class FindEvidence extends Query<EvidenceFile> {
  constructor(
    readonly sha256: string,
    readonly requester: Requester,
  ) {
    super();
  }
}

@QueryHandler(FindEvidence)
export class FindEvidenceHandler implements IQueryHandler<FindEvidence> {
  constructor(
    private readonly files: EvidenceStore,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly grantReader: GrantReader,
  ) {}

  /** Who may not have the file is told what is told of one that there never was. */
  async execute({ sha256, requester }: FindEvidence): Promise<EvidenceFile> {
    const file = await this.files.info(sha256);
    if (!file || !(await this.#mayHave(sha256, requester)))
      throw new CommandRejected(new Rejection('evidence.unknown'));
    if (file.erasedAtMs !== undefined)
      throw new CommandRejected(
        new Rejection('evidence.erased', { erasedAt: new Date(file.erasedAtMs).toISOString() }),
      );
    return file;
  }

  /** Who uploaded a file has had it in their hands; to others an agreement within their reach has to lead. */
  async #mayHave(sha256: string, requester: Requester): Promise<boolean> {
    const uploaders = await this.files.uploadersOf(sha256);
    if (uploaders.includes(requester.actor.id)) return true;
    const { position: minPosition } = await this.store.head();
    let now = requester;
    // What ends while this waits for the head has ended.
    const sightAfterWait = async (): Promise<Sight> => {
      now = await requesterNow(this.grantReader, requester);
      return sightOf(now, 'evidence.read');
    };
    const query = async (manager: EntityManager, _at: Standpoint, sight: Sight) => ({
      uses: await usesWithin(manager, sha256, sight),
      isSource: permits(now, 'sourceDocument.register', {}) && (await isSourceDocument(manager, sha256)),
    });
    const { result } = await this.readModels.read(SOURCES, { minPosition }, query, sightAfterWait);
    // A hash is no secret: naming the file of somebody else leads nobody to it. Of files from before uploaders were kept, the
    // first who named it is believed.
    const leads = result.uses.some(({ statedBy, isFirst }) =>
      uploaders.length === 0 ? isFirst : uploaders.includes(statedBy),
    );
    return leads || result.isSource;
  }
}
