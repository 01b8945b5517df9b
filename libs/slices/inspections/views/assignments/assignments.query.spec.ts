import { isoDate, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, ProjectionBench, type Happening } from '../../../../testing/projection';
import { assignmentEventDeclarations, type AssignmentEvent } from '../../domain/assignments/assignment.events';
import { assignmentEnded, inspectorAssigned } from '../../domain/assignments/assignment.examples';
import { ASSIGNMENT_COLUMNS, type AssignmentsPage, type AssignmentsQuery } from './assignments.answer';
import { ASSIGNMENTS, assignmentsProjection } from './assignments.projection';
import {
  ListAssignments,
  ListAssignmentsHandler,
  ListOwnAssignments,
  ListOwnAssignmentsHandler,
} from './assignments.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...assignmentEventDeclarations]);
const day = isoDate;
const happened = (event: AssignmentEvent): Happening => ({
  stream: streamName('inspection-assignment', event.data.assignmentId),
  event,
});
const assigned = (assignmentId: string, changes: object = {}): Happening =>
  happened(inspectorAssigned({ assignmentId, from: day('2027-01-01'), to: undefined, ...changes }));

const HAPPENED: readonly Happening[] = [
  assigned('1-part', { to: day('2027-06-30') }),
  assigned('2-other', { provinces: ['TH-93'], level: 'ministry', officeId: 'ministry' }),
  assigned('3-person', { inspector: 'pseudonym-3', provinces: ['TH-84', 'TH-93'] }),
  assigned('4-zone', { zone: { ...inspectorAssigned().data.zone, zoneId: 'primeMinisterOffice-6' } }),
  happened(assignmentEnded({ assignmentId: '4-zone', on: day('2027-03-31'), endedOn: day('2027-03-31') })),
  happened(assignmentEnded({ assignmentId: '2-other', on: day('2027-09-30'), endedOn: day('2027-03-31') })),
];

let bench: ProjectionBench;
let handler: ListAssignmentsHandler;
let positions: readonly number[];
let grants: readonly Grant[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  const instance = await bench.instance([assignmentsProjection]);
  positions = (await bench.record(HAPPENED)).map(({ position }) => position);
  expect(await instance.projections.waitFor(ASSIGNMENTS, await bench.head(), 10_000)).toBe(true);
  handler = new ListAssignmentsHandler(instance.readModels, { grantsOf: () => grants });
});
afterAll(() => bench.close());

const requesterWith = (...held: readonly Grant[]): Requester => {
  grants = held;
  return { issuer: 'issuer', subject: 'subject', actor: { id: 'pseudonym-3', role: 'role' }, grants: held };
};
const NATION = grant('naccOfficer', { kind: 'nation' });
const inspecting = (...provinces: readonly string[]): Grant =>
  grant('inspector', { kind: 'zone', zone: '5', provinces });
const ask = (query: Partial<AssignmentsQuery> = {}, held = NATION): Promise<AssignmentsPage> =>
  handler.execute(new ListAssignments({ limit: 100, ...query }, requesterWith(held)));
const numbersIn = ({ items }: AssignmentsPage): string => items.map(({ assignmentId }) => assignmentId[0]).join('');

test.each<[string, Partial<AssignmentsQuery>, string]>([
  ['all that were ever given', {}, '1234'],
  ['one', { id: '2-other' }, '2'],
  ['of an inspector', { inspector: 'pseudonym-3' }, '3'],
  ['of a level', { level: 'ministry' }, '2'],
  ['of an office', { office: 'ministry' }, '2'],
  ['of a zone', { zone: 'primeMinisterOffice-6' }, '4'],
  ['that hold a province', { province: 'TH-93' }, '23'],
  ['that do not hold one of their zone', { province: 'TH-90' }, ''],
  ['before their first day', { effectiveOn: day('2026-12-31') }, ''],
  ['on the day on which one was ended at once', { effectiveOn: day('2027-03-31') }, '1234'],
  ['on the day after', { effectiveOn: day('2027-04-01') }, '123'],
  ['after the last day of one', { effectiveOn: day('2027-07-01') }, '23'],
  ['after an end that lay ahead', { effectiveOn: day('2027-10-01') }, '3'],
])('assignments are found: %s', async (_what, query, numbers) => {
  expect(numbersIn(await ask(query))).toBe(numbers);
});

test.each<[string, Grant, string]>([
  ['the nation', NATION, '1234'],
  ['some provinces', inspecting('TH-84', 'TH-86'), '14'],
  ['others', inspecting('TH-84', 'TH-93', 'TH-54'), '23'],
  ['an office', grant('governor', { kind: 'office', office: 'ministry' }), ''],
  ['a role that sees none', grant('keeper', { kind: 'nation' }), ''],
])('who holds a grant for %s sees what lies within it', async (_what, held, numbers) => {
  expect(numbersIn(await ask({}, held))).toBe(numbers);
});

test('an assignment is told with its zone, by what it was given, and how it ended', async () => {
  const { items } = await ask();
  expect(items[3]).toMatchObject({
    zoneProvinces: ['TH-80', 'TH-84', 'TH-86', 'TH-90', 'TH-93'],
    zoneStatedBy: 'reference',
    provinces: ['TH-84', 'TH-86'],
    documentReference: 'คำสั่งกรมตัวอย่าง ที่ 1/2570',
    assignedPosition: positions[3],
    endedOn: '2027-03-31',
    endReason: 'คำสั่งกรมตัวอย่าง ที่ 2/2570',
    endedPosition: positions[4],
  });
  expect(writeCsv(items, ASSIGNMENT_COLUMNS)).toContain('4-zone,pseudonym-2,department,example-department,');
});

test('the past is as it was known, page by page; and everybody sees their own', async () => {
  const before = await ask({ asOfPosition: positions[3]!, effectiveOn: day('2027-10-01') });
  expect(numbersIn(before)).toBe('234');
  const first = await ask({ limit: 3 });
  const second = await ask({ limit: 3, cursor: encodeCursor(first.next!) });
  expect([numbersIn(first), numbersIn(second), second.next]).toEqual(['123', '4', undefined]);
  const own = await new ListOwnAssignmentsHandler(handler).execute(
    new ListOwnAssignments({ limit: 100 }, requesterWith()),
  );
  expect(numbersIn(own)).toBe('3');
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, assignmentsProjection);
  const log = (await bench.store.readLog(0, 1_000)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 27);
  expect(rows['inspection_assignment']).toHaveLength(4);
});
