import { NOT_STATED, spanKey, type IsoDate, type Provenance } from '@khamrap/kernel';
import type { AgreementCommand, RequestAmendment } from '../agreement.commands';
import { STEPS, type CertificationStep } from '../agreement.events';
import type { AgreementModel, Figure, Status } from './agreement.model';

// The rules told once more, for specs, of statements that are sound in themselves. What the decider answers is held against
// them.

type CommandType = AgreementCommand['type'];
type CommandOf<Type extends CommandType> = Extract<AgreementCommand, { readonly type: Type }>;

const RUNNING: readonly Status[] = ['announced', 'monitored', 'inEffect'];
const JUDGED: readonly Status[] = ['inEffect', 'closed'];

/** Whether a command is to be accepted. */
export function isAcceptable(model: AgreementModel, command: AgreementCommand, today: IsoDate): boolean {
  const verdict = VERDICTS[command.type] as (
    model: AgreementModel,
    command: AgreementCommand,
    today: IsoDate,
  ) => boolean;
  return verdict(model, command, today);
}

const VERDICTS: {
  readonly [Type in CommandType]: (model: AgreementModel, command: CommandOf<Type>, today: IsoDate) => boolean;
} = {
  DraftAgreement: ({ told }, { data, provenance }) =>
    (told.status === 'none' || told.status === 'withdrawn') &&
    (data.basis !== 'announced' || provenance.kind === 'transcribed'),
  AddIndicator: (model, { data, provenance }) =>
    takesTerms(model, provenance) && !model.told.indicators.has(data.indicatorId),
  ReviseIndicator: (model, { data, provenance }) =>
    takesTermsAnew(model, provenance) && model.told.indicators.has(data.indicatorId),
  RemoveIndicator: (model, { data, provenance }) =>
    takesTermsAnew(model, provenance) &&
    model.told.indicators.has(data.indicatorId) &&
    model.figuresOf(data.indicatorId).length === 0,
  SetTarget: (model, { data, provenance }) => {
    const targets = model.told.indicators.get(data.indicatorId);
    const isFree = isDraft(model) || targets?.get(spanKey(data.span)) === undefined;
    return takesTerms(model, provenance) && targets !== undefined && isFree;
  },
  ProposeTerms: ({ told }) =>
    told.status === 'open' &&
    told.indicators.size > 0 &&
    [...told.indicators.values()].every((targets) => targets.size > 0),
  ReturnTerms: ({ told }) => told.status === 'proposed',
  AcceptTerms: ({ told }) => told.status === 'proposed' && !told.isAccepted,
  SignAgreement: ({ told }, { data, actorId }) => {
    const isTime = told.status === 'inEffect' || (told.status === 'proposed' && told.isAccepted);
    const isOnOtherSide = [...told.signed].some(([party, by]) => by === actorId && !party.startsWith(data.side));
    const isFree = !told.signed.has(`${data.side} ${data.officeId}`) && !isOnOtherSide;
    return isTime && isFree && data.termsHash !== NOT_STATED;
  },
  WithdrawAgreement: (model) => isDraft(model),
  RequestAmendment: (model, command, today) =>
    !model.told.amendments.has(command.data.amendmentId) && admits(model, command, today),
  ApproveAmendment: (model, { data }) => {
    const amendment = model.told.amendments.get(data.amendmentId);
    if (!amendment?.isOpen || amendment.request.data.requestedBy === data.approvedBy) return false;
    return admits(model, amendment.request, amendment.request.data.effectiveFrom);
  },
  RejectAmendment: ({ told }, { data }) => {
    const amendment = told.amendments.get(data.amendmentId);
    const isOwn = amendment?.request.data.requestedBy === data.rejectedBy;
    return told.status === 'inEffect' && amendment !== undefined && amendment.isOpen && !isOwn;
  },
  ReportActual: (model, { data, provenance }, today) => {
    const { indicatorId, span, officeId } = data;
    const key = spanKey(span);
    const keepers = model.options.keepers.get(indicatorId);
    const isKeepers = keepers ? keepers.includes(officeId ?? '') : officeId === undefined;
    const isPast = provenance.kind === 'transcribed' || span === NOT_STATED || span.from <= today;
    const isFree = !model.figureOf({ indicatorId, span: key, officeId }) && !model.isLocked(key);
    return runs(model) && model.told.indicators.has(indicatorId) && isKeepers && isPast && isFree;
  },
  CorrectActual: (model, { data, provenance }, today) => {
    // What a document told of days to come is nothing that a keeper could know better yet.
    const isPast = provenance.kind === 'transcribed' || data.span === NOT_STATED || firstDayIn(data.span) <= today;
    return runs(model) && model.figureOf(data) !== undefined && !model.isLocked(data.span) && isPast;
  },
  CertifyActual: (model, { data }) => {
    const figure = figureToCheck(model, data);
    if (!figure || STEPS[figure.steps.length] !== data.step) return false;
    return data.step === 'keeper' || !isOwn(figure, data.certifiedBy);
  },
  ReturnActual: (model, { data }) => {
    const figure = figureToCheck(model, data);
    if (!figure || figure.isReturned || data.step === 'keeper') return false;
    return STEPS.indexOf(data.step) <= figure.steps.length && !isOwn(figure, data.returnedBy, data.step);
  },
  ExamineActual: (model, { data }) => {
    const figure = model.figureOf(data);
    return figure !== undefined && !isOwn(figure, data.examinedBy);
  },
  GrantExemption: (model, { data: { indicatorId, round, grantedBy } }) => {
    const { told } = model;
    const isFree = !told.closed.has(round) && !told.exempt.has(`${indicatorId} ${round}`);
    const isReporter = model.figuresOf(indicatorId).some(({ authors }) => authors.includes(grantedBy));
    return told.status === 'inEffect' && told.indicators.has(indicatorId) && isFree && !isReporter;
  },
  CloseEvaluationRound: (model, { data }, today) => {
    const { told, options } = model;
    const place = model.placeOf(data.round);
    const round = options.rounds[place];
    const isNext =
      !told.closed.has(data.round) && options.rounds.slice(0, place).every((one) => told.closed.has(one.round));
    return told.status === 'inEffect' && !!round && isNext && today > round.span.to && !model.waits(place);
  },
  ReopenEvaluationRound: (model, { data }) => {
    const { told, options } = model;
    const isLast = !options.rounds.slice(model.placeOf(data.round) + 1).some(({ round }) => told.closed.has(round));
    return told.status === 'inEffect' && told.closed.has(data.round) && isLast;
  },
  DetermineScore: ({ told }, { data }) => {
    const isReporter = [...told.figures.values()].some(({ authors }) => authors.includes(data.determinedBy));
    return JUDGED.includes(told.status) && data.indicatorId === undefined && !isReporter;
  },
  AnnounceResult: ({ told }, { data }) => told.closed.has(data.round) && !told.announced.has(data.round),
  FileAppeal: ({ told }, { data }) =>
    told.closed.has(data.round) &&
    ![...told.appeals.values()].some(({ round, isOpen }) => isOpen && round === data.round),
  DecideAppeal: ({ told }, { data }) => {
    const appeal = told.appeals.get(data.appealId);
    return appeal !== undefined && appeal.isOpen && appeal.by !== data.decidedBy;
  },
  CloseAgreement: ({ told, options }, _command, today) =>
    told.status === 'inEffect' &&
    options.rounds.every(({ round }) => told.closed.has(round)) &&
    [...told.amendments.values()].every(({ isOpen }) => !isOpen) &&
    today > options.period.to,
};

function isDraft({ told }: AgreementModel): boolean {
  return told.status === 'open' || told.status === 'proposed';
}

function runs({ told }: AgreementModel): boolean {
  return RUNNING.includes(told.status);
}

/** Terms are open in a draft and in what is monitored; an announced agreement says what its document says. */
function takesTerms(model: AgreementModel, { kind }: Provenance): boolean {
  const { status } = model.told;
  return isDraft(model) || status === 'monitored' || (status === 'announced' && kind === 'transcribed');
}

/** Outside a draft only a document says that terms are others than was thought. */
function takesTermsAnew(model: AgreementModel, provenance: Provenance): boolean {
  return takesTerms(model, provenance) && (isDraft(model) || provenance.kind === 'transcribed');
}

/** Terms in effect take a change of what exists, is not cancelled and was not judged yet. */
function admits(model: AgreementModel, { data }: RequestAmendment, effectiveFrom: IsoDate): boolean {
  const { told, options } = model;
  const isInPeriod = options.period.from <= effectiveFrom && effectiveFrom <= options.period.to;
  const isOpen = data.changes.every(({ indicatorId, target, fromRound }) => {
    const isThere = told.indicators.has(indicatorId) && !told.cancelledFrom.has(indicatorId);
    const isJudged = (target && model.isLocked(target.span)) || (fromRound !== undefined && told.closed.has(fromRound));
    return isThere && !isJudged;
  });
  return told.status === 'inEffect' && isInPeriod && isOpen && !model.isLocked(`${effectiveFrom}..${effectiveFrom}`);
}

function firstDayIn(key: string): string {
  return key.slice(0, '2026-10-01'.length);
}

/** A figure that can be certified or returned. */
function figureToCheck(
  model: AgreementModel,
  name: { readonly indicatorId: string; readonly span: string; readonly officeId?: string | undefined },
): Figure | undefined {
  const figure = model.figureOf(name);
  return runs(model) && figure?.isNative && !model.isLocked(name.span) ? figure : undefined;
}

/** Four eyes. */
function isOwn({ authors, steps }: Figure, person: string, ownStep?: CertificationStep): boolean {
  return authors.includes(person) || steps.some(({ step, by }) => by === person && step !== ownStep);
}
