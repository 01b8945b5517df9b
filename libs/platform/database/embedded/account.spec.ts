import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mayEnter, parseAccounts } from './account';

describe('parseAccounts', () => {
  it('reads names and numbers, and offers nobody who is root', () => {
    const accounts = parseAccounts(
      ['root:x:0:0:root:/root:/bin/bash', 'toor:x:0:0::/:/bin/sh', 'nobody:x:65534:65533::/:', '# note', ''].join('\n'),
    );
    expect([...accounts]).toEqual([['nobody', { uid: 65_534, gid: 65_533 }]]);
  });
});

describe('mayEnter', () => {
  let outer: string;
  let inner: string;

  beforeAll(async () => {
    outer = await mkdtemp(path.join(tmpdir(), 'khamrap-account-'));
    inner = path.join(outer, 'inner');
    await mkdir(inner);
  });

  afterAll(() => rm(outer, { recursive: true }));

  it.each([
    ['everybody through', 0o711, 0o711, true],
    ['nobody else in', 0o711, 0o700, false],
    ['nobody else past the folder around it', 0o700, 0o711, false],
  ])('heeds folders that let %s', async (_what, outerMode, innerMode, expected) => {
    await chmod(inner, innerMode);
    await chmod(outer, outerMode);
    const stranger = { uid: 4_000_001, gid: 4_000_001 };
    const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    expect(await mayEnter(stranger, inner)).toBe(expected);
    expect(await mayEnter(owner, inner)).toBe(true);
  });
});
