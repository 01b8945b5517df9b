import { ApproveAmendment, RejectAmendment, RequestAmendment } from '@khamrap/agreements';
import type { IsoDate } from '@khamrap/kernel';
import { derivedId } from '@khamrap/platform/event-store';
import type { AgreementStory } from './agreement-story';
import { daysAfter, type GeneratedRound } from './calendar';
import { targetFor } from './figures';
import type { IndicatorKind } from './indicator-kinds';
import { commandIdFor } from './teller';

const AMENDED_SHARE = 0.05;
const REJECTED_SHARE = 0.3;
/** Days after the round's end: the figure is reported by then, and the round is not closed. */
const LOWERED_AFTER_DAYS = 20;

/** Notes an amendment where the story has one: an honest one in good time, or one that is planted. */
export function noteAmendment(story: AgreementStory): void {
  const { chance } = story.telling;
  const [first, second] = story.rounds as [GeneratedRound, GeneratedRound];
  const kind = chance.pick(story.agreement.indicators, ...story.words('struck'));
  switch (story.anomaly) {
    case 'targetLoweredAfterActual':
      return story.note(daysAfter(second.span.to, LOWERED_AFTER_DAYS), (on) => lowerTarget(story, second, kind, on));
    case 'weightChangedAfterSigning':
      return story.note(daysAfter(first.span.to, -30), (on) => changeWeights(story, on));
    case 'awardOnSupersededResult':
    case 'correctedAfterRoundWasClosed':
    case 'correctedAgainAndAgain':
    case 'correctedInBulkOnTheLastDay':
    case 'evidenceReused':
    case 'outlier':
    case 'reportedLate':
    case 'signedLongBeforeItWasRecorded':
    case 'signedWithoutMandate':
      return;
    case undefined:
      if (chance.happens(AMENDED_SHARE, ...story.words('amended')))
        story.note(daysAfter(first.span.to, -60), (on) => raiseTarget(story, kind, on));
  }
}

/** The target of the last round is made harder months before anybody reports for it: nothing to ask about. */
async function raiseTarget(story: AgreementStory, kind: IndicatorKind, on: IsoDate): Promise<void> {
  const { chance } = story.telling;
  const round = story.rounds.at(-1) as GeneratedRound;
  const target = targetFor(chance, story.agreement, kind, round, kind.direction === 'higher' ? 1.08 : 0.92);
  const change = {
    change: 'target' as const,
    indicatorId: story.indicatorIdOf(kind),
    target: { span: round.span, unit: kind.unit, ...target },
  };
  const isRejected = chance.happens(REJECTED_SHARE, ...story.words('rejected'));
  await amend(story, [change], on, isRejected);
}

async function lowerTarget(
  story: AgreementStory,
  round: GeneratedRound,
  kind: IndicatorKind,
  on: IsoDate,
): Promise<void> {
  const { chance } = story.telling;
  const target = targetFor(chance, story.agreement, kind, round, kind.direction === 'higher' ? 0.7 : 1.3);
  const indicatorId = story.indicatorIdOf(kind);
  const change = { change: 'target' as const, indicatorId, target: { span: round.span, unit: kind.unit, ...target } };
  story.plant('targetLoweredAfterActual', await amend(story, [change], on, false), { indicatorId, round: round.round });
}

/** What goes badly is made to count for less, and the rest for more. */
async function changeWeights(story: AgreementStory, on: IsoDate): Promise<void> {
  const { indicators } = story.agreement;
  const usual = 100 / indicators.length;
  const less = usual / 2;
  const more = usual + less / Math.max(1, indicators.length - 1);
  const changes = indicators.map((kind, index) => ({
    change: 'weight' as const,
    indicatorId: story.indicatorIdOf(kind),
    weight: (index === 0 ? less : more).toFixed(4),
  }));
  story.plant('weightChangedAfterSigning', await amend(story, changes, on, false));
}

type Change = ConstructorParameters<typeof RequestAmendment>[1]['changes'][number];

async function amend(story: AgreementStory, changes: readonly Change[], on: IsoDate, isRejected: boolean) {
  const { teller } = story.telling;
  const asked = story.says(story.persons.head, on, 'asks for an amendment');
  const request = await teller.tell(asked, RequestAmendment, story.target, {
    officeId: story.agreement.office.officeId,
    changes: [...changes],
    reason: 'สถานการณ์เปลี่ยนแปลงไปจากที่ใช้กำหนดค่าเป้าหมาย',
    effectiveFrom: on,
  });
  const target = { ...story.target, amendmentId: derivedId('amendment', commandIdFor(asked)) };
  const officeId = story.governorId();
  const answered = story.says(story.persons.governor, on, 'answers the amendment');
  const answer = isRejected
    ? await teller.tell(answered, RejectAmendment, target, { officeId, reason: 'ยังไม่มีเหตุผลเพียงพอ' })
    : await teller.tell(answered, ApproveAmendment, target, { officeId });
  return [request, answer];
}
