import * as http from 'node:http';
import { createPool } from '@khamrap/platform/database';
import { streamName } from '@khamrap/kernel';
import { Checkpoints } from '@khamrap/platform/transparency';
import {
  bytesOfHex,
  leafHash,
  parsePolicy,
  parseTlogProof,
  readCheckpoint,
  signatureLine,
  utf8,
  verifyInclusion,
  type Policy,
} from '@khamrap/platform/transparency/proof';
import { eventually, newEvents } from '@khamrap/testing';
import { checkBundle, checkReceipt, severityOf } from '../../libs/platform/transparency/proof/verify';
import { unzip } from '../../libs/slices/audit/bundles/spec/unzip';
import type { EventReceiptAnswer } from '../../libs/slices/audit/receipts/receipt.answer';
import type { ApiClient } from '../../libs/testing/service';
import type { CommandAnswer, Problem } from './answers';
import { actualBody, agreementBody, awardBody, CDD, indicatorBody, monitoringBody, targetBody } from './bodies';
import { appendToLog, beginJourney, headOf, type Journey } from './journey';
import { faultsOf, sourceOf, type Files } from './taken-files';

// What somebody can take away from the service and verify without it: receipts of their own commands, and bundles.

const NAME = '<script>alert("ตัวชี้วัด")</script>';
const RECIPIENTS = [{ name: CDD.officeName, officeId: CDD.officeId, province: 'TH-54' }];

let journey: Journey;
let head: ApiClient;
let recorder: ApiClient;
/** Followed without an agreement, so that everybody may read it; and a draft that only those within may. */
let followed: CommandAnswer;
let draft: CommandAnswer;

const accept = async (client: ApiClient, path: string, body: unknown, headers = {}): Promise<CommandAnswer> => {
  const answer = await client.post<CommandAnswer>(path, body, { headers });
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
};

const infrastructure = () => journey.service.service.infrastructure;

async function get(path: string, { token }: Pick<ApiClient, 'token'> = {}): Promise<Response> {
  return fetch(
    `${journey.service.url}${path}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

async function take(path: string, reader?: ApiClient): Promise<Files> {
  const answer = await get(`/v1/audit/bundles/${path}`, reader);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  return unzip(Buffer.from(await answer.arrayBuffer()));
}

async function codesOf(files: Files): Promise<readonly string[]> {
  return (await checkBundle(sourceOf(files))).findings.map(({ code }) => code);
}

/** Every byte of the texts, bodies unfolded. */
const textOf = (files: Files): string => [...files.values()].map((bytes) => bytes.toString('utf8')).join('\n');

const paths = (files: Files, pattern: RegExp): readonly string[] =>
  [...files.keys()].filter((path) => pattern.test(path));

const covered = (position: number): Promise<unknown> =>
  infrastructure().transparencyLog.waitFor(position, 'included', 10_000);

beforeAll(async () => {
  journey = await beginJourney();
  head = await journey.service.as('head-of-phrae-cdd');
  recorder = await journey.service.as('recorder');
  followed = await accept(recorder, '/v1/agreements', monitoringBody({ parties: [{ side: 'maker', ...CDD }] }));
  const address = `/v1/agreements/${followed.id}`;
  const { id } = await accept(recorder, `${address}/indicators`, indicatorBody({ name: NAME }));
  await accept(recorder, `${address}/indicators/${id}/target`, targetBody());
  await accept(await journey.service.as('keeper-of-phrae-cdd'), `${address}/indicators/${id}/actuals`, actualBody());
  draft = await accept(head, '/v1/agreements', agreementBody());
  await infrastructure().streamHeads.record();
  await covered(await headOf(journey));
}, 120_000);
afterAll(() => journey?.end());

describe('a receipt', () => {
  const receiptOf = (eventId: string | undefined, query = '', headers = {}) =>
    journey.service.anybody.get<Omit<EventReceiptAnswer, 'status'> & Omit<Problem, 'status'> & { status: unknown }>(
      `/v1/audit/receipts/${eventId}${query}`,
      { headers },
    );

  it('proves to anybody that the log has the event, and tells nothing of it', async () => {
    const { status, body, text } = await receiptOf(draft.eventIds[0]);
    expect([status, body.status, body.position, body.witnesses]).toEqual([200, 'included', draft.position, []]);
    expect(body.bodyHash).toBe(draft.receipt!.bodyHash);
    const { index, hashes, checkpoint } = parseTlogProof(body.proof!);
    const tree = readCheckpoint(checkpoint).checkpoint;
    const leaf = leafHash(utf8(body.leaf!));
    expect(leaf).toEqual(bytesOfHex(body.leafHash!, 32));
    expect(verifyInclusion({ index, size: tree.size, leaf, proof: hashes, root: tree.root })).toBe(true);
    expect(body.checkpoint).toMatchObject({ origin: tree.origin, size: tree.size });
    expect(text).not.toContain(draft.id);
  });

  it('is one file that a verifier reads without the service', async () => {
    const { headers, text } = await receiptOf(draft.eventIds[0], '', { accept: 'text/plain' });
    expect([headers['content-type'], headers['content-disposition']]).toEqual([
      'text/plain; charset=utf-8',
      `attachment; filename="${draft.position}.tlog-proof"`,
    ]);
    const trust = { policy: await policyOfService(), isGiven: true };
    const { findings } = checkReceipt('receipt', utf8(text), { trust });
    expect(findings.filter((finding) => severityOf(finding) === 'broken')).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('eventIncluded');
  });

  it('becomes witnessed once a quorum has cosigned, and waits for that no longer than is asked', async () => {
    const waited = await receiptOf(draft.eventIds[0], '?min=witnessed&wait=0');
    expect([waited.status, waited.body.status]).toEqual([200, 'included']);
    const waiting = receiptOf(draft.eventIds[0], '?min=witnessed&wait=20');
    await cosign();
    const { body } = await waiting;
    expect([body.status, body.witnesses]).toEqual([
      'witnessed',
      [{ name: 'nacc.example', time: '2026-11-27T00:00:00.000Z' }],
    ]);
  });

  it.each([
    ['00000000-0000-4000-8000-000000000000', 404, /receipt\.unknown$/],
    ['no-uuid', 404, /notFound$/],
    ['00000000-0000-4000-8000-000000000000?min=sequenced', 400, /invalidRequest$/],
    ['00000000-0000-4000-8000-000000000000?wait=31', 400, /invalidRequest$/],
  ])('of %s is answered with %d', async (address, status, type) => {
    const { body } = await receiptOf(address);
    expect([body.status, body.type]).toEqual([status, expect.stringMatching(type)]);
  });

  it('of a command is what its client prefers to wait for, also where the command is repeated', async () => {
    const key = 'a-command-with-a-proof';
    const send = (prefer?: string) =>
      head.post<CommandAnswer>(`/v1/agreements/${draft.id}/indicators`, indicatorBody({ leadOffice: CDD }), {
        key,
        ...(prefer !== undefined && { headers: { prefer } }),
      });
    const proven = await send('respond-async, wait=10');
    expect([proven.headers['preference-applied'], proven.body.receipt!.status]).toEqual(['wait=10', 'included']);
    expect(parseTlogProof(proven.body.receipt!.proof!).index).toBe(proven.body.position);
    const plain = await send();
    expect([plain.headers['preference-applied'], plain.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(plain.body.receipt).toEqual({
      position: proven.body.position,
      bodyHash: proven.body.receipt!.bodyHash,
      recordedAt: proven.body.receipt!.recordedAt,
      status: 'sequenced',
    });
    const again = await send('wait=0; receipt=witnessed');
    expect([again.headers['preference-applied'], again.body.receipt!.status]).toEqual([
      'wait=0; receipt=witnessed',
      'included',
    ]);
    expect((await send('wait=soon')).headers['preference-applied']).toBeUndefined();
  });
});

describe('an agreement that is taken away', () => {
  it('is verified without the service: complete, with nothing after, and read by people', async () => {
    const files = await take(`agreements/${followed.id}`);
    expect(await faultsOf(files)).toEqual([]);
    expect(await codesOf(files)).toEqual(
      expect.arrayContaining(['eventsIncluded', 'bodiesChecked', 'streamComplete', 'nothingAfter', 'filesChecked']),
    );
    expect([...files.keys()][0]).toBe('README.txt');
    expect([...files.keys()].at(-1)).toBe('manifest.json');
    const manifest = JSON.parse(String(files.get('manifest.json')));
    expect(manifest).toMatchObject({
      format: 'khamrap-bundle/1',
      kind: 'agreement',
      subject: `agreement-${followed.id}`,
    });
    const page = String(files.get('summary.html'));
    expect(page).toContain('&lt;script&gt;alert(&quot;ตัวชี้วัด&quot;)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|\son\w+=|https?:\/\/(?!c2sp)/);
    expect(page).toContain(`href="proofs/${followed.position}.tlog-proof"`);
    expect(String(files.get('README.txt'))).toMatch(/วิธีตรวจ[^]*How to verify[^]*does not prove/);
  });

  it('has no body in it that is not published, for whoever may not have it', async () => {
    const [everybodys, own] = [await take(`agreements/${followed.id}`), await take(`agreements/${followed.id}`, head)];
    const entries = paths(everybodys, /^entries\//);
    expect(paths(own, /^entries\//)).toEqual(entries);
    expect(textOf(own)).toContain('ActualReported');
    expect(textOf(everybodys)).not.toContain('ActualReported');
    expect(textOf(everybodys)).not.toContain('2446.88');
    expect(paths(everybodys, /^disclosures\//).length).toBe(entries.length - 1);
    expect(await faultsOf(own)).toEqual([]);
  });

  it('is found to be altered by whoever verifies it', async () => {
    const files = new Map(await take(`agreements/${followed.id}`));
    const path = `disclosures/${followed.position}.json`;
    files.set(path, Buffer.from(String(files.get(path)).replace('การติดตาม', 'การแก้ไข')));
    expect(await faultsOf(files)).toEqual(expect.arrayContaining(['bodyDiffers', 'fileDiffers']));
  });

  it.each([
    ['agreements/00000000-0000-4000-8000-000000000000', /bundle\.nothingDisclosed$/],
    ['agreements/nothing', /notFound$/],
    ['office-years/nobody/2566', /bundle\.nothingDisclosed$/],
    ['office-years/phrae-cdd/1066', /notFound$/],
  ])('is not there at %s', async (path, type) => {
    const answer = await get(`/v1/audit/bundles/${path}`);
    expect([answer.status, ((await answer.json()) as Problem).type]).toEqual([404, expect.stringMatching(type)]);
  });

  it('is not there for whoever may have nothing of it, as if it had never been', async () => {
    const hidden = await get(`/v1/audit/bundles/agreements/${draft.id}`);
    expect([hidden.status, ((await hidden.json()) as Problem).type]).toEqual([
      404,
      expect.stringMatching(/bundle\.nothingDisclosed$/),
    ]);
    expect(await faultsOf(await take(`agreements/${draft.id}`, head))).toEqual([]);
  });
});

describe('what an office has of a year', () => {
  it('is its agreements and the awards that were granted to it, as far as one may have them', async () => {
    const governor = await journey.service.as('governor-of-phrae');
    const changes = { recipients: RECIPIENTS, categoryPrinted: 'รางวัลชุมชนเข้มแข็ง' };
    const award = await accept(governor, '/v1/awards', awardBody(changes));
    await covered(award.position!);
    const everybodys = await take('office-years/phrae-cdd/2566');
    expect(await faultsOf(everybodys)).toEqual([]);
    const streams = (files: Files) =>
      new Set(paths(files, /^disclosures\//).map((path) => JSON.parse(String(files.get(path))).stream.name as string));
    expect(streams(everybodys)).toEqual(new Set([`agreement-${followed.id}`, `award-${award.id}`, 'ledger']));
    expect(String(everybodys.get('summary.html'))).toContain('รางวัลชุมชนเข้มแข็ง');
    const own = streams(await take('office-years/phrae-cdd/2566', head));
    expect(own).toEqual(new Set([...streams(everybodys), `agreement-${draft.id}`]));
  });
});

describe('the whole log', () => {
  it('is a folder of tiles that is verified whole, of some thousands of events', async () => {
    for (let batch = 0; batch < 3; batch++)
      await appendToLog(journey, {
        stream: streamName('test', String(batch)),
        expectedRevision: -1,
        events: newEvents(1_000),
      });
    await covered(await headOf(journey));
    const files = await take('log');
    expect(await faultsOf(files)).toEqual([]);
    expect(await codesOf(files)).toEqual(expect.arrayContaining(['entriesChecked', 'tilesChecked', 'filesChecked']));
    expect(paths(files, /^tile\/entries\//).length).toBeGreaterThan(11);
    expect(textOf(files)).not.toContain('2446.88');
    expect(textOf(await take('log', await journey.service.as('nacc-officer')))).toContain('2446.88');
  }, 60_000);

  it('is given to each one at a time, and the place is free when its client leaves', async () => {
    const { token = '' } = head;
    const slow = await openSlowly('/v1/audit/bundles/log', token);
    const refused = await get('/v1/audit/bundles/log', head);
    expect([refused.status, ((await refused.json()) as Problem).type]).toEqual([429, '/problems/quotaExceeded']);
    slow.destroy();
    await eventually('the place', async () => {
      const answer = await get('/v1/audit/bundles/log', head);
      await answer.arrayBuffer();
      return answer.status === 200 || undefined;
    });
    const headOnly = await fetch(`${journey.service.url}/v1/audit/bundles/log`, { method: 'HEAD' });
    expect([headOnly.status, headOnly.headers.get('content-type')]).toEqual([200, 'application/zip']);
  });
});

async function policyOfService(): Promise<Policy> {
  return parsePolicy(await (await get('/log/policy')).text());
}

/** As the client of a witness does it, once it has verified the cosignature. */
async function cosign(): Promise<void> {
  const { database, transparencyLog } = infrastructure();
  const pool = createPool({ url: database.urls.project, size: 1, applicationName: 'spec cosigns' });
  const { note } = (await transparencyLog.latest())!;
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Date.UTC(2026, 10, 27) / 1_000));
  const line = signatureLine({ name: 'nacc.example', id: Buffer.alloc(4, 7) }, Buffer.concat([time, Buffer.alloc(64)]));
  await new Checkpoints(pool).keepCosigned(note + line, true);
  await pool.end();
}

/** A connection that has seen the head of an answer, and takes nothing more. */
async function openSlowly(path: string, token: string): Promise<http.ClientRequest> {
  const request = http.get(`${journey.service.url}${path}`, {
    agent: false,
    headers: { authorization: `Bearer ${token}` },
  });
  await new Promise<void>((resolve, reject) => {
    request.once('response', (response) => {
      response.pause();
      resolve();
    });
    request.once('error', reject);
  });
  request.on('error', () => undefined);
  return request;
}
