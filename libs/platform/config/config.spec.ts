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
      http: { host: '127.0.0.1', port: 3000, trustedProxies: [] },
      dataFolder: path.resolve('./data'),
      database: { kind: 'embedded', rolePrefix: 'khamrap', allowUnsafeDurability: false },
      log: { origin: 'localhost/khamrap', clock: 'system' },
      demonstration: true,
      access: { issuer: { kind: 'development' }, audience: 'khamrap' },
      role: 'all',
      logLevel: 'info',
    });
  });

  it('is quiet, open to the network and without the development issuer on a server of its own', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://db/khamrap' });
    expect(config.http.host).toBe('0.0.0.0');
    expect(config.demonstration).toBe(false);
    expect(config.access.issuer).toEqual({ kind: 'none' });
  });

  it('issues tokens by itself only where nobody else can ask', () => {
    const issuer = (environment: Record<string, string>) => readConfig(environment).access.issuer.kind;
    expect(issuer({ HOST: '0.0.0.0' })).toBe('none');
    expect(issuer({ HOST: '::1' })).toBe('development');
    expect(issuer({ HOST: '0.0.0.0', KHAMRAP_DEVELOPMENT_ISSUER: 'yes' })).toBe('development');
    expect(issuer({ DATABASE_URL: 'postgres://db/x', KHAMRAP_DEVELOPMENT_ISSUER: 'yes' })).toBe('development');
    expect(issuer({ KHAMRAP_DEVELOPMENT_ISSUER: 'no' })).toBe('none');
    expect(issuer({ KHAMRAP_ISSUER: 'https://login.example.go.th' })).toBe('external');
  });

  it('cannot be changed once read', () => {
    const config = readConfig({});
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { role: 'api' })).toThrow(TypeError);
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
    ['KHAMRAP_ROLE', 'writer'],
    ['KHAMRAP_LOG_LEVEL', 'loud'],
    ['KHAMRAP_ROLE_PREFIX', 'x"; drop role postgres'],
    ['KHAMRAP_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['KHAMRAP_TRUSTED_PROXIES', 'everyone'],
    ['KHAMRAP_AUDIENCE', 'two words'],
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
    const issuers = { KHAMRAP_ISSUER: 'https://login.example.go.th', KHAMRAP_DEVELOPMENT_ISSUER: 'yes' };
    expect(reasonsFor(issuers)[0]).toContain('one issuer is enough');
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
    expect(reasonsFor({ DATABASE_URL_FILE: path.join(folder, 'none') })[0]).toContain('can be read');
    fs.rmSync(folder, { recursive: true });
  });

  it('documents every variable with an example that it accepts', () => {
    for (const variable of Object.values<Variable<unknown>>(VARIABLES)) {
      expect(variable.meaning).not.toBe('');
      expect(() => variable.read(variable.example)).not.toThrow();
    }
  });
});
