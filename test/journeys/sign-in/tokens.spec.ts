import * as fs from 'node:fs';
import * as path from 'node:path';
import { machineSecretIn, NoToken, tokenByCode, tokenByCredentials } from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { token } from '../../../apps/cli/token';
import { startProgram } from '../../../libs/testing/program';
import { ApiClient } from '../../../libs/testing/service';
import { beginJourney, type Journey } from '../journey';

const MAIN = path.resolve(__dirname, '../../../apps/cli/main.ts');
const MACHINE = 'phrae-cdd-system';
const NO_OTHER_SETTINGS = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => name.startsWith('KHAMRAP_'))
    .map((name) => [name, undefined]),
);
let journey: Journey;
let url: string;

beforeAll(async () => {
  journey = await beginJourney();
  ({ url } = journey.service);
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

const form = (fields: Record<string, string>) =>
  fetch(`${url}/issuer/token`, { method: 'POST', body: new URLSearchParams(fields) });

test('a token of the embedded issuer is a signed access token for this service', async () => {
  const issued = await tokenByCode(url, 'recorder');
  expect(decodeProtectedHeader(issued)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  const claims = decodeJwt(issued);
  const issuer = `${url.replace('127.0.0.1', 'localhost')}/issuer`;
  expect(claims).toMatchObject({ iss: issuer, aud: 'khamrap', sub: 'recorder', client_id: 'khamrap-command-line' });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(8 * 3_600);
  const description = (await (await fetch(`${url}/issuer/.well-known/openid-configuration`)).json()) as object;
  expect(description).toMatchObject({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
  });
});

test('a machine gets one by its own credentials, and by no others', async () => {
  const secret = machineSecretIn(journey.environment.dataFolder, MACHINE) ?? '';
  const file = path.join(journey.environment.dataFolder, 'embedded-issuer-machines.json');
  expect([secret.length, fs.statSync(file).mode & 0o777]).toEqual([43, 0o600]);
  const machine = new ApiClient(url, await tokenByCredentials(url, MACHINE, secret));
  expect((await machine.get('/session')).body).toMatchObject({
    signedIn: true,
    title: { en: 'Data system of the Phrae community development office' },
  });
  machine.close();
  await expect(tokenByCredentials(url, MACHINE, 'x'.repeat(43))).rejects.toThrow(NoToken);
  await expect(tokenByCredentials(url, 'khamrap-command-line', '')).rejects.toThrow(NoToken);
});

test.each<[what: string, query: Record<string, string>]>([
  ['a code without PKCE', {}],
  ['a code with PKCE in plain', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }],
  [
    'another way back',
    { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', redirect_uri: 'https://evil.example/' },
  ],
  ['a client that is not there', { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', client_id: 'x' }],
  ['a token without a code', { response_type: 'token' }],
])('the issuer gives nobody %s', async (_what, query) => {
  const asked = new URLSearchParams({
    client_id: 'khamrap-command-line',
    redirect_uri: 'http://127.0.0.1/callback',
    response_type: 'code',
    scope: 'openid',
    state: 's',
    ...query,
  });
  const answer = await fetch(`${url}/issuer/auth?${asked.toString()}`, { redirect: 'manual' });
  const location = answer.headers.get('location') ?? '';
  expect(location).not.toMatch(/interaction|code=|access_token=|evil/);
  expect([400, 303]).toContain(answer.status);
});

test('a person is not signed in by a password, and nothing else is issued', async () => {
  const refused: Record<string, string>[] = [
    { grant_type: 'password', username: 'recorder', password: '', client_id: 'khamrap-command-line' },
    { grant_type: 'client_credentials', client_id: 'khamrap-browser', client_secret: 'x' },
    { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'khamrap-command-line' },
  ];
  for (const fields of refused) expect([400, 401]).toContain((await form(fields)).status);
});

test('other spellings of its address lead nowhere', async () => {
  for (const address of ['/%69ssuer/auth', '/issuer', '/ISSUER/auth', '/issuer/../issuer/%2e%2e/v1'])
    expect((await journey.service.anybody.get(address)).status).toBe(404);
});

const settings = () => ({ ...journey.environment.variables, PORT: new URL(url).port });

test('the command line writes the token alone', async () => {
  const program = startProgram(MAIN, {
    arguments: ['token', 'recorder'],
    env: { ...NO_OTHER_SETTINGS, ...settings() },
  });
  expect((await program.exited).code).toBe(0);
  expect(program.output()).toMatch(/^eyJ[\w.-]+\n?$/);
  expect(decodeJwt(program.output().trim())).toMatchObject({ sub: 'recorder' });
}, 120_000);

test('it knows machines too, and says who there is', async () => {
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const codes = [await token(readConfig(settings()), MACHINE), await token(readConfig(settings()), 'emperor')];
  for (const spy of spies) spy.mockRestore();
  expect(codes).toEqual([0, 1]);
  expect(decodeJwt(String(said[0]).trim())).toMatchObject({ sub: MACHINE });
  expect(said[1]).toContain('inspector-zone-5');
});
