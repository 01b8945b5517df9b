import type { TrailEventAnswer } from '../../libs/slices/audit/views/trail/trail.answer';
import { agreementBody, indicatorBody, CDD } from './bodies';
import type { CommandAnswer, Problem } from './answers';
import type { Answer } from '../../libs/testing/service';
import { beginJourney, headOf, type Journey } from './journey';

// The list of events over HTTP: the same events in four forms, page by page, and what is refused.

const EVENTS = '/v1/audit/events';
const INSPECTOR = 'inspector-zone-16';

interface EventsPage {
  readonly items: readonly TrailEventAnswer[];
  readonly position: number;
}

let journey: Journey;
let agreementId: string;

beforeAll(async () => {
  journey = await beginJourney();
  const head = await journey.service.as('head-of-phrae-cdd');
  const draft = await head.post<CommandAnswer>('/v1/agreements', agreementBody());
  expect([draft.status, draft.text]).toEqual([201, draft.text]);
  agreementId = draft.body.id;
  await head.post(`/v1/agreements/${agreementId}/indicators`, indicatorBody({ weight: '100', leadOffice: CDD }));
}, 120_000);
afterAll(() => journey.end());

/** Every page of a question, by the links that lead on. */
async function walk(query: string): Promise<readonly TrailEventAnswer[]> {
  const items: TrailEventAnswer[] = [];
  for (let address: string | undefined = `${EVENTS}?${query}`; address !== undefined;) {
    const answer: Answer<EventsPage> = await (await journey.service.as(INSPECTOR)).get(address);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    items.push(...answer.body.items);
    address = /^<(.+)>; rel="next"$/.exec(String(answer.headers['link'] ?? ''))?.[1];
  }
  return items;
}

test('the same events are told as pages, lines, a table and CloudEvents', async () => {
  const minPosition = await headOf(journey);
  const items = await walk(`order=asc&limit=3&minPosition=${minPosition}`);
  expect(items.length).toBeGreaterThan(5);
  const inspector = await journey.service.as(INSPECTOR);
  const as = (accept: string) => inspector.get<unknown>(`${EVENTS}?order=asc&limit=1000`, { headers: { accept } });
  const lines = await as('application/x-ndjson');
  expect(lines.headers['content-type']).toBe('application/x-ndjson');
  expect(
    lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(items);
  const table = await as('text/csv');
  expect(table.text.split('\r\n')).toHaveLength(items.length + 2);
  const batch = await as('application/cloudevents-batch+json');
  const cloudEvents = JSON.parse(batch.text) as readonly Record<string, unknown>[];
  expect(cloudEvents.map(({ id }) => id)).toEqual(items.map(({ eventId }) => eventId));
  for (const event of cloudEvents) {
    expect(event).toMatchObject({ specversion: '1.0', datacontenttype: 'application/json' });
    for (const name of Object.keys(event)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  }
});

test('a draft is found by who may have it, and is nothing to others', async () => {
  const mine = await walk(`agreement=${agreementId}&order=asc`);
  expect(mine.map(({ type }) => type)).toEqual(['AgreementDrafted', 'IndicatorAdded']);
  expect(mine[0]).toMatchObject({ published: null, actor: { office: CDD.officeId, role: 'officeHead' } });
  const receipt = await journey.service.anybody.get(mine[0]!.links.receipt);
  expect(receipt.status).toBe(200);
  const { body } = await journey.service.anybody.get<EventsPage>(`${EVENTS}?agreement=${agreementId}`);
  expect(body.items).toEqual([]);
});

test.each([
  ['colour=red', 'colour'],
  ['province=Phrae', 'province'],
  ['text=a', 'text'],
  ['q=colour:red', 'q'],
  ['cursor=x', 'cursor'],
  ['act=1', 'act'],
  ['type=a', 'type'],
  ['type=ActualReport', 'type'],
])('%s is refused by its name', async (query, parameter) => {
  const { status, body } = await journey.service.anybody.get<Problem & { errors: { parameter: string }[] }>(
    `${EVENTS}?${query}`,
  );
  expect([status, body.errors.map((error) => error.parameter)]).toEqual([400, [parameter]]);
});
