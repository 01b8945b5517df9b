import { isoDate, NOT_STATED, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { EventCodec, Ledger, ledgerEventDeclarations, type CommandContext } from '@khamrap/platform/event-store';
import type { CommandOutcome } from '@khamrap/platform/http';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../../../testing/projection';
import { AppointHolder, AppointHolderHandler } from '../../commands/appoint-holder';
import { DissolveOffice, DissolveOfficeHandler } from '../../commands/dissolve-office';
import { EndDelegation, EndDelegationHandler } from '../../commands/end-delegation';
import { EndHolder, EndHolderHandler } from '../../commands/end-holder';
import { EndRole, EndRoleHandler } from '../../commands/end-role';
import { Endings } from '../../commands/endings';
import { GrantDelegation, GrantDelegationHandler } from '../../commands/grant-delegation';
import { GrantRole, GrantRoleHandler } from '../../commands/grant-role';
import { RegisterOffice, RegisterOfficeHandler } from '../../commands/register-office';
import { RenameOffice, RenameOfficeHandler } from '../../commands/rename-office';
import { ScopeFacts } from '../../commands/scope-facts';
import { officeEventDeclarations } from '../../domain/office.declarations';
import type { RoleScope } from '../../domain/office.events';
import { registered, roleGranted } from '../../domain/office.examples';
import type { OfficeRecordAnswer } from './office.answer';
import { ReadOffice, ReadOfficeHandler, type OfficeQuery } from './office.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations]);
const day = isoDate;
const requesterWith = (...grants: Grant[]): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: 'pseudonym-1', role: grants[0]!.role },
  grants,
});
const NATION = { kind: 'nation' } as const;
const ADMINISTRATOR = requesterWith(grant('administrator', NATION));
const RECORDER = requesterWith(grant('recorder', NATION));
const GOVERNOR = requesterWith(grant('governor', { kind: 'province', province: 'TH-54' }));
const GOVERNOR_OF_NAN = requesterWith(grant('governor', { kind: 'province', province: 'TH-55' }));
const DASHBOARD = requesterWith(grant('dashboard', NATION));
const SOURCE = { document: 'a'.repeat(64), passage: 'paragraph 3' };
const OFFICE = { officeId: 'phrae-cdd' };
const DECIDED = '2027-03-31T01:00:00.000Z';

let bench: ProjectionBench;
let ledger: Ledger;
let scopes: ScopeFacts;
let endings: Endings;
const outcomes: CommandOutcome[] = [];
const context = (): CommandContext => commandContext({ decidedAt: DECIDED });

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  // Nothing of an office is private.
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  scopes = new ScopeFacts(ledger, { officesBelow: () => Promise.resolve(new Map()) });
  endings = new Endings(ledger, scopes, {
    heldForNation: () => Promise.resolve([]),
    inspectedFor: () => Promise.resolve([]),
    isScope: () => Promise.resolve(false),
  });
  outcomes.push(
    await new RegisterOfficeHandler(ledger).execute(
      new RegisterOffice(
        undefined,
        {
          ...OFFICE,
          nameTh: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่',
          nameEn: 'Phrae CDD',
          kind: 'provincialOffice',
          province: 'TH-54',
          contact: { telephone: '0 5400 0000' },
        },
        ADMINISTRATOR,
        context(),
      ),
    ),
  );
  outcomes.push(
    await new AppointHolderHandler(ledger).execute(
      new AppointHolder(
        OFFICE,
        { personName: 'สุสังข์ ชุ่มมะโน', positionTitle: 'พัฒนาการจังหวัดแพร่', from: { notStated: true }, source: SOURCE },
        RECORDER,
        context(),
      ),
    ),
  );
  outcomes.push(await delegate({ day: day('2027-01-01') }));
  outcomes.push(await grantKeeper('pseudonym-2'));
  outcomes.push(
    await new EndHolderHandler(ledger).execute(
      new EndHolder(OFFICE, { on: { day: day('2027-02-28') }, reason: 'transferred' }, ADMINISTRATOR, context()),
    ),
  );
});
afterAll(() => bench.close());

const delegate = (from: { day: ReturnType<typeof day> }) =>
  new GrantDelegationHandler(ledger, scopes).execute(
    new GrantDelegation(
      OFFICE,
      {
        personName: 'รองตัวอย่าง',
        positionTitle: 'รองผู้ว่าราชการจังหวัด',
        kind: 'delegated',
        scope: ['agreement.sign'],
        orderReference: 'คำสั่งที่ 1/2570',
        delegate: 'pseudonym-4',
        from,
      },
      ADMINISTRATOR,
      context(),
    ),
  );
const grantKeeper = (grantee: string, by = ADMINISTRATOR) =>
  new GrantRoleHandler(ledger, scopes).execute(
    new GrantRole(
      OFFICE,
      { grantee, role: 'keeper', scope: { kind: 'office', value: 'phrae-cdd' }, reason: 'คำสั่งที่ 2/2570' },
      by,
      context(),
    ),
  );
const endRole = (grantId: string) =>
  new EndRoleHandler(ledger, endings).execute(
    new EndRole({ ...OFFICE, grantId }, { reason: 'ย้าย' }, ADMINISTRATOR, context()),
  );
const read = (
  query: OfficeQuery = {},
  requester: Requester | undefined = ADMINISTRATOR,
  officeId = OFFICE.officeId,
): Promise<OfficeRecordAnswer> =>
  new ReadOfficeHandler(ledger, bench.store, scopes).execute(
    new ReadOffice(officeId, query, day('2027-03-31'), requester),
  );
const positionOf = (index: number): number => outcomes[index]!.position!;

test('an office is told with its names, holders, delegations and roles, each with where it stands', async () => {
  const answer = await read();
  expect(answer).toMatchObject({
    ...OFFICE,
    revision: 4,
    asOfPosition: positionOf(4),
    effectiveOn: '2027-03-31',
    status: 'registered',
    kind: 'provincialOffice',
    province: 'TH-54',
    contact: { telephone: '0 5400 0000' },
    names: [{ nameTh: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่', nameEn: 'Phrae CDD' }],
    holderStanding: 'vacant',
    holders: [
      {
        personName: 'สุสังข์ ชุ่มมะโน',
        from: NOT_STATED,
        stated: {
          eventId: outcomes[1]!.eventIds[0],
          position: positionOf(1),
          provenance: { kind: 'transcribed', sourceDocument: SOURCE.document, passage: SOURCE.passage },
        },
        ended: { on: '2027-02-28', reason: 'transferred', stated: { position: positionOf(4) } },
      },
    ],
    delegations: [
      {
        delegationId: outcomes[2]!.id,
        standing: 'inForce',
        orderReference: 'คำสั่งที่ 1/2570',
        delegate: 'pseudonym-4',
      },
    ],
    roleGrants: [{ grantId: outcomes[3]!.id, grantee: 'pseudonym-2', from: '2027-03-31', grantedBy: 'pseudonym-1' }],
  });
  expect(answer).not.toHaveProperty('holder');
});

test.each([
  ['2026-12-31', 'notStated', 'notInForce'],
  ['2027-01-01', 'notStated', 'inForce'],
  ['2027-02-28', 'held', 'inForce'],
  ['2027-03-01', 'vacant', 'inForce'],
])('on %s the post was %s, and the delegation %s', async (effectiveOn, holderStanding, standing) => {
  expect(await read({ effectiveOn: day(effectiveOn) })).toMatchObject({
    effectiveOn,
    holderStanding,
    delegations: [{ standing }],
  });
});

test('the past has what was recorded by then', async () => {
  const past = await read({ asOfPosition: positionOf(1), effectiveOn: day('2027-03-31') });
  expect(past).toMatchObject({ revision: 1, holderStanding: 'notStated', holder: { personName: 'สุสังข์ ชุ่มมะโน' } });
  expect([past.delegations, past.roleGrants, past.holders[0]!.ended]).toEqual([[], [], undefined]);
  await expect(read({ asOf: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({ name: 'CommandRejected' });
});

test.each<[string, Requester, boolean]>([
  ['one who grants roles', ADMINISTRATOR, true],
  ['one who may see roles in the province', GOVERNOR, true],
  ['one who may in another', GOVERNOR_OF_NAN, false],
  ['one who only reads', DASHBOARD, false],
])('%s: who is who is shown %#', async (_who, requester, isShown) => {
  const answer = await read({}, requester);
  expect('roleGrants' in answer).toBe(isShown);
  expect(JSON.stringify(answer).includes('pseudonym')).toBe(isShown);
});

test('everybody reads an office, and nobody reads who is who without a token', async () => {
  const query = new ReadOffice(OFFICE.officeId, {}, day('2027-03-31'));
  const answer = await new ReadOfficeHandler(ledger, bench.store, scopes).execute(query);
  expect(answer).toMatchObject({ ...OFFICE, delegations: [{ personName: 'รองตัวอย่าง' }] });
  expect(JSON.stringify(answer)).not.toContain('pseudonym');
});

test('what was never registered is not found, for readers and for commands', async () => {
  const notRegistered = { name: 'CommandRejected', rejection: { code: 'office.notRegistered' } };
  await expect(read({}, ADMINISTRATOR, 'unknown')).rejects.toMatchObject(notRegistered);
  await expect(read({ minPosition: 1_000_000 })).rejects.toMatchObject({ name: 'NotProjectedYet' });
  const ending = new EndRole({ officeId: 'unknown', grantId: 'x' }, { reason: 'ตัวอย่าง' }, ADMINISTRATOR, context());
  await expect(new EndRoleHandler(ledger, endings).execute(ending)).rejects.toMatchObject(notRegistered);
});

test('nobody grants to themselves, and a recorder grants to nobody', async () => {
  const refused = (code: string) => ({ name: 'CommandRejected', rejection: { code } });
  await expect(grantKeeper('pseudonym-1')).rejects.toMatchObject(refused('roleGrant.toOneself'));
  await expect(grantKeeper('pseudonym-3', RECORDER)).rejects.toMatchObject(refused('office.notYours'));
  await expect(grantKeeper('pseudonym-2')).rejects.toMatchObject(refused('roleGrant.alreadyGranted'));
});

const ROLE_OF_OFFICES = grant('recorder', { kind: 'office', office: 'phrae-cdd', province: 'TH-54' });

test('the revision moves with roles for those alone who have to do with the office', async () => {
  const query = new ReadOffice(OFFICE.officeId, {}, day('2027-03-31'));
  const revisionsNow = async (): Promise<readonly number[]> => {
    const known = [ADMINISTRATOR, GOVERNOR, requesterWith(ROLE_OF_OFFICES), DASHBOARD, GOVERNOR_OF_NAN];
    const answers = await Promise.all(known.map((each) => read({}, each)));
    const publicly = await new ReadOfficeHandler(ledger, bench.store, scopes).execute(query);
    return [...answers, publicly].map(({ revision }) => revision);
  };
  expect(await revisionsNow()).toEqual([4, 4, 4, 3, 3, 3]);
  const { id: grantId } = await grantKeeper('pseudonym-9');
  await endRole(grantId);
  expect(await revisionsNow()).toEqual([6, 6, 6, 3, 3, 3]);
});

test('a role that is kept at an office is told to those who see who holds one where it holds', async () => {
  const officeId = 'phrae-land';
  const land = streamName('office', officeId);
  const scopesOfRoles: readonly RoleScope[] = [
    { kind: 'nation' },
    { kind: 'province', value: 'TH-54' },
    { kind: 'province', value: 'TH-55' },
    { kind: 'office', value: officeId },
    { kind: 'office', value: 'phrae-cdd' },
    { kind: 'office', value: 'nan-land' },
    { kind: 'office', value: 'unknown' },
    { kind: 'zone', value: 'primeMinisterOffice-16' },
    { kind: 'indicator', value: 'i' },
  ];
  await bench.record([
    { stream: streamName('office', 'nan-land'), event: registered({ province: 'TH-55' }) },
    { stream: land, event: registered() },
    ...scopesOfRoles.map((scope, index) => ({ stream: land, event: roleGranted({ grantId: `g${index}`, scope }) })),
  ]);
  const zone = { kind: 'zone', zone: 'z', provinces: ['TH-54', 'TH-55', 'TH-56', 'TH-57'] } as const;
  const seenBy = async (requester: Requester): Promise<string> =>
    (await read({}, requester, officeId)).roleGrants?.map(({ grantId }) => grantId[1]).join('') ?? 'none';
  expect(await seenBy(ADMINISTRATOR)).toBe('012345678');
  expect(await seenBy(GOVERNOR)).toBe('1348');
  expect(await seenBy(requesterWith(grant('inspector', zone)))).toBe('1234578');
  const OF_OFFICE = grant('governor', { kind: 'office', office: officeId, province: 'TH-54' });
  expect(await seenBy(requesterWith(OF_OFFICE))).toBe('38');
  expect(await seenBy(GOVERNOR_OF_NAN)).toBe('none');
});

test('what ends is told with its end, and a dissolved office ends what was left', async () => {
  const target = { ...OFFICE, delegationId: outcomes[2]!.id };
  const on = { day: day('2027-03-01') };
  await new EndDelegationHandler(ledger, endings).execute(new EndDelegation(target, { on }, ADMINISTRATOR, context()));
  await endRole(outcomes[3]!.id);
  const names = { nameTh: 'ชื่อใหม่', from: { day: day('2027-03-01') }, basis: 'กฎกระทรวง' };
  await new RenameOfficeHandler(ledger).execute(new RenameOffice(OFFICE, names, ADMINISTRATOR, context()));
  const second = await grantKeeper('pseudonym-3');
  const end = { on: { day: day('2027-03-31') }, basis: 'พระราชกฤษฎีกา' };
  await new DissolveOfficeHandler(ledger, endings).execute(new DissolveOffice(OFFICE, end, ADMINISTRATOR, context()));
  const answer = await read();
  expect(answer).toMatchObject({
    status: 'dissolved',
    dissolved: { on: '2027-03-31', basis: 'พระราชกฤษฎีกา' },
    names: [{ nameEn: 'Phrae CDD' }, { nameTh: 'ชื่อใหม่', from: '2027-03-01' }],
    delegations: [{ standing: 'notInForce', ended: { on: '2027-03-01' } }],
    roleGrants: [
      { ended: { on: '2027-03-31', reason: 'ย้าย', endedBy: 'pseudonym-1' } },
      { grantee: 'pseudonym-9', ended: { reason: 'ย้าย' } },
      { grantId: second.id, ended: { reason: 'พระราชกฤษฎีกา' } },
    ],
  });
});
