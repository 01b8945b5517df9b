import { Client } from 'pg';
import { beginJourney, type Journey } from '../journey';
import { Browser, type Page } from './browser';
import { ThaIdOnNetwork } from './thaid-on-network';

const thaId = new ThaIdOnNetwork();
const PID = '1234567890121';
let journey: Journey;

beforeAll(async () => {
  await thaId.start();
  journey = await beginJourney({
    KHAMRAP_EMBEDDED_ISSUER: 'no',
    KHAMRAP_ISSUER: thaId.url,
    KHAMRAP_ISSUER_PROFILE: 'thaid',
    KHAMRAP_CLIENT_ID: thaId.clientId,
    KHAMRAP_CLIENT_SECRET: thaId.clientSecret,
    KHAMRAP_REQUIRED_IAL: '2.3',
  });
}, 60_000);

afterAll(async () => {
  await journey?.end();
  thaId.stop();
});

beforeEach(() => {
  thaId.citizen = { pid: PID, ial: '2.3' };
  thaId.fault = {};
  thaId.signsWithAnotherKey = false;
});

/** Goes to ThaID and comes back. */
async function through(browser: Browser): Promise<Page> {
  const { location = '' } = await browser.ask('/session/login');
  const there = await fetch(location, { redirect: 'manual' });
  return browser.ask(there.headers.get('location') ?? '');
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: journey.service.service.infrastructure.database.urls.append });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('whoever ThaID vouches for is signed in, without PKCE and nonce, by HTTP Basic', async () => {
  const browser = new Browser(journey.service.url);
  const { status, location } = await through(browser);
  expect([status, new URL(location ?? '').pathname]).toEqual([303, '/']);
  expect((await browser.ask('/session')).body).toMatchObject({ signedIn: true, roles: [] });
  expect(thaId.scopes.at(-1)).toBe('openid pid given_name family_name ial');
  const { authorization, form } = thaId.tokenRequests.at(-1) ?? {};
  expect(authorization).toMatch(/^Basic /);
  expect(form?.has('client_secret')).toBe(false);
});

test('a person is the same every time, another is another, and the number is nowhere', async () => {
  const pseudonymOf = async (pid: string) => {
    thaId.citizen = { pid, ial: 2.3 };
    const browser = new Browser(journey.service.url);
    await through(browser);
    return (await browser.ask('/session')).body['pseudonym'];
  };
  const first = await pseudonymOf(PID);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(await pseudonymOf(PID)).toBe(first);
  expect(await pseudonymOf('1234567890139')).not.toBe(first);
  const kept = JSON.stringify([
    await rows('SELECT issuer, subject FROM access.session'),
    await rows('SELECT issuer, subject, pseudonym FROM vault.pseudonym'),
  ]);
  expect(kept).toMatch(/"subject":"thaid:[\w-]{43}"/);
  for (const personal of [PID, '1234567890139', 'สมมุติ', 'ตัวอย่าง', 'opaque']) expect(kept).not.toContain(personal);
});

test.each<[what: string, prepare: () => void, code: string]>([
  ['an identity that was proven less well', () => (thaId.citizen = { pid: PID, ial: '2.2' }), 'assuranceTooLow'],
  ['an identity of an older level', () => (thaId.citizen = { pid: PID, ial: 1.3 }), 'assuranceTooLow'],
  ['a level that is not stated', () => (thaId.citizen = { pid: PID }), 'assuranceTooLow'],
  ['no number', () => (thaId.citizen = { ial: '2.3' }), 'issuerAnswer'],
  ['a number of another kind', () => (thaId.citizen = { pid: '12345', ial: '2.3' }), 'issuerAnswer'],
  ['a signature by another key', () => (thaId.signsWithAnotherKey = true), 'issuerAnswer'],
  ['a token for another service', () => (thaId.fault = { aud: 'another' }), 'issuerAnswer'],
  ['a token of another issuer', () => (thaId.fault = { iss: 'https://evil.example' }), 'issuerAnswer'],
  ['a token that has run out', () => (thaId.fault = { exp: 1_700_000_000 }), 'issuerAnswer'],
])('refuses %s', async (_what, prepare, code) => {
  prepare();
  const browser = new Browser(journey.service.url);
  const page = await through(browser);
  expect([page.status, page.body['errors']]).toEqual([400, [expect.objectContaining({ code })]]);
  expect(page.text).not.toContain(PID);
  expect((await browser.ask('/session')).body['signedIn']).toBe(false);
});

test('its tokens are none of this service, whoever sends them', async () => {
  for (const token of ['opaque-access-token', 'eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl']) {
    const { status } = await journey.service.anybody.get('/session', { headers: { authorization: `Bearer ${token}` } });
    expect(status).toBe(401);
  }
});

test('while it cannot be reached nobody signs in, and everybody is told that it is not their fault', async () => {
  const browser = new Browser(journey.service.url);
  const { location = '' } = await browser.ask('/session/login');
  const there = await fetch(location, { redirect: 'manual' });
  thaId.stop();
  const page = await browser.ask(there.headers.get('location') ?? '');
  expect([page.status, page.body['type']]).toEqual([503, '/problems/issuerUnavailable']);
});
