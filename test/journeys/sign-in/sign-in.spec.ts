import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { tokenByCode } from '@khamrap/platform/access';
import { eventually } from '@khamrap/testing';
import type { Problem } from '../answers';
import { monitoringBody } from '../bodies';
import { beginJourney, type Journey } from '../journey';
import { Browser, type Page } from './browser';

// Signing in by browser at the issuer inside the program, with cookies, by hand.

const SESSION = '__Host-khamrap-session';
let journey: Journey;

beforeAll(async () => {
  journey = await beginJourney();
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

const newBrowser = () => new Browser(journey.service.url);
const isSignedIn = async (browser: Browser) => (await browser.ask('/session')).body['signedIn'] === true;
const kindOf = (page: Page) => [page.status, page.body['type']];
const draft = (browser: Browser, headers: Record<string, string>) =>
  browser.ask('/v1/agreements', { json: monitoringBody(), headers: { 'idempotency-key': randomUUID(), ...headers } });

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: journey.service.service.infrastructure.database.urls.migrate });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('signing in', () => {
  test('leads over the page of the issuer to where one wanted to go, and one is who one chose', async () => {
    const browser = newBrowser();
    const before = await browser.ask('/session');
    expect(before.body).toEqual({ signedIn: false, signInAt: '/session/login' });
    const begun = await browser.ask('/session/login?returnTo=/docs');
    expect(begun.status).toBe(303);
    const query = new URL(begun.location ?? '').searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)?.length).toBeGreaterThan(40);
    const choice = await browser.ask((await browser.ask(begun.location ?? '')).location ?? '');
    expect(choice.text).toContain('ผู้บันทึกเอกสารต้นทาง');
    expect(choice.text).toContain('This is a demonstration');
    expect(choice.text).not.toMatch(/<script|<style|style=/);
    expect(choice.headers['content-security-policy']).not.toContain('unsafe');
    const back = await browser.towardsCallback('recorder', '/docs');
    const { status, location } = await browser.ask(back);
    expect([status, new URL(location ?? '').pathname]).toEqual([303, '/docs']);
    const { body } = await browser.ask('/session');
    expect(body).toMatchObject({ signedIn: true, title: { en: 'Recorder of source documents' } });
    expect(Date.parse(String(body['expiresAt'])) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
  });

  test('keeps in the cookie what only this host gets, and in the database only its digest', async () => {
    const browser = newBrowser();
    await browser.signIn('recorder');
    for (const cookie of browser.seen.filter((each) => each.startsWith('__Host-')))
      expect(cookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax/);
    const id = browser.cookies.get(SESSION) ?? '';
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    const rows = JSON.stringify(await sql(`SELECT encode(digest, 'hex') AS digest, session FROM access.session`));
    expect(rows).not.toContain(id);
    expect(rows).not.toContain(Buffer.from(id, 'base64url').toString('hex'));
  });

  test('knows a person by the same pseudonym by cookie and by token', async () => {
    const { pseudonym } = await newBrowser().signIn('keeper-of-phrae-cdd');
    const keeper = await journey.service.as('keeper-of-phrae-cdd');
    expect((await keeper.get('/session')).body).toMatchObject({ signedIn: true, pseudonym });
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/\tx',
    'session',
    `/${'x'.repeat(1_000)}`,
  ])('leads nowhere else afterwards: %j', async (returnTo) => {
    const page = await newBrowser().ask(`/session/login?${new URLSearchParams({ returnTo }).toString()}`);
    expect(kindOf(page)).toEqual([400, '/problems/invalidRequest']);
  });

  test('begins a session that nobody could have planted', async () => {
    const browser = newBrowser();
    const planted = 'A'.repeat(43);
    browser.cookies.set(SESSION, planted);
    await browser.signIn('recorder');
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    const first = browser.cookies.get(SESSION) ?? '';
    await browser.signIn('recorder');
    expect(browser.cookies.get(SESSION)).not.toBe(first);
    const other = newBrowser();
    for (const old of [planted, first]) {
      other.cookies.set(SESSION, old);
      await eventually('the old session is over', async () => ((await isSignedIn(other)) ? undefined : true));
    }
  });

  test('goes on only in the browser that began it', async () => {
    const attacker = newBrowser();
    const stolen = await attacker.towardsCallback('recorder');
    const victim = newBrowser();
    expect(kindOf(await victim.ask(stolen))).toEqual([400, '/problems/signInFailed']);
    await victim.ask('/session/login');
    const page = await victim.ask(stolen);
    expect(page.body['errors']).toEqual([expect.objectContaining({ code: 'notBegun' })]);
    expect(victim.cookies.has(SESSION)).toBe(false);
  });

  test('takes a code once, and only with what was sealed for it', async () => {
    const browser = newBrowser();
    const back = await browser.towardsCallback('recorder');
    const sealed = browser.cookies.get('__Host-khamrap-sign-in') ?? '';
    expect((await browser.ask(back)).status).toBe(303);
    const again = newBrowser();
    again.cookies.set('__Host-khamrap-sign-in', sealed);
    expect(kindOf(await again.ask(back))).toEqual([400, '/problems/signInFailed']);
    const forged = Buffer.from(sealed.split('.')[0] ?? '', 'base64url')
      .toString()
      .replace('"/"', '"//evil.example"');
    again.cookies.set('__Host-khamrap-sign-in', `${Buffer.from(forged).toString('base64url')}.${sealed.split('.')[1]}`);
    expect(kindOf(await again.ask(back))).toEqual([400, '/problems/signInFailed']);
  });

  test('is not possible as somebody who is not there', async () => {
    const browser = newBrowser();
    const begun = await browser.ask('/session/login');
    const choice = await browser.ask(begun.location ?? '');
    expect((await browser.ask(choice.location ?? '', { form: { subject: 'emperor' } })).status).toBe(400);
    expect((await newBrowser().ask(choice.location ?? '', { form: { subject: 'recorder' } })).status).toBe(400);
  });

  test('changes from one person to another without anything in between', async () => {
    const browser = newBrowser();
    await browser.signIn('recorder');
    expect(await browser.signIn('administrator')).toMatchObject({ title: { en: 'Administrator' } });
  });
});

describe('acting by cookie', () => {
  let browser: Browser;
  let csrfToken: string;
  beforeAll(async () => {
    browser = newBrowser();
    csrfToken = String((await browser.signIn('recorder'))['csrfToken']);
  });

  test('needs the token of the session', async () => {
    expect(kindOf(await draft(browser, {}))).toEqual([403, '/problems/csrfTokenMissing']);
    expect(kindOf(await draft(browser, { 'x-csrf-token': 'x'.repeat(43) }))).toEqual([
      403,
      '/problems/csrfTokenInvalid',
    ]);
    const ofAnother = String((await newBrowser().signIn('recorder'))['csrfToken']);
    expect(kindOf(await draft(browser, { 'x-csrf-token': ofAnother }))[0]).toBe(403);
    expect((await draft(browser, { 'x-csrf-token': csrfToken })).status).toBe(201);
  });

  test.each<[what: string, headers: Record<string, string>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://localhost:1' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s, token or not', async (_what, headers) => {
    const page = await draft(browser, { 'x-csrf-token': csrfToken, ...headers });
    expect(kindOf(page)).toEqual([403, '/problems/crossSiteRequest']);
  });

  test('comes from a page of our own', async () => {
    const origin = browser.url.replace('127.0.0.1', 'localhost');
    const headers = { 'x-csrf-token': csrfToken, origin, 'sec-fetch-site': 'same-origin' };
    expect((await draft(browser, headers)).status).toBe(201);
  });

  test('reads from within the page of another site are refused, coming from there by a link is not', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' };
    expect(kindOf(await browser.ask('/session', { headers: { ...cross, 'sec-fetch-mode': 'cors' } }))).toEqual([
      403,
      '/problems/crossSiteRequest',
    ]);
    expect((await browser.ask('/session', { headers: { ...cross, 'sec-fetch-mode': 'navigate' } })).status).toBe(200);
  });

  test('is refused together with a token', async () => {
    const authorization = `Bearer ${await tokenByCode(browser.url, 'recorder')}`;
    const page = await browser.ask('/session', { headers: { authorization } });
    expect([page.status, page.headers['www-authenticate']]).toEqual([401, expect.stringContaining('invalid_request')]);
  });
});

describe('a session ends', () => {
  test('when one signs out, and not before one proves that one wants to', async () => {
    const browser = newBrowser();
    const { csrfToken } = await browser.signIn('recorder');
    const kept = newBrowser();
    kept.cookies.set(SESSION, browser.cookies.get(SESSION) ?? '');
    expect((await browser.ask('/session/end', { method: 'POST' })).status).toBe(403);
    expect(await isSignedIn(kept)).toBe(true);
    const ended = await browser.ask('/session/end', { method: 'POST', headers: { 'x-csrf-token': String(csrfToken) } });
    expect(ended.status).toBe(200);
    expect(new URL(String(ended.body['continueAt'])).pathname).toBe('/issuer/session/end');
    expect(browser.cookies.has(SESSION)).toBe(false);
    expect(await isSignedIn(kept)).toBe(false);
    expect((await kept.ask('/v1/agreements', { json: monitoringBody() })).status).toBe(401);
    const question = await browser.ask(String(ended.body['continueAt']));
    expect(question.text).toContain('ออกจากระบบ');
  });

  test.each([
    ['of itself after twelve hours', `expires_at = now()`],
    ['after half an hour without a request', `seen_at = now() - interval '30 minutes'`],
  ])('%s', async (_what, change) => {
    const browser = newBrowser();
    await browser.signIn('privacy-officer');
    await sql(`UPDATE access.session SET ${change}`);
    await eventually('the session is over', async () => ((await isSignedIn(browser)) ? undefined : true));
    expect(await journey.service.service.infrastructure.sessions.sweep()).toBeGreaterThan(0);
    expect(await sql('SELECT FROM access.session')).toEqual([]);
  });

  test('and whoever cannot reach the table does not know of any', async () => {
    const { database } = journey.service.service.infrastructure;
    for (const role of ['read', 'project'] as const) {
      const client = new Client({ connectionString: database.urls[role] });
      await client.connect();
      await expect(client.query('SELECT FROM access.session')).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });
});

test('a problem is told in both languages', async () => {
  const browser = newBrowser();
  await browser.signIn('recorder');
  const { titles } = (await draft(browser, {})).body as unknown as Problem;
  expect(titles).toEqual({
    th: 'ต้องระบุส่วนหัว X-CSRF-Token ของเซสชันนี้',
    en: 'The X-CSRF-Token header of this session is required',
  });
});
