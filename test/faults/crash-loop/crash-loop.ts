/**
 * Kills the service or its database over and over under load, and prints what was lost and doubled: for long runs.
 *
 *     npm run crash-loop -- --victim postgres --cycles 100 --clients 16
 *     npm run crash-loop -- --victim service --cycles 100
 *     npm run crash-loop -- --control            acknowledges before writing: ends well only when a loss is found
 *
 * Ends with 0 when nothing is wrong, with 1 when something is; every violation is printed by its name.
 */
import { parseArgs } from 'node:util';
import { countOf } from '@khamrap/testing';
import { runScenario, type CrashLoopReport, type VictimName } from './scenario';

const VIOLATIONS_PRINTED_MAX = 20;

interface Arguments {
  readonly victim: VictimName;
  readonly cycleCount: number;
  readonly clientCount: number;
  readonly seed: number;
  readonly isControl: boolean;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      victim: { type: 'string', default: 'postgres' },
      cycles: { type: 'string', default: '20' },
      clients: { type: 'string', default: '16' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      control: { type: 'boolean', default: false },
    },
  });
  const { victim } = values;
  if (victim !== 'service' && victim !== 'postgres') throw new RangeError('--victim is service or postgres');
  return {
    victim,
    cycleCount: wholeNumber('cycles', values.cycles),
    clientCount: wholeNumber('clients', values.clients),
    seed: wholeNumber('seed', values.seed),
    isControl: values.control,
  };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`--${name} is a whole number from 1 on`);
  return value;
}

/** The value below which a share of all values lies (nearest rank). */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function print(
  { victim, cycleCount, clientCount, seed }: Arguments,
  { verdict, restartsMs, unansweredCount }: CrashLoopReport,
): void {
  const rows: readonly [string, number | string][] = [
    ['victim', victim],
    ['seed', seed],
    ['clients', clientCount],
    ['cycles', cycleCount],
    ['acknowledged', verdict.acknowledgedCount],
    ['rejected', verdict.rejectedCount],
    ['attempts without answer', unansweredCount],
    ['still unknown at the end', verdict.unknownCount],
    ['events in the log', verdict.eventCount],
    ['lost', countOf(verdict, 'lost')],
    ['doubled', countOf(verdict, 'doubled')],
    ['reordered', countOf(verdict, 'reordered')],
    ['all violations', verdict.violations.length],
    ['restart p50 ms', Math.round(percentile(restartsMs, 0.5))],
    ['restart p99 ms', Math.round(percentile(restartsMs, 0.99))],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(26)}${value}`);
  for (const { kind, operation, detail } of verdict.violations.slice(0, VIOLATIONS_PRINTED_MAX)) {
    console.log(`${kind}: ${operation ?? 'the log'}: ${detail}`);
  }
}

async function main(): Promise<number> {
  const given = readArguments();
  const report = await runScenario({
    ...given,
    ...(given.isControl && { victim: 'postgres', acknowledges: 'beforeWriting' }),
    keepsEvidence: !given.isControl,
    onCycle: (cycle, restartMs) => console.log(`cycle ${cycle}: answers again after ${Math.round(restartMs)} ms`),
  });
  print(given, report);
  const { verdict } = report;
  if (given.isControl) return countOf(verdict, 'lost') > 0 ? 0 : 1;
  return verdict.violations.length === 0 && verdict.unknownCount === 0 ? 0 : 1;
}

void main().then((exitCode) => process.exit(exitCode));
