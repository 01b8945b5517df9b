import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and the process's start (field 22 of proc_pid_stat(5)); '0' where the system does not tell. */
  readonly startTicks: string;
  /** The set of process numbers that `pid` belongs to: this boot and container on Linux, the machine's name elsewhere. */
  readonly world: string;
}

interface ProcessStatus {
  readonly state: string;
  readonly startTicks: string;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, startTicks: readStatus(process.pid)?.startTicks ?? '0', world: thisWorld() };
}

/** Only for a process of this world: numbers of another container or machine mean nothing here. */
export function isAlive(candidate: ProcessIdentity): boolean {
  if (!hasProcess(candidate.pid)) return false;
  const status = readStatus(candidate.pid);
  // A process that hides its status is taken for alive: its database must not be touched on a guess.
  if (status === undefined) return true;
  // Ended, but not collected by its parent yet: the number is still taken.
  if (status.state === 'Z' || status.state === 'X') return false;
  return candidate.startTicks === '0' || candidate.startTicks === status.startTicks;
}

export function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readStatus(pid: number): ProcessStatus | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
  } catch {
    return undefined;
  }
}

function thisWorld(): string {
  return createHash('sha256').update(worldDescription()).digest('hex').slice(0, 16);
}

function worldDescription(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() + readlinkSync('/proc/self/ns/pid');
  } catch {
    return hostname();
  }
}
