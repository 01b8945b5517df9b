import { Inject, Injectable } from '@nestjs/common';
import { LEDGER_STREAM, Rejection, streamName, type Provenance, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { EVENT_STORE, Ledger, type Basis, type EventStore } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import type { QuestionOpened } from '@khamrap/questions/events';
import type { Finding } from '../domain/inspection.events';
import { refuse } from '../domain/inspection.refusals';
import { isInSight } from './inspection-access';
import { InspectedOffices } from './inspected-offices';

/** What a statement rests on besides its own words. */
export interface FindingSupport {
  /** Why it cannot rest on it. */
  readonly refusal?: Rejection;
  readonly basis: readonly Basis[];
}

type Evidence = Finding['evidence'];

/** Looks up what findings and answers rest on: files of evidence, events of the ledger, the question, offices that are to answer. */
@Injectable()
export class FindingSources {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceFiles,
    private readonly offices: InspectedOffices,
  ) {}

  /** A refusal belongs behind the question for leave to act, and behind a repeat, which is answered as the first time. */
  async ofFinding(finding: Finding, provenance: Provenance, requester: Requester): Promise<FindingSupport> {
    const basis: Basis[] = [];
    for (const [index, { eventId, stream, revision }] of finding.events.entries()) {
      const named = namedStream(stream);
      const [recorded] = await this.store.readRecorded(named, revision, 1);
      if (recorded?.eventId !== eventId)
        return {
          refusal: refuse('finding.eventUnknown', { eventId, stream, revision }, `/events/${index}`),
          basis: [],
        };
      basis.push({ stream: named, revision });
    }
    const question =
      finding.questionId === undefined ? undefined : await this.#openedQuestion(finding.questionId, requester);
    if (question instanceof Rejection) return { refusal: question, basis: [] };
    if (question) basis.push(question);
    const refusal =
      provenance.kind === 'native'
        ? ((await this.#refusalOfOffices(finding)) ?? (await this.refusalOfEvidence(finding.evidence, provenance)))
        : undefined;
    return refusal ? { refusal, basis: [] } : { basis };
  }

  /** What a document names may be in nobody's hands; everybody else hands it in first. */
  async refusalOfEvidence(evidence: Evidence, provenance: Provenance): Promise<Rejection | undefined> {
    if (provenance.kind === 'transcribed') return undefined;
    const isThere = await Promise.all(evidence.map(({ sha256 }) => this.evidence.has(sha256)));
    const missing = isThere.indexOf(false);
    const sha256 = evidence[missing]?.sha256;
    return sha256 === undefined
      ? undefined
      : refuse('inspection.evidenceMissing', { sha256 }, `/evidence/${missing}/sha256`);
  }

  /** The provinces in which offices stand, each once; those that stand in none, or that nobody registered, tell nothing. */
  async provincesOf(officeIds: readonly string[]): Promise<readonly string[]> {
    const offices = await Promise.all(officeIds.map((officeId) => this.offices.of(officeId)));
    return [...new Set(offices.flatMap((office) => office?.province ?? []))].sort();
  }

  /**
   * The question from which a finding came, as it was opened. Its identifier can be worked out, so to whoever does not see the
   * question there is none: the refusal would tell what somebody has asked elsewhere.
   */
  async #openedQuestion(questionId: string, requester: Requester): Promise<Basis | Rejection> {
    const stream = streamName('question', questionId);
    const opened = (await this.ledger.history(stream)).find(({ type }) => type === 'QuestionOpened');
    if (opened) {
      const { province, offices, askedOffice } = opened.data as unknown as QuestionOpened['data'];
      const place = { provinces: province === undefined ? [] : [province], officeIds: [...offices, askedOffice] };
      if (isInSight(requester, 'question.read', place)) return { stream, revision: opened.revision };
    }
    return refuse('finding.questionUnknown', { questionId }, '/questionId');
  }

  /** Whoever is to answer has to be there. */
  async #refusalOfOffices({ officeIds }: Finding): Promise<Rejection | undefined> {
    const offices = await Promise.all(officeIds.map((officeId) => this.offices.of(officeId)));
    const unknown = offices.indexOf(undefined);
    const officeId = officeIds[unknown];
    return officeId === undefined
      ? undefined
      : refuse('inspection.officeUnknown', { officeId }, `/officeIds/${unknown}`);
  }
}

function namedStream(text: string): StreamName {
  if (text === LEDGER_STREAM) return LEDGER_STREAM;
  const [category = '', ...rest] = text.split('-');
  return streamName(category, rest.join('-'));
}
