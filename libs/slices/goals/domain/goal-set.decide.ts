import { isFiscalYear, isProvince, type Rejection } from '@khamrap/kernel';
import type { GoalSetCommand, PublishGoalSet, ReviseGoalSet } from './goal-set.commands';
import type { Goal, GoalSetEvent, GoalSetPublished, GoalSetRevised } from './goal-set.events';
import { refuse } from './goal-set.refusals';
import type { GoalSetState, PublishedGoalSet } from './goal-set.state';

type Names = Pick<Goal, 'nameTh' | 'nameEn'>;

/** Every command of the stream, and the one function that judges it. */
export function decide(command: GoalSetCommand, state: GoalSetState): readonly GoalSetEvent[] | Rejection {
  switch (command.type) {
    case 'PublishGoalSet':
      return state.status === 'published' ? refuse('goalSet.alreadyPublished') : publish(command);
    case 'ReviseGoalSet':
      return state.status === 'published' ? revise(command, state) : refuse('goalSet.notPublished');
  }
}

function publish({ data }: PublishGoalSet): readonly GoalSetPublished[] | Rejection {
  const { province, fiscalYear, goals } = data;
  if (!isProvince(province)) return refuse('goalSet.provinceUnknown', { province }, '/province');
  if (!isFiscalYear(fiscalYear)) return refuse('goalSet.fiscalYearOutOfRange', { fiscalYear }, '/fiscalYear');
  return refusalOfGoals(goals) ?? [{ type: 'GoalSetPublished', data }];
}

function revise(
  { data: { reason, ...changed } }: ReviseGoalSet,
  { content, goalSetVersion }: PublishedGoalSet,
): readonly GoalSetRevised[] | Rejection {
  const refusal = refusalOfGoals(changed.goals);
  if (refusal) return refusal;
  const { province, fiscalYear } = content;
  const revised = { ...changed, province, fiscalYear };
  if (isSame(revised, content)) return [];
  return [{ type: 'GoalSetRevised', data: { ...revised, goalSetVersion: goalSetVersion + 1, reason } }];
}

function isSame(one: GoalSetPublished['data'], other: GoalSetPublished['data']): boolean {
  const goalsAreSame =
    one.goals.length === other.goals.length &&
    one.goals.every(
      (goal, index) => goal.number === other.goals[index]?.number && hasSameNames(goal, other.goals[index]),
    );
  return goalsAreSame && hasSameNames(one, other);
}

function hasSameNames(one: Names, other: Names): boolean {
  return one.nameTh === other.nameTh && one.nameEn === other.nameEn;
}

/** Agreements refer to a goal by its number, so each number is one goal. */
function refusalOfGoals(goals: readonly Goal[]): Rejection | undefined {
  if (goals.length === 0) return refuse('goalSet.goalMissing', {}, '/goals');
  for (const [index, { number }] of goals.entries()) {
    const pointer = `/goals/${index}/number`;
    if (number < 1) return refuse('goalSet.numberNotPositive', { number }, pointer);
    const before = goals.slice(0, index).map((goal) => goal.number);
    if (before.includes(number)) return refuse('goalSet.numberRepeated', { number }, pointer);
    if (before.some((earlier) => earlier > number)) return refuse('goalSet.numbersUnsorted', { number }, pointer);
  }
  return undefined;
}
