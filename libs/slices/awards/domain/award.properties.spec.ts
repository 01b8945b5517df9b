import { NATIVE, NOT_STATED, Rejection, type NotStated } from '@khamrap/kernel';
import * as fc from 'fast-check';
import type { AwardCommand } from './award.commands';
import { awardDecider } from './award.decider';
import { FORMS, type AwardEvent } from './award.events';
import { announceAwards, grantAward, GRANTOR, RECIPIENT, TRANSCRIBED } from './award.examples';
import { awardRefusals } from './award.refusals';

const provenance = fc.constantFrom(NATIVE, TRANSCRIBED);
const awardYear = fc.constantFrom<number | NotStated>(2570, 2027, NOT_STATED);
const bodies = fc.array(fc.constantFrom(GRANTOR, RECIPIENT, { name: 'ชุมชนตัวอย่าง' }), { maxLength: 3 });
const granting = fc
  .record({ grantors: bodies, recipients: bodies, awardYear, forms: fc.subarray([...FORMS]), provenance })
  .map(({ provenance: from, ...changes }) => grantAward(changes, from));
const announcing = fc
  .record({ grantors: bodies, statedCount: fc.integer({ min: -1, max: 99 }), awardYear, provenance })
  .map(({ provenance: from, ...changes }) => announceAwards(changes, from));

const replay = (history: readonly AwardEvent[]) =>
  history.reduce((state, event) => awardDecider.evolve(state, event), awardDecider.initialState);

test('one award stream tells of one award, decided the same each time, folded the same each time', () => {
  let acceptedCount = 0;
  const codes = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.oneof<fc.Arbitrary<AwardCommand>[]>(granting, announcing), { maxLength: 20 }),
      (commands) => {
        const history: AwardEvent[] = [];
        for (const command of commands) {
          const decision = awardDecider.decide(command, replay(history));
          expect(awardDecider.decide(command, replay(history))).toEqual(decision);
          if (decision instanceof Rejection) codes.add(decision.code);
          else history.push(...decision);
        }
        expect(history.length).toBeLessThanOrEqual(1);
        acceptedCount += history.length;
      },
    ),
  );
  expect(acceptedCount).toBeGreaterThan(10);
  expect(Object.keys(awardRefusals)).toEqual(expect.arrayContaining([...codes]));
});
