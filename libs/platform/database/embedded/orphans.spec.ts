import { spawn } from 'node:child_process';
import { namesCluster } from './orphans';

const onlyWithPs = process.platform === 'win32' ? it.skip : it;

describe('namesCluster', () => {
  onlyWithPs('tells a server of this cluster by its command line', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1e6)',
      '--',
      '-D',
      '/data/postgres',
      '-c',
      'x=1',
    ]);
    try {
      expect(await namesCluster(child.pid!, '/data/postgres')).toBe(true);
      expect(await namesCluster(child.pid!, '/data/post')).toBe(false);
      expect(await namesCluster(child.pid!, '/other')).toBe(false);
    } finally {
      child.kill();
    }
  });
});
