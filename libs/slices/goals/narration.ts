import type { AnyNarrations, Fact, Narration } from '@khamrap/audit/events';
import { toldFiscalYear, toldName, toldProvince, type BothLanguages } from '@khamrap/kernel';
import type { Goal, GoalSetEvent, GoalSetPublished } from './domain/goal-set.events';

type Content = GoalSetPublished['data'];

const WHAT: BothLanguages = { th: 'เป้าหมายร่วม', en: 'joint goals' };

const goalSet: Narration<Content | undefined, GoalSetEvent> = {
  begin: undefined,
  evolve: (_before, { data: { nameTh, nameEn, province, fiscalYear, goals } }) => ({
    nameTh,
    ...(nameEn !== undefined && { nameEn }),
    province,
    fiscalYear,
    goals,
  }),
  facts: (content) => (content ? factsOf(content) : []),
  tells: {
    GoalSetPublished: {
      act: { th: 'ประกาศเป้าหมายร่วม', en: 'Joint goals published' },
      sentence: ({ data }) => {
        const [of, name] = [placeAndYear(data), toldName(data)];
        return {
          th: `ประกาศ${WHAT.th}${of.th} ชื่อ “${name.th}” จำนวน ${data.goals.length} เป้าหมาย`,
          en: `The ${WHAT.en} ${of.en} were published as “${name.en}”, ${data.goals.length} in number.`,
        };
      },
    },
    GoalSetRevised: {
      act: { th: 'ปรับปรุงเป้าหมายร่วม', en: 'Joint goals revised' },
      sentence: ({ data }) => {
        const of = placeAndYear(data);
        return {
          th: `ปรับปรุง${WHAT.th}${of.th} เป็นฉบับที่ ${data.goalSetVersion} มี ${data.goals.length} เป้าหมาย`,
          en: `The ${WHAT.en} ${of.en} were revised: version ${data.goalSetVersion} has ${data.goals.length} of them.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function placeAndYear({ province, fiscalYear }: Content): BothLanguages {
  const [place, year] = [toldProvince(province), toldFiscalYear(fiscalYear)];
  return { th: `ของ${place.th} ${year.th}`, en: `of ${place.en} for ${year.en}` };
}

function factsOf(content: Content): readonly Fact[] {
  const { nameTh, nameEn, province, fiscalYear, goals } = content;
  return [
    {
      key: ['name'],
      label: { th: 'ชื่อชุดเป้าหมาย', en: 'Name of the goal set' },
      value: { nameTh, ...(nameEn !== undefined && { nameEn }) },
      shown: toldName(content),
    },
    { key: ['province'], label: { th: 'จังหวัด', en: 'Province' }, value: province, shown: toldProvince(province) },
    {
      key: ['fiscalYear'],
      label: { th: 'ปีงบประมาณ', en: 'Fiscal year' },
      value: fiscalYear,
      shown: toldFiscalYear(fiscalYear),
    },
    ...goals.map(factOfGoal),
  ];
}

function factOfGoal(goal: Goal): Fact {
  return {
    key: ['goal', String(goal.number)],
    label: { th: `เป้าหมายที่ ${goal.number}`, en: `Goal ${goal.number}` },
    value: goal,
    shown: toldName(goal),
  };
}

/** How goal sets are told. */
export const goalSetNarrations = { 'goal-set': goalSet } satisfies AnyNarrations;
