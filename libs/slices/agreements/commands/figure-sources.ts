import { Injectable } from '@nestjs/common';
import { Rejection, streamName, type Provenance } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger, type Basis, type DecodedEvent } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { agreementDecider } from '../domain/agreement.decider';
import type { ActualCorrected, ActualReported, AgreementEvent, Unit } from '../domain/agreement.events';
import { figureKey, type AgreementState } from '../domain/agreement.state';
import { refusalOfAccess } from './agreement-access';
import type { FigureBody } from './figure-body';

/** What a figure rests on besides its own words. */
export interface Support {
  /** Why it cannot rest on it. */
  readonly refusal?: Rejection;
  /** Taken from the figure that is adopted. */
  readonly adopted?: { readonly value: string; readonly unit: Unit };
  readonly basis?: readonly Basis[];
}

const UNSUPPORTED: Support = {};

/** Looks up what figures rest on: files of evidence, and figures of other agreements. A plain figure rests on nothing. */
@Injectable()
export class FigureSources {
  constructor(
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceFiles,
  ) {}

  /** A refusal belongs behind the question for leave to act, and behind a repeat, which is answered as the first time. */
  async supportOf(
    body: Pick<FigureBody, 'kind' | 'adoptedFrom' | 'evidence'>,
    span: string,
    provenance: Provenance,
    requester: Requester,
  ): Promise<Support> {
    const { adoptedFrom, evidence = [] } = body;
    // What a document names may be in nobody's hands.
    if (provenance.kind === 'native' && evidence.length > 0) {
      const refusal = await this.#refusalOfEvidence(evidence.map(({ sha256 }) => sha256));
      if (refusal) return { refusal };
    }
    return body.kind === 'adopted' && adoptedFrom ? this.#adoption(adoptedFrom, span, requester) : UNSUPPORTED;
  }

  async #refusalOfEvidence(hashes: readonly string[]): Promise<Rejection | undefined> {
    const isThere = await Promise.all(hashes.map((sha256) => this.evidence.has(sha256)));
    const missing = isThere.indexOf(false);
    const sha256 = hashes[missing];
    return sha256 === undefined
      ? undefined
      : new Rejection('actual.evidenceMissing', { sha256 }, `/evidence/${missing}/sha256`);
  }

  async #adoption(
    adoptedFrom: NonNullable<FigureBody['adoptedFrom']>,
    span: string,
    requester: Requester,
  ): Promise<Support> {
    const { agreementId, indicatorId, eventId } = adoptedFrom;
    const stream = streamName('agreement', agreementId);
    const history = await this.ledger.history(stream);
    const last = history.at(-1);
    const state = history.reduce<AgreementState>(
      (folded, event) => agreementDecider.evolve(folded, event as unknown as AgreementEvent),
      agreementDecider.initialState,
    );
    // Whoever may not read the other agreement learns nothing of it.
    const isReadable = refusalOfAccess(requester, 'agreement.read', state, indicatorId) === undefined;
    const figures = isReadable ? history.map(statedIn).filter((stated) => stated !== undefined) : [];
    const told = figures.find((stated) => stated.eventId === eventId && stated.data.indicatorId === indicatorId);
    if (!told || !last) return unfit('actual.adoptedUnknown', { agreementId, indicatorId, eventId });
    const key = figureKey(told.data);
    const standing = figures.findLast(({ data }) => data.indicatorId === indicatorId && figureKey(data) === key);
    if (standing !== told) return unfit('actual.adoptedSuperseded', { eventId });
    const { kind, value, unit, officeId } = told.data;
    const isPlain = (kind === 'value' || kind === 'adopted') && officeId === undefined;
    if (!isPlain || value === undefined || told.data.span !== span) {
      return unfit('actual.adoptedUnfit', { kind, span: told.data.span });
    }
    return { adopted: { value, unit }, basis: [{ stream, revision: last.revision }] };
  }
}

interface StatedFigure {
  readonly eventId: string;
  readonly data: ActualReported['data'] | ActualCorrected['data'];
}

function statedIn(decoded: DecodedEvent): StatedFigure | undefined {
  const event = decoded as unknown as AgreementEvent;
  const isFigure = event.type === 'ActualReported' || event.type === 'ActualCorrected';
  return isFigure ? { eventId: decoded.eventId, data: event.data } : undefined;
}

function unfit(code: string, facts: Rejection['facts']): Support {
  return { refusal: new Rejection(code, facts, '/adoptedFrom') };
}
