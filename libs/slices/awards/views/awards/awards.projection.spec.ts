import { randomUUID } from 'node:crypto';
import { isoDate, type StreamName } from '@khamrap/kernel';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import type { ActualCorrected, EvaluationRoundClosed, EvaluationRoundReopened } from '@khamrap/agreements/events';
import {
  FoldingTables,
  freshStreamOf,
  ProjectionBench,
  rowsAt,
  type ProjectionInstance,
} from '../../../../testing/projection';
import { agreementEventDeclarations } from '../../../agreements/domain/agreement.events';
import type { BasisEvent } from '../../domain/award.basis';
import { awardEventDeclarations, type AwardEvent, type BasisAgreement } from '../../domain/award.events';
import { awardGranted, awardRevoked, grantedCorrected } from '../../domain/award.examples';
import { ReadAward, ReadAwardHandler } from '../award/award.query';
import { ListAwards, ListAwardsHandler } from './awards.handlers';
import { AWARDS, awardsProjection } from './awards.projection';
import { awardBasisTable, awardTable } from './awards.table';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations, ...awardEventDeclarations]);
const FIGURE = { indicatorId: randomUUID(), span: '2026-10-01..2027-09-30' };
const agreement = freshStreamOf('agreement');
const otherAgreement = freshStreamOf('agreement');
const agreementId = agreement.slice('agreement-'.length);

function closed(revision: number, round = '12'): EvaluationRoundClosed {
  return {
    type: 'EvaluationRoundClosed',
    data: {
      round,
      span: FIGURE.span,
      revision,
      closedOn: isoDate('2027-10-20'),
      closedBy: 'person-1',
      scheme: { schemeId: 'scheme-1', ruleVersion: 1, calendarVersion: 1 },
      indicators: [],
      targetsMet: 0,
      targetsJudged: 0,
    },
  };
}
function reopened(revision: number, round = '12'): EvaluationRoundReopened {
  return { type: 'EvaluationRoundReopened', data: { round, revision, reason: 'ตัวเลขผิด', reopenedBy: 'person-1' } };
}
function corrected(indicatorId = FIGURE.indicatorId): ActualCorrected {
  return {
    type: 'ActualCorrected',
    data: {
      indicatorId,
      span: FIGURE.span,
      kind: 'value',
      unit: 'count',
      value: '12',
      finality: 'final',
      evidence: [],
      reason: 'นับซ้ำ',
      correctedBy: 'person-1',
    },
  };
}
const resting = (named: Partial<BasisAgreement>): BasisAgreement => ({ agreementId, ...named });

/** What awards rest on; nothing, for one. */
const BASES = {
  none: undefined,
  round: resting({ round: '12' }),
  first: resting({ round: '12', closureRevision: 1 }),
  second: resting({ round: '12', closureRevision: 2 }),
  otherRound: resting({ round: '6' }),
  figure: resting({ figure: FIGURE }),
  otherFigure: resting({ figure: { ...FIGURE, indicatorId: randomUUID() } }),
  both: resting({ round: '12', figure: FIGURE }),
} satisfies Record<string, BasisAgreement | undefined>;
type Named = keyof typeof BASES;

/** The events in their order: of the agreement, of another, or of an award; and which awards then carry which warning. */
type Step =
  | { readonly happens: BasisEvent; readonly elsewhere?: true; readonly warned: Partial<Record<string, number | null>> }
  | { readonly award: string; readonly states: AwardEvent; readonly warned: Partial<Record<string, number | null>> };

const granted = (name: Named, warned: Partial<Record<string, number | null>> = {}, award: string = name): Step => ({
  award,
  states: awardGranted(BASES[name] ? { basisAgreement: BASES[name] } : {}),
  warned,
});

// A warning is given by the number of the step whose event it names.
const STEPS: readonly Step[] = [
  granted('round'),
  { happens: closed(1), warned: {} },
  granted('none'),
  granted('first'),
  granted('otherRound'),
  granted('figure'),
  granted('otherFigure'),
  granted('both'),
  { happens: reopened(1), elsewhere: true, warned: {} },
  { happens: reopened(1), warned: { round: 9, first: 9, both: 9 } },
  granted('round', { late: 9 }, 'late'),
  { happens: corrected(), warned: { figure: 11, both: 11 } },
  { happens: corrected(randomUUID()), warned: {} },
  { happens: closed(2), warned: { round: 13, first: 13, both: 13, late: 13 } },
  granted('second'),
  granted('round', {}, 'afterwards'),
  granted('figure', {}, 'figureAfterwards'),
  granted('first', { firstAfterwards: 13 }, 'firstAfterwards'),
  { award: 'first', states: grantedCorrected({ basisAgreement: BASES.second }), warned: { first: null } },
  { award: 'both', states: grantedCorrected(), warned: { both: null } },
  { award: 'none', states: grantedCorrected({ basisAgreement: BASES.first }), warned: { none: 13 } },
  { award: 'round', states: awardRevoked(), warned: {} },
  {
    happens: reopened(2),
    warned: { round: 22, first: 22, second: 22, none: 22, late: 22, afterwards: 22, firstAfterwards: 22 },
  },
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
const eventIds: string[] = [];
const positions: number[] = [];
const awards = new Map<string, StreamName>();

function streamOf(step: Step): StreamName {
  if ('happens' in step) return step.elsewhere ? otherAgreement : agreement;
  const stream = awards.get(step.award) ?? freshStreamOf('award');
  awards.set(step.award, stream);
  return stream;
}

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([awardsProjection]);
  for (const step of STEPS) {
    const event = 'happens' in step ? step.happens : step.states;
    const [recorded] = await bench.record([{ stream: streamOf(step), event }]);
    eventIds.push(recorded!.eventId);
    positions.push(recorded!.position);
  }
  expect(await instance.projections.waitFor(AWARDS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const idOf = (name: string): string => awards.get(name)!.slice('award-'.length);

/** What is expected after each step, by award. */
const expectedAfter = STEPS.map((_step, index) => {
  const warned: Record<string, number | null> = {};
  for (const { warned: changes } of STEPS.slice(0, index + 1)) Object.assign(warned, changes);
  return warned;
});

test('an award warns of the event after which it rests on what no longer stands, at every position of the past', async () => {
  const list = new ListAwardsHandler(instance.readModels);
  for (const [index, asOfPosition] of positions.entries()) {
    const { items } = await list.execute(new ListAwards({ limit: 100, asOfPosition }));
    for (const [name, stream] of awards) {
      const item = items.find(({ awardId }) => `award-${awardId}` === stream);
      if (!item) continue;
      const step = expectedAfter[index]![name] ?? null;
      const warning = step === null ? null : warningOf(step);
      expect([index, name, item.basisSuperseded]).toEqual([index, name, warning]);
    }
  }
});

function warningOf(step: number) {
  const happened = STEPS[step]!;
  return {
    eventId: eventIds[step],
    position: positions[step],
    type: 'happens' in happened ? happened.happens.type : undefined,
  };
}

test('an award read from its own stream warns of the same', async () => {
  const list = new ListAwardsHandler(instance.readModels);
  const read = new ReadAwardHandler(new Ledger(bench.store, codec, { keep: () => Promise.resolve() }), bench.store);
  let warningCount = 0;
  for (const asOfPosition of positions) {
    const { items } = await list.execute(new ListAwards({ limit: 100, asOfPosition }));
    for (const { awardId, basisSuperseded } of items) {
      const answer = await read.execute(new ReadAward(awardId, { asOfPosition }));
      expect(answer.basisSuperseded ?? null).toEqual(basisSuperseded);
      if (basisSuperseded) warningCount++;
    }
  }
  expect(warningCount).toBeGreaterThan(10);
});

test('a warning is no new statement, and a revoked award stays revoked', async () => {
  const { items } = await new ListAwardsHandler(instance.readModels).execute(new ListAwards({ limit: 100 }));
  const second = items.find(({ awardId }) => awardId === idOf('second'));
  expect(second).toMatchObject({ position: positions[14], eventId: eventIds[14], correction: null });
  expect(items.find(({ awardId }) => awardId === idOf('round'))).toMatchObject({ status: 'revoked' });
});

test('rows do not depend on the batches that events come in; only what changes is written', async () => {
  const tables = await FoldingTables.make(bench.pool, awardsProjection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 7);
  const statementCount = STEPS.filter((step) => 'award' in step).length;
  const changeCount = STEPS.flatMap((step) => ('happens' in step ? Object.keys(step.warned) : [])).length;
  expect(rows[awardTable.history]).toHaveLength(statementCount + changeCount);
  expect(rows[awardBasisTable.name]).toHaveLength(4);
  expect(rowsAt(rows, awardTable, positions[4]!)).toHaveLength(4);
});
