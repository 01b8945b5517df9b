import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { TILE_WIDTH } from '@khamrap/platform/transparency/proof';
import { Disclosures, type ToldDisclosure } from '../views/disclosures/disclosures';
import { bundleFacts } from './files/bundle-facts';
import { disclosuresFile } from './files/disclosure-file';
import { evidenceFile } from './files/evidence-file';
import type { LogAt } from './files/log-at';
import { Papers } from './files/papers';
import { requireStillKnown, StreamFiles } from './files/stream-files';
import { hasVerifyPage, verifyPage } from './files/verify-page';
import { readmeText } from './summary/readme-text';
import { summaryHtml } from './summary/summary-html';
import { textFile, type BundleFile } from './zip/bundle-file';
import type { BundleHead } from './zip/manifest';

/** The whole log as somebody takes it away. */
export interface LogAsked {
  readonly head: BundleHead;
  readonly recordedAt: number;
  readonly at: LogAt;
  readonly requester: Requester | undefined;
}

/** Makes bundles of the whole log: a plain folder of c2sp.org/tlog-tiles, and beside it what opens its leaves. */
@Injectable()
export class LogBundles {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly disclosures: Disclosures,
    private readonly streams: StreamFiles,
    private readonly papers: Papers,
    private readonly evidence: EvidenceFiles,
  ) {}

  async *files(asked: LogAsked): AsyncGenerator<BundleFile> {
    const { at, requester } = asked;
    const policy = await this.papers.policyText();
    const facts = bundleFacts(asked, at.checkpoint, policy);
    yield textFile('README.txt', readmeText(facts, await hasVerifyPage()));
    yield* this.papers.of(at, policy);
    yield* at.kept();
    yield* at.tiles();
    const types = new Map<string, number>();
    let disclosedCount = 0;
    for (let index = 0; index * TILE_WIDTH < at.size; index++) {
      const told = await this.#disclosed(index, at.size, requester);
      for (const { type } of told) types.set(type, (types.get(type) ?? 0) + 1);
      disclosedCount += told.length;
      if (told.length > 0) yield disclosuresFile(index, told);
    }
    yield evidenceFile(this.evidence, this.streams.evidenceOfLog(at, requester));
    yield textFile('summary.html', summaryHtml({ facts, counts: { eventCount: at.size, disclosedCount }, types }));
    yield* verifyPage();
  }

  async #disclosed(index: number, size: number, requester: Requester | undefined): Promise<readonly ToldDisclosure[]> {
    await requireStillKnown(requester);
    const from = index * TILE_WIDTH;
    return this.disclosures.of(await this.store.readLog(from, Math.min(TILE_WIDTH, size - from)), requester);
  }
}
