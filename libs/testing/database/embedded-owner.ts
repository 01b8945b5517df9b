import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { RunningProgram } from '../program';

/** From the root of the repository. */
export const EMBEDDED_OWNER = 'test/faults/embedded-owner.program.ts';

/** The superuser's address, once the owner's server takes connections. */
export async function startedAddress(owner: RunningProgram): Promise<string> {
  const [, address] = await owner.line(/^started (.+)$/);
  return address!;
}

export async function query<Row extends object>(address: string, sql: string): Promise<Row[]> {
  const client = new Client(address);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export function postmasterPid(dataFolder: string): number {
  return Number(readFileSync(path.join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended keeps its number until its parent collects it.
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
