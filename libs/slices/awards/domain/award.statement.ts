import {
  isFiscalYear,
  isProvince,
  NOT_STATED,
  parseSpanKey,
  type IsoDate,
  type NotStated,
  type Provenance,
  type Rejection,
} from '@khamrap/kernel';
import type { FactsOfOthers, StatementToRecord } from './award.commands';
import type { AwardGranted, BasisAgreement } from './award.events';
import { refuse } from './award.refusals';

type Granted = Extract<StatementToRecord, { kind: 'granted' }>['data'];
type Announced = Extract<StatementToRecord, { kind: 'announced' }>['data'];

/** Where a statement comes from, and what is known of that which it names. */
interface Told {
  readonly provenance: Provenance;
  readonly facts?: FactsOfOthers;
}

/** Why a statement cannot stand by itself, whether it is the first or a correction; pointers begin at its fields. */
export function refusalOfStatement(statement: StatementToRecord, told: Told): Rejection | undefined {
  switch (statement.kind) {
    case 'granted':
      return refusalOfGranted(statement.data, told);
    case 'announced':
      return refusalOfAnnounced(statement.data, told);
  }
}

function refusalOfGranted(data: Granted, { provenance, facts = {} }: Told): Rejection | undefined {
  return (
    refusalOfGrantors(data.grantors) ??
    refusalOfRecipients(data) ??
    refusalOfProvinces(data) ??
    refusalOfYear(data.awardYear, '/awardYear') ??
    refusalOfYear(data.fiscalYear, '/fiscalYear') ??
    refusalOfRank(data.rank) ??
    refusalOfOneOf(data.oneOf) ??
    refusalOfForms(data.forms) ??
    refusalOfValidity(data.announcedOn, data.validUntil) ??
    refusalOfTotal(data.statedTotal) ??
    refusalOfSilence(provenance, data) ??
    refusalOfPartOf(data.partOf, facts) ??
    refusalOfBasis(data.basisAgreement, facts)
  );
}

function refusalOfAnnounced(data: Announced, { provenance }: Told): Rejection | undefined {
  return (
    refusalOfGrantors(data.grantors) ??
    refusalOfCount(data.statedCount) ??
    refusalOfProvince(data.province, '/province') ??
    refusalOfYear(data.awardYear, '/awardYear') ??
    refusalOfYear(data.fiscalYear, '/fiscalYear') ??
    refusalOfTotal(data.statedTotal) ??
    refusalOfUnnamed(provenance)
  );
}

/** A body is the same by its office where both have one, by its name otherwise. */
interface Body {
  readonly name: string;
  readonly officeId?: string | undefined;
}

function isSame(one: Body, other: Body): boolean {
  if (one.officeId !== undefined && other.officeId !== undefined) return one.officeId === other.officeId;
  return one.name === other.name;
}

function indexOfRepeated(bodies: readonly Body[]): number {
  return bodies.findIndex((body, index) => bodies.slice(0, index).some((earlier) => isSame(earlier, body)));
}

function refusalOfGrantors(grantors: readonly Body[]): Rejection | undefined {
  if (grantors.length === 0) return refuse('award.grantorMissing', {}, '/grantors');
  const repeated = indexOfRepeated(grantors);
  return repeated < 0 ? undefined : refuse('award.grantorRepeated', {}, `/grantors/${repeated}`);
}

function refusalOfRecipients({ recipients, grantors }: Granted): Rejection | undefined {
  if (recipients.length === 0) return refuse('award.recipientMissing', {}, '/recipients');
  const repeated = indexOfRepeated(recipients);
  if (repeated >= 0) return refuse('award.recipientRepeated', {}, `/recipients/${repeated}`);
  const ownGrantor = recipients.findIndex((recipient) => grantors.some((grantor) => isSame(grantor, recipient)));
  return ownGrantor < 0 ? undefined : refuse('award.grantorIsRecipient', {}, `/recipients/${ownGrantor}`);
}

function refusalOfProvinces({ recipients }: Granted): Rejection | undefined {
  const unknown = recipients.findIndex(({ province }) => province !== undefined && !isProvince(province));
  return refusalOfProvince(recipients[unknown]?.province, `/recipients/${unknown}/province`);
}

function refusalOfProvince(province: string | undefined, pointer: string): Rejection | undefined {
  return province === undefined || isProvince(province)
    ? undefined
    : refuse('award.provinceUnknown', { province }, pointer);
}

function refusalOfCount(statedCount: number, pointer = '/statedCount'): Rejection | undefined {
  return statedCount < 1 ? refuse('award.countNotPositive', { statedCount }, pointer) : undefined;
}

function refusalOfTotal(total: Granted['statedTotal']): Rejection | undefined {
  return total && refusalOfCount(total.count, '/statedTotal/count');
}

function refusalOfYear(year: number | NotStated | undefined, pointer: string): Rejection | undefined {
  if (year === undefined || year === NOT_STATED || isFiscalYear(year)) return undefined;
  return refuse('award.yearOutOfRange', { year }, pointer);
}

function refusalOfRank(ranked: Granted['rank']): Rejection | undefined {
  return ranked && ranked.rank < 1 ? refuse('award.rankNotPositive', { rank: ranked.rank }, '/rank/rank') : undefined;
}

function refusalOfOneOf(oneOf: AwardGranted['data']['oneOf']): Rejection | undefined {
  if (!oneOf) return undefined;
  const { rank, of } = oneOf;
  if (rank !== undefined && rank < 1) return refuse('award.rankNotPositive', { rank }, '/oneOf/rank');
  return of < 1 || (rank ?? 1) > of
    ? refuse('award.oneOfTooFew', { of, ...(rank !== undefined && { rank }) }, '/oneOf/of')
    : undefined;
}

function refusalOfForms(forms: Granted['forms']): Rejection | undefined {
  const isOpen = forms.includes(NOT_STATED);
  const isSound = forms.length > 0 && new Set(forms).size === forms.length && (!isOpen || forms.length === 1);
  return isSound ? undefined : refuse('award.formContradicted', { forms }, '/forms');
}

function refusalOfValidity(announcedOn: IsoDate | undefined, validUntil: IsoDate | undefined): Rejection | undefined {
  if (announcedOn === undefined || validUntil === undefined || validUntil >= announcedOn) return undefined;
  return refuse('award.validityReversed', { announcedOn, validUntil }, '/validUntil');
}

/** Whoever records an own award knows its year and its form; only a document can be silent about them. */
function refusalOfSilence({ kind }: Provenance, { awardYear, forms }: Granted): Rejection | undefined {
  if (kind === 'transcribed') return undefined;
  if (awardYear === NOT_STATED) return refuse('award.sourceNeeded', {}, '/awardYear');
  return forms.includes(NOT_STATED) ? refuse('award.sourceNeeded', {}, '/forms') : undefined;
}

/** A count without names is what a document says, never what a grantor does. */
function refusalOfUnnamed({ kind }: Provenance): Rejection | undefined {
  return kind === 'native' ? refuse('award.sourceNeeded') : undefined;
}

function refusalOfPartOf(partOf: string | undefined, { isAnnounced }: FactsOfOthers): Rejection | undefined {
  if (partOf === undefined || isAnnounced === true) return undefined;
  return refuse('award.announcementUnknown', { partOf }, '/partOf');
}

/** A version is one of something: of the closing of a round, or of a figure. */
function refusalOfBasis(basis: BasisAgreement | undefined, { isAgreementKnown }: FactsOfOthers): Rejection | undefined {
  if (!basis) return undefined;
  const { agreementId, round, closureRevision, figure, eventId } = basis;
  if (closureRevision !== undefined && (round === undefined || closureRevision < 1))
    return refuse('award.basisIncomplete', {}, '/basisAgreement/closureRevision');
  if (eventId !== undefined && round === undefined && figure === undefined)
    return refuse('award.basisIncomplete', {}, '/basisAgreement/eventId');
  if (figure && parseSpanKey(figure.span) === undefined)
    return refuse('award.basisIncomplete', {}, '/basisAgreement/figure/span');
  return isAgreementKnown === true
    ? undefined
    : refuse('award.agreementUnknown', { agreementId }, '/basisAgreement/agreementId');
}
