import { toldDay } from '@khamrap/kernel';
import { toldNumber } from './amounts';
import { toldOutcome } from './facts.decisions';
import { toldScore, toldTotal } from './facts.rounds';
import type { Tells } from './told-agreement';
import { toldIndicator, toldParty } from './told-indicator';
import { ASSESSORS } from './words';

const ofOne = ({ indicatorId }: { readonly indicatorId?: string }) => (indicatorId === undefined ? [] : [indicatorId]);

/** How a year is judged. */
export const roundTells: Tells<
  | 'EvaluationRoundClosed'
  | 'EvaluationRoundReopened'
  | 'ScoreDetermined'
  | 'ResultAnnounced'
  | 'AppealFiled'
  | 'AppealDecided'
  | 'AgreementClosed'
> = {
  EvaluationRoundClosed: {
    act: { th: 'ปิดรอบการประเมิน', en: 'Evaluation round closed' },
    sentence: ({ data }) => {
      const { round, revision, targetsMet, targetsJudged } = data;
      const total = toldTotal(data);
      return {
        th: `ปิดรอบ ${round} ครั้งที่ ${revision} คะแนนรวม ${total.th} บรรลุเป้าหมาย ${targetsMet} จาก ${targetsJudged}`,
        en: `Round ${round} was closed, revision ${revision}; total: ${total.en}; targets met: ${targetsMet} of ${targetsJudged}.`,
      };
    },
    indicators: ({ indicators }) => indicators.map(({ indicatorId }) => indicatorId),
    effectiveFrom: ({ closedOn }) => closedOn,
  },
  EvaluationRoundReopened: {
    act: { th: 'เปิดรอบการประเมินใหม่', en: 'Evaluation round reopened' },
    sentence: ({ data: { round, revision, resultAnnounced } }) => ({
      th: `เปิดรอบ ${round} ใหม่ ฉบับที่ปิดครั้งที่ ${revision} ถูกพักไว้${resultAnnounced ? ' ผลที่ประกาศแล้วจะมีผลใหม่มาแทน' : ''}`,
      en: `Round ${round} was opened again: closed revision ${revision} is set aside${resultAnnounced ? ', and the result that was announced is overtaken' : ''}.`,
    }),
    why: ({ reason }) => ({ text: reason }),
  },
  ScoreDetermined: {
    act: { th: 'ให้คะแนน', en: 'Score determined' },
    sentence: ({ data: { round, assessor, indicatorId, score, asPrinted } }, before) => {
      const who = ASSESSORS[assessor];
      const what =
        indicatorId === undefined ? { th: 'ทั้งรอบ', en: 'the whole round' } : toldIndicator(before, indicatorId);
      const [number, printed] = [toldNumber(score), asPrinted === undefined ? undefined : `“${asPrinted}”`];
      return {
        th: `${who.th}ให้คะแนน${what.th} รอบ ${round} เท่ากับ ${number}${printed ? ` (พิมพ์ว่า ${printed})` : ''}`,
        en: `A score of ${number} was given by ${who.en} for ${what.en} in round ${round}${printed ? ` (printed as ${printed})` : ''}.`,
      };
    },
    indicators: ofOne,
    why: ({ reason }) => (reason === undefined ? undefined : { text: reason }),
  },
  ResultAnnounced: {
    act: { th: 'ประกาศผลการประเมิน', en: 'Result announced' },
    sentence: ({ data: { round, score, band, announcedOn, asPrinted } }) => {
      const [what, day] = [toldScore(score, band), toldDay(announcedOn)];
      const printed = asPrinted === undefined ? undefined : `“${asPrinted}”`;
      return {
        th: `ประกาศผลรอบ ${round} วันที่ ${day.th}: ${what.th}${printed ? ` (พิมพ์ว่า ${printed})` : ''}`,
        en: `The result of round ${round} was announced on ${day.en}: ${what.en}${printed ? ` (printed as ${printed})` : ''}.`,
      };
    },
    effectiveFrom: ({ announcedOn }) => announcedOn,
  },
  AppealFiled: {
    act: { th: 'อุทธรณ์ผลการประเมิน', en: 'Appeal filed' },
    sentence: ({ data: { officeId, round, indicatorId } }, before, names) => {
      const office = toldParty(before, officeId, names);
      const what = indicatorId === undefined ? undefined : toldIndicator(before, indicatorId);
      return {
        th: `${office.th}อุทธรณ์ผลรอบ ${round}${what ? ` ของ${what.th}` : ''}`,
        en: `${office.en} appealed against the result of round ${round}${what ? ` for ${what.en}` : ''}.`,
      };
    },
    indicators: ofOne,
    why: ({ grounds }) => ({ text: grounds }),
  },
  AppealDecided: {
    act: { th: 'วินิจฉัยอุทธรณ์', en: 'Appeal decided' },
    sentence: ({ data }, before) => {
      const [how, round] = [toldOutcome(data), before.appeals.get(data.appealId)?.filed?.round];
      const what = round === undefined ? data.appealId : round;
      return {
        th: `วินิจฉัยอุทธรณ์${round === undefined ? '' : 'ผลรอบ'} ${what}: ${how.th}`,
        en: `The appeal ${round === undefined ? '' : 'against round '}${what} was decided: ${how.en}.`,
      };
    },
    indicators: ({ appealId }, before) => ofOne(before.appeals.get(appealId)?.filed ?? {}),
    why: ({ reason }) => ({ text: reason }),
  },
  AgreementClosed: {
    act: { th: 'สิ้นสุดปีของคำรับรอง', en: 'Agreement closed' },
    sentence: ({ data: { closedOn } }) => {
      const day = toldDay(closedOn);
      return { th: `คำรับรองสิ้นสุดปีเมื่อวันที่ ${day.th}`, en: `The year of the agreement was over on ${day.en}.` };
    },
    effectiveFrom: ({ closedOn }) => closedOn,
  },
};
