import { Injectable } from '@nestjs/common';
import type { StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { EvidenceFiles } from '@khamrap/platform/files';
import { bundleFacts } from './files/bundle-facts';
import { evidenceFile } from './files/evidence-file';
import type { LogAt } from './files/log-at';
import { Papers } from './files/papers';
import { StreamFiles, type DisclosedEvent, type StreamNotes } from './files/stream-files';
import { hasVerifyPage, verifyPage } from './files/verify-page';
import { AgreementSummary } from './summary/agreement-summary';
import { awardAfter, type AwardSummary } from './summary/award-summary';
import type { BundleFacts, ListedEvent } from './summary/bundle-facts';
import { readmeText } from './summary/readme-text';
import { summaryHtml } from './summary/summary-html';
import { textFile, type BundleFile } from './zip/bundle-file';
import type { BundleHead } from './zip/manifest';

/** Streams that somebody takes away. */
export interface StreamsAsked {
  readonly head: BundleHead;
  readonly recordedAt: number;
  readonly at: LogAt;
  readonly agreements: readonly StreamName[];
  readonly awards: readonly StreamName[];
  readonly requester: Requester | undefined;
}

/** Makes bundles of agreements and awards: every entry of their streams with its proof. */
@Injectable()
export class StreamBundles {
  constructor(
    private readonly streams: StreamFiles,
    private readonly papers: Papers,
    private readonly evidence: EvidenceFiles,
  ) {}

  async *files(asked: StreamsAsked): AsyncGenerator<BundleFile> {
    const { at, requester } = asked;
    const policy = await this.papers.policyText();
    const facts = bundleFacts(asked, at.checkpoint, policy);
    yield textFile('README.txt', readmeText(facts, await hasVerifyPage()));
    yield* this.papers.of(at, policy);
    const summary = new StreamsSummary(facts);
    for (const stream of [...asked.agreements, ...asked.awards])
      yield* this.streams.of(stream, at, requester, summary.notes);
    yield* at.around(summary.notes.positions);
    yield evidenceFile(this.evidence, summary.notes.evidence);
    yield textFile('summary.html', summary.html());
    yield* verifyPage();
  }
}

/** Takes what is disclosed while it is packed, and tells it in the end. */
class StreamsSummary {
  readonly #agreements = new Map<StreamName, AgreementSummary>();
  readonly #awards = new Map<StreamName, AwardSummary>();
  readonly #events: ListedEvent[] = [];
  readonly notes: StreamNotes = {
    positions: [],
    evidence: [],
    undisclosedCount: 0,
    onDisclosed: (event) => this.#take(event),
  };

  constructor(private readonly facts: BundleFacts) {}

  html(): string {
    const { positions, undisclosedCount } = this.notes;
    const counts = { eventCount: positions.length, disclosedCount: positions.length - undisclosedCount };
    const [agreements, awards] = [[...this.#agreements.values()], [...this.#awards.values()]];
    return summaryHtml({ facts: this.facts, counts, agreements, awards, events: this.#events });
  }

  #take(event: DisclosedEvent): void {
    const { stream, position, recordedAt, type } = event;
    this.#events.push({ stream, position, recordedAt, type });
    if (stream.startsWith('award-')) {
      const award = awardAfter(this.#awards.get(stream), event);
      if (award) this.#awards.set(stream, award);
    } else if (stream.startsWith('agreement-')) {
      const agreement = this.#agreements.get(stream) ?? new AgreementSummary();
      this.#agreements.set(stream, agreement);
      agreement.take(event);
    }
  }
}
