import { isoDate, NATIVE, NOT_STATED, type Provenance, type Span } from '@khamrap/kernel';
import type {
  AcceptTerms,
  AddIndicator,
  ApproveAmendment,
  DraftAgreement,
  ProposeTerms,
  RejectAmendment,
  RemoveIndicator,
  ReportActual,
  RequestAmendment,
  ReturnTerms,
  ReviseIndicator,
  SetTarget,
  SignAgreement,
  WithdrawAgreement,
} from './agreement.commands';
import { agreementDecider } from './agreement.decider';
import type {
  ActualReported,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  AgreementWithdrawn,
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  IndicatorAdded,
  IndicatorRemoved,
  IndicatorRevised,
  Side,
  SignaturesVoided,
  TargetSet,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
} from './agreement.events';
import type { AgreementState, Party } from './agreement.state';
import { termsHashOf } from './terms/agreement.terms';

// An agreement for specs: a district that exists nowhere undertakes towards a province, fiscal year 2570. Every example
// can be changed in the one respect that a specification is about.

export const TODAY = isoDate('2027-03-31');
export const YEAR: Span = { from: isoDate('2026-10-01'), to: isoDate('2027-09-30') };
export const FIRST_HALF: Span = { from: isoDate('2026-10-01'), to: isoDate('2027-03-31') };
export const FIRST_HALF_KEY = '2026-10-01..2027-03-31';
export const TRANSCRIBED: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 1' };

export const MAKER = { side: 'maker', officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' } as const;
export const RECEIVER = { side: 'receiver', officeId: 'province-1', officeName: 'จังหวัดตัวอย่าง' } as const;
export const WITNESS = { side: 'witness', officeId: 'office-9', officeName: 'สำนักงานพยานตัวอย่าง' } as const;

/** Pseudonyms of those who act in the examples. */
export const HEAD = 'person-head';
export const GOVERNOR = 'person-governor';
export const KEEPER = 'person-keeper';
/** Who signs on each side: nobody on two. */
export const SIGNATORIES = { maker: HEAD, receiver: GOVERNOR, witness: 'person-witness' } as const;

const HEADING: AgreementDrafted['data'] = {
  title: 'คำรับรองการปฏิบัติราชการ อำเภอตัวอย่าง ปีงบประมาณ พ.ศ. 2570',
  level: 'district',
  basis: 'signed',
  fiscalYear: 2570,
  period: YEAR,
  parties: [MAKER, RECEIVER, WITNESS],
};
const INDICATOR: IndicatorAdded['data'] = {
  indicatorId: 'income',
  displayNumber: '1',
  name: 'รายได้จากผลิตภัณฑ์ชุมชน',
  unit: 'baht',
  direction: 'higher',
  weight: '40',
};
const TARGET: TargetSet['data'] = { indicatorId: 'income', span: FIRST_HALF_KEY, value: '1200000', unit: 'baht' };
const ACTUAL: ActualReported['data'] = {
  indicatorId: 'income',
  span: FIRST_HALF_KEY,
  kind: 'value',
  value: '1250000.50',
  unit: 'baht',
  finality: 'provisional',
  evidence: [],
};
const WITHDRAWAL: AgreementWithdrawn['data'] = { officeId: MAKER.officeId, reason: 'จัดทำใหม่ตามนโยบายที่เปลี่ยนไป' };
/** The target of the first half is to be another; the head of the maker asks. */
const AMENDMENT: RequestAmendment['data'] = {
  amendmentId: 'amendment-1',
  officeId: MAKER.officeId,
  requestedBy: HEAD,
  changes: [
    {
      change: 'target',
      indicatorId: 'income',
      target: { span: FIRST_HALF_KEY, value: '900000', unit: 'baht', criterion: 'single' },
    },
  ],
  reason: 'น้ำท่วมพื้นที่จำหน่ายสินค้า',
  effectiveFrom: TODAY,
};
const APPROVAL = { amendmentId: 'amendment-1', officeId: RECEIVER.officeId, approvedBy: GOVERNOR };
const REJECTION = {
  amendmentId: 'amendment-1',
  officeId: RECEIVER.officeId,
  rejectedBy: GOVERNOR,
  reason: 'เหตุผลไม่เพียงพอ',
};

type Changes<Event extends AgreementEvent> = Partial<Event['data']>;

export function drafted(changes: Changes<AgreementDrafted> = {}): AgreementDrafted {
  return { type: 'AgreementDrafted', data: { ...HEADING, ...changes } };
}
export function indicatorAdded(changes: Changes<IndicatorAdded> = {}): IndicatorAdded {
  return { type: 'IndicatorAdded', data: { ...INDICATOR, ...changes } };
}
export function indicatorRevised(changes: Changes<IndicatorRevised> = {}): IndicatorRevised {
  return { type: 'IndicatorRevised', data: { ...INDICATOR, ...changes } };
}
export function indicatorRemoved(changes: Changes<IndicatorRemoved> = {}): IndicatorRemoved {
  return { type: 'IndicatorRemoved', data: { indicatorId: 'income', ...changes } };
}
export function targetSet(changes: Changes<TargetSet> = {}): TargetSet {
  return { type: 'TargetSet', data: { ...TARGET, ...changes } };
}
export function actualReported(changes: Changes<ActualReported> = {}): ActualReported {
  return { type: 'ActualReported', data: { ...ACTUAL, reportedBy: KEEPER, ...changes } };
}

/** The maker puts the terms that the past events make to the receivers. */
export function proposed(past: readonly AgreementEvent[], changes: Changes<TermsProposed> = {}): TermsProposed {
  return { type: 'TermsProposed', data: { ...frozenAfter(past), officeId: MAKER.officeId, ...changes } };
}
export function returned(past: readonly AgreementEvent[], changes: Changes<TermsReturned> = {}): TermsReturned {
  return { type: 'TermsReturned', data: { ...returnOf(past), ...changes } };
}
export function accepted(past: readonly AgreementEvent[], changes: Changes<TermsAccepted> = {}): TermsAccepted {
  return { type: 'TermsAccepted', data: { ...acceptanceOf(past), ...changes } };
}
/** What the office's side signs by a click today, on the terms that the past events make. */
export function signed(
  side: Side,
  past: readonly AgreementEvent[],
  changes: Changes<AgreementSigned> = {},
): AgreementSigned {
  const { capture: _kind, ...data } = signatureOf(side, past);
  return {
    type: 'AgreementSigned',
    data: { ...data, capture: 'click', signedOn: TODAY, signedBy: SIGNATORIES[side], ...changes },
  };
}
export function voided(...parties: readonly Party[]): SignaturesVoided {
  return { type: 'SignaturesVoided', data: { signatures: parties.map(({ side, officeId }) => ({ side, officeId })) } };
}
export function tookEffect(past: readonly AgreementEvent[]): AgreementTookEffect {
  return { type: 'AgreementTookEffect', data: { effectiveOn: TODAY, termsHash: termsHashAfter(past) } };
}

export function withdrawn(changes: Changes<AgreementWithdrawn> = {}): AgreementWithdrawn {
  return { type: 'AgreementWithdrawn', data: { ...WITHDRAWAL, ...changes } };
}
export function amendmentRequested(changes: Changes<AmendmentRequested> = {}): AmendmentRequested {
  return { type: 'AmendmentRequested', data: { ...AMENDMENT, requestedOn: TODAY, ...changes } };
}
export function amendmentApproved(changes: Changes<AmendmentApproved> = {}): AmendmentApproved {
  return { type: 'AmendmentApproved', data: { ...APPROVAL, ...changes } };
}
export function amendmentRejected(changes: Changes<AmendmentRejected> = {}): AmendmentRejected {
  return { type: 'AmendmentRejected', data: { ...REJECTION, ...changes } };
}

/** A draft that lacks nothing but to be proposed, accepted and signed. */
export const READY_DRAFT: readonly AgreementEvent[] = [drafted(), indicatorAdded(), targetSet()];
/** The terms are frozen, and every receiver has accepted them. */
export const ACCEPTED: readonly AgreementEvent[] = agreed(READY_DRAFT);
/** Signed by maker and receiver; the witness has not signed. */
export const IN_EFFECT: readonly AgreementEvent[] = inEffect(READY_DRAFT);
export const ANNOUNCED: readonly AgreementEvent[] = [drafted({ basis: 'announced', parties: [] }), indicatorAdded()];
export const MONITORED: readonly AgreementEvent[] = [
  drafted({ basis: 'monitoringOnly', parties: [] }),
  indicatorAdded(),
];

export function draftAgreement(
  changes: Partial<DraftAgreement['data']> = {},
  provenance: Provenance = NATIVE,
): DraftAgreement {
  return { type: 'DraftAgreement', data: { ...HEADING, ...changes }, provenance };
}
export function addIndicator(changes: Changes<IndicatorAdded> = {}, provenance: Provenance = NATIVE): AddIndicator {
  return { type: 'AddIndicator', data: { ...INDICATOR, ...changes }, provenance };
}
export function reviseIndicator(
  changes: Changes<IndicatorRevised> = {},
  provenance: Provenance = NATIVE,
): ReviseIndicator {
  return { type: 'ReviseIndicator', data: { ...INDICATOR, ...changes }, provenance };
}
export function removeIndicator(
  changes: Changes<IndicatorRemoved> = {},
  provenance: Provenance = NATIVE,
): RemoveIndicator {
  return { type: 'RemoveIndicator', data: { indicatorId: 'income', ...changes }, provenance };
}
export function setTarget(changes: Partial<SetTarget['data']> = {}, provenance: Provenance = NATIVE): SetTarget {
  return { type: 'SetTarget', data: { ...TARGET, span: FIRST_HALF, ...changes }, provenance };
}
export function reportActual(
  changes: Partial<ReportActual['data']> = {},
  provenance: Provenance = NATIVE,
): ReportActual {
  const data = { ...ACTUAL, span: FIRST_HALF, ...changes };
  return { type: 'ReportActual', data, provenance, decidedOn: TODAY, actorId: KEEPER };
}
export function proposeTerms(changes: Partial<ProposeTerms['data']> = {}): ProposeTerms {
  return { type: 'ProposeTerms', data: { officeId: MAKER.officeId, ...changes } };
}
export function returnTerms(past: readonly AgreementEvent[], changes: Partial<ReturnTerms['data']> = {}): ReturnTerms {
  return { type: 'ReturnTerms', data: { ...returnOf(past), ...changes } };
}
export function acceptTerms(past: readonly AgreementEvent[], changes: Partial<AcceptTerms['data']> = {}): AcceptTerms {
  return { type: 'AcceptTerms', data: { ...acceptanceOf(past), ...changes } };
}
/** A click for the office of a side, on the terms that the past events make. */
export function sign(
  side: Side,
  past: readonly AgreementEvent[],
  changes: Partial<SignAgreement['data']> = {},
): SignAgreement {
  const data = { ...signatureOf(side, past), ...changes };
  return { type: 'SignAgreement', data, decidedOn: TODAY, actorId: SIGNATORIES[side] };
}
export function withdrawAgreement(changes: Partial<WithdrawAgreement['data']> = {}): WithdrawAgreement {
  return { type: 'WithdrawAgreement', data: { ...WITHDRAWAL, ...changes } };
}
export function requestAmendment(
  changes: Partial<RequestAmendment['data']> = {},
  calendar: Pick<RequestAmendment, 'cutOffOn' | 'rounds'> = {},
): RequestAmendment {
  return { type: 'RequestAmendment', data: { ...AMENDMENT, ...changes }, decidedOn: TODAY, ...calendar };
}
export function approveAmendment(changes: Partial<ApproveAmendment['data']> = {}): ApproveAmendment {
  return { type: 'ApproveAmendment', data: { ...APPROVAL, ...changes } };
}
export function rejectAmendment(changes: Partial<RejectAmendment['data']> = {}): RejectAmendment {
  return { type: 'RejectAmendment', data: { ...REJECTION, ...changes } };
}

/** Proposed by the maker and accepted by every receiver. */
export function agreed(past: readonly AgreementEvent[]): readonly AgreementEvent[] {
  const state = stateAfter(past);
  const parties = state.status === 'notDrafted' ? [] : state.parties;
  const receivers = parties.filter(({ side }) => side === 'receiver');
  return [...past, proposed(past), ...receivers.map(({ officeId }) => accepted(past, { officeId }))];
}
/** Agreed, and signed by the maker and the receiver of the examples. */
export function inEffect(past: readonly AgreementEvent[]): readonly AgreementEvent[] {
  return [...agreed(past), signed('maker', past), signed('receiver', past), tookEffect(past)];
}

export function stateAfter(past: readonly AgreementEvent[]): AgreementState {
  return past.reduce((state, event) => agreementDecider.evolve(state, event), agreementDecider.initialState);
}

/** The hash of the terms as they stand; `notStated` where no draft has any. */
export function termsHashAfter(past: readonly AgreementEvent[]): string {
  return frozenAfter(past).termsHash;
}

/** What a proposal freezes, or has frozen. */
function frozenAfter(past: readonly AgreementEvent[]): Pick<TermsProposed['data'], 'termsRevision' | 'termsHash'> {
  const state = stateAfter(past);
  if (state.status === 'inEffect') return { termsRevision: state.termsRevision ?? 0, termsHash: state.termsHash };
  if (state.status !== 'draft') return { termsRevision: 0, termsHash: NOT_STATED };
  const { negotiation, revision } = state;
  return {
    termsRevision: negotiation.stage === 'proposed' ? negotiation.termsRevision : revision,
    termsHash: termsHashOf(state),
  };
}

function returnOf(past: readonly AgreementEvent[]): TermsReturned['data'] {
  const comments = [{ comment: 'ขอให้ทบทวนค่าเป้าหมาย' }];
  return { termsHash: termsHashAfter(past), officeId: RECEIVER.officeId, comments };
}

function acceptanceOf(past: readonly AgreementEvent[]): TermsAccepted['data'] {
  return { termsHash: termsHashAfter(past), officeId: RECEIVER.officeId };
}

function signatureOf(side: Side, past: readonly AgreementEvent[]): SignAgreement['data'] {
  const { officeId } = { maker: MAKER, receiver: RECEIVER, witness: WITNESS }[side];
  const signatory = { signatoryName: 'สมมุติ ตัวอย่าง', position: 'หัวหน้าส่วนราชการ', capacity: 'holder' } as const;
  return { side, officeId, ...signatory, capture: { kind: 'click' }, ...frozenAfter(past) };
}
