import { randomUUID } from 'node:crypto';
import { isoDate, streamName, type DomainEvent } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../../testing/projection';
import { officeEventDeclarations } from '../../offices/domain/office.declarations';
import { dissolved, registered, zoneProvincesSet, zoneRegistered } from '../../offices/domain/office.examples';
import { assignmentEventDeclarations } from '../domain/assignments/assignment.events';
import { TODAY } from '../domain/assignments/assignment.examples';
import { AssignInspector, AssignInspectorHandler, type AssignInspectorBody } from './assign-inspector';
import { EndAssignment, EndAssignmentHandler } from './end-assignment';
import { ZoneSnapshots } from './zone-snapshots';

// Who may assign, and on what an assignment rests.

const ZONE = 'primeMinisterOffice-5';
const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations, ...assignmentEventDeclarations]);
const someone = (...grants: readonly Grant[]): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: randomUUID(), role: grants[0]?.role ?? 'none' },
  grants,
});
const inProvince = (province: string): Grant => grant('administrator', { kind: 'province', province });
const ofOffice = (office: string): Grant => grant('administrator', { kind: 'office', office });
const NATION = grant('administrator', { kind: 'nation' });
const BODY = {
  inspector: randomUUID(),
  level: 'department',
  officeId: 'body',
  zoneId: ZONE,
  provinces: ['TH-84'],
  reason: 'คำสั่ง',
} satisfies AssignInspectorBody;

let bench: ProjectionBench;
let ledger: Ledger;
beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  const happened = (name: string, event: DomainEvent) => ({ stream: streamName(...split(name)), event });
  const split = (name: string): [string, string] => [
    name.slice(0, name.indexOf('-')),
    name.slice(name.indexOf('-') + 1),
  ];
  await bench.record([
    happened('office-body', registered({ kind: 'department', province: undefined })),
    happened('office-gone', registered()),
    happened('office-gone', dissolved()),
    happened(`zone-${ZONE}`, zoneRegistered({ number: 5 })),
    happened(`zone-${ZONE}`, zoneProvincesSet({ effectiveFrom: isoDate('2027-06-01'), provinces: ['TH-80', 'TH-93'] })),
  ]);
});
afterAll(() => bench.close());

const context = () => commandContext({ decidedAt: `${TODAY}T03:00:00.000Z` });
const assign = (requester: Requester, changes: Partial<AssignInspectorBody> = {}) =>
  new AssignInspectorHandler(ledger, new ZoneSnapshots(ledger)).execute(
    new AssignInspector(undefined, { ...BODY, ...changes }, requester, context()),
  );
const end = (requester: Requester, assignmentId: string) =>
  new EndAssignmentHandler(ledger).execute(
    new EndAssignment({ assignmentId }, { reason: 'คำสั่ง' }, requester, context()),
  );

test.each<[string, readonly Grant[], Partial<AssignInspectorBody>, string | undefined]>([
  ['the nation', [NATION], {}, undefined],
  ['the province and the office', [inProvince('TH-84'), ofOffice('body')], {}, undefined],
  ['the province alone', [inProvince('TH-84')], {}, 'assignment.beyondOwnReach'],
  ['the office alone', [ofOffice('body')], {}, 'assignment.beyondOwnReach'],
  [
    'one of two provinces',
    [inProvince('TH-84'), ofOffice('body')],
    { provinces: ['TH-84', 'TH-86'] },
    'assignment.beyondOwnReach',
  ],
  [
    'a part of the zone that is meant as a whole',
    [inProvince('TH-84'), ofOffice('body')],
    { provinces: undefined },
    'assignment.beyondOwnReach',
  ],
  ['the nation, for an office that is no more', [NATION], { officeId: 'gone' }, 'assignment.officeUnknown'],
  [
    'the nation, for a province that the zone no longer holds by then',
    [NATION],
    { from: isoDate('2027-06-01') },
    'assignment.provinceOutsideZone',
  ],
])('who may assign in %s', async (_where, grants, changes, code) => {
  const outcome = assign(someone(...grants), changes);
  if (code === undefined) expect(await outcome).toHaveProperty('id');
  else await expect(outcome).rejects.toMatchObject({ rejection: { code } });
});

test('an assignment keeps what the zone held on its first day, and names the streams that say so', async () => {
  const { id } = await assign(someone(NATION), { provinces: undefined, from: isoDate('2027-06-01') });
  const [event] = await ledger.history(streamName('inspection-assignment', id));
  expect(event).toMatchObject({
    data: {
      zone: { zoneId: ZONE, provinces: ['TH-80', 'TH-93'], statedBy: 'ledger' },
      provinces: ['TH-80', 'TH-93'],
      from: '2027-06-01',
    },
    basis: [
      { stream: 'office-body', revision: 0 },
      { stream: `zone-${ZONE}`, revision: 1 },
    ],
  });
});

test('who could not give it cannot end it, and who is far from it is told of none', async () => {
  const { id } = await assign(someone(NATION));
  const refused = (grants: readonly Grant[], code: string) =>
    expect(end(someone(...grants), id)).rejects.toMatchObject({ rejection: { code } });
  await refused([inProvince('TH-84')], 'assignment.notYours');
  await refused([inProvince('TH-54')], 'assignment.unknown');
  expect(await end(someone(inProvince('TH-84'), ofOffice('body')), id)).toHaveProperty('revision', 1);
  await expect(end(someone(NATION), randomUUID())).rejects.toMatchObject({ rejection: { code: 'assignment.unknown' } });
});
