import type { Fact, Names } from '@khamrap/audit/events';
import { toldAlike, toldFrom, toldList, type BothLanguages } from '@khamrap/kernel';
import type { AmendmentRequested } from '../domain/agreement.events';
import { toldDecimal, toldNumber, toldTarget } from './amounts';
import { fact } from './fact';
import type { AmendmentTold, AppealTold, ToldAgreement } from './told-agreement';
import { named, toldIndicator, toldParty } from './told-indicator';
import { AMENDMENT_CHANGES, APPEAL_OUTCOMES } from './words';

/** What stands of an amendment: what was asked, and what each receiver decided. */
export function amendmentFacts(
  { requested, approved, rejected }: AmendmentTold,
  amendmentId: string,
  told: ToldAgreement,
  names: Names,
): readonly Fact[] {
  const label = (th: string, en: string) => ({ th: `${th} ${amendmentId}`, en: `${en} ${amendmentId}` });
  return [
    ...fact(
      ['amendment', amendmentId, 'request'],
      label('คำขอเปลี่ยนแปลง', 'Amendment requested:'),
      requested && requestIn(requested),
      (request) => toldChanges(request, told),
    ),
    ...[...approved.values()].flatMap(({ officeId }) =>
      fact(
        ['amendment', amendmentId, 'approval', officeId],
        label('การเห็นชอบคำขอเปลี่ยนแปลง', 'Approval of amendment'),
        'approved',
        () => named({ th: 'เห็นชอบโดย', en: 'approved by' }, officeId, told.heading, names),
      ),
    ),
    ...fact(
      ['amendment', amendmentId, 'rejection'],
      label('การไม่เห็นชอบคำขอเปลี่ยนแปลง', 'Rejection of amendment'),
      rejected && { officeId: rejected.officeId, reason: rejected.reason },
      ({ officeId, reason }) => {
        const office = toldParty(told, officeId, names);
        return { th: `${office.th}: ${reason}`, en: `${office.en}: ${reason}` };
      },
    ),
  ];
}

/** What the facts of an amendment name besides what was said of itself. */
export function amendmentFactsRestOn(
  { requested }: AmendmentTold,
  _amendmentId: string,
  { heading, indicators }: ToldAgreement,
  names: Names,
): readonly unknown[] {
  const terms = (requested?.changes ?? []).map(({ indicatorId }) => indicators.get(indicatorId)?.terms);
  return [heading, names, ...terms];
}

function requestIn({ amendmentId: _its, requestedBy: _by, ...request }: AmendmentRequested['data']) {
  return request;
}

/** What an amendment is to change, one after the other. */
export function toldChanges(
  { changes, effectiveFrom }: Pick<AmendmentRequested['data'], 'changes' | 'effectiveFrom'>,
  told: ToldAgreement,
): BothLanguages {
  const all = toldList(
    changes.map(({ change, indicatorId, target, weight, fromRound }): BothLanguages => {
      const [what, which] = [AMENDMENT_CHANGES[change], toldIndicator(told, indicatorId)];
      if (target) {
        const to = toldTarget(target);
        return { th: `${what.th}ของ${which.th} เป็น ${to.th}`, en: `the ${what.en} of ${which.en} to ${to.en}` };
      }
      if (weight !== undefined) {
        const to = toldDecimal(weight);
        return { th: `${what.th}ของ${which.th} เป็น ${to.th}`, en: `the ${what.en} of ${which.en} to ${to.en}` };
      }
      const [th, en] = fromRound === undefined ? ['', ''] : [` ตั้งแต่รอบ ${fromRound}`, ` from round ${fromRound} on`];
      return { th: `${what.th} ${which.th}${th}`, en: `${what.en}: ${which.en}${en}` };
    }),
  );
  const from = toldFrom(effectiveFrom);
  return { th: `${all.th} ${from.th}`, en: `${all.en}, ${from.en}` };
}

/** What stands of an appeal. */
export function appealFacts({ filed, decided }: AppealTold): readonly Fact[] {
  const appealId = filed?.appealId ?? decided?.appealId ?? '';
  const label = (th: string, en: string) => ({ th: `${th} ${appealId}`, en: `${en} ${appealId}` });
  return [
    ...fact(
      ['appeal', appealId, 'grounds'],
      label('เหตุผลของอุทธรณ์', 'Grounds of appeal'),
      filed && { round: filed.round, indicatorId: filed.indicatorId, officeId: filed.officeId, grounds: filed.grounds },
      ({ grounds }) => toldAlike(grounds),
    ),
    ...fact(
      ['appeal', appealId, 'decision'],
      label('คำวินิจฉัยอุทธรณ์', 'Decision on appeal'),
      decided && { outcome: decided.outcome, reason: decided.reason, score: decided.score },
      toldOutcome,
    ),
  ];
}

/** How an appeal was decided, with the score that follows. */
export function toldOutcome({
  outcome,
  score,
}: Pick<NonNullable<AppealTold['decided']>, 'outcome' | 'score'>): BothLanguages {
  const how = APPEAL_OUTCOMES[outcome];
  if (score === undefined) return how;
  const number = toldNumber(score);
  return { th: `${how.th} คะแนนเป็น ${number}`, en: `${how.en}; the score becomes ${number}` };
}
