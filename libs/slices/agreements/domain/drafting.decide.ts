import { spanOfFiscalYear, type FiscalYear, type Rejection, type Span } from '@khamrap/kernel';
import type { DraftAgreement } from './agreement.commands';
import type { AgreementDrafted, Side } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { AgreementState } from './agreement.state';
import { refusalOfReversed } from './span.rules';

// The years whose every day the kernel can date, 1 October 1800 to 30 September 2099 of the Common Era. A year of the
// Common Era given by mistake, such as 2022, lies far outside.
const FISCAL_YEAR_MIN = 2344;
const FISCAL_YEAR_MAX = 2642;

export function draftAgreement(
  command: DraftAgreement,
  state: AgreementState,
): readonly AgreementDrafted[] | Rejection {
  if (state.status !== 'notDrafted') return refuse('agreement.alreadyDrafted');
  const { data } = command;
  const refusal =
    refusalOfYear(data.fiscalYear) ?? refusalOfPeriod(data) ?? refusalOfParties(data) ?? refusalOfBasis(command);
  if (refusal) return refusal;
  return [{ type: 'AgreementDrafted', data: { ...data, period: data.period ?? spanOfFiscalYear(data.fiscalYear) } }];
}

function refusalOfYear(fiscalYear: FiscalYear): Rejection | undefined {
  if (fiscalYear >= FISCAL_YEAR_MIN && fiscalYear <= FISCAL_YEAR_MAX) return undefined;
  return refuse('agreement.fiscalYearOutOfRange', { fiscalYear }, '/fiscalYear');
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

function refusalOfBasis({ data, provenance }: DraftAgreement): Rejection | undefined {
  if (data.basis !== 'announced' || provenance.kind === 'transcribed') return undefined;
  return refuse('agreement.sourceNeeded', {}, '/basis');
}
