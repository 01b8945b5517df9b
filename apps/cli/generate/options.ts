import { parseArgs } from 'node:util';
import { OptionRefused } from '../refusals';
import { SIZE_MAX, type NationSize } from './nation';

/** What to generate. */
export interface GenerateOptions {
  readonly size: NationSize;
  /** How many of all agreements have something planted in them, from 0 to 1. */
  readonly anomalyShare: number;
  readonly manifestFile?: string;
}

const FISCAL_YEAR_MIN = 2560;
const FISCAL_YEAR_MAX = 2600;
const YEAR_COUNT_MAX = 20;
const SEED_MAX = 2 ** 32 - 1;

/** @throws OptionRefused naming the option and what it may be */
export function generateOptionsOf(commandLine: readonly string[]): GenerateOptions {
  const values = valuesOf(commandLine);
  if (!/^(?:0(?:\.\d{1,6})?|1(?:\.0+)?)$/.test(values.anomalies))
    throw new OptionRefused('--anomalies is a share from 0 to 1, such as 0.03');
  return {
    size: {
      seed: whole('seed', values.seed, 0, SEED_MAX),
      provinceCount: whole('provinces', values.provinces, 1, SIZE_MAX.provinceCount),
      officeCount: whole('offices', values.offices, 1, SIZE_MAX.officeCount),
      indicatorCount: whole('indicators', values.indicators, 1, SIZE_MAX.indicatorCount),
      firstFiscalYear: whole('first-year', values['first-year'], FISCAL_YEAR_MIN, FISCAL_YEAR_MAX),
      yearCount: whole('years', values.years, 1, YEAR_COUNT_MAX),
    },
    anomalyShare: Number(values.anomalies),
    ...(values.manifest !== undefined && { manifestFile: values.manifest }),
  };
}

function valuesOf(commandLine: readonly string[]) {
  try {
    return parseArgs({
      args: [...commandLine],
      options: {
        seed: { type: 'string', default: '1' },
        provinces: { type: 'string', default: String(SIZE_MAX.provinceCount) },
        offices: { type: 'string', default: String(SIZE_MAX.officeCount) },
        indicators: { type: 'string', default: '8' },
        'first-year': { type: 'string', default: '2565' },
        years: { type: 'string', default: '4' },
        anomalies: { type: 'string', default: '0.03' },
        manifest: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OptionRefused(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new OptionRefused(`--${name} is a whole number from ${least} to ${most}`);
}
