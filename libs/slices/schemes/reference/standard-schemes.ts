import { STATUSES } from '@khamrap/kernel';
import type { PublishBandsBody } from '../commands/publish-bands';
import type { PublishSchemeBody } from '../commands/publish-scheme';
import type { PublishScoringRuleBody } from '../commands/publish-scoring-rule';
import type { PublishStatusRulesBody } from '../commands/publish-status-rules';

/** Bodies that publish a scheme: to `/v1/schemes`, `…/scoring-rules`, `…/status-rules` and, where there are any, `…/bands`. */
export interface StandardScheme {
  readonly scheme: Omit<PublishSchemeBody, 'source'>;
  readonly scoringRule: Omit<PublishScoringRuleBody, 'source'>;
  readonly statusRules: Omit<PublishStatusRulesBody, 'source'>;
  readonly bands?: Omit<PublishBandsBody, 'source'>;
}

/** No source states how statuses are told, so these rules are ours, for the three scores that they begin at. */
function statusRulesFrom(achieved: string, onTrack: string, atRisk: string): StandardScheme['statusRules'] {
  return {
    precedence: [...STATUSES],
    thresholds: [
      { status: 'achieved', measure: 'targetMet' },
      { status: 'achieved', measure: 'score', from: achieved },
      { status: 'onTrack', measure: 'score', from: onTrack },
      { status: 'atRisk', measure: 'score', from: atRisk },
    ],
    basis: 'กำหนดโดยระบบนี้ ยังไม่พบเอกสารที่กำหนดเกณฑ์สถานะ · Set by this ledger; no document that states them was found.',
  };
}

/**
 * Five levels, 1 to 5. Documented: the scale, and 5 as its end. Not documented in what was found: the straight line between
 * levels and the 1 below the lowest (both commonly told), and all points for other criteria than five levels (ours, on the
 * same scale). No bands were found. The `basis` of the rule says so to whoever reads it.
 */
export const FIVE_LEVELS: StandardScheme = {
  scheme: {
    schemeId: 'standard-five-levels',
    nameTh: 'เกณฑ์การให้คะแนน 5 ระดับ (1–5)',
    nameEn: 'Five levels, 1 to 5',
  },
  scoringRule: {
    fiveLevels: ['1', '2', '3', '4', '5'],
    threeAnchors: ['1', '3', '5'],
    between: 'linear',
    belowLowest: '1',
    single: { met: '5', notMet: '1' },
    judged: { min: '1', max: '5' },
    basis:
      'มาตราส่วน 1–5 และคะแนนสูงสุด 5 มีเอกสารยืนยัน ส่วนการเทียบสัดส่วนระหว่างระดับ คะแนน 1 เมื่อต่ำกว่าระดับ 1 และคะแนนของเกณฑ์แบบอื่น ยังไม่พบเอกสารยืนยัน · ' +
      'The scale and its maximum are documented; the line between levels, the 1 below the lowest and the points of other criteria are not.',
  },
  statusRules: statusRulesFrom('5', '3', '2'),
};

/**
 * Three anchors, 50, 75 and 100. Documented: the lowest and the highest anchor, and the cap at 100; a total of 99.94 in the
 * band คุณภาพ. Not documented in what was found: 75 (a department printed 70 for 2567), the line between anchors, the 0 below
 * the lowest, the bounds of the bands, and all points for other criteria than three anchors (ours, on the same scale).
 */
export const THREE_ANCHORS: StandardScheme & Required<Pick<StandardScheme, 'bands'>> = {
  scheme: {
    schemeId: 'standard-three-anchors',
    nameTh: 'เกณฑ์การให้คะแนน 3 ขั้น (50/75/100)',
    nameEn: 'Three anchors, 50, 75 and 100',
  },
  scoringRule: {
    fiveLevels: ['50', '62.5', '75', '87.5', '100'],
    threeAnchors: ['50', '75', '100'],
    between: 'linear',
    belowLowest: '0',
    single: { met: '100', notMet: '0' },
    judged: { min: '0', max: '100' },
    basis:
      'ขั้นต้น 50 ขั้นสูง 100 และการไม่ให้คะแนนเกิน 100 มีเอกสารยืนยัน ส่วนขั้นมาตรฐาน 75 (รายงานหนึ่งของปี 2567 พิมพ์ 70) การเทียบสัดส่วน คะแนน 0 เมื่อต่ำกว่าขั้นต้น และคะแนนของเกณฑ์แบบอื่น ยังไม่พบเอกสารยืนยัน · ' +
      'The 50, the 100 and the cap are documented; the 75 (one report of 2567 prints 70), the line, the 0 below and the points of other criteria are not.',
  },
  statusRules: statusRulesFrom('100', '75', '50'),
  bands: {
    bands: [
      { code: 'improve', nameTh: 'ต้องปรับปรุง', nameEn: 'To be improved', from: '0' },
      { code: 'basicStandard', nameTh: 'มาตรฐานขั้นต้น', nameEn: 'Basic standard', from: '60' },
      { code: 'highStandard', nameTh: 'มาตรฐานขั้นสูง', nameEn: 'High standard', from: '75' },
      { code: 'quality', nameTh: 'คุณภาพ', nameEn: 'Quality', from: '90' },
    ],
    basis:
      'คะแนน 99.94 อยู่ในระดับคุณภาพตามรายงานปี 2567 ส่วนเกณฑ์ตัด 60/75/90 ยังไม่พบเอกสารยืนยัน · ' +
      'A report of 2567 puts 99.94 into the quality band; the bounds 60, 75 and 90 are not documented.',
  },
};

/** Both standard schemes; the one with bands first. */
export const REFERENCE_SCHEMES = [THREE_ANCHORS, FIVE_LEVELS] as const;
