import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ConfigRefused, describeConfig, readConfig, VARIABLES, type Variable } from './index';

function reasonsFor(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigRefused) return error.reasons;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('starts from an empty environment on this machine only, with everything inside', () => {
    expect(readConfig({ PATH: '/bin' })).toEqual({
      http: {
        host: '127.0.0.1',
        port: 3000,
        trustedProxies: [],
        corsOrigins: [],
        limits: {
          kind: 'perMinute',
          budgets: { public: 300, read: 3_000, command: 1_200, upload: 120, failedAuthentication: 60, log: 60_000 },
        },
      },
      dataFolder: path.resolve('./data'),
      database: { kind: 'embedded', rolePrefix: 'khamrap', allowUnsafeDurability: false },
      log: { origin: 'localhost/khamrap', clock: 'system' },
      transparency: {
        verifiableLog: true,
        signerFolder: path.resolve('./data-signer'),
        streamHeadsHours: 24,
      },
      accessLog: { sealHours: 1 },
      demonstration: true,
      access: { issuer: { kind: 'embedded' }, audience: 'khamrap' },
      retentionYears: 10,
      role: 'all',
      logLevel: 'info',
    });
  });

  it('is quiet, open to the network and without the embedded issuer on a server of its own', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://db/khamrap' });
    expect(config.http.host).toBe('0.0.0.0');
    expect(config.demonstration).toBe(false);
    expect(config.access.issuer).toEqual({ kind: 'none' });
  });

  it('issues tokens by itself only where nobody else can ask', () => {
    const issuer = (environment: Record<string, string>) => readConfig(environment).access.issuer.kind;
    expect(issuer({ HOST: '0.0.0.0' })).toBe('none');
    expect(issuer({ HOST: '::1' })).toBe('embedded');
    expect(issuer({ HOST: '0.0.0.0', KHAMRAP_EMBEDDED_ISSUER: 'yes' })).toBe('embedded');
    expect(issuer({ DATABASE_URL: 'postgres://db/x', KHAMRAP_EMBEDDED_ISSUER: 'yes' })).toBe('embedded');
    expect(issuer({ KHAMRAP_EMBEDDED_ISSUER: 'no' })).toBe('none');
    expect(issuer({ KHAMRAP_ISSUER: 'https://login.example.go.th' })).toBe('external');
  });

  it('cannot be changed once read', () => {
    const config = readConfig({});
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { role: 'api' })).toThrow(TypeError);
  });

  it('changes the limits that are named, and no others', () => {
    const limits = (text: string) => readConfig({ KHAMRAP_RATE_LIMITS: text }).http.limits;
    expect(limits('off')).toEqual({ kind: 'off' });
    expect(limits('public=600, upload=1')).toEqual({
      kind: 'perMinute',
      budgets: { public: 600, read: 3_000, command: 1_200, upload: 1, failedAuthentication: 60, log: 60_000 },
    });
  });

  it('counts an empty variable as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).http.port).toBe(3000);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '3000 '],
    ['PORT', '0x10'],
    ['HOST', 'not a host'],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_URL', 'secret'],
    ['KHAMRAP_CLOCK', 'sundial'],
    ['KHAMRAP_ORIGIN', 'https://khamrap.go.th'],
    ['KHAMRAP_ISSUER', 'http://login.example.go.th'],
    ['KHAMRAP_ISSUER', 'https://login.example.go.th/?a=b'],
    ['KHAMRAP_DEMONSTRATION', 'true'],
    ['KHAMRAP_RETENTION_YEARS', '0'],
    ['KHAMRAP_RETENTION_YEARS', '101'],
    ['KHAMRAP_ROLE', 'writer'],
    ['KHAMRAP_LOG_LEVEL', 'loud'],
    ['KHAMRAP_ROLE_PREFIX', 'x"; drop role postgres'],
    ['KHAMRAP_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['KHAMRAP_TRUSTED_PROXIES', 'everyone'],
    ['KHAMRAP_AUDIENCE', 'two words'],
    ['KHAMRAP_CORS_ORIGINS', '*'],
    ['KHAMRAP_CORS_ORIGINS', 'null'],
    ['KHAMRAP_CORS_ORIGINS', 'http://dashboard.phrae.go.th'],
    ['KHAMRAP_CORS_ORIGINS', 'https://dashboard.phrae.go.th/'],
    ['KHAMRAP_CORS_ORIGINS', 'https://dashboard.phrae.go.th,https://*.go.th'],
    ['KHAMRAP_RATE_LIMITS', 'none'],
    ['KHAMRAP_RATE_LIMITS', 'read=0'],
    ['KHAMRAP_RATE_LIMITS', 'read=1=2'],
    ['KHAMRAP_RATE_LIMITS', 'toString=5'],
    ['KHAMRAP_RATE_LIMITS', 'read=10,off'],
    ['KHAMRAP_ADDRESS', 'http://khamrap.phrae.go.th'],
    ['KHAMRAP_ADDRESS', 'https://khamrap.phrae.go.th/app'],
    ['KHAMRAP_ADDRESS', 'https://user@khamrap.phrae.go.th'],
    ['KHAMRAP_ISSUER_PROFILE', 'thaiD'],
    ['KHAMRAP_CLIENT_SECRET', 'short'],
    ['KHAMRAP_REQUIRED_IAL', 'high'],
    ['KHAMRAP_LOG_KEY', 'MC4CAQAwBQYDK2VwBCIEIA'],
    ['KHAMRAP_LOG_KEY', '-----BEGIN RSA PRIVATE KEY-----'],
    ['KHAMRAP_VERIFIABLE_LOG', 'yes'],
    ['KHAMRAP_STREAM_HEADS_HOURS', '-1'],
    ['KHAMRAP_ACCESS_SEAL_HOURS', 'hourly'],
  ])('refuses %s=%s in one sentence that does not repeat the value', (name, value) => {
    const reasons = reasonsFor({ [name]: value });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(new RegExp(`^${name} must be .*\\.$`));
    expect(reasons[0]).not.toContain(`"${value}"`);
  });

  it('gives all reasons at once, names it does not know among them', () => {
    const reasons = reasonsFor({ PORT: 'x', KHAMRAP_ROLE: 'y', KHAMRAP_COLOUR: 'blue' });
    expect(reasons).toHaveLength(3);
    expect(reasons[0]).toBe('KHAMRAP_COLOUR is not a setting of this program.');
  });

  it('refuses settings that contradict each other', () => {
    const simulated = { KHAMRAP_CLOCK: 'simulated', DATABASE_URL: 'postgres://db/x' };
    expect(reasonsFor(simulated)[0]).toContain('KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE=yes');
    expect(reasonsFor({ ...simulated, KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes' })).toEqual([]);
    expect(reasonsFor({ KHAMRAP_CLOCK: 'simulated' })).toEqual([]);
    const issuers = { KHAMRAP_ISSUER: 'https://login.example.go.th', KHAMRAP_EMBEDDED_ISSUER: 'yes' };
    expect(reasonsFor(issuers)[0]).toContain('one issuer is enough');
  });

  const ISSUER = { KHAMRAP_ISSUER: 'https://login.example.go.th' };
  const CLIENT = { KHAMRAP_CLIENT_ID: 'khamrap-phrae', KHAMRAP_CLIENT_SECRET: 'a-long-secret' };
  const ADDRESS = { KHAMRAP_ADDRESS: 'https://khamrap.phrae.go.th' };

  it.each<[what: string, environment: Record<string, string>, reason: string]>([
    ['a client that is registered nowhere', { KHAMRAP_CLIENT_ID: 'khamrap-phrae' }, 'registered nowhere'],
    ['identity tokens for access tokens', { ...ISSUER, KHAMRAP_CLIENT_ID: 'khamrap' }, 'KHAMRAP_AUDIENCE must differ'],
    ['a secret of nobody', { ...ISSUER, KHAMRAP_CLIENT_SECRET: 'a-long-secret' }, 'the secret of nobody'],
    ['people who would not come back', { ...ISSUER, ...CLIENT, HOST: '0.0.0.0' }, 'needs KHAMRAP_ADDRESS'],
    ['ThaID without a client', { ...ISSUER, ...ADDRESS, KHAMRAP_ISSUER_PROFILE: 'thaid' }, 'sign in by browser'],
    ['a level that nobody states', { ...ISSUER, KHAMRAP_REQUIRED_IAL: '2.3' }, 'stated by ThaID alone'],
  ])('refuses %s', (_what, environment, reason) => {
    expect(reasonsFor(environment)).toEqual([expect.stringContaining(reason)]);
  });

  it('knows ThaID, and where people come back to', () => {
    const config = readConfig({
      ...ISSUER,
      ...CLIENT,
      KHAMRAP_ADDRESS: 'https://khamrap.phrae.go.th/',
      KHAMRAP_ISSUER_PROFILE: 'thaid',
      KHAMRAP_REQUIRED_IAL: '2.3',
    });
    expect(config.http.address).toBe('https://khamrap.phrae.go.th');
    expect(config.access.issuer).toEqual({
      kind: 'external',
      url: 'https://login.example.go.th',
      profile: 'thaid',
      client: { id: 'khamrap-phrae', secret: 'a-long-secret' },
      requiredIal: '2.3',
    });
    expect(JSON.stringify(describeConfig(config))).not.toContain('a-long-secret');
  });

  it('reads a secret from a file, and tells it nowhere', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'config-'));
    const file = path.join(folder, 'database-url');
    fs.writeFileSync(file, 'postgres://writer:canary@db:5432/khamrap?password=canary\n');
    const config = readConfig({ DATABASE_URL_FILE: file });
    expect(config.database).toMatchObject({
      kind: 'external',
      url: 'postgres://writer:canary@db:5432/khamrap?password=canary',
    });
    expect(describeConfig(config)['database']).toMatchObject({ url: 'postgres://db:5432/khamrap' });
    expect(JSON.stringify(describeConfig(config))).not.toContain('canary');
    expect(reasonsFor({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://db/x' })[0]).toContain('given once');
    fs.writeFileSync(file, 'canary-of-the-client\n');
    const ofClient = readConfig({ ...ISSUER, KHAMRAP_CLIENT_ID: 'khamrap-phrae', KHAMRAP_CLIENT_SECRET_FILE: file });
    expect(ofClient.access.issuer).toMatchObject({ client: { secret: 'canary-of-the-client' } });
    expect(JSON.stringify(describeConfig(ofClient))).not.toContain('canary');
    expect(reasonsFor({ KHAMRAP_ISSUER_FILE: file })[0]).toContain('is not a setting');
    expect(reasonsFor({ DATABASE_URL_FILE: path.join(folder, 'none') })[0]).toContain('can be read');
    fs.rmSync(folder, { recursive: true });
  });

  it('takes keys of the log from a line or a file, and tells them nowhere', () => {
    const pem = (name: string) => `-----BEGIN PRIVATE KEY-----\n${name}\n-----END PRIVATE KEY-----`;
    const both = `${pem('canaryNew')}\n${pem('canaryOld')}`;
    const keyOf = (environment: Record<string, string>) => readConfig(environment).transparency.logKey;
    expect(keyOf({ KHAMRAP_LOG_KEY: both })).toBe(both);
    expect(keyOf({ KHAMRAP_LOG_KEY: both.replaceAll('\n', '\\n') })).toBe(both);
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'config-')), 'log.key');
    fs.writeFileSync(file, `${both}\n`);
    const config = readConfig({ KHAMRAP_LOG_KEY_FILE: file, KHAMRAP_DATA: '/srv/khamrap/' });
    expect(config.transparency).toEqual({
      verifiableLog: true,
      signerFolder: '/srv/khamrap-signer',
      logKey: both,
      streamHeadsHours: 24,
    });
    expect(JSON.stringify(describeConfig(config))).not.toContain('canary');
    expect(describeConfig(config)['transparency']).toMatchObject({ signerFolder: '/srv/khamrap-signer' });
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  it('documents every variable with an example that it accepts', () => {
    for (const variable of Object.values<Variable<unknown>>(VARIABLES)) {
      expect(variable.meaning).not.toBe('');
      expect(() => variable.read(variable.example)).not.toThrow();
    }
  });
});
