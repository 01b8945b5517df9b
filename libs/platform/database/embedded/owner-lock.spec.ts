import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataFolderInUse, findOwner, takeOwnerLock } from './owner-lock';
import { thisProcess, type ProcessIdentity } from './process-identity';

const ELSEWHERE = '0123456789abcdef';

let dataFolder: string;
let deadPid: number;

beforeAll(async () => {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  deadPid = child.pid!;
});

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'khamrap-lock-'));
});

afterEach(() => rm(dataFolder, { recursive: true }));

/** Makes the folder look owned by somebody. */
async function leaveLock(holder: Partial<ProcessIdentity>, folder = 'owner.lock'): Promise<string> {
  const { pid, startTicks, world } = { ...thisProcess(), ...holder };
  const file = path.join(dataFolder, folder, `${pid}_${startTicks}_${world}_00`);
  await mkdir(path.dirname(file));
  await writeFile(file, '');
  return file;
}

describe('takeOwnerLock', () => {
  it('has one owner until it is released', async () => {
    const lock = await takeOwnerLock(dataFolder);
    await expect(takeOwnerLock(dataFolder)).rejects.toThrow(DataFolderInUse);
    await expect(takeOwnerLock(dataFolder)).rejects.toThrow(
      `The data folder ${dataFolder} is in use: process ${process.pid} runs its database.`,
    );
    expect(await findOwner(dataFolder)).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await findOwner(dataFolder)).toBeUndefined();
    expect(await readdir(dataFolder)).toEqual([]);
    await (await takeOwnerLock(dataFolder)).release();
  });

  it.each([
    ['has ended', () => ({ pid: deadPid })],
    ['has given its number to another', () => ({ startTicks: '1' })],
  ])('goes to exactly one of many when the owner %s', async (_what, holder) => {
    // One round would seldom hit the moment in which a careless takeover unlocks a living owner.
    for (let round = 0; round < 40; round++) {
      await leaveLock(holder());
      const racers = await Promise.allSettled(Array.from({ length: 20 }, () => takeOwnerLock(dataFolder)));
      const won = racers.filter((racer) => racer.status === 'fulfilled');
      const lost = racers.filter((racer) => racer.status === 'rejected');
      expect(won).toHaveLength(1);
      expect(lost.every(({ reason }) => reason instanceof DataFolderInUse)).toBe(true);
      await won[0]!.value.release();
      expect(await readdir(dataFolder)).toEqual([]);
    }
  });

  it('is not taken from an owner elsewhere that gives signs of life', async () => {
    const file = await leaveLock({ pid: deadPid, world: ELSEWHERE });
    let beats = 0;
    const beating = setInterval(() => void utimes(file, ++beats, beats), 50);
    await expect(takeOwnerLock(dataFolder)).rejects.toThrow(
      `process ${deadPid} of another container or machine runs its database`,
    );
    clearInterval(beating);
    expect(await findOwner(dataFolder)).toBeUndefined();
  });

  it('is taken from an owner elsewhere that has fallen silent', async () => {
    await leaveLock({ pid: process.pid, world: ELSEWHERE });
    await (await takeOwnerLock(dataFolder)).release();
  }, 15_000);

  it('clears away what a killed process had prepared, and nothing else', async () => {
    const { startTicks, world } = thisProcess();
    await mkdir(path.join(dataFolder, `owner.lock.${deadPid}_${startTicks}_${world}_00`));
    await mkdir(path.join(dataFolder, `owner.lock.${process.pid}_${startTicks}_${world}_00`));
    await mkdir(path.join(dataFolder, 'owner.lock.notes'));
    const lock = await takeOwnerLock(dataFolder);
    expect(await readdir(dataFolder)).toHaveLength(3);
    await lock.release();
  });

  it('does not guess about a lock that is none of ours', async () => {
    await mkdir(path.join(dataFolder, 'owner.lock'));
    await writeFile(path.join(dataFolder, 'owner.lock', 'mine'), '');
    await expect(takeOwnerLock(dataFolder)).rejects.toThrow(/none of ours: mine/);
  });
});
