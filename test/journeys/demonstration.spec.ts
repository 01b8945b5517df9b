import * as path from 'node:path';
import { Client } from 'pg';
import { within } from '@khamrap/testing';
import { MIGRATIONS } from '../../apps/api/infrastructure';
import { startService, type Service } from '../../apps/api/service';
import {
  launchService,
  makeServiceEnvironment,
  RunningService,
  type ApiClient,
  type ServiceEnvironment,
} from '../../libs/testing/service';
import type { AgreementAnswer, AgreementStandingRow, AwardList, List, StandingRow } from './answers';
import { headOf } from './journey';

// What the three documents say, read from them by hand a second time: not copied from apps/api/demonstration.

const MAIN = path.resolve(__dirname, '../../apps/api/main.ts');
/** LedgerOpened, 1 + 12 + 4 of 2565, 1 + 2 + 1 + 2 of 2566, and two of awards. */
const LAST_POSITION = 17 + 6 + 2;

const GOALS = [
  'จังหวัดคุณธรรม และการเทิดทูนสถาบันหลักของชาติ',
  'การบริหารภาครัฐทันสมัย สะดวก',
  'สิ่งแวดล้อมดี ป่าสมบูรณ์',
  'จังหวัดสะอาด',
  'เมืองสุขภาวะทุกช่วงวัย',
  'เมืองเก่าแพร่และส่งเสริมท่องเที่ยว',
  'เมืองสงบ มั่นคง ปลอดภัย ผลเมืองดี',
  'เศรษฐกิจสร้างสรรค์',
  'การศึกษาและพัฒนากำลังแรงงาน มีคุณภาพ',
  'การแก้ปัญหาปากท้อง ลดยากจน ดำรงชีพพอเพียง',
  'การพัฒนาน้ำอุปโภค บริโภค และการเกษตร ทั้งระบบ',
  'การบริหารจัดการแก้ไขสาธารณภัยและโรคอุบัติใหม่',
];

async function environmentWithDemonstration(): Promise<ServiceEnvironment> {
  return makeServiceEnvironment({ migrations: MIGRATIONS, variables: { KHAMRAP_DEMONSTRATION: 'yes' } });
}

describe('the first start on an empty ledger', () => {
  let environment: ServiceEnvironment;
  let service: RunningService<Service>;
  let reader: ApiClient;

  beforeAll(async () => {
    environment = await environmentWithDemonstration();
    service = await RunningService.start(startService, environment.variables);
    reader = await service.as('dashboard');
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    await environment?.remove();
  });

  async function standings(fiscalYear: number): Promise<readonly StandingRow[]> {
    const query = `fiscalYear=${fiscalYear}&province=TH-54&minPosition=${LAST_POSITION}`;
    return (await reader.get<List<StandingRow>>(`/v1/standings?${query}`)).body.items;
  }

  test('says what the documents say and no more', async () => {
    expect(await headOf({ service })).toBe(LAST_POSITION);
    const { body } = await reader.get<List<AgreementStandingRow>>(`/v1/agreements?minPosition=${LAST_POSITION}`);
    const told = body.items.map((each) => [each.fiscalYear, each.level, each.basis, each.status, each.indicatorCount]);
    expect(told).toHaveLength(2);
    expect(new Set(told)).toEqual(
      new Set([
        [2565, 'province', 'announced', 'announced', 12 + 4],
        [2566, 'province', 'monitoringOnly', 'monitored', 2],
      ]),
    );
    for (const { effectiveOn, targetsJudged, officeId } of body.items) {
      expect({ effectiveOn, targetsJudged, officeId }).toEqual({ effectiveOn: null, targetsJudged: 0, officeId: null });
    }
  });

  test.each(GOALS.map((name, index) => [index + 1, name] as const))('2565: goal %i is %s', async (goal, name) => {
    const [main] = (await standings(2565)).filter(({ displayNumber }) => displayNumber === String(goal));
    expect(main).toMatchObject({
      ...NOTHING_STATED,
      name,
      goalNumber: goal,
      parentIndicatorId: null,
      unit: 'notStated',
      direction: 'notStated',
      officeId: goal === 8 ? 'phrae-cdd' : null,
      leadPerson: goal === 8 ? 'สุสังข์ ชุ่มมะโน' : null,
    });
  });

  test.each([
    ['1', 'รายได้จากการจำหน่ายผลิตภัณฑ์ OTOP เพิ่มขึ้น', 'notStated'],
    ['2', 'ร้อยละของผลิตภัณฑ์ได้รับมาตรฐานผลิตภัณฑ์ชุมชนเพิ่มขึ้น', 'percent'],
    ['3', 'ร้อยละการจำหน่ายผลิตภัณฑ์ผ่านช่องทางออนไลน์เพิ่มขึ้น', 'percent'],
    ['4', 'สถานประกอบการที่เข้าสู่ระบบอุตสาหกรรมสีเขียวเพิ่มขึ้น', 'notStated'],
  ])(
    '2565: sub-indicator %s of goal 8, so printed, is shown as one of the eighth',
    async (printedNumber, name, unit) => {
      const rows = await standings(2565);
      const parent = rows.find(({ displayNumber }) => displayNumber === '8');
      const sub = rows.find(({ displayNumber }) => displayNumber === `8.${printedNumber}`);
      expect(sub).toMatchObject({ ...NOTHING_STATED, name, unit, printedNumber, direction: 'higher', goalNumber: 8 });
      expect(sub?.parentIndicatorId).toBe(parent?.indicatorId);
      // Their order is the order in which people count.
      const places = rows.map(({ displayNumber }) => displayNumber);
      expect(places).toEqual([
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
        '8',
        '8.1',
        '8.2',
        '8.3',
        '8.4',
        '9',
        '10',
        '11',
        '12',
      ]);
    },
  );

  test.each([
    [
      'รายได้จากการท่องเที่ยว',
      {
        actual: '2446.88',
        actualUnit: 'millionBaht',
        actualAsPrinted: '2446.88 ล้านบาท',
        period: '2022-10-01..2023-06-30',
        target: '1887',
        targetUnit: 'millionBaht',
        targetAsPrinted: '1,887 ล้านบาท',
        targetSpan: 'notStated',
        // The document calls it more than the target, and does not say for which span the target was set.
        status: 'targetSpanNotStated',
      },
    ],
    [
      'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      {
        actual: '1755091742',
        actualUnit: 'baht',
        actualAsPrinted: '1,755,091,742 บาท',
        period: 'notStated',
        target: null,
        targetSpan: null,
        status: 'noTarget',
      },
    ],
  ])('2566: %s', async (name, figure) => {
    const rows = (await standings(2566)).filter((row) => row.name === name);
    expect(rows).toHaveLength(1);
    const notComputed = { weight: 'notStated', attainmentPercent: null, gap: null, finality: 'notStated', asOf: null };
    expect(rows[0]).toMatchObject({ ...figure, ...notComputed, agreementStatus: 'monitored' });
  });

  test.each([
    ['pmqaCategory1', 'granted', 'PMOA หมวด ๑', 1, 'สำนักงาน ก.พ.ร.', ['จังหวัดแพร่']],
    ['gecc', 'announced', 'ศูนย์ราชการสะดวก (GECC)', 14, 'สำนักนายกรัฐมนตรี', null],
  ])('awards: %s, %s as %s', async (category, kind, categoryPrinted, awardCount, grantor, recipients) => {
    const query = `category=${category}&minPosition=${LAST_POSITION}`;
    const { items, awardCount: tally } = (await reader.get<AwardList>(`/v1/awards?${query}`)).body;
    expect(items).toMatchObject([
      { kind, categoryPrinted, awardCount, awardYear: 'notStated', fiscalYear: null, announcedOn: '2022-09-20' },
    ]);
    expect(tally).toBe(awardCount);
    expect(items[0]?.grantors).toEqual([expect.objectContaining({ name: grantor })]);
    const names = (items[0]?.recipients as { name: string }[] | null)?.map(({ name }) => name) ?? null;
    expect(names).toEqual(recipients);
  });

  test('every statement names its document and passage, and nobody has signed', async () => {
    const { body } = await reader.get<List<AgreementStandingRow>>('/v1/agreements');
    for (const { agreementId } of body.items) {
      const told = (await reader.get<AgreementAnswer>(`/v1/agreements/${agreementId}`)).body;
      expect([told.parties, told.signatures]).toEqual([[], []]);
      const stated = told.indicators.flatMap((each) => [each, ...each.targets, ...each.actuals]);
      for (const { stated: source } of [told, ...stated]) {
        expect(source.provenance).toEqual({
          kind: 'transcribed',
          sourceDocument: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
          passage: expect.stringMatching(/^paragraphs? \d+/) as unknown,
        });
      }
    }
  });

  test('a second start adds nothing', async () => {
    await service.stop();
    service = await RunningService.start(startService, environment.variables);
    reader = await service.as('dashboard');
    expect(await headOf({ service })).toBe(LAST_POSITION);
    expect(await standings(2565)).toHaveLength(16);
  });
});

/** What the document leaves open for every goal and sub-indicator of 2565. */
const NOTHING_STATED = {
  weight: 'notStated',
  period: 'notStated',
  target: null,
  actual: null,
  status: 'noTarget',
  attainmentPercent: null,
  gap: null,
};

test('a first start that is killed half way is taken up by the next', async () => {
  const environment = await environmentWithDemonstration();
  // A session of the administrator that holds the log's head: whatever comes next has to wait, so the kill hits the middle.
  const holder = new Client({ connectionString: environment.variables['DATABASE_URL'] });
  await holder.connect();
  await holder.query('LISTEN khamrap_ledger');
  const firstStatements = new Promise<void>((resolve) => {
    holder.on('notification', ({ payload }) => Number(payload) > 2 && resolve());
  });
  const killed = launchService(MAIN, environment.variables);
  try {
    await within(30_000, 'the first statements', firstStatements);
    await holder.query('BEGIN');
    const { rows } = await holder.query<{ next: string }>('SELECT next_position AS next FROM ledger.head FOR UPDATE');
    await killed.kill('SIGKILL');
    await holder.query('ROLLBACK');
    const reached = Number(rows[0]?.next) - 1;
    expect(reached).toBeGreaterThan(2);
    expect(reached).toBeLessThan(LAST_POSITION);

    const service = await RunningService.start(startService, environment.variables);
    try {
      expect(await headOf({ service })).toBe(LAST_POSITION);
      const log = await service.service.infrastructure.store.readLog(0, 1_000);
      const countOf = (type: string): number => log.filter((event) => event.type === type).length;
      const counts = [
        'AgreementDrafted',
        'IndicatorAdded',
        'TargetSet',
        'ActualReported',
        'AwardGranted',
        'AwardsAnnounced',
      ];
      expect(counts.map(countOf)).toEqual([2, 18, 1, 2, 1, 1]);
    } finally {
      await service.stop();
    }
  } finally {
    await killed.kill('SIGKILL');
    await holder.end();
    await environment.remove();
  }
}, 60_000);
