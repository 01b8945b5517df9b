import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { startService, type Service } from '../../apps/api/service';
import {
  makeServiceEnvironment,
  RunningService,
  type ApiClient,
  type ServiceEnvironment,
} from '../../libs/testing/service';
import type { GoalSetAnswer } from '../../libs/slices/goals/views/goal-set/goal-set.answer';
import type { OfficeItem } from '../../libs/slices/offices/views/offices/offices.answer';
import type { OfficeRecordAnswer } from '../../libs/slices/offices/views/office/office.answer';
import type { PublishedSchemeAnswer } from '../../libs/slices/schemes/views/scheme/scheme.answer';
import type { SourceDocumentItem, SourceFactItem } from '../../libs/slices/sources/views/sources/sources.answer';
import type { TalliesPage } from '../../libs/slices/awards/views/awards/awards.answer';
import type { AgreementAnswer, AgreementStandingRow, AwardItem, AwardList, List, StandingRow } from './answers';
import { DIRECTOR_GENERAL_2562, GOALS, INSPECTION_ROUND_2562 } from './demonstration-facts';
import { headOf } from './journey';
import { expectReplayed } from './replayed';

// What the documents say, read from them by hand a second time: nothing here is taken from apps/api/demonstration.

/** Hashes of the five texts, and what was taken from each: offices, holders and delegations, agreements, awards. */
const DOCUMENTS = {
  inspection2562: { sha256: '4133880f51d85c94357849a372c32ba3c4ef02fd93c4bfbf141d3431681c64a8', factCount: 1 + 2 + 2 },
  meeting2564: { sha256: '31d1dcd0d1bef5920ba81c196fd02816eb82d7a216bf295bcc52a13445ff5559', factCount: 2 + 2 + 5 },
  announcement2565: {
    sha256: 'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
    factCount: 2 + 2 + 1 + (1 + 12 + 4),
  },
  awards2565: { sha256: '2347d220dfeee2faa34d821b40f85a569882b40ece598fdf6d1601311a95ff84', factCount: 8 + 4 + 6 + 1 },
  results2566: {
    sha256: '22b04762cbf1daa75170f86a400516b7c2a688ca498f7f0245e22aa9f94af641',
    factCount: 8 + 4 + (1 + 4 + 4 + 1) + 1,
  },
};
const FACT_COUNT = 5 + 9 + 22 + 19 + 23;
/** Behind LedgerOpened at 0 and LogKeyAdopted at 1: the documents, their facts, and two standard schemes (one of them with bands). */
const LAST_STATEMENT = 1 + 5 + FACT_COUNT + 3 + 4;
/** What people may do follows when all is said: an office that keeps roles, eleven of them, and two who are assigned to zones. */
const LAST_POSITION = LAST_STATEMENT + 1 + 11 + 2;

/** What a document leaves open: no target was stated, so nothing is judged, and no weight, so nothing is scored. */
const NOTHING_JUDGED = {
  weight: 'notStated',
  target: null,
  targetSpan: null,
  status: 'noTarget',
  attainmentPercent: null,
  gap: null,
  score: null,
};
const NO_FIGURE = { period: 'notStated', actual: null, figureKind: null };
const IN_FIRST_HALF_OF_2564 = '2020-10-01..2021-03-31';

describe('the first start on an empty ledger', () => {
  let environment: ServiceEnvironment;
  let service: RunningService<Service>;
  let reader: ApiClient;

  beforeAll(async () => {
    environment = await makeServiceEnvironment({
      migrations: MIGRATIONS,
      variables: { KHAMRAP_DEMONSTRATION: 'yes' },
    });
    service = await RunningService.start(startService, environment.variables);
    reader = await service.as('dashboard');
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    await environment?.remove();
  });

  async function read<Body>(address: string): Promise<Body> {
    const mark = address.includes('?') ? '&' : '?';
    const { status, body } = await reader.get<Body>(`${address}${mark}minPosition=${LAST_POSITION}&limit=100`);
    expect([address, status]).toEqual([address, 200]);
    return body;
  }
  async function readOne<Body>(address: string): Promise<Body> {
    const { status, body } = await reader.get<Body>(address);
    expect([address, status]).toEqual([address, 200]);
    return body;
  }
  const standings = async (fiscalYear: number): Promise<readonly StandingRow[]> =>
    (await read<List<StandingRow>>(`/v1/standings?fiscalYear=${fiscalYear}`)).items;
  const awards = async (query: string): Promise<readonly AwardItem[]> =>
    (await read<AwardList>(`/v1/awards?${query}`)).items;

  test('says what the documents say and no more', async () => {
    expect(await headOf({ service })).toBe(LAST_POSITION);
    const { items } = await read<List<AgreementStandingRow>>('/v1/agreements');
    const told = items.map((each) => [each.fiscalYear, each.province, each.basis, each.status, each.indicatorCount]);
    expect(told).toHaveLength(3);
    expect(new Set(told)).toEqual(
      new Set([
        [2564, 'TH-14', 'monitoringOnly', 'monitored', 2],
        [2565, 'TH-54', 'announced', 'announced', 12 + 4],
        [2566, 'TH-54', 'monitoringOnly', 'monitored', 4],
      ]),
    );
    for (const { announcedOn, effectiveOn, targetsJudged, officeId, schemeId, level, fiscalYear } of items) {
      expect({ announcedOn, effectiveOn, targetsJudged, officeId, schemeId, level }).toEqual({
        level: 'province',
        announcedOn: fiscalYear === 2565 ? '2021-10-12' : null,
        effectiveOn: null,
        targetsJudged: 0,
        officeId: null,
        schemeId: null,
      });
    }
  });

  test('every statement names its document and passage, and nobody has signed', async () => {
    const { items } = await read<List<AgreementStandingRow>>('/v1/agreements');
    for (const { agreementId } of items) {
      const told = await readOne<AgreementAnswer>(`/v1/agreements/${agreementId}`);
      expect([told.parties, told.signatures]).toEqual([[], []]);
      expect(told.goalSet).toBe(told.fiscalYear === 2565 ? 'phrae-2565' : undefined);
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

  describe('fiscal year 2565 of Phrae', () => {
    test('the goal set has the twelve joint goals as they are printed', async () => {
      const set = await readOne<GoalSetAnswer>('/v1/goal-sets/phrae-2565');
      expect([set.province, set.fiscalYear, set.goalSetVersion]).toEqual(['TH-54', 2565, 1]);
      expect(set.goals.map(({ number, nameTh }) => [number, nameTh])).toEqual(
        GOALS.map((name, index) => [index + 1, name]),
      );
    });

    test.each(GOALS.map((name, index) => [index + 1, name] as const))('goal %i is %s', async (goal, name) => {
      const [main] = (await standings(2565)).filter(({ displayNumber }) => displayNumber === String(goal));
      expect(main).toMatchObject({
        ...NOTHING_JUDGED,
        ...NO_FIGURE,
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
    ])('sub-indicator %s of goal 8, so printed, is shown as one of the eighth', async (printedNumber, name, unit) => {
      const rows = await standings(2565);
      const parent = rows.find(({ displayNumber }) => displayNumber === '8');
      const sub = rows.find(({ displayNumber }) => displayNumber === `8.${printedNumber}`);
      const expected = {
        ...NOTHING_JUDGED,
        ...NO_FIGURE,
        name,
        unit,
        printedNumber,
        direction: 'higher',
        goalNumber: 8,
      };
      expect(sub).toMatchObject(expected);
      expect(sub?.parentIndicatorId).toBe(parent?.indicatorId);
      // Their order is the order in which people count.
      const places = [...Array.from({ length: 8 }, (_, index) => `${index + 1}`), '8.1', '8.2', '8.3', '8.4'];
      expect(rows.map(({ displayNumber }) => displayNumber)).toEqual([...places, '9', '10', '11', '12']);
    });
  });

  test.each([
    [
      2566,
      'รายได้จากการท่องเที่ยว',
      {
        province: 'TH-54',
        figureKind: 'value',
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
      2566,
      'จำนวนผู้ผลิตและผู้ประกอบการ OTOP',
      { ...NOTHING_JUDGED, actual: '1307', actualUnit: 'count', actualAsPrinted: '1,307 กลุ่ม/ราย', period: 'notStated' },
    ],
    [
      2566,
      'จำนวนผลิตภัณฑ์ OTOP',
      {
        ...NOTHING_JUDGED,
        actual: '2390',
        actualUnit: 'product',
        actualAsPrinted: '2,390 ผลิตภัณฑ์',
        period: 'notStated',
      },
    ],
    [
      2566,
      'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      {
        ...NOTHING_JUDGED,
        actual: '1755091742',
        actualUnit: 'baht',
        actualAsPrinted: '1,755,091,742 บาท',
        // The growth as printed; the income of before, which it implies, is nowhere.
        actualDetails: { statedGrowth: { percent: '9.54', comparedWith: 'notStated' } },
        period: 'notStated',
      },
    ],
    [
      2564,
      'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      {
        ...NOTHING_JUDGED,
        province: 'TH-14',
        officeId: 'ayutthaya-cdd',
        leadPerson: 'กิจจา ทองแดง',
        figureKind: 'delta',
        actual: '256893339',
        actualUnit: 'baht',
        actualAsPrinted: 'เพิ่มขึ้น 256,893,339 บาท',
        actualDetails: { comparisonSpan: '2019-10-01..2020-03-31' },
        period: IN_FIRST_HALF_OF_2564,
      },
    ],
    [
      2564,
      'ยอดจำหน่าย OTOP รวมทั้งสิ้น',
      {
        ...NOTHING_JUDGED,
        province: 'TH-14',
        figureKind: 'value',
        actual: '27775960',
        actualUnit: 'baht',
        actualAsPrinted: '27,775,960 บาท',
        period: IN_FIRST_HALF_OF_2564,
      },
    ],
  ])('%i: %s', async (fiscalYear, name, figure) => {
    const rows = (await standings(fiscalYear)).filter((row) => row.name === name);
    expect(rows).toHaveLength(1);
    const notComputed = { weight: 'notStated', attainmentPercent: null, gap: null, finality: 'notStated', asOf: null };
    expect(rows[0]).toMatchObject({ ...notComputed, ...figure, agreementStatus: 'monitored', evidenceCount: 0 });
  });

  test.each([
    [1307, 'กลุ่ม/ราย'],
    [2390, 'ผลิตภัณฑ์'],
  ])('2566: the unit of %i is kept as it is printed', async (value, unitPrinted) => {
    const [row] = (await standings(2566)).filter(({ actual }) => actual === String(value));
    const { indicators } = await readOne<AgreementAnswer>(`/v1/agreements/${row?.agreementId}`);
    const told = indicators.find(({ terms }) => terms.indicatorId === row?.indicatorId);
    expect(told?.terms).toMatchObject({ unitPrinted });
  });

  describe('awards', () => {
    test.each([
      ['ita', 6, ['สำนักงาน ป.ป.ช.'], 'partlyNamed'],
      ['gecc', 14, ['สำนักนายกรัฐมนตรี'], 'notStated'],
      ['pmqaCategory1', 1, ['สำนักงาน ก.พ.ร.'], 'partlyNamed'],
      ['virtueProvinceOrganisationCommunity', 51, ['กระทรวงมหาดไทย', 'กระทรวงวัฒนธรรม'], 'notStated'],
    ])('the item %s counts %i', async (category, awardCount, grantors, namedRecipients) => {
      const [item, ...others] = (await awards(`category=${category}`)).filter(({ kind }) => kind === 'announced');
      expect(others).toEqual([]);
      expect(item).toMatchObject({
        awardCount,
        namedRecipients,
        awardYear: 'notStated',
        fiscalYear: null,
        announcedOn: '2022-09-20',
        province: 'TH-54',
        statedTotal: { group: 'phrae-2565', count: 71 },
      });
      expect(item?.grantors).toEqual(grantors.map((name) => expect.objectContaining({ name }) as unknown));
    });

    test.each([
      ['ita', 'phrae-province', { rank: 2, score: '99.15', comparisonSet: 'ราชการส่วนภูมิภาคของประเทศ', level: null }],
      ['ita', 'phrae-pao', { rank: 1, score: null, comparisonSet: 'องค์กรปกครองส่วนท้องถิ่นในจังหวัดแพร่', level: null }],
      ['ita', 'phrae-province', { rank: null, score: null, level: 'AA' }],
      ['ita', 'huai-o-tao', { rank: null, score: null, level: 'AA' }],
      ['ita', 'ban-pin-tao', { rank: null, score: null, level: 'AA' }],
      ['ita', 'phrae-pao', { rank: null, score: null, level: 'AA' }],
      ['pmqaCategory1', 'phrae-province', { rank: null, score: null, level: null, categoryPrinted: 'PMOA หมวด ๑' }],
    ])('%s, one of those named: %s %j', async (category, officeId, award) => {
      const told = await awards(`category=${category}`);
      const announcement = told.find(({ kind }) => kind === 'announced');
      const found = told.filter(
        ({ kind, recipients, level, rank }) =>
          kind === 'granted' &&
          (recipients as { officeId: string }[])[0]?.officeId === officeId &&
          (level ?? null) === award.level &&
          (rank ?? null) === award.rank,
      );
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        ...award,
        partOf: announcement?.awardId,
        forms: ['plaque', 'certificate'],
        awardYear: 'notStated',
        announcedOn: '2022-09-20',
        awardCount: 1,
      });
      expect(told.filter(({ kind }) => kind === 'granted')).toHaveLength(category === 'ita' ? 6 : 1);
    });

    test('72 are recorded beside the 71 that are claimed, and none is counted twice', async () => {
      const { overall, statedTotals, exceededCounts, items } = await read<TalliesPage>(
        '/v1/awards/tallies?by=category',
      );
      expect(statedTotals).toEqual([{ group: 'phrae-2565', stated: [71], counted: 72, agrees: false }]);
      // One more: the model virtue province of the year after.
      expect(overall.total).toBe(72 + 1);
      expect(exceededCounts).toEqual([]);
      expect(Object.fromEntries(items.map(({ key, total }) => [key, total]))).toEqual({
        ita: 6,
        gecc: 14,
        pmqaCategory1: 1,
        virtueProvinceOrganisationCommunity: 51,
        modelVirtueProvince: 1,
      });
    });

    test('a joint award stands in the row of each grantor', async () => {
      const { items, rowsOverlap } = await read<TalliesPage>('/v1/awards/tallies?by=grantor');
      expect(Object.fromEntries(items.map(({ key, total }) => [key, total]))).toEqual({
        nacc: 6,
        'prime-minister-office': 14,
        opdc: 1,
        'ministry-of-interior': 51,
        'ministry-of-culture': 51,
        'national-moral-promotion-committee': 1,
      });
      expect(rowsOverlap).toBe(true);
    });

    test('2566: Phrae is one of four model virtue provinces, of a year that is not stated', async () => {
      expect(await awards('category=modelVirtueProvince')).toMatchObject([
        {
          kind: 'granted',
          oneOf: { of: 4, comparisonSet: 'จังหวัดคุณธรรมต้นแบบโดดเด่น ระดับประเทศ' },
          recipients: [{ officeId: 'phrae-province', province: 'TH-54' }],
          grantors: [{ name: 'คณะกรรมการส่งเสริมคุณธรรมแห่งชาติ' }],
          level: 'national',
          rank: null,
          awardYear: 'notStated',
          announcedOn: null,
          forms: ['notStated'],
          statedTotal: null,
        },
      ]);
    });
  });

  test.each([
    ['inspection2562', 'สถานีข่าว พช. CNS', ['2019-08-22', '2019-08-23']],
    ['meeting2564', 'สำนักงานพัฒนาชุมชนจังหวัดพระนครศรีอยุธยา', ['2021-04-29']],
    ['announcement2565', 'สำนักงานพัฒนาชุมชนจังหวัดแพร่', ['2021-10-12']],
    ['awards2565', 'notStated', ['2022-09-20']],
    ['results2566', 'notStated', ['2023-09-18']],
  ] as const)('the source document %s, with its facts', async (name, publisher, tellsOf) => {
    const { sha256, factCount } = DOCUMENTS[name];
    const { items } = await read<List<SourceDocumentItem>>('/v1/source-documents');
    expect(items).toHaveLength(5);
    expect(items.find((each) => each.sha256 === sha256)).toMatchObject({
      publisher,
      tellsOf,
      factCount,
      publishedOn: 'notStated',
      addresses: [],
      title: null,
      language: 'th',
      mediaType: 'text/plain',
    });
    const facts = (await read<List<SourceFactItem>>(`/v1/source-documents/${sha256}/facts`)).items;
    expect(facts).toHaveLength(factCount);
    for (const { recorderRole } of facts) expect(recorderRole).toBe('recorder');
  });

  test('the inspection round of 2562 is no quarter, tells its zone as it was printed, and is open', async () => {
    const { items } = await read<List<{ readonly roundId: string }>>('/v1/inspections');
    expect(items).toHaveLength(1);
    const round = await readOne<object>(`/v1/inspections/${items[0]?.roundId}`);
    expect(round).toMatchObject(INSPECTION_ROUND_2562);
    expect(JSON.stringify(round)).not.toContain('"count":');
  });

  describe('offices', () => {
    test.each([
      ['phrae-province', 'จังหวัดแพร่', 'province', 'TH-54', 'ชุติเดช มีจันทร์'],
      ['phrae-cdd', 'สำนักงานพัฒนาชุมชนจังหวัดแพร่', 'provincialOffice', 'TH-54', 'สุสังข์ ชุ่มมะโน'],
      ['phrae-public-relations', 'สำนักงานประชาสัมพันธ์จังหวัดแพร่', 'provincialOffice', 'TH-54', 'อธิชัย ต้นกันยา'],
      ['phrae-governor-office', 'สำนักงานจังหวัดแพร่', 'governorOffice', 'TH-54', null],
      ['phrae-disaster-prevention', 'สำนักงานป้องกันและบรรเทาสาธารณภัยจังหวัดแพร่', 'provincialOffice', 'TH-54', null],
      ['phrae-culture', 'สำนักงานวัฒนธรรมจังหวัดแพร่', 'provincialOffice', 'TH-54', null],
      ['phrae-social-development', 'สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดแพร่', 'provincialOffice', 'TH-54', null],
      ['phrae-tourism-and-sports', 'สำนักงานท่องเที่ยวและกีฬาจังหวัดแพร่', 'provincialOffice', 'TH-54', null],
      ['phrae-chamber-of-commerce', 'หอการค้าจังหวัดแพร่', 'nonStateBody', 'TH-54', null],
      ['phrae-pao', 'องค์การบริหารส่วนจังหวัดแพร่', 'localAdministration', 'TH-54', null],
      ['huai-o-tao', 'องค์การบริหารส่วนตำบลห้วยอ้อ', 'localAdministration', 'TH-54', null],
      ['ban-pin-tao', 'องค์การบริหารส่วนตำบลบ้านปีน', 'localAdministration', 'TH-54', null],
      ['ayutthaya-province', 'จังหวัดพระนครศรีอยุธยา', 'province', 'TH-14', 'ภานุ แย้มศรี'],
      ['ayutthaya-cdd', 'สำนักงานพัฒนาชุมชนจังหวัดพระนครศรีอยุธยา', 'provincialOffice', 'TH-14', 'กิจจา ทองแดง'],
      ['nacc', 'สำนักงาน ป.ป.ช.', 'externalBody', null, null],
      ['opdc', 'สำนักงาน ก.พ.ร.', 'externalBody', null, null],
      ['prime-minister-office', 'สำนักนายกรัฐมนตรี', 'externalBody', null, null],
      ['national-moral-promotion-committee', 'คณะกรรมการส่งเสริมคุณธรรมแห่งชาติ', 'externalBody', null, null],
      ['ministry-of-interior', 'กระทรวงมหาดไทย', 'ministry', null, null],
      ['ministry-of-culture', 'กระทรวงวัฒนธรรม', 'ministry', null, null],
      ['cdd', 'กรมการพัฒนาชุมชน', 'department', null, 'นิสิต จันทร์สมวงศ์'],
    ])('%s', async (officeId, nameTh, kind, province, personName) => {
      const { items } = await read<List<OfficeItem>>('/v1/offices');
      // One more keeps the roles of those who run the demonstration.
      expect(items).toHaveLength(21 + 1);
      expect(items.find((office) => office.officeId === officeId)).toMatchObject({
        nameTh,
        kind,
        province,
        area: officeId === 'ban-pin-tao' ? 'อำเภอลอง' : null,
        // Since when somebody holds the post is not stated, nor for most offices who: nobody can say it for certain of any day.
        holderStanding: 'notStated',
        holder: personName === null ? null : { personName, from: 'notStated' },
        // Which office stands above which is not stated either.
        parentOfficeId: null,
      });
    });

    test('the deputy presided for the director-general, once', async () => {
      const cdd = await readOne<OfficeRecordAnswer>('/v1/offices/cdd?effectiveOn=2019-08-22');
      expect(cdd).toMatchObject(DIRECTOR_GENERAL_2562);
    });

    test('the governors of Phrae follow each other, and a vice-governor presided once', async () => {
      const { holders, delegations } = await readOne<OfficeRecordAnswer>(
        '/v1/offices/phrae-province?effectiveOn=2023-09-18',
      );
      expect(holders.map(({ personName, from, ended }) => [personName, from, ended?.on, ended?.reason])).toEqual([
        ['สมหวัง พ่วงบางโพ', 'notStated', 'notStated', 'notStated'],
        ['ชุติเดช มีจันทร์', 'notStated', undefined, undefined],
      ]);
      expect(delegations).toMatchObject([
        {
          personName: 'นิติยา พงษ์พานิช',
          positionTitle: 'รองผู้ว่าราชการจังหวัดแพร่',
          scope: ['event.preside'],
          from: '2023-09-18',
          to: '2023-09-18',
          standing: 'inForce',
        },
      ]);
      expect(delegations[0]?.orderReference).toBeUndefined();
    });
  });

  test('two schemes are there to score by', async () => {
    const { items } = await read<List<{ schemeId: string }>>('/v1/schemes');
    expect(items.map(({ schemeId }) => schemeId)).toEqual(['standard-five-levels', 'standard-three-anchors']);
    for (const { schemeId } of items) {
      const { scoringRules, statusRules } = await readOne<PublishedSchemeAnswer>(`/v1/schemes/${schemeId}`);
      expect([schemeId, scoringRules.length, statusRules.length]).toEqual([schemeId, 1, 1]);
    }
  });

  test('every number that is shown of an agreement comes out anew from what the documents state', async () => {
    const { items } = await read<List<AgreementStandingRow>>('/v1/agreements');
    for (const { agreementId } of items) await expectReplayed(readOne, agreementId, `asOfPosition=${LAST_POSITION}`);
    expect(items.length).toBeGreaterThan(2);
  }, 30_000);

  test('a second start adds nothing', async () => {
    await service.stop();
    service = await RunningService.start(startService, environment.variables);
    reader = await service.as('dashboard');
    expect(await headOf({ service })).toBe(LAST_POSITION);
    expect(await standings(2565)).toHaveLength(16);
  });
});
