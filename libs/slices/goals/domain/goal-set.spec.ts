import { specification } from '@khamrap/testing';
import type { GoalSetCommand } from './goal-set.commands';
import { goalSetDecider } from './goal-set.decider';
import {
  GOALS,
  goalSetPublished,
  goalSetRevised,
  publishGoalSet,
  reviseGoalSet,
  WHOLE_GOAL_SET,
} from './goal-set.examples';
import type { GoalSetEvent } from './goal-set.events';
import { goalSetRefusals, type GoalSetRefusal } from './goal-set.refusals';

const { given } = specification(goalSetDecider);

test('a goal set is published', () => {
  given().when(publishGoalSet()).then(goalSetPublished());
});

test('a revision keeps province and year, and counts its versions', () => {
  given(goalSetPublished()).when(reviseGoalSet()).then(goalSetRevised());
  const back = { goals: GOALS, reason: 'แก้ไข' };
  given(...WHOLE_GOAL_SET)
    .when(reviseGoalSet(back))
    .then(goalSetRevised({ ...back, goalSetVersion: 3 }));
});

test('a revision to what already holds changes nothing', () => {
  given(...WHOLE_GOAL_SET)
    .when(reviseGoalSet({ reason: 'อีกครั้ง' }))
    .thenNothing();
  given(goalSetPublished())
    .when(reviseGoalSet({ goals: GOALS }))
    .thenNothing();
});

test.each([
  { nameTh: 'ชื่ออื่น' },
  { nameEn: undefined },
  { goals: [{ ...GOALS[0]!, nameTh: 'ชื่ออื่น' }, GOALS[1]!] },
  { goals: [GOALS[0]!, { ...GOALS[1]!, nameEn: undefined }] },
  { goals: [GOALS[0]!, { ...GOALS[1]!, number: 3 }] },
  { goals: GOALS.slice(1) },
])('a revision in one respect is one: %j', (changed) => {
  given(goalSetPublished())
    .when(reviseGoalSet({ goals: GOALS, ...changed }))
    .then(goalSetRevised({ goals: GOALS, ...changed }));
});

interface Refused {
  readonly given?: readonly GoalSetEvent[];
  readonly when: GoalSetCommand;
  readonly pointer?: string;
}

const numbered = (...numbers: number[]) => numbers.map((number) => ({ number, nameTh: `เป้าหมาย ${number}` }));
/** Both commands with the same goals. */
const bothWith = (goals: ReturnType<typeof numbered>, pointer: string): readonly Refused[] => [
  { when: publishGoalSet({ goals }), pointer },
  { given: [goalSetPublished()], when: reviseGoalSet({ goals }), pointer },
];

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<GoalSetRefusal, readonly Refused[]> = {
  'goalSet.alreadyPublished': [
    { given: [goalSetPublished()], when: publishGoalSet() },
    { given: WHOLE_GOAL_SET, when: publishGoalSet() },
  ],
  'goalSet.notPublished': [{ when: reviseGoalSet() }],
  'goalSet.fiscalYearOutOfRange': [2022, 2343, 2643].map((fiscalYear) => ({
    when: publishGoalSet({ fiscalYear }),
    pointer: '/fiscalYear',
  })),
  'goalSet.provinceUnknown': ['TH-99', 'TH-S'].map((province) => ({
    when: publishGoalSet({ province }),
    pointer: '/province',
  })),
  'goalSet.goalMissing': bothWith([], '/goals'),
  'goalSet.numberNotPositive': bothWith(numbered(0, 1), '/goals/0/number'),
  'goalSet.numberRepeated': bothWith(numbered(1, 2, 1), '/goals/2/number'),
  'goalSet.numbersUnsorted': bothWith(numbered(1, 3, 2), '/goals/2/number'),
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases)('%#', ({ given: history = [], when: command, pointer }) => {
    given(...history)
      .when(command)
      .thenRejected(code);
    const state = history.reduce((folded, event) => goalSetDecider.evolve(folded, event), goalSetDecider.initialState);
    if (pointer !== undefined) expect(goalSetDecider.decide(command, state)).toMatchObject({ pointer });
  });
});

test('every refusal is explained in both languages', () => {
  for (const code of Object.keys(refused)) expect(goalSetRefusals).toHaveProperty([code]);
  for (const { title } of Object.values(goalSetRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});
