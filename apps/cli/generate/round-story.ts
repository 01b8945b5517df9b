import { AnnounceResult, CloseAgreement, ReturnActual } from '@khamrap/agreements';
import type { IsoDate } from '@khamrap/kernel';
import type { AgreementStory } from './agreement-story';
import { daysAfter, type GeneratedRound } from './calendar';
import type { IndicatorKind } from './indicator-kinds';
import { noteStruck, reportWithReusedEvidence } from './planted-story';
import { certify, close, correct, periodOf, report } from './round-acts';

// How often things go otherwise than they should, without being anomalies: everyday life of an honest office.
const NOT_REPORTED_SHARE = 0.01;
const CORRECTED_SHARE = 0.02;
const RETURNED_SHARE = 0.015;

const LATE_DAYS_MAX = 12;

/** Notes a round from the first report to its closing, and what follows the last one. */
export function noteRound(story: AgreementStory, round: GeneratedRound): void {
  const { chance } = story.telling;
  const { indicators } = story.agreement;
  const isLast = round === story.rounds.at(-1);
  // What is planted happens to one indicator, in the second round; a file that comes back came with the first before.
  const chosen = story.anomaly && chance.pick(indicators, ...story.words('struck'));
  const struck = round.round === '9m' ? chosen : undefined;
  const evidenced = story.anomaly === 'evidenceReused' && !isLast ? chosen : undefined;
  const usualOn = daysAfter(round.reportDueOn, -chance.integer(1, 13, ...story.words(round.round, 'reports')));
  const late = daysAfter(round.reportDueOn, chance.integer(1, LATE_DAYS_MAX, ...story.words('late')));
  const isReported = (kind: IndicatorKind): boolean =>
    kind === struck ||
    kind === evidenced ||
    !chance.happens(NOT_REPORTED_SHARE, ...story.words(kind.code, round.round, 'silent'));
  const reported = indicators.filter(isReported);
  const isLate = story.anomaly === 'reportedLate' && struck !== undefined;
  const punctual = reported.filter((kind) => kind !== evidenced && !(isLate && kind === struck));
  const checkedOn = daysAfter(round.reportDueOn, LATE_DAYS_MAX + 3);

  story.note(usualOn, async (on) => {
    await report(story, round, punctual, on);
    if (evidenced) await reportWithReusedEvidence(story, round, evidenced, on);
  });
  if (isLate) {
    story.note(late, async (on) => {
      const about = { indicatorId: story.indicatorIdOf(struck), round: round.round };
      story.plant('reportedLate', await report(story, round, [struck], on), about);
    });
  }
  story.note(daysAfter(usualOn, 1), (on) => reconsider(story, round, reported, on));
  if (struck) noteStruck(story, round, struck, reported);
  story.note(checkedOn, (on) => certify(story, round, reported, 'supervisor', on));
  story.note(daysAfter(checkedOn, 5), (on) => certify(story, round, reported, 'performanceUnit', on));
  story.note(round.closedOn, async (on) => {
    await close(story, round, on, 'closes');
  });
  if (isLast) story.note(daysAfter(round.closedOn, 20), (on) => end(story, round, on));
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

async function end(story: AgreementStory, round: GeneratedRound, on: IsoDate): Promise<void> {
  const { teller } = story.telling;
  const unit = story.persons.performanceUnit;
  const target = { ...story.target, round: round.round };
  await teller.tell(story.says(unit, on, 'announces'), AnnounceResult, target, { score: 'notStated', announcedOn: on });
  await teller.tell(story.says(unit, on, 'ends'), CloseAgreement, story.target, undefined);
}
