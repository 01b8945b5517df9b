import {
  AnnounceResult,
  CertifyActual,
  CloseAgreement,
  CloseEvaluationRound,
  CorrectActual,
  ReopenEvaluationRound,
  ReportActual,
  ReturnActual,
} from '@khamrap/agreements';
import { spanKey, type IsoDate } from '@khamrap/kernel';
import type { CommandOutcome } from '@khamrap/platform/http';
import type { AgreementStory } from './agreement-story';
import { daysAfter, type GeneratedRound } from './calendar';
import { actualFor } from './figures';
import type { IndicatorKind } from './indicator-kinds';

// How often things go otherwise than they should, without being anomalies: everyday life of an honest office.
const NOT_REPORTED_SHARE = 0.01;
const NOT_AVAILABLE_SHARE = 0.005;
const CORRECTED_SHARE = 0.02;
const RETURNED_SHARE = 0.015;

const OUTLIER_FACTOR = 12;
const CORRECTIONS_AGAIN = 4;
const LATE_DAYS_MAX = 12;

/** Notes a round from the first report to its closing, and what follows the last one. */
export function noteRound(story: AgreementStory, round: GeneratedRound): void {
  const { chance } = story.telling;
  const { indicators } = story.agreement;
  const isLast = round === story.rounds.at(-1);
  // What is planted happens to one indicator, in the second round.
  const struck = story.anomaly && round.round === '9m' ? chance.pick(indicators, ...story.words('struck')) : undefined;
  const usualOn = daysAfter(round.reportDueOn, -chance.integer(1, 13, ...story.words(round.round, 'reports')));
  const late = daysAfter(round.reportDueOn, chance.integer(1, LATE_DAYS_MAX, ...story.words('late')));
  const isReported = (kind: IndicatorKind): boolean =>
    kind === struck || !chance.happens(NOT_REPORTED_SHARE, ...story.words(kind.code, round.round, 'silent'));
  const reported = indicators.filter(isReported);
  const isLate = story.anomaly === 'reportedLate' && struck !== undefined;
  const punctual = isLate ? reported.filter((kind) => kind !== struck) : reported;
  const checkedOn = daysAfter(round.reportDueOn, LATE_DAYS_MAX + 3);

  story.note(usualOn, async (on) => {
    await report(story, round, punctual, on);
  });
  if (isLate) {
    story.note(late, async (on) => {
      const about = { indicatorId: story.indicatorIdOf(struck), round: round.round };
      story.plant('reportedLate', await report(story, round, [struck], on), about);
    });
  }
  if (struck) noteStruck(story, round, struck);
  story.note(daysAfter(usualOn, 1), (on) => reconsider(story, round, reported, on));
  story.note(checkedOn, (on) => certify(story, round, reported, 'supervisor', on));
  story.note(daysAfter(checkedOn, 5), (on) => certify(story, round, reported, 'performanceUnit', on));
  story.note(round.closedOn, async (on) => {
    await close(story, round, on, 'closes');
  });
  if (story.anomaly === 'correctedAfterRoundWasClosed' && struck)
    story.note(daysAfter(round.closedOn, 6), (on) => correctAfterClosing(story, round, struck, on));
  if (isLast) story.note(daysAfter(round.closedOn, 20), (on) => end(story, round, on));
}

async function report(
  story: AgreementStory,
  round: GeneratedRound,
  kinds: readonly IndicatorKind[],
  on: IsoDate,
): Promise<CommandOutcome[]> {
  const { teller } = story.telling;
  return Promise.all(
    kinds.map((kind) =>
      teller.tell(
        story.says(story.persons.keeper, on, `reports ${kind.code} ${round.round}`),
        ReportActual,
        story.of(kind),
        {
          span: round.span,
          unit: kind.unit,
          finality: 'provisional',
          asOf: round.span.to,
          ...figureOf(story, round, kind),
        },
      ),
    ),
  );
}

function figureOf(story: AgreementStory, round: GeneratedRound, kind: IndicatorKind) {
  const { chance } = story.telling;
  if (chance.happens(NOT_AVAILABLE_SHARE, ...story.words(kind.code, round.round, 'not available')))
    return { kind: 'notAvailable' as const, notAvailableReason: 'ระบบต้นทางยังไม่เผยแพร่ข้อมูล' };
  return { kind: 'value' as const, value: actualFor(chance, story.agreement, kind, round) };
}

/** The keeper sees a slip of their own, or the supervisor gives a figure back; both end in a correction. */
async function reconsider(
  story: AgreementStory,
  round: GeneratedRound,
  kinds: readonly IndicatorKind[],
  on: IsoDate,
): Promise<void> {
  const { chance, teller } = story.telling;
  for (const kind of kinds) {
    const isReturned = chance.happens(RETURNED_SHARE, ...story.words(kind.code, round.round, 'given back'));
    const isSlip = chance.happens(CORRECTED_SHARE, ...story.words(kind.code, round.round, 'slip'));
    // What is struck has a story of its own.
    if (story.anomaly !== undefined || (!isReturned && !isSlip)) continue;
    if (isReturned) {
      await teller.tell(
        story.says(story.persons.supervisor, on, `gives back ${kind.code} ${round.round}`),
        ReturnActual,
        periodOf(story, round, kind),
        { step: 'supervisor', comment: 'ขอให้ตรวจสอบตัวเลขกับบัญชีอีกครั้ง' },
      );
    }
    await correct(story, round, kind, on, { correction: 1 });
  }
}

interface Correction {
  readonly correction: number;
  readonly factor?: number;
}

async function correct(
  story: AgreementStory,
  round: GeneratedRound,
  kind: IndicatorKind,
  on: IsoDate,
  { correction, factor = 1 }: Correction,
): Promise<CommandOutcome> {
  const { chance, teller } = story.telling;
  const value = actualFor(chance, story.agreement, kind, round, correction);
  return teller.tell(
    story.says(story.persons.keeper, on, `corrects ${kind.code} ${round.round} ${correction}`),
    CorrectActual,
    periodOf(story, round, kind),
    {
      kind: 'value',
      value: factor === 1 ? value : String(Math.round(Number(value) * factor)),
      unit: kind.unit,
      finality: 'provisional',
      reason: 'แก้ไขตามหลักฐานที่ตรวจสอบแล้ว',
    },
  );
}

async function certify(
  story: AgreementStory,
  round: GeneratedRound,
  kinds: readonly IndicatorKind[],
  step: 'supervisor' | 'performanceUnit',
  on: IsoDate,
  time = 'first',
): Promise<void> {
  const { teller } = story.telling;
  await Promise.all(
    kinds.map((kind) =>
      teller.tell(
        story.says(story.persons[step], on, `certifies ${kind.code} ${round.round} ${time}`),
        CertifyActual,
        periodOf(story, round, kind),
        { step },
      ),
    ),
  );
}

async function close(
  story: AgreementStory,
  { round }: GeneratedRound,
  on: IsoDate,
  what: string,
): Promise<CommandOutcome> {
  const by = story.says(story.persons.performanceUnit, on, `${what} ${round}`);
  return story.telling.teller.tell(by, CloseEvaluationRound, { ...story.target, round }, undefined);
}

function noteStruck(story: AgreementStory, round: GeneratedRound, kind: IndicatorKind): void {
  const about = { indicatorId: story.indicatorIdOf(kind), round: round.round };
  switch (story.anomaly) {
    case 'correctedAgainAndAgain': {
      const outcomes: CommandOutcome[] = [];
      for (let correction = 1; correction <= CORRECTIONS_AGAIN; correction++) {
        story.note(daysAfter(round.reportDueOn, correction), async (on) => {
          outcomes.push(await correct(story, round, kind, on, { correction }));
          if (correction === CORRECTIONS_AGAIN) story.plant('correctedAgainAndAgain', outcomes, about);
        });
      }
      return;
    }
    case 'outlier':
      return story.note(daysAfter(round.reportDueOn, 1), async (on) => {
        const factor = OUTLIER_FACTOR;
        story.plant('outlier', [await correct(story, round, kind, on, { correction: 1, factor })], about);
      });
    case 'correctedAfterRoundWasClosed':
    case 'reportedLate':
    case 'signedLongBeforeItWasRecorded':
    case 'targetLoweredAfterActual':
    case 'weightChangedAfterSigning':
    case undefined:
  }
}

/** The round is opened again for the sake of one figure, and closed with another score. */
async function correctAfterClosing(
  story: AgreementStory,
  round: GeneratedRound,
  kind: IndicatorKind,
  on: IsoDate,
): Promise<void> {
  const { teller } = story.telling;
  const by = story.says(story.persons.performanceUnit, on, `opens ${round.round} again`);
  const target = { ...story.target, round: round.round };
  const reopened = await teller.tell(by, ReopenEvaluationRound, target, { reason: 'ส่วนราชการขอแก้ไขผลการดำเนินงาน' });
  const corrected = await correct(story, round, kind, on, { correction: 1 });
  await certify(story, round, [kind], 'supervisor', on, 'again');
  await certify(story, round, [kind], 'performanceUnit', on, 'again');
  const closed = await close(story, round, on, 'closes again');
  const about = { indicatorId: story.indicatorIdOf(kind), round: round.round };
  story.plant('correctedAfterRoundWasClosed', [reopened, corrected, closed], about);
}

async function end(story: AgreementStory, round: GeneratedRound, on: IsoDate): Promise<void> {
  const { teller } = story.telling;
  const unit = story.persons.performanceUnit;
  const target = { ...story.target, round: round.round };
  await teller.tell(story.says(unit, on, 'announces'), AnnounceResult, target, { score: 'notStated', announcedOn: on });
  await teller.tell(story.says(unit, on, 'ends'), CloseAgreement, story.target, undefined);
}

function periodOf(story: AgreementStory, { span }: GeneratedRound, kind: IndicatorKind) {
  return { ...story.of(kind), period: spanKey(span) };
}
