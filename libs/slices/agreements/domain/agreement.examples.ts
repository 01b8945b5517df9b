import { isoDate, NATIVE, NOT_STATED, type Provenance, type Span } from '@khamrap/kernel';
import type { AddIndicator, DraftAgreement, ReportActual, SetTarget, SignAgreement } from './agreement.commands';
import { agreementDecider } from './agreement.decider';
import type {
  ActualReported,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  IndicatorAdded,
  Side,
  TargetSet,
} from './agreement.events';
import type { AgreementState } from './agreement.state';
import { termsHashOf } from './agreement.terms';

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
  value: '1250000.50',
  unit: 'baht',
  finality: 'provisional',
  evidence: [],
};

type Changes<Event extends AgreementEvent> = Partial<Event['data']>;

export function drafted(changes: Changes<AgreementDrafted> = {}): AgreementDrafted {
  return { type: 'AgreementDrafted', data: { ...HEADING, ...changes } };
}
export function indicatorAdded(changes: Changes<IndicatorAdded> = {}): IndicatorAdded {
  return { type: 'IndicatorAdded', data: { ...INDICATOR, ...changes } };
}
export function targetSet(changes: Changes<TargetSet> = {}): TargetSet {
  return { type: 'TargetSet', data: { ...TARGET, ...changes } };
}
export function actualReported(changes: Changes<ActualReported> = {}): ActualReported {
  return { type: 'ActualReported', data: { ...ACTUAL, ...changes } };
}

/** What the office's side signs by a click today, on the terms that the past events make. */
export function signed(
  side: Side,
  past: readonly AgreementEvent[],
  changes: Changes<AgreementSigned> = {},
): AgreementSigned {
  const { capture: _kind, ...data } = signatureOf(side, termsHashAfter(past));
  return { type: 'AgreementSigned', data: { ...data, capture: 'click', signedOn: TODAY, ...changes } };
}
export function tookEffect(past: readonly AgreementEvent[]): AgreementTookEffect {
  return { type: 'AgreementTookEffect', data: { effectiveOn: TODAY, termsHash: termsHashAfter(past) } };
}

/** A draft that lacks nothing but its signatures. */
export const READY_DRAFT: readonly AgreementEvent[] = [drafted(), indicatorAdded(), targetSet()];
/** Signed by maker and receiver; the witness has not signed. */
export const IN_EFFECT: readonly AgreementEvent[] = [
  ...READY_DRAFT,
  signed('maker', READY_DRAFT),
  signed('receiver', READY_DRAFT),
  tookEffect(READY_DRAFT),
];
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
export function setTarget(changes: Partial<SetTarget['data']> = {}, provenance: Provenance = NATIVE): SetTarget {
  return { type: 'SetTarget', data: { ...TARGET, span: FIRST_HALF, ...changes }, provenance };
}
export function reportActual(
  changes: Partial<ReportActual['data']> = {},
  provenance: Provenance = NATIVE,
): ReportActual {
  return { type: 'ReportActual', data: { ...ACTUAL, span: FIRST_HALF, ...changes }, provenance, decidedOn: TODAY };
}
/** A click for the office of a side, on the terms that the past events make. */
export function sign(
  side: Side,
  past: readonly AgreementEvent[],
  changes: Partial<SignAgreement['data']> = {},
): SignAgreement {
  return { type: 'SignAgreement', data: { ...signatureOf(side, termsHashAfter(past)), ...changes }, decidedOn: TODAY };
}

export function stateAfter(past: readonly AgreementEvent[]): AgreementState {
  return past.reduce((state, event) => agreementDecider.evolve(state, event), agreementDecider.initialState);
}

/** The hash of the terms as they stand; `notStated` where no draft has any. */
export function termsHashAfter(past: readonly AgreementEvent[]): string {
  const state = stateAfter(past);
  if (state.status === 'inEffect') return state.termsHash;
  return state.status === 'draft' ? termsHashOf(state) : NOT_STATED;
}

function signatureOf(side: Side, termsHash: string): SignAgreement['data'] {
  const { officeId } = { maker: MAKER, receiver: RECEIVER, witness: WITNESS }[side];
  const signatory = { signatoryName: 'สมมุติ ตัวอย่าง', position: 'หัวหน้าส่วนราชการ', capacity: 'holder' } as const;
  return { side, officeId, ...signatory, capture: { kind: 'click' }, termsHash };
}
