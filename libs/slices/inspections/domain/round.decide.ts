import {
  canonicalJson,
  isFiscalYear,
  isProvince,
  NOT_STATED,
  type IsoDate,
  type NotStated,
  type Rejection,
} from '@khamrap/kernel';
import type {
  CloseRound,
  OpenRound,
  RecordVisit,
  ReopenRound,
  ReviseRound,
  StateNoFindings,
} from './inspection.commands';
import type { InspectionRound } from './inspection.events';
import { refuse } from './inspection.refusals';
import { isSettled, type FindingStatus, type OpenedRound, type RecommendationStatus } from './inspection.state';
import type {
  FindingsCarried,
  InspectionRoundClosed,
  InspectionRoundOpened,
  InspectionRoundReopened,
  InspectionRoundRevised,
  InspectionVisitRecorded,
  NoFindingsStated,
} from './round.events';

export function openRound({ data, actor, provenance }: OpenRound): readonly InspectionRoundOpened[] | Rejection {
  return (
    refusalOfRound(data, provenance.kind === 'native') ?? [
      { type: 'InspectionRoundOpened', data: { ...data, openedBy: actor } },
    ]
  );
}

export function reviseRound(
  { data: { reason, ...round }, actor, provenance }: ReviseRound,
  state: OpenedRound,
): readonly InspectionRoundRevised[] | Rejection {
  const refusal = refusalOfRound(round, provenance.kind === 'native');
  if (refusal) return refusal;
  const inspected = inspectedProvinces(round);
  const found = [...state.findings.values()].flatMap(({ finding }) => finding.provinces);
  const missing = found.find((province) => !inspected.includes(province));
  if (missing !== undefined) return refuse('inspection.provinceHasFindings', { province: missing }, '/provinces');
  if (isSame(round, state.round)) return [];
  return [{ type: 'InspectionRoundRevised', data: { ...round, reason, revisedBy: actor } }];
}

export function recordVisit({ data, actor }: RecordVisit): readonly InspectionVisitRecorded[] | Rejection {
  const { participants, participantTotal, presidedBy } = data;
  const refusal = refusalOfDays(data.days) ?? refusalOfPlaces(data.places);
  if (refusal) return refusal;
  const counted = participants.reduce((sum, { count = 0 }) => sum + count, 0);
  if (participantTotal !== undefined && counted > participantTotal)
    return refuse('visit.participantsExceedTotal', { counted, participantTotal }, '/participantTotal');
  if (presidedBy?.capacity === 'holder' && presidedBy.onBehalfOf)
    return refuse('visit.holderOnBehalf', {}, '/presidedBy/onBehalfOf');
  return [{ type: 'InspectionVisitRecorded', data: { ...data, recordedBy: actor } }];
}

/** Nothing was found only where an inspector says so; said twice it is said once. */
export function stateNoFindings(
  { data, actor }: StateNoFindings,
  state: OpenedRound,
): readonly NoFindingsStated[] | Rejection {
  const standing = [...state.findings.values()].filter(({ status }) => status !== 'withdrawn').length;
  if (standing > 0) return refuse('inspection.hasFindings', { findings: standing });
  if (state.isStatedWithoutFindings) return [];
  return [{ type: 'NoFindingsStated', data: { ...data, statedBy: actor } }];
}

/** What is not settled is carried beyond the closing: a round ends with its report, its follow-up does not. */
export function closeRound(
  { data, actor, decidedOn }: CloseRound,
  { findings, recommendations, closings, isStatedWithoutFindings }: OpenedRound,
): readonly (InspectionRoundClosed | FindingsCarried)[] | Rejection {
  const hasFindings = [...findings.values()].some(({ status }) => status !== 'withdrawn');
  if (!hasFindings && !isStatedWithoutFindings) return refuse('inspection.findingsNotStated');
  const closing = closings + 1;
  const carried = { findingIds: idsOf(findings, isOpen), recommendationIds: idsOf(recommendations, isOpen) };
  const isAnythingCarried = carried.findingIds.length + carried.recommendationIds.length > 0;
  return [
    {
      type: 'InspectionRoundClosed',
      data: {
        ...data,
        closing,
        closedBy: actor,
        closedOn: decidedOn,
        resolved: idsOf(findings, (status) => status === 'resolved'),
        fulfilled: idsOf(recommendations, (status) => status === 'fulfilled'),
      },
    },
    ...(isAnythingCarried ? [{ type: 'FindingsCarried', data: { closing, ...carried } } as const] : []),
  ];
}

function isOpen(status: FindingStatus | RecommendationStatus): boolean {
  return !isSettled(status);
}

function idsOf<Status>(
  known: ReadonlyMap<string, { readonly status: Status }>,
  isMeant: (status: Status) => boolean,
): readonly string[] {
  return [...known].filter(([, { status }]) => isMeant(status)).map(([id]) => id);
}

export function reopenRound(
  { data, actor }: ReopenRound,
  { status, closings }: OpenedRound,
): readonly InspectionRoundReopened[] | Rejection {
  if (status === 'open') return refuse('inspection.notClosed');
  return [{ type: 'InspectionRoundReopened', data: { ...data, closing: closings, reopenedBy: actor } }];
}

/** The provinces that a round inspects, of all that its zone held. */
export function inspectedProvinces({ provinces }: InspectionRound): readonly string[] {
  return provinces.filter(({ isInspected }) => isInspected).map(({ province }) => province);
}

/** Whoever speaks for themselves says what a document may leave open. */
function refusalOfRound(round: InspectionRound, isNative: boolean): Rejection | undefined {
  const { fiscalYear, provinces, inspectors, days } = round;
  if (fiscalYear !== undefined && !isFiscalYear(fiscalYear))
    return refuse('inspection.fiscalYearOutOfRange', { fiscalYear }, '/fiscalYear');
  const refusal = refusalOfDays(days) ?? refusalOfPlaces(round.places) ?? refusalOfProvinces(provinces);
  if (refusal || !isNative) return refusal;
  if (fiscalYear === undefined) return refuse('inspection.notStated', {}, '/fiscalYear');
  if (days.from === NOT_STATED) return refuse('inspection.notStated', {}, '/days/from');
  if (inspectors.length === 0) return refuse('inspection.notStated', {}, '/inspectors');
  return provinces.some(({ isInspected }) => isInspected)
    ? undefined
    : refuse('inspection.notStated', {}, '/inspectedProvinces');
}

function refusalOfProvinces(provinces: InspectionRound['provinces']): Rejection | undefined {
  for (const [index, { province }] of provinces.entries()) {
    if (!isProvince(province)) return refuse('inspection.provinceUnknown', { province }, `/provinces/${index}`);
    if (provinces.slice(0, index).some((before) => before.province === province))
      return refuse('inspection.provinceRepeated', { province }, `/provinces/${index}`);
  }
  return undefined;
}

function refusalOfPlaces(places: InspectionRound['places']): Rejection | undefined {
  const unknown = places.findIndex(({ province }) => province !== undefined && !isProvince(province));
  return unknown < 0 ? undefined : refuse('inspection.provinceUnknown', {}, `/places/${unknown}/province`);
}

function refusalOfDays({
  from,
  to,
}: {
  readonly from: IsoDate | NotStated;
  readonly to: IsoDate | NotStated;
}): Rejection | undefined {
  const isReversed = from !== NOT_STATED && to !== NOT_STATED && to < from;
  return isReversed ? refuse('inspection.daysReversed', {}, '/days/to') : undefined;
}

function isSame(one: InspectionRound, other: InspectionRound): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
