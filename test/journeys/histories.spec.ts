import { bangkokDateOf, fiscalYearOf, spanOfFiscalYear, spanKey } from '@khamrap/kernel';
import type { Answer, ApiClient } from '../../libs/testing/service';
import type {
  AgreementDifferencesAnswer,
  DifferencesAnswer,
} from '../../libs/slices/audit/differences/differences.answer';
import type { TargetsAnswer } from '../../libs/slices/audit/differences/targets.answer';
import type { HistoryAnswer, HistoryEventAnswer } from '../../libs/slices/audit/history/history.answer';
import type { CloudEvent } from '../../libs/slices/audit/views/trail/cloud-events';
import type { AgreementAnswer, CommandAnswer, Problem } from './answers';
import { actualBody, agreementBody, CDD, indicatorBody, PROVINCE, signatureBody, targetBody } from './bodies';
import { beginJourney, headOf, type Journey } from './journey';

// What an inspector reads of an agreement, and what everybody does: its history, what differs, its targets.

const persons = {
  governor: 'governor-of-phrae',
  head: 'head-of-phrae-cdd',
  keeper: 'keeper-of-phrae-cdd',
  inspector: 'inspector-zone-16',
  elsewhere: 'inspector-zone-5',
  nacc: 'nacc-officer',
} as const;
type Reader = keyof typeof persons | 'anybody';

/** This year: amendments hold from a day on that is still to come. */
const FISCAL_YEAR = fiscalYearOf(bangkokDateOf(Date.now()));
const YEAR = spanOfFiscalYear(FISCAL_YEAR);
const SPAN = spanKey(YEAR);
const target = (value: string) => targetBody({ span: YEAR, value });

let journey: Journey;
let agreementId: string;
let indicatorId: string;
const at: Record<string, number> = {};

const as = (reader: Reader): Promise<ApiClient> | ApiClient =>
  reader === 'anybody' ? journey.service.anybody : journey.service.as(persons[reader]);

async function accept(reader: Reader, name: string, path: string, body?: unknown): Promise<CommandAnswer> {
  const address = path.replace('…', `/v1/agreements/${agreementId}`);
  const answer = await (await as(reader)).post<CommandAnswer>(address, body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  at[name] = answer.body.position!;
  return answer.body;
}

async function read<Body>(
  reader: Reader,
  path: string,
  expected = 200,
  headers = {},
): Promise<Body & { readonly text: string; readonly link?: string }> {
  const address = `/v1/audit/${path.replace('…', `agreements/${agreementId}`)}`;
  const { status, body, text, headers: got } = await (await as(reader)).get<Body>(address, { headers });
  expect([address, status, status === expected ? '' : text]).toEqual([address, expected, '']);
  return { ...body, text, ...(got['link'] !== undefined && { link: String(got['link']) }) };
}

const typesIn = ({ items }: HistoryAnswer): readonly string[] =>
  items.flatMap(({ events }) => events.map(({ type }) => type));
const eventIn = ({ items }: HistoryAnswer, type: string): HistoryEventAnswer =>
  items.flatMap(({ events }) => events).find((event) => event.type === type)!;

beforeAll(async () => {
  journey = await beginJourney();
  agreementId = (await accept('head', 'draft', '/v1/agreements', agreementBody({ fiscalYear: FISCAL_YEAR }))).id;
  indicatorId = (await accept('head', 'indicator', '…/indicators', indicatorBody({ weight: '100', leadOffice: CDD })))
    .id;
  await accept('head', 'target', `…/indicators/${indicatorId}/target`, target('1'));
  await accept('head', 'newTarget', `…/indicators/${indicatorId}/target`, target('1887'));
  await accept('head', 'proposal', '…/proposal', { officeId: CDD.officeId });
  const { body } = await (await as('head')).get<AgreementAnswer>(`/v1/agreements/${agreementId}`);
  const terms = { termsHash: body.termsHash ?? '', termsRevision: body.termsRevision ?? 0 };
  await accept('governor', 'acceptance', '…/acceptance', { officeId: PROVINCE.officeId, termsHash: terms.termsHash });
  await accept('head', 'signature', '…/signatures', signatureBody(terms));
  const governor = { side: 'receiver', officeId: PROVINCE.officeId, signatoryName: 'ชุติเดช มีจันทร์' };
  await accept(
    'governor',
    'effect',
    '…/signatures',
    signatureBody(terms, { ...governor, position: 'ผู้ว่าราชการจังหวัดแพร่' }),
  );
  const amendment = {
    officeId: CDD.officeId,
    changes: [{ change: 'target', indicatorId, target: target('1500') }],
    reason: 'น้ำท่วม',
    effectiveFrom: YEAR.to,
  };
  const { id } = await accept('head', 'request', '…/amendments', amendment);
  await accept('governor', 'approval', `…/amendments/${id}/approval`, { officeId: PROVINCE.officeId });
  await accept(
    'keeper',
    'figure',
    `…/indicators/${indicatorId}/actuals`,
    actualBody({ span: YEAR, note: 'โทรหาคุณสมมุติ' }),
  );
}, 120_000);
afterAll(() => journey?.end());

test('a history tells act by act who did what, when, why, and what stood before', async () => {
  const history = await read<HistoryAnswer>('inspector', '…/history?order=oldest');
  expect(typesIn(history)).toEqual([
    'AgreementDrafted',
    'IndicatorAdded',
    'TargetSet',
    'TargetSet',
    'TermsProposed',
    'TermsAccepted',
    'AgreementSigned',
    'AgreementSigned',
    'AgreementTookEffect',
    'AmendmentRequested',
    'AmendmentApproved',
    'TargetAmended',
    'ActualReported',
  ]);
  const effect = history.items.find(({ position }) => position === at['effect']! - 1 || position === at['effect'])!;
  expect(effect.events.map(({ type }) => type)).toEqual(['AgreementSigned', 'AgreementTookEffect']);
  expect(effect).toMatchObject({
    act: { en: 'Agreement signed' },
    who: {
      name: 'ชุติเดช มีจันทร์',
      role: 'governor',
      roleName: { en: 'governor' },
      capacity: { en: 'holder of the post' },
    },
  });
  const amended = eventIn(history, 'TargetAmended');
  expect(amended).toMatchObject({
    effectiveFrom: YEAR.to,
    published: { position: amended.position },
    indicators: [indicatorId],
    links: {
      receipt: `/v1/audit/receipts/${amended.eventId}`,
      disclosure: `/v1/audit/disclosures/${amended.position}`,
    },
  });
  expect(amended.sentence.en).toMatch(
    /^The target of indicator 1 .* was changed from 1,887 million baht to 1,500 million baht/,
  );
  expect(amended.changes).toMatchObject([
    {
      key: ['indicator', indicatorId, 'target', SPAN],
      before: { value: '1887' },
      after: { value: '1500', effectiveFrom: YEAR.to },
      setBy: { position: at['newTarget'] },
    },
  ]);
  expect(eventIn(history, 'AmendmentRequested').why).toEqual({ text: 'น้ำท่วม' });
  // The head has signed by name, so whoever may have the signature knows whose the other acts are.
  expect(history.items[0]!.who.name).toBe('สุสังข์ ชุ่มมะโน');
  expect(history.text).not.toContain('คุณสมมุติ');
  // Who works on it and audits is told private notes.
  expect((await read<HistoryAnswer>('head', '…/history')).text).toContain('โทรหาคุณสมมุติ');
});

test('everybody is told what is published, without a trace of the rest, and nobody by name', async () => {
  const told = await read<HistoryAnswer>('anybody', '…/history?order=oldest');
  expect(typesIn(told)).toEqual([
    'AgreementDrafted',
    'IndicatorAdded',
    'TargetSet',
    'AmendmentRequested',
    'AmendmentApproved',
    'TargetAmended',
  ]);
  // The target that was never public left nothing where the one that is took its place.
  expect(eventIn(told, 'TargetSet').changes[0]).not.toHaveProperty('before');
  expect(told.text).not.toContain('สุสังข์');
  expect(await read<HistoryAnswer>('elsewhere', '…/history?order=oldest')).toMatchObject({ items: told.items });
  // What was decided later was pending then; before the agreement was published there was nothing for anybody.
  const pending = await read<HistoryAnswer>('anybody', `…/history?order=oldest&asOfPosition=${at['request']}`);
  expect(typesIn(pending)).toEqual(['AgreementDrafted', 'IndicatorAdded', 'TargetSet']);
  for (const path of [
    `…/history?asOfPosition=${at['signature']}`,
    '…/history'.replace('…', `agreements/${indicatorId}`),
  ])
    expect(await read<Problem>('anybody', path, 404)).toMatchObject({ type: '/problems/history.nothingDisclosed' });
  const moment = (await read<HistoryAnswer>('nacc', '…/history')).items.find(
    ({ position }) => position === at['signature'],
  )!;
  await read('nacc', `…/history?publishedBy=${moment.events[0]!.recordedAt}`, 404);
  await read('nacc', `…/history?asOf=${moment.events[0]!.recordedAt}`);
});

test('histories are paged in both directions, narrowed to an indicator and to a time, and told as a table', async () => {
  for (const order of ['newest', 'oldest']) {
    const whole = await read<HistoryAnswer>('nacc', `…/history?order=${order}`);
    const pages: HistoryAnswer['items'][number][] = [];
    for (
      let next: string | undefined = `/v1/audit/agreements/${agreementId}/history?order=${order}&limit=3`;
      next !== undefined;
    ) {
      const answer: Answer<HistoryAnswer> = await (await as('nacc')).get(next);
      pages.push(...answer.body.items);
      next = /<([^>]+)>/.exec(String(answer.headers['link'] ?? ''))?.[1];
    }
    expect(pages).toEqual(whole.items);
  }
  const ofIndicator = await read<HistoryAnswer>('nacc', `…/indicators/${indicatorId}/history?order=oldest`);
  expect(typesIn(ofIndicator)).toEqual([
    'IndicatorAdded',
    'TargetSet',
    'TargetSet',
    'AmendmentRequested',
    'AmendmentApproved',
    'TargetAmended',
    'ActualReported',
  ]);
  const between = await read<HistoryAnswer>('nacc', `…/history?from=${at['effect']}&to=${at['approval']}`);
  expect(new Set(typesIn(between))).toEqual(new Set(['AmendmentRequested', 'AmendmentApproved', 'TargetAmended']));
  const csv = await read('nacc', '…/history', 200, { accept: 'text/csv' });
  expect(csv.text).toContain('Amendment requested');
  expect(typesIn(await read<HistoryAnswer>('anybody', `streams/agreement-${agreementId}/history`))).toHaveLength(6);
  expect(typesIn(await read<HistoryAnswer>('anybody', 'streams/ledger/history?order=oldest&limit=1'))).toEqual([
    'LedgerOpened',
  ]);
  expect(typesIn(await read<HistoryAnswer>('anybody', `offices/${CDD.officeId}/history?order=oldest`))[0]).toBe(
    'OfficeRegistered',
  );
});

test('what differs between two moments is told in words and as data, and by which events', async () => {
  const differ = await read<AgreementDifferencesAnswer>(
    'inspector',
    `…/diff?from=${at['effect']}&to=${at['approval']}`,
  );
  const amended = differ.items.find(({ key }) => key[2] === 'target')!;
  expect(amended).toMatchObject({
    before: { value: '1887' },
    after: { value: '1500' },
    setBy: { position: at['newTarget'] },
  });
  expect(amended.sentence.en).toContain('changed from 1,887 million baht to 1,500 million baht');
  expect(amended.sentence.th).toContain('เปลี่ยนจาก 1,887 ล้านบาท เป็น 1,500 ล้านบาท');
  const made = differ.events.find(({ position }) => position === amended.madeBy[0]!.position)!;
  expect(made).toMatchObject({ type: 'TargetAmended', who: { role: 'governor' } });
  const unpublished = await read<AgreementDifferencesAnswer>('anybody', `…/diff?from=${at['approval']}`);
  expect(unpublished.items).toEqual([]);
  expect(
    (await read<AgreementDifferencesAnswer>('nacc', `…/diff?from=${at['approval']}`)).items.map(({ key }) => key[2]),
  ).toEqual(['actual']);
  const csv = await read('nacc', `…/diff?from=0`, 200, { accept: 'text/csv' });
  expect(csv.text).toContain('labelTh');
  for (const reader of ['anybody', 'nacc'] as const)
    for (const place of [`offices/${CDD.officeId}`, 'provinces/TH-54']) {
      const told = await read<DifferencesAnswer>(reader, `${place}/diff?from=0&to=${at['approval']}`);
      expect(told.items.map(({ stream }) => stream)).toContain(`agreement-${agreementId}`);
      const later = await read<DifferencesAnswer>(reader, `${place}/diff?from=${at['approval']}`);
      expect(later.items.map(({ stream }) => stream)).toEqual(reader === 'nacc' ? [`agreement-${agreementId}`] : []);
    }
  expect(
    (await read<DifferencesAnswer>('nacc', 'provinces/TH-90/diff?from=0')).items.map(({ stream }) => stream),
  ).not.toContain(`agreement-${agreementId}`);
});

test('targets are told as promised, as amended and as scored', async () => {
  const { items, tookEffect } = await read<TargetsAnswer>('inspector', '…/targets');
  expect(tookEffect).toMatchObject({ position: at['effect'] });
  expect(items).toMatchObject([
    {
      indicatorId,
      number: '1',
      weight: { promised: { value: '100', stated: { position: at['indicator'] } }, amended: [], scored: [] },
      targets: [
        {
          span: SPAN,
          promised: { value: { value: '1887' }, shown: { th: '1,887 ล้านบาท' }, stated: { position: at['newTarget'] } },
          amended: [{ value: { value: '1500' }, effectiveFrom: YEAR.to }],
          scored: [],
        },
      ],
    },
  ]);
});

test('of an inspection each is told what was found where they reach, and of the rest there is no trace', async () => {
  const opened = await accept('inspector', 'round', '/v1/inspections', {
    number: '๒/๒๕๗๐',
    level: 'primeMinisterOffice',
    inspectingBody: { name: 'สำนักนายกรัฐมนตรี' },
    fiscalYear: FISCAL_YEAR,
    zoneId: 'primeMinisterOffice-16',
    inspectedProvinces: ['TH-54', 'TH-55'],
    days: YEAR,
  });
  const round = `/v1/inspections/${opened.id}`;
  const finding = (theme: string, province: string) => ({
    severity: 'high',
    theme,
    text: theme,
    officeIds: [CDD.officeId],
    provinces: [province],
  });
  const here = await accept('inspector', 'here', `${round}/findings`, finding('ข้อค้นพบของแพร่', 'TH-54'));
  await accept('inspector', 'there', `${round}/findings`, finding('ข้อค้นพบของน่าน', 'TH-55'));
  await accept('inspector', 'closing', `${round}/closure`, {});
  const stream = `inspection-${opened.id}`;
  const outside = ['InspectionRoundOpened', 'InspectionRoundClosed'];
  const ofPhrae = ['InspectionRoundOpened', 'FindingRecorded', 'InspectionRoundClosed'];
  const all = [outside[0]!, 'FindingRecorded', 'FindingRecorded', outside[1]!, 'FindingsCarried'];
  const readers: readonly (readonly [Reader, readonly string[]])[] = [
    ['inspector', all],
    ['nacc', all],
    ['governor', ofPhrae],
    ['head', ofPhrae],
    ['elsewhere', outside],
    ['anybody', outside],
  ];
  const toldTo = async (reader: Reader): Promise<Record<string, readonly string[]>> => {
    const minPosition = await headOf(journey);
    const history = await read<HistoryAnswer>(
      reader,
      `streams/${stream}/history?order=oldest&minPosition=${minPosition}`,
    );
    const listed = `events?stream=${stream}&order=asc&minPosition=${minPosition}`;
    const events = await read<{ items: readonly { type: string }[] }>(reader, listed);
    const disclosed = `disclosures?from=${at['round']}&count=200`;
    const { items } = await read<{ items: readonly { type: string; stream: { name: string } }[] }>(reader, disclosed);
    for (const { text } of [history, events])
      expect([reader, text.includes('ข้อค้นพบของน่าน')]).toEqual([reader, reader === 'inspector' || reader === 'nacc']);
    return {
      history: typesIn(history),
      events: events.items.map(({ type }) => type),
      disclosed: items.filter((each) => each.stream.name === stream).map(({ type }) => type),
    };
  };
  for (const [reader, types] of readers)
    expect([reader, await toldTo(reader)]).toEqual([reader, { history: types, events: types, disclosed: types }]);

  // Answered and resolved, what was found here is told to everybody, and what was found there to nobody more.
  const answer = { officeId: CDD.officeId, text: 'ชี้แจงแล้ว', evidence: [] };
  const { id } = await accept('head', 'answer', `${round}/findings/${here.id}/responses`, answer);
  await accept('inspector', 'judgement', `${round}/responses/${id}/judgement`, { outcome: 'accepted' });
  const resolved = [...ofPhrae, 'FindingResponded', 'ResponseJudged', 'FindingResolved'];
  for (const reader of ['governor', 'elsewhere', 'anybody'] as const)
    expect([reader, await toldTo(reader)]).toEqual([
      reader,
      { history: resolved, events: resolved, disclosed: resolved },
    ]);
});

test('what cannot be asked is refused in both languages', async () => {
  const head = await headOf(journey);
  const refused: readonly (readonly [path: string, status: number, what: RegExp])[] = [
    [`…/diff?from=${at['approval']}&to=${at['effect']}`, 422, /moments\.reversed/],
    [`…/diff?from=0&to=${head + 1_000}`, 400, /./],
    ['…/diff?from=2999-01-01', 400, /isMoment/],
    ['…/diff?from=2090-01-01', 400, /./],
    ['…/diff?from=11/12/2021', 400, /isMoment/],
    ['…/diff', 400, /from/],
    ['…/diff?from=0&cursor=!', 400, /isCursor/],
    ['…/diff?from=0&asOfPosition=1', 400, /asOfPosition/],
    ['…/history?order=sideways', 400, /order/],
    ['…/history?from=x', 400, /isMoment/],
    ['…/history?limit=0', 400, /limit/],
    ['…/history?unknown=1', 400, /unknown/],
    ['…/indicators/0f8fad5b-d9cb-469f-a165-70867728950e/history', 404, /nothingDisclosed/],
    ['streams/nothing-here/history', 404, /nothingDisclosed/],
    ['streams/Not%20a%20stream/history', 404, /notFound/],
    ['provinces/TH-99/diff?from=0', 404, /notFound/],
    ['offices/nobody-registered-this/history', 404, /nothingDisclosed/],
    [`agreements/${indicatorId}/targets`, 404, /nothingDisclosed/],
  ];
  for (const [path, status, what] of refused) {
    const problem = await read<Problem>('anybody', path, status);
    expect(problem.text).toMatch(what);
    expect(problem.titles.th).toMatch(/[ก-๙]/);
    expect(problem.titles.en).toMatch(/[a-z]/);
  }
});

test('a history is answered as events too: page by page as CloudEvents, and line by line to its end', async () => {
  const history = await read<HistoryAnswer>('inspector', '…/history?order=oldest');
  const batch = { accept: 'application/cloudevents-batch+json' };
  const page = JSON.parse((await read('inspector', '…/history?order=oldest', 200, batch)).text) as CloudEvent[];
  expect(page.map(({ id }) => id)).toEqual(history.items.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  expect(page.find(({ type }) => type === 'TargetAmended')).toMatchObject({
    specversion: '1.0',
    subject: `agreement-${agreementId}`,
    data: {
      sentence: eventIn(history, 'TargetAmended').sentence,
      changes: [{ before: { value: '1887' }, after: { value: '1500' }, setBy: { position: at['newTarget'] } }],
    },
  });
  const lines = (await read('inspector', '…/history?limit=1', 200, { accept: 'application/x-ndjson' })).text;
  const acts = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryAnswer['items'][number]);
  expect(acts.toReversed()).toEqual(history.items);
});

test('what an auditor was shown is written down event by event: those of the page, and where its names come from', async () => {
  const { accessTree, accessReview } = journey.service.service.infrastructure;
  const shownBy = async (path: string): Promise<readonly number[]> => {
    const before = await accessTree.size();
    await read<HistoryAnswer>('inspector', path);
    const kept = await accessReview.from(before, 100);
    return kept.flatMap(({ access }) => access.opened.flatMap(({ positions }) => positions));
  };
  expect(await shownBy('…/history?limit=1')).toEqual([at['figure']]);
  // The draft is published with the effect; the name of who made it stands in a signature, which is not.
  expect(await shownBy('…/history?limit=1&order=oldest')).toEqual([at['signature']]);
});
