import { NATIVE, NOT_STATED, Rejection, type NotStated } from '@khamrap/kernel';
import * as fc from 'fast-check';
import type { AwardCommand } from './award.commands';
import { awardDecider } from './award.decider';
import { FORMS, type AwardEvent } from './award.events';
import {
  announceAwards,
  correctAnnounced,
  correctGranted,
  grantAward,
  GRANTOR,
  RECIPIENT,
  revokeAward,
  TRANSCRIBED,
} from './award.examples';
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

const correcting = fc
  .record({
    isGranted: fc.boolean(),
    awardYear,
    recipients: bodies,
    statedCount: fc.integer({ min: -1, max: 3 }),
    provenance,
  })
  .map(({ isGranted, statedCount, recipients, provenance: from, awardYear: year }) =>
    isGranted
      ? correctGranted({ recipients, awardYear: year }, from)
      : correctAnnounced({ statedCount, awardYear: year }, from),
  );
const revoking = provenance.map((from) => revokeAward({}, from));

const replay = (history: readonly AwardEvent[]) =>
  history.reduce((state, event) => awardDecider.evolve(state, event), awardDecider.initialState);

test('one award stream tells of one award, decided the same each time, folded the same each time', () => {
  const accepted = new Set<string>();
  const codes = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof<fc.MaybeWeightedArbitrary<AwardCommand>[]>(
          { arbitrary: granting, weight: 4 },
          { arbitrary: announcing, weight: 4 },
          { arbitrary: correcting, weight: 8 },
          { arbitrary: revoking, weight: 1 },
        ),
        { maxLength: 20 },
      ),
      (commands) => {
        const history: AwardEvent[] = [];
        for (const command of commands) {
          const decision = awardDecider.decide(command, replay(history));
          expect(awardDecider.decide(command, replay(history))).toEqual(decision);
          if (decision instanceof Rejection) codes.add(decision.code);
          else history.push(...decision);
        }
        const types = history.map(({ type }) => type);
        // One beginning, then corrections of its kind, then at the most one end.
        expect(types.join(' ')).toMatch(
          /^(?:(?:AwardGranted|AwardsAnnounced)(?: AwardCorrected)*(?: AwardRevoked)?)?$/,
        );
        const kinds = history.flatMap(({ data }) =>
          'granted' in data ? 'AwardGranted' : 'announced' in data ? 'AwardsAnnounced' : [],
        );
        expect(kinds.every((kind) => kind === types[0])).toBe(true);
        for (const type of types) accepted.add(type);
      },
    ),
    { numRuns: 300 },
  );
  expect([...accepted].sort()).toEqual(['AwardCorrected', 'AwardGranted', 'AwardRevoked', 'AwardsAnnounced']);
  expect(Object.keys(awardRefusals)).toEqual(expect.arrayContaining([...codes]));
});
