import { generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ConfigRefused, readConfig } from '@khamrap/platform/config';
import { parseVerifierKey, verifierKeyText } from '@khamrap/platform/transparency/proof';
import { logKeysIn, logKeysOf, makeLogKey } from './log-keys';
import { privateKeyPem } from './spec/signer-under-test';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-keys-'));
const ORIGIN = 'keys.test/log';
const DATABASE = { DATABASE_URL: 'postgres://db/khamrap' };
const [NEW, OLD] = [privateKeyPem(), privateKeyPem()] as const;

afterAll(() => fs.rmSync(scratch, { recursive: true }));

async function vkeysOf(environment: Record<string, string>): Promise<readonly string[]> {
  return (await logKeysOf(readConfig(environment))).map((key) => verifierKeyText(key.verifierKey(ORIGIN)));
}

test('with the embedded database a key is made once, in a folder and a file of its own', async () => {
  const environment = { KHAMRAP_DATA: path.join(scratch, 'data') };
  const starts = await Promise.all([vkeysOf(environment), vkeysOf(environment)]);
  expect(starts[0]).toEqual(starts[1]);
  expect(await vkeysOf(environment)).toEqual(starts[0]);
  expect(parseVerifierKey(starts[0][0]!)).toMatchObject({ name: ORIGIN, type: 1 });
  const modeOf = (file: string) => (fs.statSync(path.join(scratch, 'data-signer', file)).mode & 0o777).toString(8);
  expect([modeOf('.'), modeOf('log-key.pem')]).toEqual(['700', '600']);
  expect(fs.readdirSync(path.join(scratch, 'data-signer'))).toEqual(['log-key.pem']);
});

test('the keys of the settings sign, the newest first, and none is made', async () => {
  const [made, held] = [
    await vkeysOf({ ...DATABASE, KHAMRAP_LOG_KEY: NEW }),
    await vkeysOf({ ...DATABASE, KHAMRAP_LOG_KEY: `${NEW}${OLD}` }),
  ];
  expect(held).toHaveLength(2);
  expect(held[0]).toBe(made[0]);
  const [note] = logKeysIn(OLD).map((key) => key.verifierKey(ORIGIN));
  expect(held[1]).toBe(verifierKeyText(note!));
});

test.each<[what: string, environment: Record<string, string>, reason: string]>([
  ['no key on a server of its own', DATABASE, 'is required with DATABASE_URL'],
  ['a key twice', { ...DATABASE, KHAMRAP_LOG_KEY: `${NEW}${NEW}` }, 'each once'],
  [
    'a key of another kind',
    {
      ...DATABASE,
      KHAMRAP_LOG_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    },
    'something else',
  ],
  ['what is no key', { ...DATABASE, KHAMRAP_LOG_KEY: NEW.replace('MC4', 'QQQ') }, 'something else'],
])('%s is refused, and not repeated', async (_what, environment, reason) => {
  const refused = await logKeysOf(readConfig(environment)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConfigRefused);
  expect((refused as ConfigRefused).message).toContain(reason);
  expect((refused as ConfigRefused).message).not.toContain((environment['KHAMRAP_LOG_KEY'] ?? NEW).slice(30, 60));
});

test('a key is never written over', async () => {
  const file = path.join(scratch, 'made.pem');
  const key = await makeLogKey(file);
  const text = fs.readFileSync(file, 'utf8');
  expect(logKeysIn(text)[0]!.publicKey).toEqual(key!.publicKey);
  expect(await makeLogKey(file)).toBeUndefined();
  expect(fs.readFileSync(file, 'utf8')).toBe(text);
});
