import { bangkokDateOf, isoDate, NOT_STATED, streamName } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import {
  FoldingTables,
  ProjectionBench,
  type Happening,
  type ProjectionInstance,
} from '../../../../testing/projection';
import { officeEventDeclarations } from '../../domain/office.declarations';
import {
  appointed,
  dissolved,
  EVERY_OFFICE_EVENT,
  EVERY_ZONE_EVENT,
  left,
  registered,
  renamed,
  zoneProvincesSet,
  zoneRegistered,
} from '../../domain/office.examples';
import {
  ListProvinces,
  ListProvincesHandler,
  PROVINCE_COLUMNS,
  type ProvincesQuery,
} from '../provinces/provinces.query';
import { ListZones, ListZonesHandler, ZONE_COLUMNS, type ZonesPage, type ZonesQuery } from '../zones/zones.query';
import { OFFICE_COLUMNS, type OfficeItem, type OfficesPage, type OfficesQuery } from './offices.answer';
import { OFFICES, officesProjection } from './offices.projection';
import { ListOffices, ListOfficesHandler } from './offices.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations]);
const day = isoDate;
/** Long after every day that is stated below. */
const TODAY = day('2030-01-01');
const office = (id: string, event: Happening['event']): Happening => ({ stream: streamName('office', id), event });
const zone = (id: string, event: Happening['event']): Happening => ({ stream: streamName('zone', id), event });
const SUCCESSOR = { personName: 'คนใหม่ ตัวอย่าง', from: day('2027-03-15') } as const;

const HAPPENED: readonly Happening[] = [
  office('a-phrae', registered({ parentOfficeId: 'cdd', contact: { telephone: '0 5400 0000' } })),
  office('b-nan', registered({ province: 'TH-55', kind: 'district', nameEn: 'Nan' })),
  office('c-ministry', { type: 'OfficeRegistered', data: { nameTh: 'กระทรวงตัวอย่าง', kind: 'ministry' } }),
  office('a-phrae', appointed()),
  office('b-nan', appointed({ from: NOT_STATED })),
  office('a-phrae', left()),
  office('a-phrae', appointed(SUCCESSOR)),
  office('a-phrae', appointed({ personName: 'คนก่อน', from: day('2020-10-01'), until: day('2021-09-30') })),
  office('b-nan', renamed()),
  zone('primeMinisterOffice-16', zoneRegistered({ nameEn: 'Zone sixteen' })),
  zone('primeMinisterOffice-16', zoneProvincesSet({ provinces: ['TH-55'], effectiveFrom: day('2028-01-01') })),
  office('c-ministry', dissolved({ successorOfficeId: 'd-ministry' })),
  zone('department-cdd-2', zoneRegistered({ scheme: 'department', officeId: 'cdd', number: 2 })),
  zone('department-cdd-2', zoneProvincesSet({ provinces: ['TH-54', 'TH-80'] })),
  zone('department-cdd-1', zoneRegistered({ scheme: 'department', officeId: 'cdd', number: 1 })),
  zone('department-cdd-1', zoneProvincesSet({ provinces: ['TH-80'] })),
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let positions: readonly number[];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([officesProjection]);
  positions = (await bench.record(HAPPENED)).map(({ position }) => position);
  expect(await instance.projections.waitFor(OFFICES, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const ask = (query: Partial<OfficesQuery> = {}): Promise<OfficesPage> =>
  new ListOfficesHandler(instance.readModels, bench.store).execute(new ListOffices({ limit: 100, ...query }, TODAY));
const askZones = (query: Partial<ZonesQuery> = {}): Promise<ZonesPage> =>
  new ListZonesHandler(instance.readModels, bench.store).execute(new ListZones({ limit: 100, ...query }, TODAY));
const idsIn = ({ items }: OfficesPage): string[] => items.map(({ officeId }) => officeId);
const holderOf = (page: OfficesPage, officeId: string): [OfficeItem['holderStanding'], string | undefined] => {
  const { holderStanding, holder } = page.items.find((item) => item.officeId === officeId)!;
  return [holderStanding, holder?.personName];
};
const zoneIn = ({ items }: ZonesPage, zoneId: string) => items.find((item) => item.zoneId === zoneId);

test('an office is told as it was last stated', async () => {
  const [phrae, nan, ministry] = (await ask()).items;
  expect(phrae).toEqual({
    officeId: 'a-phrae',
    nameTh: 'สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง',
    nameEn: null,
    kind: 'provincialOffice',
    province: 'TH-54',
    parentOfficeId: 'cdd',
    area: null,
    telephone: '0 5400 0000',
    email: null,
    status: 'registered',
    dissolvedOn: null,
    successorOfficeId: null,
    holderStanding: 'held',
    holder: {
      personName: 'คนใหม่ ตัวอย่าง',
      positionTitle: 'พัฒนาการจังหวัดตัวอย่าง',
      from: '2027-03-15',
      endReason: null,
    },
  });
  expect(nan).toMatchObject({ nameTh: 'สำนักงานชื่อใหม่ตัวอย่าง', nameEn: null, kind: 'district' });
  expect(ministry).toMatchObject({ status: 'dissolved', dissolvedOn: '2027-03-31', successorOfficeId: 'd-ministry' });
});

test.each([
  ['2020-09-30', 'notStated', undefined],
  ['2021-09-30', 'held', 'คนก่อน'],
  ['2026-09-30', 'vacant', undefined],
  ['2026-10-01', 'held', 'สมมุติ ตัวอย่าง'],
  ['2027-02-28', 'held', 'สมมุติ ตัวอย่าง'],
  ['2027-03-01', 'vacant', undefined],
  ['2027-03-15', 'held', 'คนใหม่ ตัวอย่าง'],
])('on %s the post is %s by %s', async (effectiveOn, standing, name) => {
  const page = await ask({ effectiveOn: day(effectiveOn) });
  expect(page.effectiveOn).toBe(effectiveOn);
  expect(holderOf(page, 'a-phrae')).toEqual([standing, name]);
  expect(holderOf(page, 'b-nan')).toEqual(['notStated', 'สมมุติ ตัวอย่าง']);
});

describe('offices are found', () => {
  test.each<[string, Partial<OfficesQuery>, string[]]>([
    ['all of them, by code', {}, ['a-phrae', 'b-nan', 'c-ministry']],
    ['by province', { province: 'TH-54' }, ['a-phrae']],
    ['by kind', { kind: 'ministry' }, ['c-ministry']],
    ['by the office above', { parent: 'cdd' }, ['a-phrae']],
    ['by zone, as it ships', { zone: 'primeMinisterOffice-16', effectiveOn: day('2027-12-31') }, ['a-phrae', 'b-nan']],
    ['by zone, as an event cut it', { zone: 'primeMinisterOffice-16', effectiveOn: day('2028-01-01') }, ['b-nan']],
    ['by zone today', { zone: 'primeMinisterOffice-16' }, ['b-nan']],
    ['by zone and a province outside', { zone: 'department-cdd-2', province: 'TH-55' }, []],
    ['by a zone of a department', { zone: 'department-cdd-2' }, ['a-phrae']],
    ['by a zone that nobody knows', { zone: 'ministry-9' }, []],
  ])('%s', async (_what, query, ids) => {
    expect(idsIn(await ask(query))).toEqual(ids);
  });

  test('page by page', async () => {
    const first = await ask({ limit: 2 });
    expect([idsIn(first), first.next]).toEqual([['a-phrae', 'b-nan'], ['b-nan']]);
    const second = await ask({ limit: 2, cursor: encodeCursor(first.next!) });
    expect([idsIn(second), second.next]).toEqual([['c-ministry'], undefined]);
    await expect(ask({ cursor: encodeCursor([1]) })).rejects.toMatchObject({ name: 'RequestRefused' });
  });

  test('as a table', async () => {
    const [, phrae] = writeCsv((await ask()).items, OFFICE_COLUMNS).split('\r\n');
    expect(phrae).toContain(',held,คนใหม่ ตัวอย่าง,พัฒนาการจังหวัดตัวอย่าง,2027-03-15,');
  });
});

test('the past has the offices, names and holders that were there, for the day on which it stood', async () => {
  const at = (index: number, query: Partial<OfficesQuery> = {}) => ask({ asOfPosition: positions[index]!, ...query });
  expect(idsIn(await at(1))).toEqual(['a-phrae', 'b-nan']);
  const recorded = await bench.store.readLog(positions[1]!, 1);
  expect((await at(1)).effectiveOn).toBe(bangkokDateOf(recorded[0]!.recordedAt));
  const inTenure = { effectiveOn: day('2027-03-15') };
  expect(holderOf(await at(2, inTenure), 'a-phrae')).toEqual(['notStated', undefined]);
  expect(holderOf(await at(3, inTenure), 'a-phrae')).toEqual(['held', 'สมมุติ ตัวอย่าง']);
  expect(holderOf(await at(5, inTenure), 'a-phrae')).toEqual(['vacant', undefined]);
  expect((await at(7)).items[1]).toMatchObject({ nameEn: 'Nan' });
  expect(idsIn(await at(8, { zone: 'primeMinisterOffice-16', effectiveOn: TODAY }))).toEqual(['a-phrae', 'b-nan']);
  expect(await ask({ asOf: '2020-01-01T20:00:00.000Z' })).toEqual({
    items: [],
    effectiveOn: '2020-01-02',
    position: -1,
  });
});

describe('zones', () => {
  test('are those that ship and those of the ledger, in the order of their numbers', async () => {
    const page = await askZones();
    const ids = page.items.map(({ zoneId }) => zoneId);
    expect(ids.slice(0, 4)).toEqual([
      'department-cdd-1',
      'department-cdd-2',
      'primeMinisterOffice-1',
      'primeMinisterOffice-2',
    ]);
    expect([ids.length, ids.at(-2), ids.at(-1)]).toEqual([21, 'primeMinisterOffice-18', 'primeMinisterOffice-central']);
    expect(zoneIn(page, 'primeMinisterOffice-5')).toMatchObject({ statedBy: 'reference', effectiveFrom: NOT_STATED });
    expect(zoneIn(page, 'primeMinisterOffice-16')).toMatchObject({
      nameEn: 'Zone sixteen',
      provinces: ['TH-55'],
      statedBy: 'ledger',
      effectiveFrom: '2028-01-01',
      basis: 'ประกาศตัวอย่าง',
    });
  });

  test.each<[string, Partial<ZonesQuery>, string[]]>([
    ['by id', { id: 'primeMinisterOffice-7' }, ['primeMinisterOffice-7']],
    ['by scheme', { scheme: 'department' }, ['department-cdd-1', 'department-cdd-2']],
    ['by a province before the day', { province: 'TH-54', effectiveOn: day('2026-12-31') }, ['primeMinisterOffice-16']],
    ['by a province that has left its zone', { province: 'TH-54' }, ['department-cdd-2']],
  ])('are found %s', async (_what, query, ids) => {
    expect((await askZones(query)).items.map(({ zoneId }) => zoneId)).toEqual(ids);
  });

  test('tell of a province that several of one scheme hold: not of one that two schemes hold', async () => {
    expect((await askZones()).provincesInSeveralZones).toEqual(['TH-80']);
    expect((await askZones({ effectiveOn: day('2026-12-31') })).provincesInSeveralZones).toEqual([]);
  });

  test('come page by page, as they were, and as a table', async () => {
    const whole = await askZones();
    const first = await askZones({ limit: 20 });
    const second = await askZones({ limit: 20, cursor: encodeCursor(first.next!) });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(second.next).toBeUndefined();
    const past = await askZones({ asOfPosition: positions[9]!, effectiveOn: TODAY, id: 'primeMinisterOffice-16' });
    expect(past.items).toEqual([expect.objectContaining({ nameEn: 'Zone sixteen', statedBy: 'reference' })]);
    expect(writeCsv(whole.items, ZONE_COLUMNS)).toContain('TH-54; TH-80');
  });
});

describe('provinces', () => {
  const askProvinces = (query: Partial<ProvincesQuery> = {}) =>
    new ListProvincesHandler(instance.readModels).execute(new ListProvinces({ limit: 100, ...query }));

  test('are 77 with Bangkok, at a position like every list', async () => {
    const { items, position, next } = await askProvinces();
    expect([items.length, next]).toEqual([77, undefined]);
    expect(items).toContainEqual({ code: 'TH-54', nameTh: 'แพร่', nameEn: 'Phrae' });
    expect(position).toBe(await bench.head());
    expect(await askProvinces({ asOfPosition: positions[0]! })).toEqual({ items, position: positions[0] });
  });

  test('come page by page, and as a table', async () => {
    const first = await askProvinces({ limit: 70 });
    const second = await askProvinces({ limit: 70, cursor: encodeCursor(first.next!) });
    expect([...first.items, ...second.items]).toEqual((await askProvinces()).items);
    expect(second.next).toBeUndefined();
    const lines = writeCsv(first.items, PROVINCE_COLUMNS).split('\r\n');
    expect(lines.slice(1, 2)).toEqual(['TH-10,กรุงเทพมหานคร,Bangkok']);
  });
});

test('rows do not depend on the batches that events come in', async () => {
  await bench.record([
    ...EVERY_OFFICE_EVENT.map((event) => office('every', event)),
    ...EVERY_ZONE_EVENT.map((event) => zone('department-example-department-16', event)),
  ]);
  const tables = await FoldingTables.make(bench.pool, officesProjection);
  const log = await bench.store.readLog(0, 100);
  const rows = await tables.foldAlike(
    log.map((event) => bench.decode(event)),
    1,
  );
  expect(Object.fromEntries(Object.entries(rows).map(([table, { length }]) => [table, length]))).toEqual({
    office: 4,
    office_history: 8,
    office_tenure: 6,
    office_tenure_history: 8,
    inspection_zone: 4,
    inspection_zone_history: 4,
    inspection_zone_provinces: 4,
    inspection_zone_provinces_history: 4,
    role_grant: 2,
    role_grant_history: 4,
  });
});
