import { isFiscalYear, isProvince, Rejection, spanOfFiscalYear, type FiscalYear, type Span } from '@khamrap/kernel';
import type { DraftAgreement } from '../agreement.commands';
import type { AgreementDrafted, IndicatorAdded, Side } from '../agreement.events';
import { evolve } from '../agreement.evolve';
import { refuse } from '../agreement.refusals';
import type { AgreementState } from '../agreement.state';
import { refusalOfReversed } from '../span.rules';
import { addIndicator } from './terms.decide';

/** What was withdrawn may be begun anew. Terms that are taken over from elsewhere follow as if they were added one by one. */
export function draftAgreement(
  command: DraftAgreement,
  state: AgreementState,
): readonly (AgreementDrafted | IndicatorAdded)[] | Rejection {
  if (state.status !== 'notDrafted' && state.status !== 'withdrawn') return refuse('agreement.alreadyDrafted');
  const { data } = command;
  const refusal =
    refusalOfYear(data.fiscalYear) ??
    refusalOfProvince(data.province) ??
    refusalOfPeriod(data) ??
    refusalOfParties(data) ??
    refusalOfParents(data) ??
    refusalOfBasis(command);
  if (refusal) return refusal;
  const period = data.period ?? spanOfFiscalYear(data.fiscalYear);
  return withIndicators({ type: 'AgreementDrafted', data: { ...data, period } }, command);
}

function withIndicators(
  drafted: AgreementDrafted,
  { indicators = [], provenance }: DraftAgreement,
): readonly (AgreementDrafted | IndicatorAdded)[] | Rejection {
  let state = evolve({ status: 'notDrafted' }, drafted);
  const added: IndicatorAdded[] = [];
  for (const data of indicators) {
    if (state.status === 'notDrafted') continue;
    const decision = addIndicator({ type: 'AddIndicator', data, provenance }, state);
    if (decision instanceof Rejection) return new Rejection(decision.code, decision.facts);
    const event: IndicatorAdded = { type: 'IndicatorAdded', data };
    state = evolve(state, event);
    added.push(event);
  }
  return [drafted, ...added];
}

function refusalOfYear(fiscalYear: FiscalYear): Rejection | undefined {
  if (isFiscalYear(fiscalYear)) return undefined;
  return refuse('agreement.fiscalYearOutOfRange', { fiscalYear }, '/fiscalYear');
}

function refusalOfProvince(province: string | undefined): Rejection | undefined {
  if (province === undefined || isProvince(province)) return undefined;
  return refuse('agreement.provinceUnknown', { province }, '/province');
}

function refusalOfPeriod({ period, fiscalYear }: DraftAgreement['data']): Rejection | undefined {
  if (!period) return undefined;
  return refusalOfReversed(period, '/period') ?? refusalOfForeignYear(period, spanOfFiscalYear(fiscalYear));
}

function refusalOfForeignYear(period: Span, year: Span): Rejection | undefined {
  if (period.from <= year.to && year.from <= period.to) return undefined;
  return refuse('agreement.periodOutsideFiscalYear', { fiscalYear: { ...year } }, '/period');
}

function refusalOfParties({ parties, basis }: DraftAgreement['data']): Rejection | undefined {
  const offices = new Set<string>();
  for (const [index, { officeId }] of parties.entries()) {
    if (offices.has(officeId)) return refuse('agreement.partyRepeated', { officeId }, `/parties/${index}`);
    offices.add(officeId);
  }
  if (basis !== 'signed') return undefined;
  const needed: readonly Side[] = ['maker', 'receiver'];
  const missing = needed.filter((side) => !parties.some((party) => party.side === side));
  return missing.length > 0 ? refuse('agreement.partyMissing', { missing }, '/parties') : undefined;
}

function refusalOfParents({ parents = [] }: DraftAgreement['data']): Rejection | undefined {
  const agreementIds = parents.map(({ agreementId }) => agreementId);
  const repeated = agreementIds.findIndex((agreementId, index) => agreementIds.indexOf(agreementId) < index);
  return repeated < 0 ? undefined : refuse('agreement.parentRepeated', {}, `/parents/${repeated}`);
}

function refusalOfBasis({ data, provenance }: DraftAgreement): Rejection | undefined {
  if (data.basis !== 'announced' || provenance.kind === 'transcribed') return undefined;
  return refuse('agreement.sourceNeeded', {}, '/basis');
}
