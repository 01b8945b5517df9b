import { ServiceLogger } from './service-logger';
import { startProbe } from './spec/start-probe';
import { redacted, redactedValue } from './redaction';

const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl-canary';
const IDENTITY = '1234567890121';

describe('what may be logged', () => {
  it.each<[what: string, text: string, expected: string]>([
    ['a token', `token is ${JWT}`, 'token is [token]'],
    ['a token without signature', 'x eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', 'x [token]'],
    ['a header with a token', 'authorization: Bearer abc.def-canary==', 'authorization: Bearer [redacted]'],
    ['a name and a password', 'Basic Y2FuYXJ5OmNhbmFyeQ==', 'Basic [redacted]'],
    ['cookies', 'cookie: a=canary; __Host-khamrap=canary', 'cookie: [redacted]'],
    ['a cookie alone', 'got __Host-khamrap=canary;', 'got [cookie];'],
    ['a password', 'password=canary&x=1', 'password=[redacted]&x=1'],
    ['a password in JSON', '{"password":"can \\" ary","a":1}', '{"password":[redacted],"a":1}'],
    ['a secret of a client', 'client_secret: canary, next', 'client_secret: [redacted], next'],
    ['a token to refresh', "refresh_token='canary canary'", 'refresh_token=[redacted]'],
    ['a database', 'postgres://writer:canary@db:5432/x', 'postgres://writer:[redacted]@db:5432/x'],
    [
      'a password with @ and :',
      'postgresql://w:ca:n@ry@db/x?password=canary',
      'postgresql://w:[redacted]@db/x?password=[redacted]',
    ],
    ['a national ID', `of ${IDENTITY}.`, 'of [13 digits].'],
    ['a national ID in groups', '1-2345-67890-12-1', '[13 digits]'],
    ['a national ID with blanks', '1 2345 67890 12 1', '[13 digits]'],
    ['a national ID in Thai digits', 'เลข๑๒๓๔๕๖๗๘๙๐๑๒๑ค่ะ', 'เลข[13 digits]ค่ะ'],
    ['a telephone number', 'โทร 081-234-5678', 'โทร [telephone]'],
    ['a telephone number of an office', '0 5451 1063', '[telephone]'],
    ['a telephone number in Thai digits', '๐๘๑-๒๓๔-๕๖๗๘', '[telephone]'],
    ['a telephone number from abroad', '+66 81 234 5678 or +66(0)812345678', '[telephone] or [telephone]'],
    ['an entry made up', 'a\r\n[Nest] 1 - LOG all is well\n', 'a\\n[Nest] 1 - LOG all is well\\n'],
    ['colours', 'a\u001b[31mred\u001b[0m\u001b]0;title\u0007b', 'aredb'],
    ['other control characters', 'a\u0000b\u0008\u009bc\u202ed\u2028', 'a\\u0000b\\u0008\\u009bc\\u202ed\\u2028'],
    ['what separates no stack', 'at\n   at x', 'at\\n   at x'],
  ])('holds not %s', (_what, text, expected) => {
    expect(redacted(text)).toBe(expected);
    expect(redacted(redacted(text))).toBe(expected);
  });

  it.each([
    'คำรับรอง 0f8fad5b-d9cb-469f-a165-70867728950e revision 12',
    'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
    '12345678901234567890 and 123456789012',
    '2021-10-01..2022-03-31 at 2021-10-01T00:00:00.000Z',
    'Error: x\n    at run (/srv/libs/x.ts:1:2)\n    at next (/srv/libs/y.ts:3:4)',
    'http://localhost:3000/v1/standings?province=TH-54',
    'GET /v1/agreements 1,887.00 100000',
  ])('leaves %j alone', (text) => {
    expect(redacted(text)).toBe(text);
  });

  it('holds no secret in any field, however deep, nor the fields of an error', () => {
    const error = Object.assign(new Error('failed for 081-234-5678', { cause: new Error(`cause ${IDENTITY}`) }), {
      detail: 'Key (name)=(canary) already exists.',
      parameters: ['canary'],
    });
    const circular: Record<string, unknown> = { name: 'circle' };
    circular['self'] = circular;
    const value = {
      request: { headers: { Authorization: 'canary', cookie: ['canary'], accept: 'x' }, bytes: Buffer.from('canary') },
      access: [{ clientSecret: 'canary', apiKey: 7 }],
      [IDENTITY]: Number(IDENTITY),
      error,
      circular,
    };
    const written = JSON.stringify(redactedValue(value));
    expect(written).not.toMatch(/canary|1234567890121|081-234/);
    expect(written).toContain('"accept":"x"');
    expect(written).toContain('failed for [telephone]');
    expect(written).toContain('caused by Error: cause [13 digits]');
  });

  it('takes time in proportion to what it reads', () => {
    for (const piece of ['1-', ' 0', 'eyJaaaa.', 'password', 'a://', '__Host-', '\u001b[', '\u001b]', '"', 'cookie']) {
      const started = performance.now();
      redacted(piece.repeat(20_000));
      expect([piece, performance.now() - started < 500]).toEqual([piece, true]);
    }
  });
});

describe.each([true, false])('the log, as JSON: %s', (json) => {
  it('is redacted at every level', () => {
    const written: string[] = [];
    const keep = (text: unknown): boolean => written.push(String(text)) > 0;
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      jest.spyOn(process[stream], 'write').mockImplementation(keep),
    );
    const logger = new ServiceLogger({ json, logLevels: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] });
    const levels = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;
    for (const level of levels) {
      logger[level](`${level} Bearer canary\n[Nest] canary-line`, 'Spec');
      logger[level]({ password: 'canary', level });
      logger[level](
        new Error(`canary? password=canary ${IDENTITY}`.replace('canary? ', '')),
        'a stack password=canary',
        'Spec',
      );
    }
    for (const spy of spies) spy.mockRestore();
    expect(written.length).toBeGreaterThanOrEqual(levels.length * 3);
    const lines = written.join('');
    for (const level of levels) expect(lines).toContain(`${level} Bearer [redacted]`);
    expect(lines).not.toMatch(/canary(?!-line)|1234567890121|^\[Nest\] canary-line/m);
  });
});

describe('an error that nobody expected', () => {
  it('is logged by its stack and its cause, without what it tells of people', async () => {
    const probe = await startProbe();
    const written: string[] = [];
    const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    probe.app.useLogger(new ServiceLogger({ json: false, colors: false, logLevels: ['error'] }));
    const { status } = await fetch(`${probe.address}/v1/probes/failures/tellingError`, { method: 'POST' });
    spy.mockRestore();
    await probe.stop();
    expect(status).toBe(500);
    const log = written.join('');
    expect(log).toContain('for [13 digits] with Bearer [redacted]\\n[Nest] LOG made up');
    expect(log).toContain('postgres://writer:[redacted]@db/khamrap, telephone [telephone]');
    expect(log).toMatch(/^ {4}at /m);
    expect(log).not.toMatch(/secret|2345|^\[Nest\] LOG/m);
  });
});
