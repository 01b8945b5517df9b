import { agreementEventDeclarations } from '@khamrap/agreements';
import { bangkokDateOf, type DomainEvent, type StreamName, isoDate } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { schemeEventDeclarations } from '@khamrap/schemes';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import * as example from '../../domain/standings.examples';
import {
  AT,
  begun,
  certifiedInFull,
  HALF,
  KEEPERS,
  MAKER,
  RECEIVER,
  reported,
  TWO,
  WHOLE,
} from '../../domain/standings.examples';
import { STANDINGS, standingsProjection } from '../standings/standings.projection';
import type { DueQuery } from './due.answer';
import { ListDue, ListDueHandler } from './due.handler';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...schemeEventDeclarations,
  ...officeEventDeclarations,
]);
const SCHEME_STREAM = 'scheme-example-2570' as StreamName;
let bench: ProjectionBench;
let instance: ProjectionInstance;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  await happens(SCHEME_STREAM, ...SCHEME_EVENTS);
}, 60_000);
afterAll(() => bench.close());

const SCHEME_EVENTS = [
  example.calendarPublished(),
  example.rulePublished(),
  example.statusRulesPublished(),
  example.bandsPublished(),
];

async function happens(stream: StreamName, ...events: readonly DomainEvent[]): Promise<number> {
  const recorded = await bench.record(events.map((event) => ({ stream, event })));
  const { position } = recorded.at(-1)!;
  expect(await instance.projections.waitFor(STANDINGS, position, 30_000)).toBe(true);
  return position;
}

const due = async (query: Partial<DueQuery>, today = '2027-04-10') =>
  (
    await new ListDueHandler(instance.readModels, bench.store).execute(
      new ListDue({ limit: 100, ...query }, isoDate(today), FULL_SIGHT),
    )
  ).items;

describe('what is due', () => {
  const stream = freshStreamOf('agreement');
  const province = 'TH-70';
  const supervisor = { officeId: 'supervising', officeName: 'ผู้กำกับ' };
  const steps = (items: Awaited<ReturnType<typeof due>>) =>
    items.map(({ displayNumber, step, contactOfficeId, dueOn, daysLeft, lateSince }) => [
      displayNumber,
      step,
      contactOfficeId,
      dueOn,
      daysLeft,
      lateSince,
    ]);

  test('is told by whom, until when, and since when it is late', async () => {
    await happens(
      stream,
      ...begun({ province }, { keepers: KEEPERS, supervisor }),
      reported({ ...AT, officeId: MAKER.officeId }, '1'),
    );
    expect(await due({ province }, '2027-03-31')).toEqual([]);
    expect(steps(await due({ province }))).toEqual([
      ['1', 'supervisor', 'supervising', '2027-04-30', 20, null],
      ['1', 'report', RECEIVER.officeId, '2027-04-15', 5, null],
      ['2', 'report', MAKER.officeId, '2027-04-15', 5, null],
    ]);
    expect(steps(await due({ province }, '2027-04-18'))[2]).toEqual([
      '2',
      'report',
      MAKER.officeId,
      '2027-04-15',
      -3,
      null,
    ]);
    expect(steps(await due({ province }, '2027-04-19'))[2]).toEqual([
      '2',
      'report',
      MAKER.officeId,
      '2027-04-15',
      -4,
      '2027-04-19',
    ]);
    expect(await due({ province, late: 'true' }, '2027-04-18')).toEqual([]);
    expect((await due({ province, late: 'true' }, '2027-04-19')).map(({ lateSince }) => lateSince)).toEqual([
      '2027-04-19',
      '2027-04-19',
    ]);
    expect(steps(await due({ province, office: RECEIVER.officeId }))).toEqual([
      ['1', 'report', RECEIVER.officeId, '2027-04-15', 5, null],
    ]);
    expect(await due({ province, scheme: 'other' })).toEqual([]);
    const opened = (await due({ province }, '2027-10-01')).map(({ round }) => round);
    expect(opened.toSorted()).toEqual([WHOLE, WHOLE, WHOLE, HALF, HALF, HALF]);
  });

  test('an extension moves the deadlines of those for whom it is meant', async () => {
    const before = await bench.head();
    await happens(SCHEME_STREAM, example.deadlineExtended({ offices: [MAKER.officeId] }));
    expect(steps(await due({ province }))).toEqual([
      ['1', 'supervisor', 'supervising', '2027-05-10', 30, null],
      ['1', 'report', RECEIVER.officeId, '2027-04-15', 5, null],
      ['2', 'report', MAKER.officeId, '2027-04-25', 15, null],
    ]);
    expect(steps(await due({ province, asOfPosition: before, onDate: isoDate('2027-04-10') }))[2]).toEqual([
      '2',
      'report',
      MAKER.officeId,
      '2027-04-15',
      5,
      null,
    ]);
  });

  test('as of a past moment it is seen from the day of that moment, whatever day it is today', async () => {
    const handler = new ListDueHandler(instance.readModels, bench.store);
    const asked = { limit: 1, province, asOfPosition: await bench.head() };
    const [event] = await bench.store.readLog(asked.asOfPosition, 1);
    for (const today of ['2027-04-10', '2030-01-01'])
      expect((await handler.execute(new ListDue(asked, isoDate(today), FULL_SIGHT))).onDate).toBe(
        bangkokDateOf(event!.recordedAt),
      );
  });

  test('what was given back is to be corrected, and what is done is due no more', async () => {
    const [maker, receiver] = KEEPERS.map(({ officeId }) => ({ ...AT, officeId }));
    await happens(
      stream,
      example.givenBack(maker!),
      reported(receiver!, '1'),
      ...certifiedInFull(receiver!),
      example.exempted(TWO),
    );
    expect(steps(await due({ province }))).toEqual([['1', 'correct', MAKER.officeId, '2027-05-10', 30, null]]);
    await happens(stream, example.certified(maker!, 'keeper'), ...certifiedInFull(maker!));
    expect(await due({ province })).toEqual([]);
  });
});
