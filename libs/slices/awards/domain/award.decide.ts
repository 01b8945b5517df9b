import { NOT_STATED, type NotStated, type Provenance, type Rejection } from '@khamrap/kernel';
import type { AnnounceAwards, AwardCommand, GrantAward } from './award.commands';
import type { AwardEvent, AwardGranted, AwardsAnnounced } from './award.events';
import { refuse } from './award.refusals';
import type { AwardState } from './award.state';

// The years that the kernel can date. A year of the Common Era given by mistake, such as 2022, lies far outside.
const YEAR_MIN = 2344;
const YEAR_MAX = 2642;

/** Every command of the stream, and the one function that judges it. */
export function decide(command: AwardCommand, state: AwardState): readonly AwardEvent[] | Rejection {
  if (state.status === 'granted') return refuse('award.alreadyGranted');
  if (state.status === 'announced') return refuse('award.alreadyAnnounced');
  switch (command.type) {
    case 'GrantAward':
      return grantAward(command);
    case 'AnnounceAwards':
      return announceAwards(command);
  }
}

function grantAward({ data, provenance }: GrantAward): readonly AwardGranted[] | Rejection {
  const refusal =
    refusalOfGrantors(data.grantors) ??
    refusalOfRecipients(data) ??
    refusalOfYear(data.awardYear, '/awardYear') ??
    refusalOfYear(data.fiscalYear, '/fiscalYear') ??
    refusalOfRank(data.rank) ??
    refusalOfForms(data.forms) ??
    refusalOfSilence(provenance, data);
  return refusal ?? [{ type: 'AwardGranted', data: { ...data, awardYear: String(data.awardYear) } }];
}

function announceAwards({ data, provenance }: AnnounceAwards): readonly AwardsAnnounced[] | Rejection {
  const refusal =
    refusalOfGrantors(data.grantors) ??
    refusalOfCount(data.statedCount) ??
    refusalOfYear(data.awardYear, '/awardYear') ??
    refusalOfUnnamed(provenance);
  if (refusal) return refusal;
  return [{ type: 'AwardsAnnounced', data: { ...data, recipients: NOT_STATED, awardYear: String(data.awardYear) } }];
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

function refusalOfRecipients({
  recipients,
  grantors,
}: Pick<GrantAward['data'], 'recipients' | 'grantors'>): Rejection | undefined {
  if (recipients.length === 0) return refuse('award.recipientMissing', {}, '/recipients');
  const repeated = indexOfRepeated(recipients);
  if (repeated >= 0) return refuse('award.recipientRepeated', {}, `/recipients/${repeated}`);
  const ownGrantor = recipients.findIndex((recipient) => grantors.some((grantor) => isSame(grantor, recipient)));
  return ownGrantor < 0 ? undefined : refuse('award.grantorIsRecipient', {}, `/recipients/${ownGrantor}`);
}

function refusalOfCount(statedCount: number): Rejection | undefined {
  return statedCount < 1 ? refuse('award.countNotPositive', { statedCount }, '/statedCount') : undefined;
}

function refusalOfYear(year: number | NotStated | undefined, pointer: string): Rejection | undefined {
  if (year === undefined || year === NOT_STATED || (year >= YEAR_MIN && year <= YEAR_MAX)) return undefined;
  return refuse('award.yearOutOfRange', { year }, pointer);
}

function refusalOfRank(ranked: GrantAward['data']['rank']): Rejection | undefined {
  return ranked && ranked.rank < 1 ? refuse('award.rankNotPositive', { rank: ranked.rank }, '/rank/rank') : undefined;
}

function refusalOfForms(forms: GrantAward['data']['forms']): Rejection | undefined {
  const isOpen = forms.includes(NOT_STATED);
  const isSound = forms.length > 0 && new Set(forms).size === forms.length && (!isOpen || forms.length === 1);
  return isSound ? undefined : refuse('award.formContradicted', { forms }, '/forms');
}

/** Whoever records an own award knows its year and its form; only a document can be silent about them. */
function refusalOfSilence({ kind }: Provenance, { awardYear, forms }: GrantAward['data']): Rejection | undefined {
  if (kind === 'transcribed') return undefined;
  if (awardYear === NOT_STATED) return refuse('award.sourceNeeded', {}, '/awardYear');
  return forms.includes(NOT_STATED) ? refuse('award.sourceNeeded', {}, '/forms') : undefined;
}

/** A count without names is what a document says, never what a grantor does. */
function refusalOfUnnamed({ kind }: Provenance): Rejection | undefined {
  return kind === 'native' ? refuse('award.sourceNeeded') : undefined;
}
