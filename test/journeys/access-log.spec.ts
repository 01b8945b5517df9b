import { createHash } from 'node:crypto';
import { readConfig } from '@khamrap/platform/config';
import { bytesOfHex, HASH_BYTES, hexOf, leafHash, utf8, verifyInclusion } from '@khamrap/platform/transparency/proof';
import { Client } from 'pg';
import { checkWholeAccessLog } from '../../apps/cli/check-access-log';
import type { ApiClient } from '../../libs/testing/service';
import type {
  AccessItem,
  AccessProofAnswer,
  AccessSealItem,
} from '../../libs/slices/audit/access-log/access-log.answer';
import type { QueryAnswer } from '../../libs/slices/audit/queries/queries.answer';
import type { Access } from '@khamrap/platform/access-log';
import type { CommandAnswer, List, Problem } from './answers';
import { actualBody, CDD, indicatorBody, monitoringBody, sourceDocumentBody, targetBody } from './bodies';
import { beginJourney, type Journey } from './journey';

// Who read what, over HTTP: what is kept of reads, who may see it, and that nobody can take it back. And the questions that
// people keep.

const ACCESSES = '/v1/audit/access-log';
const QUERIES = '/v1/audit/queries';
const NOTE = 'โทรหาคุณสมมุติที่สหกรณ์';
const FILE = Buffer.from('%PDF-1.7\nหลักฐาน');
const SHA256 = createHash('sha256').update(FILE).digest('hex');
const persons = {
  administrator: 'administrator',
  dashboard: 'dashboard',
  head: 'head-of-phrae-cdd',
  inspector: 'inspector-zone-16',
  keeper: 'keeper-of-phrae-cdd',
  nacc: 'nacc-officer',
  recorder: 'recorder',
  stranger: 'stranger',
} as const;
type Person = keyof typeof persons;

let journey: Journey;
let agreementId: string;
let figurePosition: number;

const infrastructure = () => journey.service.service.infrastructure;
const as = (person: Person | 'anybody'): Promise<ApiClient> | ApiClient =>
  person === 'anybody' ? journey.service.anybody : journey.service.as(persons[person]);
const get = async <Body>(person: Person | 'anybody', path: string, headers = {}) =>
  (await as(person)).get<Body & Problem>(path.replace('…', agreementId), { headers });

/** What a read has left in the access log. */
async function keptOf(person: Person | 'anybody', path: string): Promise<readonly Access[]> {
  const { accessTree, accessReview } = infrastructure();
  const before = await accessTree.size();
  const { status, text } = await get(person, path);
  expect([path, status < 400, text]).toEqual([path, true, text]);
  return (await accessReview.from(before, 100)).map(({ access }) => access);
}

async function accept(person: Person, path: string, body: unknown): Promise<CommandAnswer> {
  const answer = await (await as(person)).post<CommandAnswer>(path.replace('…', agreementId), body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: journey.environment.variables['DATABASE_URL'] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  journey = await beginJourney({ KHAMRAP_ACCESS_SEAL_HOURS: '1' });
  const drafted = await accept('recorder', '/v1/agreements', monitoringBody());
  agreementId = drafted.id;
  const indicator = await accept('recorder', '/v1/agreements/…/indicators', indicatorBody({ leadOffice: CDD }));
  await accept('recorder', `/v1/agreements/…/indicators/${indicator.id}/target`, targetBody());
  await (await as('recorder')).send({ method: 'PUT', path: `/v1/evidence/${SHA256}`, body: FILE });
  const evidence = [{ sha256: SHA256, mediaType: 'application/pdf', name: 'หลักฐาน.pdf' }];
  const source = { document: SHA256, passage: 'หน้า ๑' };
  await accept('recorder', '/v1/source-documents', sourceDocumentBody(SHA256));
  const figure = actualBody({ note: NOTE, evidence, source });
  const { position } = await accept('recorder', `/v1/agreements/…/indicators/${indicator.id}/actuals`, figure);
  figurePosition = position!;
  await get('inspector', `/v1/standings?minPosition=${figurePosition}`);
}, 120_000);
afterAll(() => journey?.end());

describe('what is kept of a read', () => {
  test.each<[Person | 'anybody', string, Partial<Access> | undefined]>([
    ['anybody', '/v1/standings', undefined],
    ['stranger', '/v1/standings', undefined],
    ['inspector', '/v1/provinces', undefined],
    [
      'inspector',
      '/v1/standings?province=TH-54&limit=5',
      {
        kind: 'unpublished',
        roles: ['inspector'],
        places: ['zone:primeMinisterOffice-16'],
        permissions: ['standings.read'],
        route: 'GET /v1/standings',
        parameters: { province: 'TH-54' },
        others: ['limit'],
        rowCount: 1,
        status: 200,
      },
    ],
    [
      'inspector',
      '/v1/agreements/…',
      { kind: 'unpublished', route: 'GET /v1/agreements/:agreementId', permissions: ['agreement.read'], opened: [] },
    ],
    ['recorder', '/v1/agreements/…', { kind: 'private', roles: ['recorder'], places: ['nation'] }],
    [
      'recorder',
      `/v1/evidence/${SHA256}`,
      { kind: 'private', parameters: { sha256: SHA256 }, permissions: ['evidence.read'] },
    ],
    ['stranger', '/v1/personal-data/mine', { kind: 'private', roles: [], places: ['none'], permissions: [] }],
    ['nacc', `${ACCESSES}?limit=1`, { kind: 'private', permissions: ['accessLog.read'], rowCount: 1 }],
  ])('%s reads %s', async (person, path, expected) => {
    const kept = await keptOf(person, path);
    expect(kept).toEqual(expected === undefined ? [] : [expect.objectContaining(expected)]);
    expect(JSON.stringify(kept)).not.toContain(NOTE);
  });

  test('names the events that were opened, and what was private among them', async () => {
    const [row] = await keptOf('recorder', '/v1/agreements/…');
    expect(row!.opened).toEqual([{ stream: `agreement-${agreementId}`, positions: [] }]);
    const [disclosed] = await keptOf('inspector', `/v1/audit/disclosures/${figurePosition}`);
    expect(disclosed).toMatchObject({
      kind: 'unpublished',
      parameters: { position: String(figurePosition) },
      opened: [{ stream: `agreement-${agreementId}`, positions: [figurePosition] }],
    });
  });

  test('is there before the first byte of an answer that is streamed, and of what follows', async () => {
    const { accessTree, accessReview } = infrastructure();
    const before = await accessTree.size();
    const stream = await journey.service.streamAs(persons.inspector, '/v1/standings/stream?province=TH-54');
    const [opened] = await accessReview.from(before, 10);
    expect(opened!.access).toMatchObject({ route: 'GET /v1/standings/stream', parameters: { province: 'TH-54' } });
    stream.close();
    const rows = await keptOf('inspector', '/v1/audit/bundles/agreements/…');
    const shown = rows.flatMap(({ opened: streams }) => streams.flatMap(({ positions }) => positions));
    expect(shown).toContain(figurePosition);
    expect(rows[0]).toMatchObject({ route: 'GET /v1/audit/bundles/agreements/:agreementId', status: 200 });
  });

  test('what is refused is not kept', async () => {
    const { accessTree } = infrastructure();
    const before = await accessTree.size();
    for (const path of ['/v1/agreements/0f8fad5b-d9cb-469f-a165-70867728950e', '/v1/standings?x=1', '/v1/role-grants'])
      expect((await get('stranger', path)).status).toBeGreaterThanOrEqual(400);
    expect(await accessTree.size()).toBe(before);
  });
});

test('what cannot be written down is not shown; what everybody may see is', async () => {
  const may = (what: 'GRANT' | 'REVOKE') =>
    asSuperuser(`${what} EXECUTE ON FUNCTION access_log.append ${what === 'GRANT' ? 'TO' : 'FROM'}
                 ${journey.environment.variables['KHAMRAP_ROLE_PREFIX']}_append`);
  await may('REVOKE');
  try {
    for (const [person, path] of [
      ['recorder', '/v1/agreements/…'],
      ['recorder', `/v1/evidence/${SHA256}`],
      ['inspector', '/v1/standings?province=TH-54'],
      ['inspector', '/v1/standings/stream'],
      ['inspector', '/v1/audit/bundles/agreements/…'],
    ] as const) {
      const { status, body, text } = await get(person, path);
      expect([path, status, body.type]).toEqual([path, 503, '/problems/storeUnavailable']);
      expect(text).not.toContain(NOTE);
    }
    expect((await get('anybody', '/v1/standings')).status).toBe(200);
    expect((await get('inspector', '/v1/provinces')).status).toBe(200);
  } finally {
    await may('GRANT');
  }
});

describe('review', () => {
  const list = async (query: string) => (await get<List<AccessItem>>('nacc', `${ACCESSES}?${query}`)).body.items;

  test.each(['inspector', 'recorder', 'administrator', 'stranger', 'anybody'] as const)(
    'is not for %s',
    async (person) => {
      for (const path of [ACCESSES, `${ACCESSES}/seals`, `${ACCESSES}/proofs/0`])
        expect((await get(person, path)).status).toBe(person === 'anybody' ? 401 : 403);
    },
  );

  test('finds reads by person, office, route, agreement, stream and time', async () => {
    const [row] = await list(`agreement=${agreementId}&route=${encodeURIComponent('GET /v1/agreements/:agreementId')}`);
    const { person, at } = row!;
    for (const query of [
      `person=${person}`,
      `stream=agreement-${agreementId}`,
      `from=${at}`,
      `person=${person}&agreement=${agreementId}&from=${at}`,
    ])
      expect((await list(query)).length).toBeGreaterThan(0);
    for (const query of ['office=nowhere', `to=2020-01-01T00:00:00Z`, 'stream=agreement-x', `person=${agreementId}`])
      expect(await list(query)).toEqual([]);
  });

  test('goes page by page, and comes as a table; what makes no sense is refused', async () => {
    const first = await get<List<AccessItem>>('nacc', `${ACCESSES}?limit=2`);
    const next = /<(.*)>; rel="next"/.exec(String(first.headers.link))![1]!;
    const second = await get<List<AccessItem>>('nacc', next);
    const numbers = [...first.body.items, ...second.body.items].map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
    expect(new Set(numbers).size).toBe(4);
    const table = await get('nacc', `${ACCESSES}?limit=1`, { accept: 'text/csv' });
    expect(table.text).toMatch(/^\ufeffnumber,at,kind,person,/);
    for (const query of ['person=x', 'from=yesterday', 'cursor=x', 'text=x', 'limit=0'])
      expect([query, (await get('nacc', `${ACCESSES}?${query}`)).status]).toEqual([query, 400]);
  });

  test('proves each row by what the ledger has sealed', async () => {
    const unsealed = await get('nacc', `${ACCESSES}/proofs/0`);
    expect([unsealed.status, unsealed.body.type]).toEqual([409, '/problems/accessLog.notSealedYet']);
    const sealed = await infrastructure().accessSeals.seal();
    const { body } = await get<List<AccessSealItem>>('nacc', `${ACCESSES}/seals`);
    expect(body.items).toEqual([expect.objectContaining({ size: sealed!.size, root: sealed!.root })]);
    const event = await get<{ body: string }>('anybody', `/v1/audit/disclosures/${body.items[0]!.position}`);
    expect(JSON.parse(event.body.body)).toMatchObject({ data: { size: sealed!.size, root: sealed!.root } });
    const proof = (await get<AccessProofAnswer>('nacc', `${ACCESSES}/proofs/1`)).body;
    const [size, leaf] = [proof.seal.size, leafHash(utf8(proof.leaf))];
    expect(hexOf(leaf)).toBe(proof.leafHash);
    const salted = createHash('sha256').update(Buffer.from(proof.salt, 'hex')).update(proof.body, 'utf8').digest('hex');
    expect(JSON.parse(proof.leaf)).toMatchObject({ number: 1, body: salted });
    const path = proof.proof.map((hash) => bytesOfHex(hash, HASH_BYTES));
    const root = bytesOfHex(sealed!.root, HASH_BYTES);
    expect(verifyInclusion({ index: 1, size, leaf, proof: path, root })).toBe(true);
    for (const number of ['999999', '-1', 'x'])
      expect((await get('nacc', `${ACCESSES}/proofs/${number}`)).status).toBe(404);
  });

  test('everybody is told which of their own reads are kept', async () => {
    const { body } = await get<{ records: { name: string; records: { route: string }[] }[] }>(
      'inspector',
      '/v1/personal-data/mine',
    );
    const { records } = body.records.find(({ name }) => name === 'accesses')!;
    expect(records.map(({ route }) => route)).toContain('GET /v1/standings');
  });

  test('the command finds the row that was altered, and answers with 1', async () => {
    const config = readConfig(journey.environment.variables);
    const told: string[] = [];
    const note = (text: unknown): boolean => told.push(String(text)) > 0;
    const streams = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation(note),
    );
    expect(await checkWholeAccessLog(config)).toBe(0);
    await asSuperuser(`ALTER TABLE access_log.entry DISABLE TRIGGER ALL;
                 UPDATE access_log.entry SET body = replace(body, '"status":200', '"status":201') WHERE number = 1`);
    expect(await checkWholeAccessLog(config)).toBe(1);
    for (const stream of streams) stream.mockRestore();
    expect(told.join('')).toMatch(
      /^\d+ rows of the access log are as they were made; \d+ of them .*\nRow 1 is not what it was/,
    );
  });
});

describe('questions that are kept', () => {
  const body = { title: 'ผลงานของแพร่', address: '/v1/standings?province=TH-54&fiscalYear=2566' };
  const save = async (person: Person, changes: object = {}, key?: string) =>
    (await as(person)).post<QueryAnswer & Problem>(QUERIES, { ...body, ...changes }, key === undefined ? {} : { key });
  const listed = async (person: Person | 'anybody') =>
    (await get<List<QueryAnswer>>(person, QUERIES)).body.items.map(({ queryId }) => queryId);

  test('come with the program for everybody, and lead to an address', async () => {
    expect(await listed('anybody')).toEqual([
      'late-this-round',
      'targets-lowered-after-signing',
      'corrections-after-certification',
      'evidence-used-twice',
    ]);
    const { body: late } = await get<QueryAnswer>('anybody', `${QUERIES}/late-this-round`);
    expect(late).toMatchObject({ kind: 'ready', route: '/v1/standings/due', parameters: { late: 'true' } });
    const { status, headers } = await get('anybody', `${QUERIES}/late-this-round/answer`);
    expect([status, headers.location]).toEqual([303, '/v1/standings/due?late=true']);
    expect((await get('inspector', headers.location!)).status).toBe(200);
    expect((await get('anybody', headers.location!)).status).toBe(401);
  });

  test('are their owner’s until they are shared, and until they are ended', async () => {
    const own = await save('inspector');
    expect([own.status, own.headers.location]).toEqual([201, `${QUERIES}/${own.body.queryId}`]);
    expect(own.body).toMatchObject({ kind: 'saved', own: true, shared: false, parameters: { province: 'TH-54' } });
    const shared = await save('inspector', { shared: true });
    expect(await listed('inspector')).toEqual(expect.arrayContaining([own.body.queryId, shared.body.queryId]));
    expect(await listed('nacc')).toContain(shared.body.queryId);
    for (const [person, queryId, status] of [
      ['inspector', own.body.queryId, 200],
      ['nacc', own.body.queryId, 404],
      ['nacc', shared.body.queryId, 200],
      ['anybody', shared.body.queryId, 404],
      ['stranger', shared.body.queryId, 404],
      ['nacc', 'no-such-query', 404],
    ] as const)
      expect([person, (await get(person, `${QUERIES}/${queryId}`)).status]).toEqual([person, status]);
    expect((await get('nacc', `${QUERIES}/${shared.body.queryId}/answer`)).headers.location).toBe(body.address);
    const end = async (person: Person) =>
      (await (await as(person)).post(`${QUERIES}/${shared.body.queryId}/end`, undefined)).status;
    expect([await end('nacc'), await end('inspector'), await end('inspector')]).toEqual([404, 204, 404]);
    expect(await listed('nacc')).not.toContain(shared.body.queryId);
    const { text } = await get('inspector', '/v1/personal-data/mine');
    expect(text).toContain(body.title);
  });

  test('are kept once under one key', async () => {
    const [one, again, other] = [
      await save('nacc', {}, 'k1'),
      await save('nacc', {}, 'k1'),
      await save('nacc', { title: 'x' }, 'k1'),
    ];
    expect([again.body.queryId, other.status]).toEqual([one.body.queryId, 422]);
    expect((await (await as('nacc')).post(QUERIES, body, { key: null })).status).toBe(400);
    expect((await save('stranger')).status).toBe(403);
  });

  test.each([
    ['/v1/standings?province=Phrae', 400, 'invalidRequest'],
    ['/v1/standings?provinces=TH-54', 400, 'invalidRequest'],
    ['/v1/standings?province=TH-54&province=TH-55', 400, 'invalidRequest'],
    ['/v1/standings/due?late=yes', 400, 'invalidRequest'],
    ['/v1/standings?cursor=x', 422, 'query.addressNotKept'],
    ['/v1/personal-data/mine', 422, 'query.addressNotKept'],
    ['/v1/standings/stream', 422, 'query.addressNotKept'],
    ['/v1/standings#x', 422, 'query.addressNotKept'],
    ['//evil.test/v1/standings', 422, 'query.addressNotKept'],
    ['https://evil.test/v1/standings', 422, 'query.addressNotKept'],
    ['/v1/../issuer', 422, 'query.addressNotKept'],
  ])('an address that its route would not take is not kept: %s', async (address, status, code) => {
    const answer = await save('inspector', { address });
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  });
});
