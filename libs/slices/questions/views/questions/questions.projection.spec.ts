import { streamName } from '@khamrap/kernel';

import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { type DecodedEvent } from '@khamrap/platform/event-store';

import { byDepth, SeededRandom } from '@khamrap/testing';
import { FoldingTables, ProjectionBench, rowsAt, type Happening, type TableRow } from '../../../../testing/projection';
import {
  actualReported,
  drafted,
  GOVERNOR,
  indicatorAdded,
  KEEPER,
  targetSet,
} from '../../../agreements/domain/agreement.examples';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import { actualCertified, actualCorrected } from '../../../agreements/domain/figures/actuals.examples';
import { awardGranted } from '../../../awards/domain/award.examples';

import { explanationAccepted, questionExplained, questionOpened, rulesPublished } from '../../domain/question.examples';
import { RULES_OF_PROGRAM } from '../../domain/rules/rules-in-force';
import { findQuestion, pageOfQuestions, rulesAt } from './questions.sql';
import { itemOf } from './question.item';
import { QUESTIONS, questionsProjection } from './questions.projection';
import { questionTable } from './questions.tables';
import { CASES } from './spec/cases';
import { INSPECTION_CASES } from './spec/inspection-cases';
import {
  amended,
  begun,
  calendar,
  closed,
  codec,
  corrected,
  FILE,
  logOf,
  mandate,
  ORDER,
  reopened,
  reported,
  signed,
  weighed,
  type Told,
} from './spec/told';

let bench: ProjectionBench;
beforeAll(async () => {
  bench = await ProjectionBench.open(codec, 'simulated');
});
afterAll(() => bench.close());

/** The streams of events that no store holds are empty: what a fold remembers is all there is. */
const definition = () => questionsProjection(bench.store, codec);

const ALL = [...CASES, ...INSPECTION_CASES];

test('each rule asks where it should, and nowhere else', async () => {
  const tables = await FoldingTables.make(bench.pool, definition());
  const told: [string, readonly string[]][] = [];
  for (const [title, happened] of ALL) {
    const rows = await tables.fold([logOf(happened)]);
    told.push([title, rows[questionTable.name]!.map(({ rule }) => rule as string).toSorted()]);
  }
  expect(told).toEqual(ALL.map(([title, , rules]) => [title, rules]));
});

test('a file that another province used is asked about, and told where it was used to those who see there', async () => {
  const tables = await FoldingTables.make(bench.pool, definition());
  const file = { evidence: [{ ...FILE, sha256: '9'.repeat(64) }] };
  const first = logOf([...begun({ province: 'TH-55' }), reported(undefined, file)]);
  const second = logOf([...begun(), reported(undefined, file)], first.length);
  const [row] = (await tables.fold([[...first, ...second]]))[questionTable.name]!;
  expect(row).toMatchObject({ rule: 'evidenceUsedTwice', province: 'TH-54' });
  const told = (provinces: readonly string[]) =>
    itemOf(row as never, RULES_OF_PROGRAM, { ...PUBLIC_SIGHT, provinces } as Sight).restsOn.map(
      ({ eventId }) => eventId,
    );
  const [there, here] = [first.at(-1)!.eventId, second.at(-1)!.eventId];
  expect([told(['TH-54']), told(['TH-54', 'TH-55'])]).toEqual([[here], [there, here]]);
  expect(`${row!['seen_th'] as string} ${row!['seen_en'] as string}`).not.toMatch(/TH-55|น่าน|Nan/);
});

/** Any events, in any order that a log could hold. */
function randomHistory(random: SeededRandom): Happening[] {
  const names = ['a', 'b', 'c'].map(() => random.uuid());
  const of = (name: string) => streamName('agreement', name);
  const history: Happening[] = [{ stream: streamName('scheme', 'random'), event: calendar }];
  const scheme = { schemeId: 'random', ruleVersion: 1, calendarVersion: 1 };
  names.forEach((name, index) => {
    for (const event of [
      drafted({ province: index === 0 ? 'TH-55' : 'TH-54', scheme }),
      indicatorAdded(),
      indicatorAdded({ indicatorId: 'second', displayNumber: '2' }),
      targetSet(),
      actualReported(),
      actualReported({ indicatorId: 'second' }),
    ])
      history.push({ stream: of(name), event });
  });
  const values = ['900000', '1100000', '1200000', '5000000', '1234567'];
  const pick = <Item>(items: readonly Item[]): Item => items[random.integer(0, items.length - 1)]!;
  const evidence = () => (random.chance(0.5) ? [{ ...FILE, sha256: pick(['4', '5']).repeat(64) }] : []);
  const acts: readonly ((name: string) => AgreementEvent)[] = [
    () => actualCorrected({ indicatorId: pick(['income', 'second']), value: pick(values), evidence: evidence() }),
    () => actualCorrected({ indicatorId: pick(['income', 'second']), value: pick(values), evidence: evidence() }),
    () => amended(pick(values), '2027-01-01')[2]!.event as AgreementEvent,
    () => weighed(pick(['30', '40'])).event as AgreementEvent,
    () => closed('2027-05-20', random.integer(1, 3)).event as AgreementEvent,
    () => reopened.event as AgreementEvent,
    () => actualCertified({ certifiedBy: pick([KEEPER, GOVERNOR]) }),
    () => signed('2026-10-05', pick([{}, ORDER])).event as AgreementEvent,
  ];
  for (let count = 0; count < 60; count++) {
    const name = pick(names);
    const basisAgreement = { agreementId: name, round: '6m' };
    const die = random.fraction();
    if (die < 0.07)
      history.push({ stream: streamName('award', random.uuid()), event: awardGranted({ basisAgreement }) });
    else if (die < 0.12)
      history.push({
        stream: streamName('question-rules', 'current'),
        event: rulesPublished(count, { rule: 'correctedAgainAndAgain', mode: pick(['ask', 'off']) }),
      });
    else if (die < 0.17) history.push({ stream: streamName('office', 'example-cdd'), event: mandate().event });
    else history.push({ stream: of(name), event: pick(acts)(name) });
  }
  return history;
}

test.each([1, 2])(
  'rows do not depend on batches, and as of every position they equal a fold (history %i)',
  async (seed) => {
    const recorded = await bench.record(
      randomHistory(new SeededRandom(seed)),
      Date.parse('2027-04-14T02:00:00Z') + seed,
    );
    const tables = await FoldingTables.make(bench.pool, definition());
    const rows = await tables.foldAlike(recorded, seed);
    expect(rows[questionTable.name]!.length).toBeGreaterThan(10);
    const plain = (row: TableRow): TableRow => ({ ...row, first_position: null });
    for (let count = 3; count < recorded.length; count += byDepth(5, 1)) {
      const upTo = recorded.slice(0, count);
      const standing = (await tables.fold([upTo]))[questionTable.name]!;
      const byHistory = rowsAt(rows, questionTable, upTo.at(-1)!.position);
      const byId = (some: readonly TableRow[]) =>
        some.map(plain).toSorted((one, other) => (String(one['question_id']) < String(other['question_id']) ? -1 : 1));
      expect(byId(byHistory)).toEqual(byId(standing));
    }
  },
  60_000,
);

test('a question lives on, is told as it was, within sight only, and stays where later rules would not raise it', async () => {
  const { readModels, projections } = await bench.instance([definition()]);
  const name = new SeededRandom(77).uuid();
  const stream = streamName('agreement', name);
  const inPlace = (told: readonly Told[]): Happening[] =>
    told.map((each) => ({ stream: each.stream ? streamName('scheme', 'example') : stream, event: each.event }));
  const days = [begun(), [reported()], [corrected(), corrected(), corrected()]] as const;
  const recorded: DecodedEvent[] = [];
  let at = Date.parse('2027-04-15T00:00:00Z');
  const record = async (happenings: readonly Happening[]) =>
    recorded.push(...(await bench.record(happenings, (at += 60_000))));
  // Other histories of this log have published rules of their own.
  await record([{ stream: streamName('question-rules', 'current'), event: rulesPublished(98) }]);
  for (const some of days) await record(inPlace(some));
  const raisedAt = recorded.at(-1)!.position;
  const ask = async (position: number | undefined, sight: Sight = FULL_SIGHT) => {
    const freshness = position === undefined ? { minPosition: await bench.head() } : { asOfPosition: position };
    const { result } = await readModels.read(
      QUESTIONS,
      freshness,
      async (manager, standpoint, seen) => {
        const filter = { ...NO_FILTER, agreement: name, rule: 'correctedAgainAndAgain' };
        const rows = await pageOfQuestions(manager, standpoint, filter, [null, null], 10);
        const inForce = await rulesAt(manager, standpoint);
        const [row] = rows;
        expect(row && (await findQuestion(manager, standpoint, row.question_id))).toEqual(row);
        return rows.map((each) => itemOf(each, inForce, seen));
      },
      sight,
    );
    return result;
  };
  expect(await projections.waitFor(QUESTIONS, await bench.head(), 10_000)).toBe(true);
  expect(await ask(raisedAt - 1)).toEqual([]);
  const [question] = await ask(undefined);
  expect(question).toMatchObject({
    status: 'raised',
    province: 'TH-54',
    byRulesInForce: { rulesVersion: 98, raises: true },
  });
  const own = streamName('question', question!.questionId);
  await record([
    { stream: own, event: questionOpened() },
    { stream: own, event: questionExplained() },
  ]);
  await record([
    {
      stream: streamName('question-rules', 'current'),
      event: rulesPublished(99, {
        rule: 'correctedAgainAndAgain',
        mode: 'ask',
        thresholds: [{ name: 'corrections', value: '9' }],
      }),
    },
  ]);
  await record([{ stream: own, event: explanationAccepted() }]);
  const rulesWere = question!.byRulesInForce;
  const statuses = await Promise.all(
    [raisedAt, ...recorded.slice(-4).map(({ position }) => position)].map(async (position) => (await ask(position))[0]),
  );
  expect(statuses.map((each) => each!.status)).toEqual(['raised', 'opened', 'explained', 'explained', 'accepted']);
  expect(statuses[0]!.byRulesInForce).toEqual(rulesWere);
  expect(statuses[4]).toMatchObject({
    byRulesInForce: { rulesVersion: 99, raises: false },
    thresholds: { corrections: '3' },
  });
  const sights: readonly [Partial<Sight>, number][] = [
    [{ provinces: ['TH-54'] }, 1],
    [{ offices: [{ office: 'district-1', province: 'TH-54' }] }, 1],
    [{ provinces: ['TH-55'] }, 0],
    [{ offices: [{ office: 'district-1', province: 'TH-55' }] }, 0],
    [{}, 0],
  ];
  for (const [seen, count] of sights)
    for (const position of [undefined, raisedAt])
      expect((await ask(position, { ...PUBLIC_SIGHT, ...seen } as Sight)).length).toBe(count);
}, 60_000);

const NO_FILTER = {
  rule: null,
  mode: null,
  status: null,
  agreement: null,
  office: null,
  province: null,
  provinces: null,
  fiscalYear: null,
  indicator: null,
  scheme: null,
  changed: null,
  overdueOn: null,
};
