import { ReopenEvaluationRound } from '@khamrap/agreements';
import { GrantAward } from '@khamrap/awards';
import { sha256Hex, type IsoDate } from '@khamrap/kernel';
import type { CommandOutcome } from '@khamrap/platform/http';
import type { AgreementStory } from './agreement-story';
import { daysAfter, type GeneratedRound } from './calendar';
import type { IndicatorKind } from './indicator-kinds';
import { governorOfficeOf } from './nation';
import { recorder } from './persons';
import { certify, close, correct, report } from './round-acts';

const OUTLIER_FACTOR = 12;
const CORRECTIONS_AGAIN = 4;
/** Days from the closing of a round to an award for it, and to the correction that takes away what it rests on. */
const AWARDED_AFTER_DAYS = 3;
const REOPENED_AFTER_DAYS = 6;

/** Notes what is planted in a round: it happens to the struck indicator, or to all that were reported. */
export function noteStruck(
  story: AgreementStory,
  round: GeneratedRound,
  struck: IndicatorKind,
  reported: readonly IndicatorKind[],
): void {
  const about = { indicatorId: story.indicatorIdOf(struck), round: round.round };
  switch (story.anomaly) {
    case 'correctedAgainAndAgain': {
      const outcomes: CommandOutcome[] = [];
      for (let correction = 1; correction <= CORRECTIONS_AGAIN; correction++) {
        story.note(daysAfter(round.reportDueOn, correction), async (on) => {
          outcomes.push(await correct(story, round, struck, on, { correction }));
          if (correction === CORRECTIONS_AGAIN) story.plant('correctedAgainAndAgain', outcomes, about);
        });
      }
      return;
    }
    case 'correctedInBulkOnTheLastDay':
      return story.note(round.reportDueOn, async (on) => {
        const outcomes = await Promise.all(reported.map((kind) => correct(story, round, kind, on, { correction: 1 })));
        story.plant('correctedInBulkOnTheLastDay', outcomes, { round: round.round });
      });
    case 'outlier':
      return story.note(daysAfter(round.reportDueOn, 1), async (on) => {
        const factor = OUTLIER_FACTOR;
        story.plant('outlier', [await correct(story, round, struck, on, { correction: 1, factor })], about);
      });
    case 'correctedAfterRoundWasClosed':
      return story.note(daysAfter(round.closedOn, REOPENED_AFTER_DAYS), async (on) => {
        story.plant('correctedAfterRoundWasClosed', await correctAfterClosing(story, round, struck, on), about);
      });
    case 'awardOnSupersededResult': {
      const outcomes: CommandOutcome[] = [];
      story.note(daysAfter(round.closedOn, AWARDED_AFTER_DAYS), async (on) => {
        outcomes.push(await grantAward(story, round, on));
      });
      return story.note(daysAfter(round.closedOn, REOPENED_AFTER_DAYS), async (on) => {
        outcomes.push(...(await correctAfterClosing(story, round, struck, on)));
        story.plant('awardOnSupersededResult', outcomes, about);
      });
    }
    case 'evidenceReused':
    case 'reportedLate':
    case 'signedLongBeforeItWasRecorded':
    case 'signedWithoutMandate':
    case 'targetLoweredAfterActual':
    case 'weightChangedAfterSigning':
    case undefined:
  }
}

/**
 * Reports the struck indicator with a file that has been handed in already: for its first round here, and by whoever else has
 * the same planted in this year.
 */
export async function reportWithReusedEvidence(
  story: AgreementStory,
  round: GeneratedRound,
  struck: IndicatorKind,
  on: IsoDate,
): Promise<void> {
  const text = `เอกสารประกอบผลการดำเนินงาน ปีงบประมาณ พ.ศ. ${story.agreement.fiscalYear} (ข้อมูลจำลอง)\n`;
  const sha256 = sha256Hex(text);
  await story.telling.evidence.store(sha256, bytesOf(text), recorder().actor.id);
  const evidence = [{ sha256, mediaType: 'text/plain', name: 'เอกสารประกอบ.txt' }];
  story.reportedWithReusedEvidence.push(...(await report(story, round, [struck], on, evidence)));
  if (story.reportedWithReusedEvidence.length > 1)
    story.plant('evidenceReused', story.reportedWithReusedEvidence, { indicatorId: story.indicatorIdOf(struck) });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text, 'utf8'));
}

/** An award for what the round was closed with the first time. */
async function grantAward(story: AgreementStory, { round }: GeneratedRound, on: IsoDate): Promise<CommandOutcome> {
  const { agreementId, office, fiscalYear } = story.agreement;
  const governor = governorOfficeOf(office.province);
  return story.telling.teller.tell(story.says(story.persons.governor, on, 'grants an award'), GrantAward, undefined, {
    category: 'generated-excellence',
    awardYear: { year: fiscalYear },
    fiscalYear,
    grantors: [{ name: governor.nameTh, officeId: governor.officeId }],
    recipients: [{ name: office.nameTh, officeId: office.officeId, province: office.province.code }],
    forms: ['certificate'],
    announcedOn: on,
    basisAgreement: { agreementId, round, closureRevision: 1 },
  });
}

/** The round is opened again for the sake of one figure, and closed with another score. */
async function correctAfterClosing(
  story: AgreementStory,
  round: GeneratedRound,
  kind: IndicatorKind,
  on: IsoDate,
): Promise<CommandOutcome[]> {
  const { teller } = story.telling;
  const by = story.says(story.persons.performanceUnit, on, `opens ${round.round} again`);
  const target = { ...story.target, round: round.round };
  const reopened = await teller.tell(by, ReopenEvaluationRound, target, { reason: 'ส่วนราชการขอแก้ไขผลการดำเนินงาน' });
  const corrected = await correct(story, round, kind, on, { correction: 1 });
  await certify(story, round, [kind], 'supervisor', on, 'again');
  await certify(story, round, [kind], 'performanceUnit', on, 'again');
  const closed = await close(story, round, on, 'closes again');
  return [reopened, corrected, closed];
}
