import type { AgreementDifferencesAnswer } from '../../../libs/slices/audit/differences/differences.answer';
import type { TargetsAnswer } from '../../../libs/slices/audit/differences/targets.answer';
import type { HistoryAnswer } from '../../../libs/slices/audit/history/history.answer';
import type { TrailEventAnswer } from '../../../libs/slices/audit/views/trail/trail.answer';
import { unzip } from '../../../libs/slices/audit/bundles/spec/unzip';
import type { InspectionRoundAnswer } from '../../../libs/slices/inspections/views/round/round.answer';
import type { QuestionItem } from '../../../libs/slices/questions/views/questions/question.item';
import type { ReplayAnswer } from '../../../libs/slices/standings/views/replay/replay.answer';
import type { List } from '../answers';
import { CDD } from '../bodies';
import { headOf } from '../journey';
import { faultsOf } from '../taken-files';
import { AMENDED_TARGET, HIGHER_TARGET, SPANS } from '../whole-year/bodies-of-the-year';
import { PERSONS } from '../whole-year/persons';
import { YearOverHttp } from '../whole-year/year-over-http';
import { tellTheYear, type InspectedYear } from './inspected-year';

// A day of an inspector, over HTTP. What happened in the year is known here, and every statement that is read has to be true to it.

const SPAN = `${SPANS['12m'].from}..${SPANS['12m'].to}`;
const ZONE = 'primeMinisterOffice-16';

let year: YearOverHttp;
let told: InspectedYear;
let audit: string;
let roundId: string;
let question: QuestionItem;
let findingId: string;

const read = <Body>(path: string): Promise<Body> => year.read<Body>('inspector', path);
const round = (): Promise<InspectionRoundAnswer> => read(`/v1/inspections/${roundId}`);
const here = (path: string): string => `/v1/inspections/${roundId}/${path}`;

beforeAll(async () => {
  year = await YearOverHttp.begin({ remembers: false });
  told = await tellTheYear(year);
  audit = `/v1/audit/agreements/${told.agreementId}`;
  year.on('2026-08-03');
}, 120_000);

afterAll(async () => {
  await year?.end();
});

test('morning: the round of the zone is opened, with what the zone holds', async () => {
  const opened = {
    number: '2/2569',
    level: 'primeMinisterOffice',
    inspectingBody: { name: 'สำนักนายกรัฐมนตรี' },
    fiscalYear: 2569,
    zoneId: ZONE,
    inspectedProvinces: ['TH-54'],
    days: { from: '2026-08-03', to: '2026-08-07' },
  };
  await year.refuse('head', '/v1/inspections', opened, '403 notPermitted');
  const elsewhere = { ...opened, zoneId: 'primeMinisterOffice-5', inspectedProvinces: undefined };
  await year.refuse('inspector', '/v1/inspections', elsewhere, '403 inspection.notYours');
  roundId = (await year.accept('inspector', '/v1/inspections', opened)).id;
  const { round: stated, status } = await round();
  expect([status, stated.number.printed]).toEqual(['open', '2/2569']);
  expect(stated.provinces.map(({ province, isInspected }) => [province, isInspected])).toEqual([
    ['TH-54', true],
    ['TH-55', false],
    ['TH-56', false],
    ['TH-57', false],
  ]);
  const mine = await read<List<{ roundId: string }>>(`/v1/inspections?mine=true&minPosition=${await headOf(year)}`);
  expect(mine.items.map((item) => item.roundId)).toEqual([roundId]);
});

test('what looks odd is asked: a target lowered after a figure was reported against it, and a late figure', async () => {
  const { items } = await read<List<QuestionItem>>(
    `/v1/audit/questions?agreement=${told.agreementId}&minPosition=${await headOf(year)}`,
  );
  const byRule = (rule: string): QuestionItem | undefined => items.find((item) => item.rule === rule);
  question = byRule('targetLoweredAfterActual')!;
  expect(question).toMatchObject({
    status: 'raised',
    indicatorId: told.indicators['8'],
    province: 'TH-54',
    officeId: CDD.officeId,
  });
  expect(question.restsOn.map(({ position }) => position)).toContain(told.loweredAt);
  expect(question.seen.th).toMatch(/[ก-๙]/);
  expect(byRule('reportedLate')?.restsOn.map(({ position }) => position)).toContain(told.lateAt);
  const known = await read<List<QuestionItem>>(
    `/v1/audit/questions?agreement=${told.agreementId}&asOfPosition=${told.closedAt}`,
  );
  expect(known.items.map(({ rule }) => rule)).not.toContain('targetLoweredAfterActual');
});

test('who, what, when and why: the event, its act and the search agree', async () => {
  const history = await read<HistoryAnswer>(`${audit}/indicators/${told.indicators['8']}/history?order=oldest`);
  const act = history.items.find(({ events }) => events.some(({ type }) => type === 'TargetAmended'))!;
  const amended = act.events.find(({ type }) => type === 'TargetAmended')!;
  expect(act.who).toMatchObject({ role: 'governor', roleName: { en: 'governor' } });
  expect(amended.position).toBe(told.loweredAt);
  expect(amended.effectiveFrom).toBe('2026-05-15');
  const [change] = amended.changes;
  expect([change?.before, change?.after]).toMatchObject([
    { levels: HIGHER_TARGET['levels'] },
    { levels: AMENDED_TARGET['levels'] },
  ]);
  const asked = history.items.flatMap(({ events }) => events).find(({ type }) => type === 'AmendmentRequested');
  expect(asked?.why).toMatchObject({ text: 'ตลาดประจำอำเภอปิดสองเดือน' });
  const found = await read<List<TrailEventAnswer>>(
    `/v1/audit/events?text=${encodeURIComponent('ตลาดประจำอำเภอ')}&province=TH-54&minPosition=${told.loweredAt}`,
  );
  expect(found.items.map(({ eventId }) => eventId)).toContain(asked?.eventId);
});

test('two dates are compared: the one target, in words and as data, and nothing else that was promised', async () => {
  const difference = await read<AgreementDifferencesAnswer>(`${audit}/diff?from=${told.signedAt}&to=${told.loweredAt}`);
  const promised = difference.items.filter(
    ({ key }) => key[0] === 'indicator' && (key.includes('target') || key.includes('weight')),
  );
  expect(promised).toHaveLength(1);
  const change = promised[0]!;
  expect(change).toMatchObject({
    key: ['indicator', told.indicators['8'], 'target', SPAN],
    before: { levels: HIGHER_TARGET['levels'] },
    after: { levels: AMENDED_TARGET['levels'] },
  });
  expect(change.sentence.th).toMatch(/30[^]*28/);
  expect(change.madeBy.map(({ position }) => position)).toContain(told.loweredAt);
  const { items } = await read<TargetsAnswer>(`${audit}/targets`);
  const course = items
    .find(({ indicatorId }) => indicatorId === told.indicators['8'])
    ?.targets.find(({ span }) => span === SPAN);
  expect([course?.promised?.value, course?.amended.map(({ value }) => value)]).toMatchObject([
    { levels: HIGHER_TARGET['levels'] },
    [{ levels: AMENDED_TARGET['levels'] }],
  ]);
});

test('a score is worked out anew, from the events that state what went into it', async () => {
  const replay = await read<ReplayAnswer>(`${audit}/replay?round=6m`);
  const total = replay.numbers.find(({ number }) => number === 'total')!;
  // (3.5 × 50 + 3.8 × 30 + 5 × 20) ÷ 100: 170 of 150–200 lies two fifths between 3 and 5; 7 is under the 8 that were allowed.
  expect(total).toMatchObject({ result: '3.8900', basis: 'closed' });
  expect(total.published).toContainEqual(expect.objectContaining({ kind: 'snapshot', value: '3.8900', equals: true }));
  expect(total.published.find(({ kind }) => kind === 'snapshot')?.event?.position).toBe(told.closedAt);
  expect(replay.differing).toBe(0);
  const score = replay.numbers.find(({ number, of }) => number === 'score' && of.indicatorId === told.indicators['6'])!;
  expect(score).toMatchObject({ result: '3.8000', shown: { equals: true }, withheld: [] });
  for (const { event } of score.inputs.filter(({ name }) => name === 'actual' || name === 'target'))
    expect(await read(`/v1/audit/disclosures/${event!.position}`)).toMatchObject({ type: event!.type });
});

test('noon: the question is put to the office, explained, and becomes a finding', async () => {
  const ask = (rest: string): string => `/v1/audit/questions/${question.questionId}/${rest}`;
  const opening = { note: 'ขอเหตุผลของการลดค่าเป้าหมาย', dueOn: '2026-08-05', askedOffice: CDD.officeId };
  await year.refuse('head', ask('opening'), opening, '403 notPermitted');
  await year.accept('inspector', ask('opening'), opening);
  await year.accept('head', ask('explanations'), { text: 'ตลาดปิดสองเดือน มีหนังสืออำเภอ' });
  await year.accept('inspector', ask('returns'), { reason: 'ไม่มีหนังสือแนบ', dueOn: '2026-08-06' });
  const amended = question.restsOn.find(({ position }) => position === told.loweredAt)!;
  const { items } = await read<List<TrailEventAnswer>>(
    `/v1/audit/events?positionFrom=${told.loweredAt}&positionUntil=${told.loweredAt}`,
  );
  const { stream, revision } = items[0]!;
  const finding = {
    severity: 'medium',
    theme: 'การลดค่าเป้าหมาย',
    text: 'ค่าเป้าหมายปลายปีลดลงหลังรายงานผลแล้วสองวัน',
    officeIds: [CDD.officeId],
    subjects: [{ agreementId: told.agreementId, indicatorId: told.indicators['8'], round: '12m' }],
    questionId: question.questionId,
    dueOn: '2026-08-31',
  };
  const unknown = { eventId: '0f5e0000-0000-4000-8000-000000000000', stream, revision };
  await year.refuse('inspector', here('findings'), { ...finding, events: [unknown] }, '422 finding.eventUnknown');
  const events = [{ eventId: amended.eventId, stream, revision }];
  await year.refuse('head', here('findings'), { ...finding, events }, '403 notPermitted');
  await year.refuse('inspector', here('closure'), {}, '409 inspection.findingsNotStated');
  findingId = (await year.accept('inspector', here('findings'), { ...finding, events })).id;
  await year.refuse('inspector', here('no-findings'), { statement: 'ไม่พบ' }, '409 inspection.hasFindings');
});

test('weeks later: what is overdue is seen, answered, judged by the inspector and by nobody else', async () => {
  year.on('2026-09-02');
  const { items } = await read<List<Record<string, unknown>>>(
    `/v1/inspections/overdue?province=TH-54&minPosition=${await headOf(year)}`,
  );
  expect(items).toMatchObject([{ id: findingId, daysLate: 2, awaitedOfficeIds: [CDD.officeId] }]);
  const answer = { officeId: CDD.officeId, text: 'แนบหนังสืออำเภอและมติคณะกรมการจังหวัดแล้ว' };
  await year.refuse('supervisor', here(`findings/${findingId}/responses`), answer, '403 notPermitted');
  const { id } = await year.accept('head', here(`findings/${findingId}/responses`), answer);
  const judgement = { outcome: 'accepted' };
  await year.refuse('head', here(`responses/${id}/judgement`), judgement, '403 notPermitted');
  await year.accept('inspector', here(`responses/${id}/judgement`), judgement);
  expect((await round()).findings).toMatchObject([{ findingId, status: 'resolved' }]);
  const overdue = await read<List<unknown>>(`/v1/inspections/overdue?minPosition=${await headOf(year)}`);
  expect(overdue.items).toEqual([]);
  await year.accept('inspector', here('closure'), {});
});

test('evening: what proves it is taken away, and holds without the service', async () => {
  const { transparencyLog, streamHeads } = year.service.service.infrastructure;
  await streamHeads.record();
  await transparencyLog.waitFor(await headOf(year), 'included', 10_000);
  const inspector = await year.service.as(PERSONS.inspector);
  const taken = await fetch(`${year.service.url}/v1/audit/bundles/agreements/${told.agreementId}`, {
    headers: { authorization: `Bearer ${inspector.token}` },
  });
  expect(taken.status).toBe(200);
  const files = await unzip(Buffer.from(await taken.arrayBuffer()));
  expect(await faultsOf(files)).toEqual([]);
  expect(String(files.get(`disclosures/${told.loweredAt}.json`))).toContain('TargetAmended');
});
