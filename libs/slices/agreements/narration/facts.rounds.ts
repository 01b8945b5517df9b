import type { Fact } from '@khamrap/audit/events';
import { NOT_STATED, toldAlike, toldDay, type BothLanguages } from '@khamrap/kernel';
import type { EvaluationRoundClosed } from '../domain/agreement.events';
import { amountOf, toldDecimal, toldNumber, toldTarget } from './amounts';
import { fact, madeOnce } from './fact';
import type { RoundTold } from './told-agreement';
import { ASSESSORS, STANDINGS, toldScoreReason } from './words';

type Closed = EvaluationRoundClosed['data'];

/** What stands of an evaluation round: how it is, what it came to as it was last closed, scores given, the result. */
export function roundFacts({ round, closed, reopened, scores, result }: RoundTold): readonly Fact[] {
  const of = ofRound(round);
  return [
    ...statusFacts(of, closed, reopened),
    ...(closed ? ofClosing(closed) : []),
    ...[...scores.values()].flatMap(({ assessor, indicatorId, score, asPrinted }) =>
      fact(
        of.key('givenScore', assessor, ...(indicatorId === undefined ? [] : ['indicator', indicatorId])),
        of.label(`คะแนนที่${ASSESSORS[assessor].th}ให้ `, `Score by ${ASSESSORS[assessor].en}`),
        { score, ...(asPrinted !== undefined && { asPrinted }) },
        () => toldAlike(toldNumber(score)),
      ),
    ),
    ...fact(
      of.key('result'),
      of.label('ผลการประเมินที่ประกาศ', 'Announced result'),
      result && withoutRound(result),
      ({ score, band }) => toldScore(score, band),
    ),
  ];
}

function withoutRound({ round: _its, ...rest }: NonNullable<RoundTold['result']>) {
  return rest;
}

interface Of {
  key(...rest: readonly string[]): Fact['key'];
  label(th: string, en: string): BothLanguages;
}

function ofRound(round: string): Of {
  return {
    key: (...rest) => ['round', round, ...rest],
    label: (th, en) => ({ th: `${th}รอบ ${round}`, en: `${en} of round ${round}` }),
  };
}

function statusFacts(of: Of, closed: RoundTold['closed'], reopened: RoundTold['reopened']): readonly Fact[] {
  const label = of.label('สถานะของ', 'Status');
  if (reopened) {
    const { revision, reason } = reopened;
    return fact(of.key('status'), label, { status: 'reopened', revision, reason }, () => ({
      th: `เปิดใหม่ (ฉบับที่ปิดครั้งที่ ${revision} ถูกพักไว้)`,
      en: `open again (closed revision ${revision} is set aside)`,
    }));
  }
  if (!closed) return [];
  const { revision, closedOn } = closed;
  const day = toldDay(closedOn);
  return fact(of.key('status'), label, { status: 'closed', revision, closedOn }, () => ({
    th: `ปิดครั้งที่ ${revision} เมื่อวันที่ ${day.th}`,
    en: `closed on ${day.en}, revision ${revision}`,
  }));
}

// A closing states a few facts of every indicator, and scores that are given afterwards change none of them.
const ofClosing = madeOnce((closed: Closed) => closedFacts(ofRound(closed.round), closed));

function closedFacts(of: Of, closed: Closed): readonly Fact[] {
  const { total, noTotalReason, band, weightCountedPercent, targetsMet, targetsJudged, scheme, indicators } = closed;
  return [
    ...fact(
      of.key('total'),
      of.label('คะแนนรวม', 'Total'),
      total ?? (noTotalReason === undefined ? undefined : { noTotalReason }),
      () => toldTotal(closed),
    ),
    ...fact(of.key('band'), of.label('ระดับผล', 'Band'), band, toldAlike),
    ...fact(of.key('weightCounted'), of.label('น้ำหนักที่นับ', 'Weight counted'), weightCountedPercent, (percent) => ({
      th: `ร้อยละ ${toldNumber(percent)}`,
      en: `${toldNumber(percent)} per cent`,
    })),
    ...fact(of.key('targetsMet'), of.label('เป้าหมายที่บรรลุ', 'Targets met'), { targetsMet, targetsJudged }, () => ({
      th: `${targetsMet} จาก ${targetsJudged}`,
      en: `${targetsMet} of ${targetsJudged}`,
    })),
    ...fact(of.key('scheme'), of.label('หลักเกณฑ์', 'Scheme'), scheme, () => ({
      th: `${scheme.schemeId} กติกาฉบับที่ ${scheme.ruleVersion} ปฏิทินฉบับที่ ${scheme.calendarVersion}`,
      en: `${scheme.schemeId}, rules version ${scheme.ruleVersion}, calendar version ${scheme.calendarVersion}`,
    })),
    ...indicators.flatMap((indicator) => snapshotFacts(of, indicator)),
  ];
}

function snapshotFacts(of: Of, snapshot: Closed['indicators'][number]): readonly Fact[] {
  const { indicatorId, displayNumber, standing, score, reason, certified, weight, target, figure } = snapshot;
  const key = (what: string) => of.key('indicator', indicatorId, what);
  const label = (th: string, en: string) =>
    of.label(`${th}ตัวชี้วัด ${displayNumber} ใน`, `${en} of indicator ${displayNumber} in the snapshot`);
  return [
    ...fact(
      key('score'),
      label('คะแนนของ', 'Score'),
      {
        standing,
        ...(score !== undefined && { score }),
        ...(reason !== undefined && { reason }),
        ...(certified !== undefined && { certified }),
      },
      () => toldStanding(snapshot),
    ),
    ...fact(key('weight'), label('น้ำหนักของ', 'Weight'), weight, toldDecimal),
    ...fact(key('target'), label('ค่าเป้าหมายของ', 'Target'), target, toldTarget),
    ...fact(key('figure'), label('ผลของ', 'Figure'), figure, amountOf),
  ];
}

function toldStanding({ standing, score, reason }: Closed['indicators'][number]): BothLanguages {
  const how = STANDINGS[standing];
  const why = reason === undefined ? undefined : toldScoreReason(reason);
  const told = {
    th: `${how.th}${why ? ` (${why.th})` : ''}`,
    en: `${how.en}${why ? ` (${why.en})` : ''}`,
  };
  return score === undefined ? told : { th: `${toldNumber(score)} ${told.th}`, en: `${toldNumber(score)}, ${told.en}` };
}

/** The total of a closed round, or why it has none. */
export function toldTotal({ total, noTotalReason, band }: Closed): BothLanguages {
  if (total !== undefined) return toldScore(total, band);
  const why = noTotalReason === undefined ? undefined : toldScoreReason(noTotalReason);
  return { th: `ไม่มีคะแนนรวม${why ? ` (${why.th})` : ''}`, en: `no total${why ? ` (${why.en})` : ''}` };
}

/** A score with its band. */
export function toldScore(score: string, band: string | undefined): BothLanguages {
  const number = score === NOT_STATED ? toldDecimal(score) : toldAlike(toldNumber(score));
  if (band === undefined) return number;
  return { th: `${number.th} ระดับ ${band}`, en: `${number.en}, band ${band}` };
}
