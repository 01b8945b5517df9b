import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { eventually } from '@khamrap/testing';
import { startService, type Service } from '../../../apps/api/service';
import { EventStream, RunningService } from '../../../libs/testing/service';
import type { CommandAnswer } from '../answers';
import { indicatorBody, monitoringBody } from '../bodies';
import { beginJourney, type Journey } from '../journey';
import { Browser } from './browser';

// Two instances on one database: a session that begins at one is known to the other, and is over there within a second of its end.

const ENDED_MS_MAX = 1_000;
const SESSION = '__Host-khamrap-session';

interface OwnSession {
  readonly begunAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly isThisOne: boolean;
}

let journey: Journey;
let there: RunningService<Service>;

beforeAll(async () => {
  journey = await beginJourney();
  there = await RunningService.start(startService, { ...journey.environment.variables, KHAMRAP_ROLE: 'api' });
}, 60_000);

afterAll(async () => {
  await there?.stop();
  await journey?.end();
});

/** A browser that is signed in here, and the same one when it comes to the other instance. */
async function signedIn(subject: string): Promise<{ here: Browser; elsewhere: Browser; csrfToken: string }> {
  const [here, elsewhere] = [new Browser(journey.service.url), new Browser(there.url)];
  const { csrfToken } = await here.signIn(subject);
  elsewhere.cookies.set(SESSION, here.cookies.get(SESSION) ?? '');
  expect(await isSignedIn(elsewhere)).toBe(true);
  return { here, elsewhere, csrfToken: String(csrfToken) };
}

const isSignedIn = async (browser: Browser): Promise<boolean> =>
  (await browser.ask('/session')).body['signedIn'] === true;
const sessionsOf = async (browser: Browser): Promise<readonly OwnSession[]> =>
  (await browser.ask('/session/all')).body['sessions'] as readonly OwnSession[];
const post = (browser: Browser, path: string, csrfToken: string) =>
  browser.ask(path, { method: 'POST', headers: { 'x-csrf-token': csrfToken } });

/** Milliseconds until a browser is signed in no longer. */
async function timeUntilOver(browser: Browser): Promise<number> {
  const begun = performance.now();
  await eventually('the session is over', async () => ((await isSignedIn(browser)) ? undefined : true), ENDED_MS_MAX);
  return Math.round(performance.now() - begun);
}

test('who signs out at one instance is signed out at the other within a second', async () => {
  const { here, elsewhere, csrfToken } = await signedIn('recorder');
  expect((await post(here, '/session/end', csrfToken)).status).toBe(200);
  expect(await isSignedIn(here)).toBe(false);
  process.stdout.write(`a session is over at the other instance after ${await timeUntilOver(elsewhere)} ms\n`);
});

test('who signs out is sent nothing more by what they listen to, from the next change on', async () => {
  const { elsewhere, csrfToken } = await signedIn('inspector-zone-16');
  const recorder = await journey.service.as('recorder');
  const agreed = await recorder.post<CommandAnswer>('/v1/agreements', monitoringBody());
  const change = async (displayNumber: string): Promise<void> => {
    const body = indicatorBody({ displayNumber, weight: '10' });
    expect((await recorder.post(`/v1/agreements/${agreed.body.id}/indicators`, body)).status).toBe(200);
  };
  const after = { 'last-event-id': String(agreed.body.position) };
  const cookie = `${SESSION}=${elsewhere.cookies.get(SESSION)}`;
  const address = `${there.url}/v1/standings/stream`;
  const byCookie = await EventStream.open(address, { cookie, ...after });
  const open = await EventStream.open(address, after);
  await change('1');
  const first = await byCookie.next();
  expect(await open.next()).toEqual(first);
  expect((await post(elsewhere, '/session/end', csrfToken)).status).toBe(200);
  await change('2');
  expect((await open.next()).event).toBe('standings');
  await expect(byCookie.next()).rejects.toThrow('the stream has ended');
  open.close();
});

test('one sees where one is signed in, and from where is not kept', async () => {
  const first = await signedIn('nacc-officer');
  const second = await signedIn('nacc-officer');
  const [last, earlier, ...more] = await sessionsOf(second.elsewhere);
  expect([last?.isThisOne, earlier?.isThisOne, more]).toEqual([true, false, []]);
  expect((await sessionsOf(first.here)).map(({ isThisOne }) => isThisOne)).toEqual([false, true]);
  expect(Object.keys(last ?? {}).toSorted()).toEqual(['begunAt', 'expiresAt', 'isThisOne', 'lastUsedAt']);
  expect(Date.parse(last?.expiresAt ?? '') - Date.parse(last?.begunAt ?? '')).toBe(12 * 3_600_000);
  const byToken = await (await there.as('nacc-officer')).get<{ sessions: OwnSession[] }>('/session/all');
  expect(byToken.body.sessions.map(({ isThisOne }) => isThisOne)).toEqual([false, false]);
  expect((await there.anybody.get('/session/all')).status).toBe(401);
  const about = await (
    await there.as('nacc-officer')
  ).get<{ records: { name: string; records: object[] }[] }>('/v1/personal-data/mine');
  expect(about.body.records.find(({ name }) => name === 'sessions')?.records).toHaveLength(2);
});

test('one signs out wherever else one is signed in, with the token of the session', async () => {
  const [kept, lost, ofAnother] = [
    await signedIn('dashboard'),
    await signedIn('dashboard'),
    await signedIn('recorder'),
  ];
  expect((await kept.here.ask('/session/end-others', { method: 'POST' })).status).toBe(403);
  expect(await isSignedIn(lost.here)).toBe(true);
  expect((await post(kept.here, '/session/end-others', kept.csrfToken)).body).toEqual({ endedCount: 1 });
  expect(await isSignedIn(lost.here)).toBe(false);
  await timeUntilOver(lost.elsewhere);
  for (const browser of [kept.here, kept.elsewhere, ofAnother.here]) expect(await isSignedIn(browser)).toBe(true);
});

test('an administrator ends the sessions of somebody everywhere, and the log of the service says so', async () => {
  const { here, elsewhere } = await signedIn('supervisor-of-phrae-cdd');
  const ofAnother = await signedIn('recorder');
  const pseudonym = String((await here.ask('/session')).body['pseudonym']);
  const path = `/v1/persons/${pseudonym}/sessions/end`;
  const [administrator, governor] = [await there.as('administrator'), await there.as('governor-of-phrae')];
  const answers = [
    await there.anybody.post(path, {}),
    await governor.post(path, {}),
    await administrator.post(`/v1/persons/${randomUUID()}/sessions/end`, {}),
    await administrator.post('/v1/persons/somebody/sessions/end', {}),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 404]);
  expect(await isSignedIn(here)).toBe(true);

  const logged = jest.spyOn(Logger.prototype, 'log').mockImplementation();
  expect((await administrator.post(path, {})).body).toEqual({ endedCount: 1 });
  const own = String((await administrator.get<{ pseudonym: string }>('/session')).body.pseudonym);
  expect(logged.mock.calls).toEqual([[`${own} has ended the sessions of ${pseudonym}: 1`]]);
  logged.mockRestore();
  expect(await isSignedIn(elsewhere)).toBe(false);
  await timeUntilOver(here);
  expect((await administrator.post(path, {})).body).toEqual({ endedCount: 0 });
  expect(await isSignedIn(ofAnother.here)).toBe(true);
});
