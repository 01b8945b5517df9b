import { isoDate, type IsoDate } from '@khamrap/kernel';
import { grant, PUBLIC_SIGHT, type Requester } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import {
  personalDataEventDeclarations,
  type PersonalDataRequestEvent,
} from '../../domain/personal-data-request.events';
import {
  dataErased,
  OFFICER,
  requestFiled,
  requestFulfilled,
  requestRefused,
  SUBJECT,
} from '../../domain/personal-data-request.examples';
import { PERSONAL_DATA_REQUESTS, personalDataRequestsProjection } from './requests.projection';
import {
  ListPersonalDataRequests,
  ListPersonalDataRequestsHandler,
  PERSONAL_DATA_REQUEST_COLUMNS,
  type PersonalDataRequestsQuery,
} from './requests.query';
import { requestTable } from './requests.table';

const codec = new EventCodec([...ledgerEventDeclarations, ...personalDataEventDeclarations]);
const OTHER = '0b7f6a4e-2f0c-4d35-9c53-51b6b1a7c009';

/** Requests, each with what was decided of it. */
const REQUESTS: readonly (readonly PersonalDataRequestEvent[])[] = [
  [requestFiled({ kind: 'access', receivedOn: '2026-11-01', dueOn: '2026-12-01' })],
  [requestFiled({ kind: 'access', receivedOn: '2026-10-01', dueOn: '2026-10-31', subject: OTHER, filedBy: OFFICER })],
  [requestFiled({ receivedOn: '2026-09-01', dueOn: '2026-11-30' }), requestFulfilled(), dataErased()],
  [requestFiled({ receivedOn: '2026-09-02', dueOn: '2026-12-01', subject: OTHER }), requestRefused()],
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let recorded: readonly DecodedEvent[];
const ids: string[] = [];
beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([personalDataRequestsProjection]);
  const streams = REQUESTS.map(() => freshStreamOf('personal-data-request'));
  ids.push(...streams.map((stream) => stream.slice('personal-data-request-'.length)));
  const filed = REQUESTS.map(([event], index) => ({ stream: streams[index]!, event: event! }));
  const decided = REQUESTS.flatMap(([, ...events], index) =>
    events.map((event) => ({ stream: streams[index]!, event })),
  );
  recorded = await bench.record([...filed, ...decided]);
  expect(await instance.projections.waitFor(PERSONAL_DATA_REQUESTS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const person = (id: string): Requester => ({ issuer: 'i', subject: id, actor: { id, role: 'none' }, grants: [] });
const officer: Requester = { ...person(OFFICER), grants: [grant('privacyOfficer', { kind: 'nation' })] };
const ask = (requester: Requester, query: Partial<PersonalDataRequestsQuery> = {}, today = isoDate('2026-11-01')) =>
  new ListPersonalDataRequestsHandler(instance.readModels).execute(
    new ListPersonalDataRequests({ limit: 100, ...query }, requester, today),
  );

const ALL_SHOWN: readonly [string, Requester, Partial<PersonalDataRequestsQuery>, readonly number[], IsoDate?][] = [
  ['all to the privacy officer, soonest due first', officer, {}, [1, 2, 0, 3]],
  ['their own to a person', person(SUBJECT), {}, [2, 0]],
  ['their own to a person, also what was filed on paper', person(OTHER), {}, [1, 3]],
  ['nothing to somebody else', person('somebody'), {}, []],
  [
    'their own to an officer of one province',
    { ...person(SUBJECT), grants: [grant('privacyOfficer', { kind: 'province', province: 'TH-54' })] },
    {},
    [2, 0],
  ],
  ['what is open', officer, { status: 'open' }, [1, 0]],
  ['what was refused', officer, { status: 'refused' }, [3]],
  ['one kind', officer, { kind: 'erasure' }, [2, 3]],
  ['what is overdue', officer, { overdue: 'only' }, [1]],
  ['nothing overdue on the last day', officer, { overdue: 'only' }, [], isoDate('2026-10-31')],
  ['nothing overdue to whom it is not about', person(SUBJECT), { overdue: 'only' }, []],
];
test.each(ALL_SHOWN.map(([what, ...shown]) => [what, shown] as const))('shows %s', async (_what, shownTo) => {
  const [requester, query, expected, today] = shownTo;
  const shown = (await ask(requester, query, today)).items.map(({ requestId }) => ids.indexOf(requestId));
  // Of two that are due on one day the order is that of their ids.
  expect(new Set(shown)).toEqual(new Set(expected));
  if (shown.length === 4) expect(shown.slice(0, 2)).toEqual(expected.slice(0, 2));
});

test('tells what is left of the term, and what came of the request', async () => {
  const { items } = await ask(officer);
  const of = (index: number) => items.find(({ requestId }) => requestId === ids[index]);
  expect(of(0)).toMatchObject({ status: 'open', daysLeft: 30, overdue: false, ground: null, decidedAt: null });
  expect(of(1)).toMatchObject({ daysLeft: -1, overdue: true, subject: OTHER, filedBy: OFFICER });
  expect(of(2)).toMatchObject({
    status: 'fulfilled',
    daysLeft: null,
    erasedValueCount: 1,
    erasedFileCount: 1,
    identityErased: true,
  });
  expect(of(3)).toMatchObject({ status: 'refused', ground: 'publicTask', decidedAt: expect.stringMatching(/Z$/) });
  expect(writeCsv(items, PERSONAL_DATA_REQUEST_COLUMNS)).toContain('publicTask');
});

test('is paged, and told as it was', async () => {
  const first = await ask(officer, { limit: 3 });
  expect([
    first.items.length,
    (await ask(officer, { limit: 3, cursor: encodeCursor(first.next!) })).items.length,
  ]).toEqual([3, 1]);
  const whenFiled = { asOfPosition: recorded[REQUESTS.length - 1]!.position };
  const { items } = await ask(officer, whenFiled);
  expect(items.map(({ status }) => status)).toEqual(['open', 'open', 'open', 'open']);
  expect((await ask(officer, { ...whenFiled, overdue: 'only' })).items).toHaveLength(1);
});

test('is held back by the database itself from every question that is not told to see everything', async () => {
  for (const table of [requestTable.name, requestTable.history]) {
    const { result } = await instance.readModels.read(
      PERSONAL_DATA_REQUESTS,
      {},
      (manager) => manager.query<unknown[]>(`SELECT 1 FROM read_model.${table}`),
      {
        ...PUBLIC_SIGHT,
        provinces: ['TH-54'],
        offices: [{ office: 'phrae-cdd', province: 'TH-54' }],
      } as typeof PUBLIC_SIGHT,
    );
    expect(result).toEqual([]);
  }
});

test('has the same rows however the events come', async () => {
  const tables = await FoldingTables.make(bench.pool, personalDataRequestsProjection);
  const rows = await tables.foldAlike(recorded, 7);
  expect(rows[requestTable.name]).toHaveLength(REQUESTS.length);
  expect(rows[requestTable.history]).toHaveLength(recorded.length);
});
