import type { PublishGoalSet, ReviseGoalSet } from './goal-set.commands';
import type { GoalSetEvent, GoalSetPublished, GoalSetRevised } from './goal-set.events';

// Goal sets for specs, every field of both events in them; each can be changed in the one respect that it is about.

const NAMES = { nameTh: 'เป้าหมายร่วมจังหวัดตัวอย่าง', nameEn: 'Joint goals of the example province' };
export const GOALS = [
  { number: 1, nameTh: 'คุณธรรม', nameEn: 'Virtue' },
  { number: 2, nameTh: 'จังหวัดสะอาด', nameEn: 'A clean province' },
];
const REVISION: ReviseGoalSet['data'] = {
  ...NAMES,
  goals: [...GOALS, { number: 8, nameTh: 'เศรษฐกิจสร้างสรรค์', nameEn: 'A creative economy' }],
  reason: 'เพิ่มเป้าหมายตามมติคณะกรมการจังหวัด',
};
const PLACE = { province: 'TH-54', fiscalYear: 2565 };

export function goalSetPublished(changes: Partial<GoalSetPublished['data']> = {}): GoalSetPublished {
  return { type: 'GoalSetPublished', data: { ...NAMES, ...PLACE, goals: GOALS, ...changes } };
}
export function goalSetRevised(changes: Partial<GoalSetRevised['data']> = {}): GoalSetRevised {
  return { type: 'GoalSetRevised', data: { ...REVISION, ...PLACE, goalSetVersion: 2, ...changes } };
}

/** A set with its revision: every event, with every field that it can hold. */
export const WHOLE_GOAL_SET: readonly GoalSetEvent[] = [goalSetPublished(), goalSetRevised()];

export function publishGoalSet(changes: Partial<PublishGoalSet['data']> = {}): PublishGoalSet {
  return { type: 'PublishGoalSet', data: { ...goalSetPublished().data, ...changes } };
}
export function reviseGoalSet(changes: Partial<ReviseGoalSet['data']> = {}): ReviseGoalSet {
  return { type: 'ReviseGoalSet', data: { ...REVISION, ...changes } };
}
