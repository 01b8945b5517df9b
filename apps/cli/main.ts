import 'reflect-metadata';
import { ConfigRefused, readConfig } from '@khamrap/platform/config';
import { ClockNotSimulated, runGenerate } from './generate/generate';
import { GENERATE_USAGE, generateOptionsOf, OptionRefused } from './generate/options';
import { rebuild } from './rebuild';

const USAGE = `khamrap: for those who run a ledger

  npm run khamrap -- rebuild PROJECTION
      orders a projection (standings, awards) to be made anew from the first event, beside the one that is read; the running
      service makes it and switches to it. The settings are those of the service (KHAMRAP_DATA, DATABASE_URL …).

  npm run khamrap -- ${GENERATE_USAGE}
      makes years of a whole nation in a new ledger with a simulated clock, through the commands that people use; the same
      seed gives the same nation. For demonstrations and measurements: set KHAMRAP_DATA to a folder of its own.
`;

async function main([command, ...parameters]: readonly string[]): Promise<number> {
  if (command === 'rebuild' && parameters.length === 1)
    return rebuild(readConfig(process.env), parameters[0] as string);
  if (command === 'generate') {
    const options = generateOptionsOf(parameters);
    return runGenerate(readConfig({ ...process.env, ...GENERATING }), options);
  }
  process.stderr.write(USAGE);
  return 2;
}

/** Times are those of the story; whoever reads the ledger afterwards projects it. */
const GENERATING = { KHAMRAP_CLOCK: 'simulated', KHAMRAP_ROLE: 'api', KHAMRAP_DEMONSTRATION: 'no' };

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isExpected =
      error instanceof ConfigRefused || error instanceof OptionRefused || error instanceof ClockNotSimulated;
    process.stderr.write(
      `${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
