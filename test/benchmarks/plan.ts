import { parseArgs } from 'node:util';
import type { Rounds } from './measure/rounds';

export const SECTIONS = [
  'store',
  'eventstoredb',
  'http',
  'guard',
  'rebuild',
  'lag',
  'asof',
  'nation',
  'log',
  'audit',
  'trail',
  'access',
  'history',
] as const;
export type Section = (typeof SECTIONS)[number];

/** How large the generated nation is: 77 provinces, and of these so many offices and years. */
export interface NationPlan {
  readonly officeCount: number;
  readonly firstFiscalYear: number;
  readonly yearCount: number;
}

/** What a run does. */
export interface Plan {
  readonly sections: ReadonlySet<Section>;
  readonly rounds: Rounds;
  /** A service warms up longer than a store: its code has to be compiled, its agreements to be folded. */
  readonly serviceWarmUpMs: number;
  /** How large the growing log is when it is measured. */
  readonly logSizes: readonly number[];
  /** Agreements among which commands over HTTP choose. */
  readonly agreementCount: number;
  readonly asOfCount: number;
  readonly lagMs: number;
  readonly nation: NationPlan;
  /** Events of the log that is audited, and of the one in which events are looked for. */
  readonly auditEventCount: number;
  /** Where to write all figures; nowhere unless given. */
  readonly jsonFile?: string;
  /** Folder for CPU profiles of the service; none are made unless given. */
  readonly profileFolder?: string;
}

const DEFAULT = {
  rounds: { count: 3, durationMs: 4_000, warmUpMs: 2_000 },
  serviceWarmUpMs: 6_000,
  logSizes: [10_000, 100_000, 1_000_000],
  agreementCount: 10_000,
  asOfCount: 400,
  lagMs: 12_000,
  // A little more than a million events.
  nation: { officeCount: 28, firstFiscalYear: 2565, yearCount: 4 },
  auditEventCount: 1_000_000,
};

const QUICK = {
  rounds: { count: 2, durationMs: 1_500, warmUpMs: 1_000 },
  serviceWarmUpMs: 3_000,
  logSizes: [10_000, 50_000],
  agreementCount: 2_000,
  asOfCount: 150,
  lagMs: 5_000,
  nation: { officeCount: 8, firstFiscalYear: 2565, yearCount: 1 },
  auditEventCount: 100_000,
};

export const USAGE = `npm run benchmark -- [--quick] [--only ${SECTIONS.join('|')}[,…]] [--json file] [--profile folder]`;

/** @throws Error when an argument is unknown */
export function planOf(commandLine: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const named = values.only?.split(',') ?? SECTIONS;
  const unknown = named.filter((section) => !SECTIONS.some((known) => known === section));
  if (unknown.length > 0) throw new Error(`there is no section ${unknown.join(', ')}\n${USAGE}`);
  return {
    ...(values.quick ? QUICK : DEFAULT),
    sections: new Set(named as readonly Section[]),
    ...(values.json !== undefined && { jsonFile: values.json }),
    ...(values.profile !== undefined && { profileFolder: values.profile }),
  };
}

/** The rounds of a plan with the longer warm-up. */
export function serviceRounds({ rounds, serviceWarmUpMs }: Plan): Rounds {
  return { ...rounds, warmUpMs: serviceWarmUpMs };
}
