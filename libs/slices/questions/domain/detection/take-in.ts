import type { ActualCorrected, ActualReported } from '@khamrap/agreements/events';
import { dayNumberOf } from '@khamrap/kernel';
import {
  cellKey,
  keepCorrection,
  type AgreementMemory,
  type Link,
  type RememberedAmendment,
  type RememberedEvent,
  type RememberedIndicator,
  type ToldEvent,
} from './memory';

type Told = ToldEvent<Exclude<RememberedEvent, { type: 'AgreementDrafted' }>>;

type OfAmendment = Extract<Told['event'], { type: 'TargetAmended' | `Amendment${string}` | 'WeightAmended' }>;

/** Takes in an event of an agreement that was drafted before. It grows in place: there are many of them. */
export function takeIn(memory: AgreementMemory, told: Told): void {
  const { event, link, day, isTranscribed } = told;
  switch (event.type) {
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return takeTerms(memory, event.data);
    case 'IndicatorRemoved':
      memory.indicators.delete(event.data.indicatorId);
      return;
    case 'TargetSet': {
      const { indicatorId, ...terms } = event.data;
      memory.indicators.get(indicatorId)?.targets.set(terms.span, { terms, link });
      return;
    }
    case 'TargetAmended':
    case 'AmendmentRequested':
    case 'AmendmentApproved':
    case 'WeightAmended':
      return takeAmendment(memory, event, link);
    case 'AgreementSigned': {
      const daysBefore = isTranscribed ? 0 : dayNumberOf(day) - dayNumberOf(event.data.signedOn);
      memory.signatures = [...memory.signatures, { link, daysBefore }];
      return;
    }
    case 'SignaturesVoided':
      memory.signatures = [];
      return;
    case 'AgreementTookEffect':
      memory.tookEffect = link;
      return;
    case 'ActualReported':
    case 'ActualCorrected':
      return takeFigure(memory.indicators.get(event.data.indicatorId), told, event);
    case 'ActualCertified': {
      const { indicatorId, span, officeId, step } = event.data;
      const cell = memory.indicators.get(indicatorId)?.cells.get(cellKey(span, officeId));
      if (cell && step !== 'keeper') cell.certified = link;
      return;
    }
    case 'EvaluationRoundClosed': {
      const { round, span, revision, total } = event.data;
      memory.rounds.set(round, { round, span, revision, closed: link, total, reopened: undefined });
      return;
    }
    case 'EvaluationRoundReopened': {
      const round = memory.rounds.get(event.data.round);
      if (round) round.reopened = link;
      return;
    }
  }
}

function takeAmendment(memory: AgreementMemory, event: OfAmendment, link: Link): void {
  switch (event.type) {
    case 'TargetAmended': {
      const { indicatorId, amendmentId, effectiveFrom: _from, basisDocument: _basis, ...terms } = event.data;
      memory.indicators.get(indicatorId)?.targets.set(terms.span, { terms, link });
      amendmentOf(memory, amendmentId).links.push(link);
      return;
    }
    case 'AmendmentRequested':
      memory.amendments.set(event.data.amendmentId, {
        requestedBy: event.data.requestedBy,
        links: [link],
        weights: [],
      });
      return;
    case 'AmendmentApproved':
      amendmentOf(memory, event.data.amendmentId).links.push(link);
      return;
    case 'WeightAmended': {
      const { indicatorId, amendmentId, weight } = event.data;
      const indicator = memory.indicators.get(indicatorId);
      if (!indicator) return;
      const amendment = amendmentOf(memory, amendmentId);
      amendment.weights.push({ indicatorId, before: indicator.weight, after: weight });
      amendment.links.push(link);
      indicator.weight = weight;
      return;
    }
  }
}

/** The amendment that an event belongs to; one that was never requested here has nobody who asked. */
function amendmentOf({ amendments }: AgreementMemory, amendmentId: string): RememberedAmendment {
  const known = amendments.get(amendmentId);
  if (known) return known;
  const begun: RememberedAmendment = { requestedBy: '', links: [], weights: [] };
  amendments.set(amendmentId, begun);
  return begun;
}

function takeTerms({ indicators }: AgreementMemory, terms: RememberedIndicator['terms']): void {
  const known = indicators.get(terms.indicatorId);
  if (known) Object.assign(known, { terms, weight: terms.weight });
  else indicators.set(terms.indicatorId, { terms, weight: terms.weight, targets: new Map(), cells: new Map() });
}

function takeFigure(
  indicator: RememberedIndicator | undefined,
  { link, day, isTranscribed }: { readonly link: Link } & Pick<Told, 'day' | 'isTranscribed'>,
  stated: ActualReported | ActualCorrected,
): void {
  const { indicatorId, span, officeId = '', kind, unit, value, evidence } = stated.data;
  const by = stated.type === 'ActualCorrected' ? stated.data.correctedBy : stated.data.reportedBy;
  const figure = { kind, unit, value, by, evidence: evidence.map(({ sha256 }) => sha256), certified: undefined };
  const key = cellKey(span, officeId);
  const known = indicator?.cells.get(key);
  if (!known) {
    const cell = { indicatorId, span, officeId, ...figure, first: link, corrections: [], correctionCount: 0 };
    indicator?.cells.set(key, cell);
    return;
  }
  Object.assign(known, figure);
  if (stated.type !== 'ActualCorrected') return;
  known.correctionCount++;
  keepCorrection(known, link, day, isTranscribed);
}
