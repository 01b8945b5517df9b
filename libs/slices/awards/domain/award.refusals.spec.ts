import { NATIVE, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { AwardCommand } from './award.commands';
import { awardDecider } from './award.decider';
import type { AwardEvent } from './award.events';
import {
  announceAwards,
  awardGranted,
  awardsAnnounced,
  grantAward,
  GRANTOR,
  RECIPIENT,
  TRANSCRIBED,
} from './award.examples';
import { awardRefusals, type AwardRefusal } from './award.refusals';

const { given } = specification(awardDecider);

interface Refused {
  readonly given?: AwardEvent;
  readonly when: AwardCommand;
  readonly facts?: Record<string, string | number | readonly string[]>;
  readonly pointer?: string;
}

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<AwardRefusal, readonly Refused[]> = {
  'award.alreadyGranted': [
    { given: awardGranted(), when: grantAward() },
    { given: awardGranted(), when: announceAwards() },
  ],
  'award.alreadyAnnounced': [
    { given: awardsAnnounced(), when: announceAwards() },
    { given: awardsAnnounced(), when: grantAward() },
  ],
  'award.grantorMissing': [
    { when: grantAward({ grantors: [] }), pointer: '/grantors' },
    { when: announceAwards({ grantors: [] }), pointer: '/grantors' },
  ],
  'award.grantorRepeated': [
    { when: grantAward({ grantors: [GRANTOR, { ...GRANTOR, name: 'ชื่ออื่น' }] }), pointer: '/grantors/1' },
    {
      when: announceAwards({ grantors: [GRANTOR, { name: 'กระทรวง' }, { name: GRANTOR.name }] }),
      pointer: '/grantors/2',
    },
  ],
  'award.recipientMissing': [{ when: grantAward({ recipients: [] }), pointer: '/recipients' }],
  'award.recipientRepeated': [{ when: grantAward({ recipients: [RECIPIENT, RECIPIENT] }), pointer: '/recipients/1' }],
  'award.grantorIsRecipient': [
    {
      when: grantAward({ recipients: [RECIPIENT, { name: 'ชื่ออื่น', officeId: GRANTOR.officeId }] }),
      pointer: '/recipients/1',
    },
    { when: grantAward({ grantors: [{ name: RECIPIENT.name }] }), pointer: '/recipients/0' },
    { when: grantAward({ grantors: [GRANTOR, RECIPIENT] }), pointer: '/recipients/0' },
  ],
  'award.countNotPositive': [0, -14].map((statedCount) => ({
    when: announceAwards({ statedCount }),
    facts: { statedCount },
    pointer: '/statedCount',
  })),
  'award.rankNotPositive': [
    { when: grantAward({ rank: { rank: 0, comparisonSet: 'ทุกจังหวัด' } }), facts: { rank: 0 }, pointer: '/rank/rank' },
  ],
  'award.yearOutOfRange': [
    { when: grantAward({ awardYear: 2027 }), facts: { year: 2027 }, pointer: '/awardYear' },
    { when: grantAward({ fiscalYear: 2643 }), facts: { year: 2643 }, pointer: '/fiscalYear' },
    { when: announceAwards({ awardYear: 2343 }), facts: { year: 2343 }, pointer: '/awardYear' },
  ],
  'award.formContradicted': [
    { when: grantAward({ forms: [] }), pointer: '/forms' },
    { when: grantAward({ forms: ['plaque', 'plaque'] }), facts: { forms: ['plaque', 'plaque'] }, pointer: '/forms' },
    { when: grantAward({ forms: ['plaque', NOT_STATED] }, TRANSCRIBED), pointer: '/forms' },
  ],
  'award.sourceNeeded': [
    { when: grantAward({ awardYear: NOT_STATED }), pointer: '/awardYear' },
    { when: grantAward({ forms: [NOT_STATED] }), pointer: '/forms' },
    { when: announceAwards({}, NATIVE) },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((example, index) => [index + 1, example] as const))('case %i', (_number, example) => {
    const past = example.given ? [example.given] : [];
    given(...past)
      .when(example.when)
      .thenRejected(code, example.facts);
    const state = past.reduce((folded, event) => awardDecider.evolve(folded, event), awardDecider.initialState);
    const refusal = awardDecider.decide(example.when, state);
    expect(refusal).toMatchObject(example.pointer === undefined ? {} : { pointer: example.pointer });
  });
});

test('every code of the catalogue is refused with above', () => {
  // Refused in commands/, before the rules are asked.
  const byAccess = ['award.notYours'];
  expect([...Object.keys(refused), ...byAccess].sort()).toEqual(Object.keys(awardRefusals).sort());
  expect(Object.values(refused).every((cases) => cases.length > 0)).toBe(true);
});
