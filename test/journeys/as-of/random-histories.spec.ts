import { agreementEventDeclarations } from '@khamrap/agreements';
import { awardEventDeclarations, awardsProjection } from '@khamrap/awards';
import { goalSetEventDeclarations, goalSetsProjection } from '@khamrap/goals';
import type { Position } from '@khamrap/kernel';
import { officeEventDeclarations, officesProjection } from '@khamrap/offices';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { ProjectionDefinition } from '@khamrap/platform/projections';
import { schemeEntity, schemeEventDeclarations, schemesProjection } from '@khamrap/schemes';
import { sourceEventDeclarations, sourcesProjection } from '@khamrap/sources';
import { byDepth } from '@khamrap/testing';
import * as fc from 'fast-check';
import { allRows, FoldingTables, ProjectionBench, type ProjectionInstance } from '../../../libs/testing/projection';
import { MAKER } from '../../../libs/slices/standings/domain/standings.examples';
import { standingsProjection } from '../../../libs/slices/standings/views/standings/standings.projection';
import { histories, KEEPING } from './histories';
import { questionsAbout, type Question } from './questions';

// Every read of the product, at every position of random histories: what is told as of a position is, to the last field, what was
// told when the log ended there, to everybody who asks; and what is told of what the public could know is what was told to the
// public then. What was told when the log ended there comes from projections that had been given nothing else.

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...awardEventDeclarations,
  ...goalSetEventDeclarations,
  ...officeEventDeclarations,
  ...schemeEventDeclarations,
  ...sourceEventDeclarations,
]);
/** A day before which the clock of no machine stands. */
const BEGUN_AT = Date.parse('2021-10-01T00:00:00Z');

let bench: ProjectionBench;
let instance: ProjectionInstance;
let definitions: readonly ProjectionDefinition[];
let ledger: Ledger;
let recordedAt = BEGUN_AT;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec, 'simulated');
  definitions = [
    standingsProjection(bench.store, codec),
    awardsProjection,
    goalSetsProjection,
    officesProjection,
    schemesProjection,
    sourcesProjection(codec.types),
  ];
  instance = await bench.instance(definitions, {}, [schemeEntity]);
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
}, 60_000);
afterAll(() => bench.close());

const requesterWith = (...grants: Grant[]): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: 'pseudonym-1', role: 'role' },
  grants,
});
const ANYBODY = undefined;
const NATION = requesterWith(grant('naccOfficer', { kind: 'nation' }));
/** Who sees more than the public, but not everything: each is asked for at every third position. */
const SOME = [
  requesterWith(grant('governor', { kind: 'province', province: 'TH-54' })),
  requesterWith(grant('governor', { kind: 'office', office: MAKER.officeId, province: 'TH-54' })),
  requesterWith(grant('keeper', { kind: 'office', office: KEEPING.officeId, province: 'TH-54' })),
];
/** Every position is asked about: every day by a third of the questions, so that each is asked at every third of them. */
const QUESTION_SHARE = byDepth(3, 1);
const askedAt = (questions: readonly Question[], position: Position) =>
  questions.filter((_, index) => (index + position) % QUESTION_SHARE === 0);
const readersAt = (position: Position) => [ANYBODY, NATION, SOME[position % SOME.length]];

/** What was answered, or why nothing was. */
type Answer = { readonly told: unknown } | { readonly refused: string };

async function answerTo(asking: Promise<unknown>): Promise<Answer> {
  try {
    return { told: await asking };
  } catch (error) {
    // What is not there yet is refused; whatever else goes wrong is no answer.
    const code = (error as { rejection?: { code: string } }).rejection?.code;
    if (code === undefined) throw error;
    return { refused: code };
  }
}

/** What everybody was told when the log ended at a position. */
interface Known {
  readonly position: Position;
  readonly recordedAt: number;
  /** By question and reader. */
  readonly answers: readonly (readonly Answer[])[];
}

async function answersTo(
  questions: readonly Question[],
  times: object,
  readers: readonly (Requester | undefined)[],
): Promise<readonly (readonly Answer[])[]> {
  return Promise.all(
    questions.map(({ ask, isAlike }) =>
      Promise.all((isAlike ? [ANYBODY] : readers).map((reader) => answerTo(ask(times, reader)))),
    ),
  );
}

async function reached(position: Position): Promise<void> {
  const all = definitions.map(({ name }) => instance.projections.waitFor(name, position, 20_000));
  expect(await Promise.all(all)).not.toContain(false);
}

async function expectSame(questions: readonly Question[], { position, recordedAt: at, answers }: Known): Promise<void> {
  const named = (told: readonly (readonly Answer[])[]) =>
    told.map((each, index) => ({ question: questions[index]?.name, position, answers: each }));
  const readers = readersAt(position);
  expect(named(await answersTo(questions, { asOfPosition: position }, readers))).toEqual(named(answers));
  if (position % 4 !== 0) return;
  // The moment of an event lasts until the next one.
  const asOf = new Date(at + 999).toISOString();
  expect(named(await answersTo(questions, { asOf }, readers))).toEqual(named(answers));
  const publishedBy = new Date(at).toISOString();
  const asked = questions.filter(({ isOfPublic }) => isOfPublic);
  const toThePublic = answers.flatMap(([told], index) => {
    const { isOfPublic, isAlike } = questions[index]!;
    if (!isOfPublic || told === undefined) return [];
    const answer = 'told' in told ? { told: { ...(told.told as object), publishedBy } } : told;
    return [(isAlike ? [ANYBODY] : readers).map(() => answer)];
  });
  const names = asked.map(({ name }) => name);
  const withNames = (told: readonly unknown[]) =>
    told.map((each, index) => ({ question: names[index], position, each }));
  expect(withNames(await answersTo(asked, { publishedBy }, readers))).toEqual(withNames(toThePublic));
}

/** The tables that came about as the events did are those that a rebuild of the whole log makes. */
async function expectRebuiltAlike(): Promise<void> {
  const head = await bench.head();
  const log = await bench.store.readLog(0, head + 1);
  for (const definition of definitions) {
    const tables = await FoldingTables.make(bench.pool, definition);
    const heard = log.filter((event) => definition.concerns?.(event) ?? true);
    const rebuilt = await tables.fold([heard.map((event) => bench.decode(event))]);
    for (const table of definition.tables)
      expect({ table, rows: await allRows(bench.pool, `read_model.${table}`) }).toEqual({
        table,
        rows: rebuilt[table],
      });
  }
}

test('what is told as of a position is what was told when the log ended there, to everybody', async () => {
  let positionCount = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const questions = questionsAbout(history, { readModels: instance.readModels, store: bench.store, ledger });
      const known: Known[] = [];
      for (const happening of history.happenings) {
        recordedAt += 1_000;
        const [recorded] = await bench.record([happening], recordedAt);
        const { position } = recorded!;
        await reached(position);
        known.push({
          position,
          recordedAt,
          answers: await answersTo(askedAt(questions, position), {}, readersAt(position)),
        });
      }
      for (const each of known) await expectSame(askedAt(questions, each.position), each);
      positionCount += known.length;
    }),
    { ...byDepth({ numRuns: 1, seed: 37 }, { numRuns: 2 }), endOnFailure: true },
  );
  expect(positionCount).toBeGreaterThan(30);
  await expectRebuiltAlike();
}, 480_000);
