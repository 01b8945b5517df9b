import { STATUSES, statusOf, type Status, type StatusFacts, type StatusRules } from './status';

const RULES: StatusRules = {
  statusRulesVersion: 1,
  precedence: STATUSES,
  thresholds: [
    { status: 'achieved', measure: 'targetMet' },
    { status: 'achieved', measure: 'score', from: '5' },
    { status: 'onTrack', measure: 'score', from: '3' },
    { status: 'atRisk', measure: 'attainmentPercent', from: '80' },
  ],
};
const REPORTED: StatusFacts = {
  isApplicable: true,
  target: 'stated',
  report: 'reported',
  isVerified: true,
  met: 'notMet',
};

test.each<[Partial<StatusFacts>, Status | undefined]>([
  [{ met: 'met' }, 'achieved'],
  [{ met: 'met', score: '1' }, 'achieved'],
  [{ met: 'cannotSay', score: '5.0000' }, 'achieved'],
  [{ met: 'cannotSay', score: '3.0000' }, 'onTrack'],
  [{ score: '2.9999', attainmentPercent: '80.0000' }, 'atRisk'],
  [{ score: '2.9999', attainmentPercent: '79.9999' }, 'offTrack'],
  [{}, 'offTrack'],
  [{ met: 'cannotSay' }, undefined],
  [{ met: 'met', isVerified: false }, 'unverified'],
  [{ report: 'notReported', met: 'cannotSay' }, 'notReported'],
  [{ report: 'notReported', isVerified: false }, 'notReported'],
  [{ report: 'incomplete' }, 'incomplete'],
  [{ report: 'notAvailable' }, 'notAvailable'],
  [{ target: 'none', met: 'met' }, 'noTarget'],
  [{ target: 'spanNotStated' }, 'targetSpanNotStated'],
  [{ isApplicable: false, target: 'none' }, 'notApplicable'],
])('%j is %s', (facts, status) => expect(statusOf(RULES, { ...REPORTED, ...facts })).toBe(status));

test('the precedence decides between statuses that apply together', () => {
  const achievedFirst = { ...RULES, precedence: ['achieved', ...STATUSES.filter((status) => status !== 'achieved')] };
  const facts: StatusFacts = { ...REPORTED, met: 'met', isVerified: false };
  expect(statusOf(achievedFirst as StatusRules, facts)).toBe('achieved');
});
